"""The memory of the calendars that were given away."""

from __future__ import annotations

from workbench.core.published import Published
from workbench.core.saying import say
from workbench.core.whole import whole
from workbench.session.table import NOTHING, Merge, Pointer, StoredTable

CALENDAR = "calendar"


def _ticket(entry: Published) -> int | None:
    """The number of the case that an entry is about: its UID begins with T-7."""
    ref = entry.uid.partition(".")[0]
    return whole(ref[2:]) if ref.startswith("T-") else None


TABLES = (
    StoredTable(
        name=CALENDAR,
        type=Published,
        word=say("calendar entries"),
        ref=NOTHING,
        archive=NOTHING,
        # Of a case that has another number here, the entry is made anew.
        pointers=(Pointer("tickets", _ticket, lambda _entry, _number: None),),
        merge=Merge(name=lambda entry: entry.uid, latest=lambda entry: entry.sequence),
        forget=NOTHING,
        check=NOTHING,
        way_back="stays",
        export="csv",
        tally=NOTHING,
    ),
)
