"""How a ticket stands at an instant, of what is written in it alone: for lists, which ask it of thousands."""

from __future__ import annotations

from datetime import datetime, timedelta

from workbench.core.tickets.model import State, Ticket

#: How long before its deadline over there a case that moved on here alone is near.
BEHIND = timedelta(hours=24)


def state(ticket: Ticket, now: datetime) -> State:
    """Overdue and due only on the seller's turn; another's turn is waiting, also past their deadline."""
    turn = ticket.turn
    if turn != "seller":
        return "waiting" if turn else "closed"
    over = ticket.deadline.over_at
    return "overdue" if over is not None and now >= over else "due"


def snoozed(ticket: Ticket, now: datetime) -> bool:
    """Whether the ticket sleeps now."""
    return ticket.snoozed_until is not None and now < ticket.snoozed_until and ticket.stage != "closed"


def goal_at(ticket: Ticket, now: datetime) -> datetime | None:
    """By when the seller wants it done, earlier than he must; what sleeps has no goal until it wakes."""
    return None if snoozed(ticket, now) else ticket.deadline.goal_at


def behind_soon(ticket: Ticket, now: datetime) -> bool:
    """Whether the platform still shows it earlier, in a stage that is over within a day."""
    due = None if ticket.there is None else ticket.there.due_at
    return due is not None and due - now <= BEHIND
