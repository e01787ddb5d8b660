"""What of a ticket lapses in an absence, and the shortest ways to avoid it.

A ticket may need more than one action: who approves a reshipment must also send it where the deadline of that falls
into the absence. What others may do in the meantime is not foreseen.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from workbench.core.agenda import Way
from workbench.core.kinds import Stage
from workbench.core.policy import Policy
from workbench.core.saying import Refusal
from workbench.core.tickets import moves
from workbench.core.tickets.model import Ticket
from workbench.core.tickets.stages import Action


def lapses(ticket: Ticket, until: datetime) -> bool:
    """Whether it is the seller's turn and the deadline passes before he is back."""
    return ticket.turn == "seller" and ticket.deadline.at is not None and ticket.deadline.at <= until


def ways(
    ticket: Ticket, policy: Policy, now: datetime, until: datetime, passed: Sequence[Stage] = ()
) -> tuple[Way, ...]:
    """For each of the seller's actions that are legal now, the shortest way beginning with it after which nothing of
    the ticket lapses; the shortest first, else in the order of the stage's own table. `set` (the stage that Seller
    Center shows) ends a way, for nobody knows what follows."""
    found: list[Way] = []
    passed = (*passed, ticket.stage)
    for action in _own(ticket, policy):
        if action.needs == "stage":
            found.append((action.name,))
            continue
        try:
            after = moves.act(ticket, action.name, None, now, policy)
        except Refusal:  # the stage begins only later
            continue
        if not lapses(after, until):
            found.append((action.name,))
        elif after.stage not in passed:
            rest = ways(after, policy, now, until, passed)
            if rest:
                found.append((action.name, *rest[0]))
    return tuple(sorted(found, key=len))


def _own(ticket: Ticket, policy: Policy) -> list[Action]:
    """What the seller himself can do; putting off keeps the deadline."""
    return [action for action in moves.actions(ticket, policy) if action.who == "seller" and action.needs != "time"]
