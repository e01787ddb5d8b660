"""How the days went: the questions that look at all tickets at once.

The archive of the present month is read for them, by the UTC month of closing, and no older one. So a ticket that was
closed in the first hours of a month, while UTC was still in the one before, is counted until it is archived.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, timedelta

from workbench.core import days as statistics
from workbench.core.days import Days
from workbench.core.tickets.model import Ticket
from workbench.session.imports.tables import FILES, ImportedFile
from workbench.session.records import Records
from workbench.session.session import Session
from workbench.session.tickets.tables import CLOSED_STAYS, TICKETS
from workbench.storage.errors import Damaged


def days(session: Session) -> Days:
    """The statistics as of now. Where the month's archive is damaged, without it, and with a notice."""
    now, zone = session.now(), session.zone
    live = session.tickets.all()
    month = now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0)
    try:
        archived = _archived(session, f"{month:%Y-%m}")
        since = min(month, now - CLOSED_STAYS)
    except Damaged as damaged:
        session.store.notices.append(damaged.saying)
        archived, since = [], now - CLOSED_STAYS
    # The first day on which every evening can be told, because whatever closed later is at hand.
    told_from = since.astimezone(zone).date() + timedelta(days=1)
    tickets = [each for each in (*live, *archived) if each.kind != "ship"]
    percent = session.settings.soon.on_time
    return statistics.days(tickets, now, zone, percent, _first_day(session, tickets), told_from)


def _archived(session: Session, month: str) -> list[Ticket]:
    return list(Records(session.store, TICKETS, Ticket).archived({month}).values())


def _first_day(session: Session, tickets: Iterable[Ticket]) -> date | None:
    """The shop day on which the program was first used, as far as what is at hand tells."""
    files = Records(session.store, FILES, ImportedFile).live().values()
    used = [file.imported_at for file in files]
    used += [
        event.at
        for ticket in tickets
        for event in ticket.timeline
        if event.who in ("seller", "import") and event.what != "opened"
    ]
    return min(used).astimezone(session.zone).date() if used else None
