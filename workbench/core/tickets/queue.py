"""The order of the queue: the seller's turn first, by deadline; then what sleeps, what waits, what is closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo

from workbench.core.tickets.model import Ticket
from workbench.core.tickets.standing import snoozed
from workbench.core.time import day_ends

_Key = tuple[int, datetime, datetime, int]


def ordered(tickets: Iterable[Ticket], now: datetime, zone: tzinfo) -> list[Ticket]:
    """The tickets in queue order: turn, then due_at, then opened_at, then id.

    A ticket of the seller's turn without a deadline stands as if due at the end of tomorrow (shop day), so that it is
    not forgotten below everything that is far away; elsewhere "no deadline" comes last.
    """
    tomorrow_ends = day_ends(now.astimezone(zone).date() + timedelta(days=1), zone)
    never = datetime.max.replace(tzinfo=now.tzinfo)

    def key(ticket: Ticket) -> _Key:
        turn, due = ticket.turn, ticket.deadline.at
        if turn == "seller":
            return snoozed(ticket, now), due or tomorrow_ends, ticket.opened_at, ticket.id
        return (2 if turn else 3), due or never, ticket.opened_at, ticket.id

    return sorted(tickets, key=key)
