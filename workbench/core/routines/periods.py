"""Routines: what the seller looks at every week, on Mondays, every quarter; and how old the rules are.

Days are the shop's. A routine that is due stays due until it is ticked off.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from workbench.core.policy import Policy

Every = Literal["week", "monday", "quarter"]
WEEK = timedelta(days=7)
#: Rules whose newest date is longer ago than this want a look.
OLD = timedelta(days=30)


def began(every: Every, today: date) -> date:
    """The first day of the period that `today` lies in: a Monday, or the first day of a quarter."""
    if every == "quarter":
        return date(today.year, today.month - (today.month - 1) % 3, 1)
    return today - timedelta(days=today.weekday())


def next_day(every: Every, last: date | None, today: date) -> date:
    """From which day on it is due again after `last`; never ticked off, it is due since the period began."""
    if last is None:
        return began(every, today)
    if every == "week":
        return last + WEEK
    # A quarter has at most 92 days and every day of the next one is less than 184 days after its first.
    return began(every, began(every, last) + (WEEK if every == "monday" else timedelta(days=100)))


def is_due(every: Every, last: date | None, today: date) -> bool:
    """Whether it is to be done: a week after the last time, or not yet done since the period began."""
    return next_day(every, last, today) <= today


def rules_age(policy: Policy, today: date) -> int | None:
    """How many days ago the newest of the market's own rules was read from its source; None where none is dated."""
    dates = [rule.as_of for rule in policy.rules if rule.market == policy.market and rule.as_of is not None]
    return (today - max(dates)).days if dates else None
