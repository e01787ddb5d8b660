"""The orders to ship: what must be handed over on which day, what files no longer show, and that it was sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from workbench.core.money import Money
from workbench.core.saying import Refusal, say, say_n
from workbench.core.tickets.model import Ticket
from workbench.core.time import due_day
from workbench.later import later
from workbench.session.base import Done
from workbench.session.tickets.tables import TICKETS

if TYPE_CHECKING:
    from workbench.core.tickets import moves, shipping
    from workbench.session.base import SessionBase
else:
    moves = later("workbench.core.tickets.moves")
    shipping = later("workbench.core.tickets.shipping")


class ShipDay(msgspec.Struct, frozen=True):
    """What is due on one shop day, the first due in front; without a day what has no deadline, such as pre-orders.
    `due_at` is that of the first, `late` how many are past theirs."""

    day: date | None
    tickets: tuple[Ticket, ...]
    late: int

    @property
    def due_at(self) -> datetime | None:
        """When the first of them is due."""
        return self.tickets[0].deadline.at

    @property
    def skus(self) -> list[tuple[str, str, int]]:
        """The packing list: each SKU with its product and how many pieces, the most pieces first."""
        return packing(self.tickets)

    @property
    def pieces(self) -> int:
        """How many pieces that are."""
        return sum(number for _, _, number in self.skus)

    @property
    def worth(self) -> Money | None:
        """What the orders come to, where all of it is known and in one currency."""
        found = [ticket.money for ticket in self.tickets if ticket.money is not None]
        if len(found) < len(self.tickets) or len({money.currency for money in found}) != 1:
            return None
        return Money(sum((money.amount for money in found), Decimal(0)), found[0].currency)


class Missing(msgspec.Struct, frozen=True):
    """The orders that one file should show and does not: `since` is the file's own time, `day` its shop day."""

    day: date
    since: datetime
    tickets: tuple[Ticket, ...]


def packing(tickets: Iterable[Ticket]) -> list[tuple[str, str, int]]:
    """SKU, product and pieces of these orders, the most pieces first. A line without a quantity is one piece."""
    pieces: Counter[str] = Counter()
    products: dict[str, str] = {}
    for ticket in tickets:
        for line in ticket.lines:
            sku = line.sku or line.sku_id or "?"
            pieces[sku] += 1 if line.quantity is None else line.quantity
            products.setdefault(sku, line.product or "")
    return [(sku, products[sku], n) for sku, n in sorted(pieces.items(), key=lambda found: (-found[1], found[0]))]


class Shipping:
    """The orders to ship of a session."""

    def __init__(self, session: SessionBase) -> None:
        self._session = session
        self._read: tuple[object, list[Ticket]] | None = None

    def open(self) -> list[Ticket]:
        """Those to be handed over: neither waiting for the buyer's request nor missing from a file."""
        return [each for each in self._all() if not each.held and each.missing_at is None]

    def days(self) -> list[ShipDay]:
        """By due day, past days first, what has none last."""
        zone, now = self._session.zone, self._session.now()
        found: dict[date | None, list[Ticket]] = {}
        for ticket in self.open():
            at = ticket.deadline.at
            found.setdefault(None if at is None else due_day(at, zone), []).append(ticket)
        days = sorted((day for day in found if day is not None), key=lambda day: day)
        return [_day(day, found[day], now) for day in (*days, *([None] if None in found else []))]

    def missing(self) -> list[Missing]:
        """What files no longer show, one question a file, the oldest first."""
        found: dict[datetime, list[Ticket]] = {}
        for ticket in self._all():
            if ticket.missing_at is not None and not ticket.held:
                found.setdefault(ticket.missing_at, []).append(ticket)
        zone = self._session.zone
        return [Missing(at.astimezone(zone).date(), at, tuple(found[at])) for at in sorted(found)]

    def sent(self, ids: Sequence[int], at: datetime | None = None) -> Done:
        """They were handed over, now where no time is given; one step of undo."""
        session = self._session
        now = session.now()
        when = now if at is None else at
        if when > now:
            raise Refusal(say("That time is still to come; say when it happened, or leave the time out."))
        return self._close(ids, lambda ticket: moves.act(ticket, "sent", None, when, session.policy))

    def sent_sometime(self, ids: Sequence[int], at: datetime | None = None) -> Done:
        """What a file no longer shows was sent: at a time unknown where none is given; one step of undo."""
        session = self._session
        if at is not None:
            return self.sent(ids, at)
        return self._close(ids, lambda ticket: shipping.sent_sometime(ticket, session.now(), session.policy))

    def _close(self, ids: Sequence[int], change: Callable[[Ticket], Ticket]) -> Done:
        session = self._session
        desk = session.desk("tickets")
        with session.saving() as tx:
            tickets = [desk.within(tx, id) for id in dict.fromkeys(ids)]
            if not tickets:
                raise Refusal(say("There is nothing to ship."))
            for ticket in tickets:
                tx.put(TICKETS, ticket.id, change(ticket))
            desk.follow(tx)
            saying = say_n("{n} order sent", "{n} orders sent", len(tickets))
            tx.commit_as(saying, session.now())
        return Done(saying, tuple(ticket.id for ticket in tickets))

    def _all(self) -> list[Ticket]:
        state = self._session.store.version, self._session.policy.fingerprint
        if self._read is None or self._read[0] != state:
            every = self._session.desk("tickets").all()
            self._read = state, [each for each in every if each.kind == "ship" and each.stage != "closed"]
        return self._read[1]


def _day(day: date | None, tickets: list[Ticket], now: datetime) -> ShipDay:
    ordered = sorted(tickets, key=lambda ticket: (ticket.deadline.at or ticket.opened_at, ticket.opened_at, ticket.id))
    late = sum(ticket.deadline.at is not None and ticket.deadline.at <= now for ticket in tickets)
    return ShipDay(day, tuple(ordered), late)
