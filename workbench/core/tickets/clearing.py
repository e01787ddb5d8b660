"""Cleared on the day: the stays in decide and inspect that ended before the seller's own goal, and his streak.

What a file ended after the goal may have been in time (unknown); what the buyer or the platform ended is not the
seller's. One that is past its goal counts as missed, done or not, on the day of the goal.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from workbench.core.policy import Policy
from workbench.core.rates import Counted
from workbench.core.tickets.clocks import goal_of
from workbench.core.tickets.days import Clock
from workbench.core.tickets.handling import stays_of
from workbench.core.tickets.model import Ticket

#: A goal of 24:00 belongs to the day that ends then.
_BEFORE = timedelta(microseconds=1)


class Clearing(NamedTuple):
    """The cases that count, how many are unknown, and the clocks with their goals in the place of deadlines."""

    counted: tuple[Counted, ...]
    unknown: int
    clocks: tuple[Clock, ...]


def clearing(tickets: Iterable[Ticket], policy: Policy, now: datetime) -> Clearing:
    """What the stays of these cases say at `now`; nothing where no goal is set."""
    counted: list[Counted] = []
    clocks: list[Clock] = []
    unknown = 0
    for ticket in tickets:
        for stay in stays_of(ticket):
            if stay.since is None:
                continue
            goal = goal_of(policy, ticket.kind, stay.stage, stay.since, stay.due, ticket.shown_at)
            if goal is None:
                continue
            clocks.append(replace(stay, due=goal))
            verdict = _verdict(stay, goal, now)
            if verdict == "unknown":
                unknown += 1
            elif verdict is not None:
                counted.append(Counted(goal - _BEFORE, verdict == "met"))
    return Clearing(tuple(counted), unknown, tuple(clocks))


def _verdict(stay: Clock, goal: datetime, now: datetime) -> str | None:
    if stay.at is None:
        return "missed" if goal <= now else None
    if stay.at < goal:
        return {"left": None, "time": "missed"}.get(stay.how, "met")
    return "unknown" if stay.how == "file" else "missed"
