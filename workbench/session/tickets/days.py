"""How the days went, and what an absence would cost: the questions that look at all tickets at once.

The archive of the present month is read for them, by the UTC month of closing, and no older one. So a ticket that was
closed in the first hours of a month, while UTC was still in the one before, is counted until it is archived.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from workbench.core import away as absence
from workbench.core import days as statistics
from workbench.core.away import Away
from workbench.core.days import Days
from workbench.core.saying import Misuse, say
from workbench.core.tickets.model import Ticket
from workbench.core.time import midnight
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
    tickets, percent = [*live, *archived], session.settings.soon.on_time
    return statistics.days(tickets, now, zone, percent, _first_day(session, tickets), told_from)


def away(session: Session, until: datetime) -> Away:
    """What lapses until then if nobody does anything, and what avoids it. `Misuse` where that is not in the future."""
    now, ledger = session.now(), session.ledger
    if until <= now:
        raise Misuse(say("That is over already. Name a day to come."))
    return absence.away(session.tickets.all(), ledger.all(), ledger.shop, ledger.rules, now, until)


def end_of(session: Session, at: datetime) -> datetime:
    """The end of an absence until `at`: of a bare day (its 00:00) the end of that day, the safe reading; else `at`."""
    day = at.astimezone(session.zone).date()
    return midnight(day + timedelta(days=1), session.zone) if at == midnight(day, session.zone) else at


def _archived(session: Session, month: str) -> list[Ticket]:
    records = Records(session.store, TICKETS, Ticket)
    return [records.decode(id, raw) for id, raw in session.store.archived(TICKETS, {month}).items()]


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
