"""The morning brief: what is overdue, what falls due, whose turn the rest is, how fresh the data is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from workbench.core.tickets.model import Ticket
from workbench.core.tickets.moves import state
from workbench.core.tickets.queue import ordered
from workbench.core.time import due_day
from workbench.core.violations.ledger import Ledger
from workbench.core.violations.plan import Option
from workbench.session.records import Records
from workbench.session.session import Session
from workbench.session.tables import FILES, ISSUES, ImportedFile

if TYPE_CHECKING:
    from workbench.core.issues.week import Rise

#: How many cases the brief names; the queue has the rest.
NEXT = 10


class Today(msgspec.Struct, frozen=True, kw_only=True):
    """`overdue`, `due_today` (by the day of a deadline, overdue not in it), `due_tomorrow` and `waiting` are counts.

    `next` are the seller's next cases in queue order; `still_open` were closed here but are open on the platform.
    `appeals` of violations are open, the one that closes first in front; `unblemished`: there never was a violation.
    `rising` are SKUs and types of the log whose count rises, the highest first.
    """

    now: datetime
    as_of: datetime | None
    overdue: int
    due_today: int
    due_tomorrow: int
    waiting: int
    next: tuple[Ticket, ...]
    still_open: tuple[Ticket, ...]
    ledger: Ledger
    appeals: tuple[Option, ...]
    unblemished: bool
    rising: tuple[Rise, ...] = ()


def brief(session: Session) -> Today:
    """The brief as of now."""
    now, zone = session.now(), session.zone
    tickets = session.tickets.all()
    today = now.astimezone(zone).date()
    states = [(ticket, state(ticket, now)) for ticket in tickets]
    mine = [ticket for ticket, how in states if how in ("overdue", "due")]
    days = [
        due_day(ticket.deadline.at, zone) for ticket, how in states if how == "due" and ticket.deadline.at is not None
    ]
    return Today(
        now=now,
        as_of=_as_of(session),
        overdue=sum(how == "overdue" for _, how in states),
        due_today=days.count(today),
        due_tomorrow=days.count(today + timedelta(days=1)),
        waiting=sum(how == "waiting" for _, how in states),
        next=tuple(ordered(mine, now, zone)[:NEXT]),
        still_open=tuple(ticket for ticket in tickets if ticket.stage == "closed" and ticket.still_open),
        ledger=session.ledger.ledger(),
        appeals=tuple(sorted(session.ledger.plan(), key=lambda option: (option.due_at, option.violation.id))),
        unblemished=not session.ledger.all(),
        # Without a log its rules are not even loaded.
        rising=tuple(session.log.rising()) if session.store.table(ISSUES) else (),
    )


def _as_of(session: Session) -> datetime | None:
    """The newest own time of any imported file: how fresh the data is."""
    files = Records(session.store, FILES, ImportedFile).live().values()
    return max((file.as_of for file in files), default=None)
