"""The state of an alert: a function of what its rule said day after day. Nothing of it is stored.

quiet -> pending (it holds, not yet for long enough) -> firing -> resolved (until the next shop day) -> quiet. A day of
which nothing is known neither begins nor ends anything: it shows as unknown, and what fired before it goes on after it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from workbench.core.alerts.rules import AlertRule, RuleFinding

State = Literal["quiet", "pending", "firing", "resolved", "unknown"]


class AlertStanding(msgspec.Struct, frozen=True, kw_only=True):
    """How a rule stands at the end of the days it was asked for. `since`: the day on which it began to fire, or to
    hold; `finding`: what it says of the last day. `rises`: every day on which it began to fire."""

    state: State
    since: date | None
    finding: RuleFinding
    rises: tuple[date, ...]


def standing(rule: AlertRule, found: Iterable[tuple[date, RuleFinding]]) -> AlertStanding:
    """How a rule stands after `found`, one finding a day, in order, at least one."""
    state: State = "quiet"
    held, clear = 0, 0
    since: date | None = None
    rises: list[date] = []
    firing = False
    last: RuleFinding | None = None
    for day, one in found:
        last = one
        if one.verdict == "unknown":
            state = "unknown"
            continue
        if one.verdict == "fires":
            held, clear = held + 1, 0
            if not firing:
                since = day if held == 1 else since
                if held >= rule.for_days:
                    firing, since = True, day
                    rises.append(day)
            state = "firing" if firing else "pending"
        else:
            held, clear = 0, clear + 1
            if firing and clear < rule.keep:
                state = "firing"
            elif firing:
                firing, state, since = False, "resolved", day
            else:
                state, since = "quiet", None
    if last is None:
        raise ValueError("no day was asked for")
    return AlertStanding(state=state, since=since, finding=last, rises=tuple(rises))


class Acknowledged(msgspec.Struct, frozen=True, kw_only=True):
    """What was said of an alert: seen, at this value, until it is worse; or until a day."""

    day: date
    value: Decimal | None = None
    until: date | None = None


def quieted(by: Acknowledged, rule: AlertRule, now: AlertStanding, today: date) -> bool:
    """Whether an acknowledgement still covers it: until its day, or until the value is beyond that of then. One of
    before it rose anew covers nothing."""
    if now.since is not None and by.day < now.since:
        return False
    if by.until is not None:
        return today < by.until
    value = now.finding.value
    return by.value is None or value is None or not _worse(rule, value, by.value)


def _worse(rule: AlertRule, value: Decimal, before: Decimal) -> bool:
    low_is_bad = rule.kind == "below" or (rule.kind == "gate" and rule.good == "above")
    return value < before if low_is_bad else value > before
