"""Cleared on the day: the stays in decide and inspect that ended before the seller's own goal, and his streak.

What a file ended after the goal may have been in time (unknown); what the buyer or the platform ended is not the
seller's. One that is past its goal counts as missed, done or not, on the day of the goal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from msgspec.structs import replace

from workbench.core.policy import Policy
from workbench.core.rates import Counted
from workbench.core.tickets.clocks import goal_of
from workbench.core.tickets.days import Clock
from workbench.core.tickets.handling import stays_of
from workbench.core.tickets.model import Ticket

#: A goal of 24:00 belongs to the day that ends then.
_BEFORE = timedelta(microseconds=1)


class JudgedCount(NamedTuple):
    """A stay with its goal: the instant at which it counts, what it is (None: nothing for the rate), its clock."""

    counts_at: datetime
    verdict: Literal["met", "missed", "unknown"] | None
    clock: Clock


class Clearing(NamedTuple):
    """The cases that count, how many are unknown, and the clocks with their goals in the place of deadlines."""

    counted: tuple[Counted, ...]
    unknown: int
    clocks: tuple[Clock, ...]


def clearing(tickets: Iterable[Ticket], policy: Policy, now: datetime) -> Clearing:
    """What the stays of these cases say at `now`; nothing where no goal is set."""
    found = [each for ticket in tickets for each in judged(ticket, policy, now)]
    counted = tuple(
        Counted(each.counts_at, each.verdict == "met") for each in found if each.verdict in ("met", "missed")
    )
    unknown = sum(each.verdict == "unknown" for each in found)
    return Clearing(counted, unknown, tuple(each.clock for each in found))


def judged(ticket: Ticket, policy: Policy, now: datetime) -> Iterator[JudgedCount]:
    """The stays of one case that have a goal."""
    for stay in stays_of(ticket):
        if stay.since is None:
            continue
        goal = goal_of(policy, ticket.kind, stay.stage, stay.since, stay.due, ticket.shown_at)
        if goal is not None:
            yield JudgedCount(goal - _BEFORE, _verdict(stay, goal, now), replace(stay, due=goal))


def _verdict(stay: Clock, goal: datetime, now: datetime) -> Literal["met", "missed", "unknown"] | None:
    if stay.at is None:
        return "missed" if goal <= now else None
    if stay.at < goal and stay.how in ("left", "time"):
        return "missed" if stay.how == "time" else None
    if stay.at < goal:
        return "met"
    return "unknown" if stay.how == "file" else "missed"
