"""The open tickets in queue order as the screens show them, computed once a change and once a minute."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from workbench.core.agenda import Due
from workbench.core.agenda import Group as AgendaGroup
from workbench.core.place import Place
from workbench.core.tickets.model import Ticket
from workbench.core.tickets.standing import snoozed, state
from workbench.output.marks import ASKS, DONE, LATE, SOON, WAITS
from workbench.output.words import GROUPS, Group, group_of
from workbench.session import Session

if TYPE_CHECKING:
    from workbench.session.today import Today

_RANK: dict[Group, int] = {group: rank for rank, group in enumerate(GROUPS)}


class QueueGroup(msgspec.Struct, frozen=True):
    """A group of the queue and its first row."""

    group: Group
    first: int


def parts(tickets: Sequence[Ticket], now: datetime, zone: tzinfo) -> list[QueueGroup]:
    """Where each group begins in tickets that stand in queue order; found by halving, not by reading them all."""

    def rank(ticket: Ticket) -> int:
        return _RANK[group_of(ticket, now, zone)]

    found: list[QueueGroup] = []
    for group in GROUPS:
        first = bisect_left(tickets, _RANK[group], key=rank)
        if first < len(tickets) and rank(tickets[first]) == _RANK[group]:
            found.append(QueueGroup(group, first))
    return found


def sizes(found: Sequence[QueueGroup], rows: int) -> dict[Group, int]:
    """How many rows each group has, of so many in all."""
    ends = [*(part.first for part in found[1:]), rows]
    return {part.group: end - part.first for part, end in zip(found, ends, strict=False)}


def is_soon(ticket: Ticket, now: datetime, within: timedelta) -> bool:
    """Whether it is the seller's to do, awake, and due within that time."""
    due = ticket.deadline.at
    return due is not None and ticket.turn == "seller" and now < due < now + within and not snoozed(ticket, now)


def shouts(ticket: Ticket) -> bool:
    """Whether being late costs a decision: only the platform's deadlines may shout."""
    return ticket.deadline.kind == "platform"


class Board:
    """What several screens need of the tickets at once. `version` rises with every change and every minute."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.version = 0

    def forget(self) -> None:
        """Something changed, or a minute went by."""
        self.version += 1
        for name in ("all", "tickets", "ships", "brief"):
            self.__dict__.pop(name, None)

    @cached_property
    def all(self) -> list[Ticket]:
        """The live tickets, also those that are closed."""
        return self.session.tickets.all()

    @cached_property
    def tickets(self) -> list[Ticket]:
        """The open tickets in queue order."""
        return self._ordered(ticket for ticket in self.all if ticket.stage != "closed" and ticket.kind != "ship")

    @cached_property
    def ships(self) -> list[Ticket]:
        """The open orders to ship, in queue order; they stand in no other list."""
        return self._ordered(ticket for ticket in self.all if ticket.stage != "closed" and ticket.kind == "ship")

    def _ordered(self, tickets: Iterable[Ticket]) -> list[Ticket]:
        from workbench.core.tickets.queue import ordered

        return ordered(tickets, self.session.now(), self.session.zone)

    @cached_property
    def brief(self) -> Today:
        """The morning brief."""
        return self.session.today()

    def dues(self, domain: str, *groups: AgendaGroup) -> list[Due]:
        """The lines of one domain in these groups of the agenda."""
        found = self.brief.agenda.groups
        return [due for group in groups for due in found.get(group, ()) if due.place.domain == domain]

    def next_mine(self, after: Iterable[int] = ()) -> Ticket | None:
        """The seller's next case that is none of `after`: the first below the last of them, else the first of all."""
        now, passed = self.session.now(), set(after)
        mine = [ticket for ticket in self.tickets if ticket.turn == "seller" and not snoozed(ticket, now)]
        last = max((at for at, ticket in enumerate(mine) if ticket.id in passed), default=-1)
        return next((ticket for ticket in (*mine[last + 1 :], *mine[: last + 1]) if ticket.id not in passed), None)

    def same_order(self, ticket: Ticket) -> list[Ticket]:
        """The other live tickets of its order."""
        if not ticket.order_id:
            return []
        return [other for other in self.all if other.order_id == ticket.order_id and other.id != ticket.id]

    def find(self, id: int | str) -> Ticket | None:
        """The open ticket of this number."""
        return next((ticket for ticket in (*self.tickets, *self.ships) if ticket.id == id), None)

    def at(self, place: Place | None) -> Ticket | None:
        """The open ticket of this place, if it is one of a ticket."""
        return self.find(place.id) if place is not None and place.domain == "tickets" else None

    def matching(self, expression: str) -> list[Ticket]:
        """The open tickets that fit the filter, in queue order; `Misuse` where it is wrong."""
        if not expression.strip():
            return self.tickets
        from workbench.core.tickets.filter import compiled

        test = compiled(expression, self.session.now(), self.session.zone)
        found = [ticket for ticket in self.tickets if test(ticket)]
        ships = [ticket for ticket in self.ships if test(ticket)]
        return self._ordered((*found, *ships)) if ships else found


def symbol(ticket: Ticket, now: datetime, within: timedelta) -> tuple[str, str]:
    """The state of a ticket in one cell, with the role of its countdown."""
    match state(ticket, now):
        case "closed":
            return DONE, "quiet"
        case "waiting":
            return WAITS, "quiet"
        case _ if snoozed(ticket, now):
            return " ", "quiet"
        case "overdue":
            return LATE, "late_bold" if shouts(ticket) else "soon_bold"
    if ticket.deadline.at is None:
        return ASKS, "text"
    return (SOON, "soon") if is_soon(ticket, now, within) else (" ", "text")
