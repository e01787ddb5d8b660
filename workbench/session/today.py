"""The morning brief: what is overdue, what falls due, whose turn the rest is, how fresh the data is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from workbench.core.agenda import Due
from workbench.core.tickets.model import Ticket
from workbench.session import tally
from workbench.session.agenda import agenda
from workbench.session.alerts import SEEN
from workbench.session.base import SessionBase
from workbench.session.imports.tables import FILES, ImportedFile
from workbench.session.issues import ISSUES
from workbench.session.records import Records
from workbench.session.tickets.tables import TABLE

if TYPE_CHECKING:
    from workbench.core.issues.week import Rise
    from workbench.core.rates import RateReading
    from workbench.core.violations.ledger import Ledger
    from workbench.core.violations.plan import Option
    from workbench.session.alerts.desk import Alert
    from workbench.session.orders.shipping import ShipDay

#: How many cases the brief names; the queue has the rest.
NEXT = 10
#: No three days from now on are longer.
_NEAR = timedelta(days=4)


class Today:
    """The brief of one instant, with the `agenda` of all domains.

    What it says beside the agenda is reckoned when somebody looks at it: the first screen shows much of it only where
    there is something, and the rules for it are not even loaded where there is nothing.
    """

    def __init__(self, session: SessionBase) -> None:
        self.agenda = agenda(session)
        self.now = self.agenda.now
        self._session = session
        self._tickets: list[Ticket] = session.desk("tickets").all()

    def reckoned(self) -> Today:
        """The same with each part reckoned: `Refusal` where something that it tells of cannot be read."""
        for name, part in vars(Today).items():
            if isinstance(part, cached_property):
                getattr(self, name)
        return self

    @cached_property
    def as_of(self) -> datetime | None:
        """The newest own time of any imported file that has one: how fresh the data is. Costs, and figures without
        dates, say nothing of it."""
        files = Records(self._session.store, FILES, ImportedFile).live().values()
        return max((file.as_of for file in files if not _undated(file.kind)), default=None)

    # Cases. Whatever is counted, counts cases.

    @cached_property
    def overdue(self) -> int:
        """How many are past their deadline."""
        return len([due for due in self._mine if due.late(self.now)])

    @cached_property
    def due_today(self) -> int:
        """How many are due today by the day of their deadline, those that are overdue not in it."""
        return sum(day <= self._today for day in self._days)

    @cached_property
    def due_tomorrow(self) -> int:
        """How many are due tomorrow."""
        return self._days.count(self._today + timedelta(days=1))

    @cached_property
    def waiting(self) -> int:
        """How many wait for others."""
        asked = [due for due in self.asks if due.case and due.turn != "seller"]
        return self.agenda.count("waiting", cases=True) + len(asked)

    @cached_property
    def next(self) -> tuple[Ticket, ...]:
        """The seller's next ones in queue order."""
        return self._named(self._mine[:NEXT])

    @cached_property
    def to_clear(self) -> tuple[Ticket, ...]:
        """Those he wants cleared today."""
        return self._named(due for due in self._mine if self.agenda.group(due) in ("left_over", "to_clear"))

    @cached_property
    def to_clear_late(self) -> int:
        """How many of these are past their goal."""
        return len([due for due in self._mine if self.agenda.group(due) == "left_over"])

    @cached_property
    def still_open(self) -> tuple[Ticket, ...]:
        """Those that were closed or moved on here, but not on the platform."""
        return tuple(each for each in self._tickets if each.still_open or each.there is not None)

    @cached_property
    def messaged(self) -> bool:
        """Whether there is any message whose answer counts, or may count."""
        if any(ticket.kind == "message" for ticket in self._tickets):
            return True
        from workbench.core.tickets.rounds import COUNTERS

        days = tally.archived(self._session, TABLE)
        return days is None or any(name.partition("/")[0] in COUNTERS for day in days.values() for name in day)

    @cached_property
    def messages(self) -> MessageState:
        """How messages stand."""
        from workbench.core.tickets.messages import rounds_told
        from workbench.session.tickets.response import response

        told = list(rounds_told(self._tickets, self._session.policy, self.now))
        unanswered = [each for each in told if each.round.answered_at is None and each.ticket.stage == "reply"]
        automatic = sum(each.ticket.automatic for each in unanswered)
        return MessageState(response(self._session, told), len(unanswered), automatic)

    # Everything else

    @cached_property
    def asks(self) -> tuple[Due, ...]:
        """The questions."""
        return tuple(self.agenda.groups.get("ask", ()))

    @cached_property
    def ship(self) -> tuple[ShipDay, ...]:
        """The orders to ship by due day."""
        return tuple(self._session.desk("orders").shipping.days())

    @property
    def ship_today(self) -> int:
        """How many orders are to be shipped today, or should have been."""
        return sum(len(day.tickets) for day in self.ship if day.day is not None and day.day <= self._today)

    @cached_property
    def unblemished(self) -> bool:
        """Whether there never was a violation."""
        if not any(map(self._session.store.table, ("violations", "statements"))):
            return True
        desk = self._session.desk("violations")
        desk.scores()  # one that is damaged is told with the rest
        return not desk.all()

    @cached_property
    def ledger(self) -> Ledger:
        """The points."""
        found: Ledger = self._session.desk("violations").ledger(self.now)
        return found

    @cached_property
    def appeals(self) -> tuple[Option, ...]:
        """The appeals of violations that are open, the one that closes first in front."""
        if self.unblemished:
            return ()
        plan = self._session.desk("violations").plan(self.now)
        return tuple(sorted(plan, key=lambda option: (option.due_at, option.violation.id)))

    @cached_property
    def rising(self) -> tuple[Rise, ...]:
        """SKUs and types of the log whose count rises, the highest first."""
        return tuple(self._session.desk("issues").rising()) if self._session.store.table(ISSUES) else ()

    @cached_property
    def alerts(self) -> tuple[Alert, ...]:
        """Those that fire and are not acknowledged, the worst first."""
        return tuple(self._session.desk("alerts").firing()) if any(map(self._session.store.table, SEEN)) else ()

    @property
    def _today(self) -> date:
        return self.now.astimezone(self.agenda.zone).date()

    @cached_property
    def _mine(self) -> list[Due]:
        """The seller's cases, in queue order."""
        return [due for due in self.agenda.mine if due.case]

    @cached_property
    def _days(self) -> list[date]:
        """The days of the deadlines to come, as far as tomorrow at least."""
        ends, zone = self.now + _NEAR, self.agenda.zone
        near = (due for due in self._mine if not due.late(self.now) and (due.at is None or due.at < ends))
        return [day for due in near if (day := due.day(zone)) is not None]

    def _named(self, dues: Iterable[Due]) -> tuple[Ticket, ...]:
        tickets = {ticket.id: ticket for ticket in self._tickets}
        return tuple(tickets[due.place.id] for due in dues if isinstance(due.place.id, int))


class MessageState(msgspec.Struct, frozen=True):
    """How messages stand: the rate of the window with its target; how many wait for a person, late
    ones too, and how many of these a card answered."""

    reading: RateReading
    waiting: int
    automatic: int


def _undated(kind: str) -> bool:
    return kind == "costs" or kind.startswith("creator")
