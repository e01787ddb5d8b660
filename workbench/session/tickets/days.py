"""How the days went: the questions that look at all tickets at once.

Archived tickets are counted by the daily tally, which reaches 100 days back. Only where it does not hold what is asked,
as before its first save, the archive of the present month is read, by the UTC month of closing, and no older one. Then
a ticket that was closed in the first hours of a month, while UTC was still in the one before, is counted until it is
archived.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from workbench.core.tickets import days as statistics
from workbench.core.tickets.days import Counted, Days
from workbench.core.tickets.model import Ticket
from workbench.session import tally
from workbench.session.base import SessionBase
from workbench.session.records import Records
from workbench.session.tickets.tables import CLOSED_STAYS, TABLE, TICKETS
from workbench.storage.errors import Damaged
from workbench.storage.tally import DAYS


def days(session: SessionBase) -> Days:
    """The statistics as of now. Where the archive would be needed and is damaged, without it, and with a notice."""
    now, zone = session.now(), session.zone
    live = [each for each in session.desk("tickets").all() if each.kind != "ship"]
    today = now.astimezone(zone).date()
    found, told_from = tally.archived(session, TABLE), today - timedelta(days=DAYS - 1)
    archived, told_from = _of_the_month(session, now) if found is None else (found, told_from)
    first = _first_day(session, live, archived)
    percent = session.settings.soon.on_time
    return statistics.days(live, now, zone, percent, first, told_from, archived)


def _of_the_month(session: SessionBase, now: datetime) -> tuple[Counted, date]:
    """What the month's archive adds up to, and the first day on which every evening can be told, because whatever
    closed later is at hand."""
    month = now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0)
    since = min(month, now - CLOSED_STAYS)
    found: Iterable[Ticket] = ()
    try:
        found = Records(session.store, TICKETS, Ticket).archived({f"{month:%Y-%m}"}).values()
    except Damaged as damaged:
        session.store.notices.append(damaged.saying)
        since = now - CLOSED_STAYS
    return tally.added(TABLE, found, session.zone), since.astimezone(session.zone).date() + timedelta(days=1)


def _first_day(session: SessionBase, live: Iterable[Ticket], archived: Counted) -> date | None:
    """The shop day on which the program was first used, as far as is known without looking back further."""
    zone = session.zone
    used = [file.imported_at for file in session.desk("imports").files()]
    used += [first for ticket in live if (first := statistics.first_used(ticket)) is not None]
    found = [moment.astimezone(zone).date() for moment in used]
    found += [day for day, counts in archived.items() if counts.get("used")]
    return min(found, default=None)
