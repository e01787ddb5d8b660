"""What was set aside: records that no rule can digest, kept as they were stored, out of everybody's way."""

from __future__ import annotations

from datetime import datetime

import msgspec

from workbench.core.saying import say
from workbench.session.table import NOTHING, Before, Forget, Merge, StoredTable

SET_ASIDE = "set_aside"


class SetAside(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A record that was taken out of its table: its table and number, and the JSON that it was."""

    id: int
    table: str
    number: int
    record: str
    at: datetime


def _emptied(aside: SetAside, before: Before) -> SetAside | None:
    """Nobody can tell what is in it, so all of it goes."""
    meant = before.reach == "any" or aside.at < before.midnight
    return msgspec.structs.replace(aside, record="") if meant else None


TABLES = (
    StoredTable(
        name=SET_ASIDE,
        type=SetAside,
        word=say("records set aside"),
        ref=NOTHING,
        archive=NOTHING,
        pointers=(),
        merge=Merge(name=lambda aside: (aside.table, aside.number, aside.record), latest=lambda aside: aside.at),
        forget=Forget(_emptied, lambda aside: not aside.record),
        check=NOTHING,
        way_back="goes",
        export="csv",
        tally=NOTHING,
    ),
)
