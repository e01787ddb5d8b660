"""Routines: what the seller looks at again and again, in one of three ways, and how old the rules are.

`after`: so many days after the last time. `grid`: on Mondays, on the first of a month or of a quarter; it stays on its
grid, and periods that passed without it are counted, not piled up. `each`: once for each live. Days are the shop's. A
routine that is due stays due until it is ticked off; a tick before its day counts for the period that runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec

from workbench.core.policy import Policy

Grid = Literal["monday", "month", "quarter"]
Every = Literal["week", "monday", "quarter"]
WEEK = timedelta(days=7)
#: Rules whose newest date is longer ago than this want a look.
OLD = timedelta(days=30)


class Repeat(msgspec.Struct, frozen=True, kw_only=True):
    """How a routine repeats: exactly one of `after` (days), `grid`, `each`. `due_from`, `late_from`: days after its day
    from which on it is due, and late; late where None is when the next one is due."""

    after: int | None = None
    grid: Grid | None = None
    each: Literal["live"] | None = None
    due_from: int = 0
    late_from: int | None = None

    @classmethod
    def every(cls, word: Every) -> Repeat:
        """What the older word means."""
        return cls(after=WEEK.days) if word == "week" else cls(grid=word)


class DueWindow(msgspec.Struct, frozen=True, kw_only=True):
    """When it is due next, or has been due: `due_from`, `late_from` of the period that counts, None where there is
    none. `since`: from which day on it has been to be done, the `missed` periods included."""

    due: bool
    due_from: date | None = None
    late_from: date | None = None
    since: date | None = None
    missed: int = 0


def began(grid: Grid, today: date) -> date:
    """The first day of the period that `today` lies in: a Monday, or the first day of a month or a quarter."""
    if grid == "monday":
        return today - timedelta(days=today.weekday())
    return date(today.year, today.month - ((today.month - 1) % 3 if grid == "quarter" else 0), 1)


def following(grid: Grid, today: date) -> date:
    """The first day of the next period."""
    # A quarter has at most 92 days, a month 31, and every day of the next one is nearer than twice that.
    days = {"monday": 7, "month": 31, "quarter": 100}[grid]
    return began(grid, began(grid, today) + timedelta(days=days))


def window(way: Repeat, last: date | None, today: date, lives: Sequence[date] = ()) -> DueWindow:
    """How the routine stands on a day. `lives` are the days of the lives that have begun since it was done last, oldest
    first."""
    if way.each is not None:
        return _each(way, today, lives)
    if way.grid is not None:
        return _grid(way, way.grid, last, today)
    days = timedelta(days=way.after or 1)
    first = began("monday", today) if way.after == WEEK.days else today
    day = first if last is None else last + days
    return _open(way, day, day + days, today)


def _grid(way: Repeat, grid: Grid, last: date | None, today: date) -> DueWindow:
    start = began(grid, today)
    if last is not None and last >= start:
        after = following(grid, start)
        return _open(way, after, following(grid, after), today)
    missed, since = 0, start
    if last is not None:
        each = since = following(grid, last)
        while each < start:
            missed, each = missed + 1, following(grid, each)
    found = _open(way, start, following(grid, start), today, missed)
    if missed:  # what was missed is to be done, whatever the window of the period that runs
        return msgspec.structs.replace(found, due=True, since=since)
    return found


def _each(way: Repeat, today: date, lives: Sequence[date]) -> DueWindow:
    if not lives:
        return DueWindow(due=False)
    day = lives[-1]
    found = _open(way, day, day + timedelta(days=1), today, len(lives) - 1)
    return msgspec.structs.replace(found, since=lives[0], due=found.due or len(lives) > 1)


def _open(way: Repeat, day: date, after: date, today: date, missed: int = 0) -> DueWindow:
    due_from = day + timedelta(days=way.due_from)
    late_from = after if way.late_from is None else day + timedelta(days=way.late_from)
    return DueWindow(
        due=due_from <= today, due_from=due_from, late_from=max(late_from, due_from), since=due_from, missed=missed
    )  # fmt: skip


def counted(way: Repeat, last: date | None, today: date) -> bool:
    """Whether the period that runs is ticked off already, so that another tick says nothing."""
    if last is None or way.each is not None:
        return False
    return last >= began(way.grid, today) if way.grid is not None else last >= today


def rules_age(policy: Policy, today: date) -> int | None:
    """How many days ago the newest of the market's own rules was read from its source; None where none is dated."""
    dates = [rule.as_of for rule in policy.rules if rule.market == policy.market and rule.as_of is not None]
    return (today - max(dates)).days if dates else None
