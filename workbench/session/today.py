"""The morning brief: what is overdue, what falls due, whose turn the rest is, how fresh the data is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from workbench.core.agenda import Agenda, Due
from workbench.core.rates import RateReading
from workbench.core.tickets.messages import rounds_told
from workbench.core.tickets.model import Ticket
from workbench.core.violations.ledger import Ledger
from workbench.core.violations.plan import Option
from workbench.session.agenda import agenda as agenda_of
from workbench.session.alerts import SEEN
from workbench.session.base import SessionBase
from workbench.session.imports.tables import FILES, ImportedFile
from workbench.session.issues import ISSUES
from workbench.session.records import Records
from workbench.session.tickets.response import response

if TYPE_CHECKING:
    from workbench.core.issues.week import Rise
    from workbench.session.alerts.desk import Alert
    from workbench.session.orders.shipping import ShipDay
    from workbench.session.violations.desk import LedgerDesk

#: How many cases the brief names; the queue has the rest.
NEXT = 10


class Today(msgspec.Struct, frozen=True, kw_only=True):
    """`overdue`, `due_today` (by the day of a deadline, overdue not in it), `due_tomorrow` and `waiting` count cases.

    `agenda` has the lines of all domains. `next` are the seller's next cases in queue order; `to_clear` those he wants
    cleared today, `to_clear_late` of them past their goal. `asks` are the questions, `ship` the orders to
    ship by due day. `still_open` were closed here but
    are open on the platform. `appeals` of violations are open, the one that closes first in front; `unblemished`: there
    never was a violation. `rising` are SKUs and types of the log whose count rises, the highest first. `alerts` are
    those that fire and are not acknowledged, the worst first.
    """

    now: datetime
    as_of: datetime | None
    agenda: Agenda
    overdue: int
    due_today: int
    due_tomorrow: int
    waiting: int
    next: tuple[Ticket, ...]
    to_clear: tuple[Ticket, ...]
    to_clear_late: int
    asks: tuple[Due, ...]
    still_open: tuple[Ticket, ...]
    ledger: Ledger
    ship: tuple[ShipDay, ...]
    appeals: tuple[Option, ...]
    unblemished: bool
    rising: tuple[Rise, ...] = ()
    alerts: tuple[Alert, ...] = ()
    messages: MessageState

    @property
    def ship_today(self) -> int:
        """How many orders are to be shipped today, or should have been."""
        today = self.now.astimezone(self.agenda.zone).date()
        return sum(len(day.tickets) for day in self.ship if day.day is not None and day.day <= today)


class MessageState(msgspec.Struct, frozen=True):
    """How messages stand: the rate of the window with its target; how many wait for a person, late
    ones too, and how many of these a card answered."""

    reading: RateReading
    waiting: int
    automatic: int


def _messages(session: SessionBase, tickets: Iterable[Ticket], now: datetime) -> MessageState:
    told = list(rounds_told(tickets, session.policy, now))
    unanswered = [each for each in told if each.round.answered_at is None and each.ticket.stage == "reply"]
    automatic = sum(each.ticket.automatic for each in unanswered)
    return MessageState(response(session, told), len(unanswered), automatic)


def brief(session: SessionBase) -> Today:
    """The brief as of now."""
    violations: LedgerDesk = session.desk("violations")
    agenda, tickets = agenda_of(session), {ticket.id: ticket for ticket in session.desk("tickets").all()}
    cases = [due for due in agenda.all if due.case]
    mine = [due for due in cases if due.turn == "seller"]
    today = agenda.now.astimezone(agenda.zone).date()
    days = [day for due in mine if not due.late(agenda.now) and (day := due.day(agenda.zone)) is not None]
    clear = [due for due in mine if agenda.group(due) in ("left_over", "to_clear")]

    def named(dues: Iterable[Due]) -> tuple[Ticket, ...]:
        return tuple(tickets[due.place.id] for due in dues if isinstance(due.place.id, int))

    return Today(
        now=agenda.now,
        as_of=_as_of(session),
        agenda=agenda,
        overdue=len([due for due in mine if due.late(agenda.now)]),
        due_today=sum(day <= today for day in days),
        due_tomorrow=days.count(today + timedelta(days=1)),
        waiting=len([due for due in cases if due.turn not in ("seller", None)]),
        next=named(mine[:NEXT]),
        to_clear=named(clear),
        to_clear_late=len([due for due in clear if agenda.group(due) == "left_over"]),
        asks=tuple(agenda.groups.get("ask", ())),
        still_open=tuple(each for each in tickets.values() if each.still_open or each.there is not None),
        messages=_messages(session, tickets.values(), agenda.now),
        ledger=violations.ledger(),
        ship=tuple(session.desk("orders").shipping.days()),
        appeals=tuple(sorted(violations.plan(), key=lambda option: (option.due_at, option.violation.id))),
        unblemished=not violations.all(),
        # Without a log its rules are not even loaded.
        alerts=tuple(_alerts(session)),
        rising=tuple(session.desk("issues").rising()) if session.store.table(ISSUES) else (),
    )


def _alerts(session: SessionBase) -> list[Alert]:
    """What fires; where there is nothing to look at the rules are not even loaded."""
    if not any(map(session.store.table, SEEN)):
        return []
    found: list[Alert] = session.desk("alerts").firing()
    return found


def _as_of(session: SessionBase) -> datetime | None:
    """The newest own time of any imported file that has one: how fresh the data is. Costs, and figures without dates,
    say nothing of it."""
    files = Records(session.store, FILES, ImportedFile).live().values()
    return max((file.as_of for file in files if not _undated(file.kind)), default=None)


def _undated(kind: str) -> bool:
    return kind == "costs" or kind.startswith("creator")
