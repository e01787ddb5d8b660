"""The state of an alert: a function of what its rule said day after day. Nothing of it is stored.

quiet -> pending (it holds, not yet for long enough) -> firing -> resolved (until the next shop day) -> quiet. A day of
which nothing is known neither begins nor ends anything: it shows as unknown, and what fired before it goes on after it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

import msgspec

from workbench.core.alerts.rules import AlertRule, RuleFinding, ScopeFacts, finding

#: So far is looked back for the beginning of what stands.
FARTHEST = timedelta(days=400)

State = Literal["quiet", "pending", "firing", "resolved", "unknown"]


class AlertStanding(msgspec.Struct, frozen=True, kw_only=True):
    """How a rule stands at the end of the days it was asked for. `since`: the day on which it began to fire, or to
    hold, as far as was looked back; `finding`: what it says of the last day. `rises`: every day on which it began to
    fire, that of which it is not known left out."""

    state: State
    since: date | None
    finding: RuleFinding
    rises: tuple[date, ...]


def stands(rule: AlertRule, facts: ScopeFacts, today: date) -> AlertStanding:
    """How a rule stands today. It is asked day by day backwards, until it certainly did not fire."""
    found = [(today, finding(rule, facts, today))]
    first = max(facts.since or date.min, today - FARTHEST)
    clear, day = 0, today
    while clear < rule.keep and day > first:
        day -= timedelta(days=1)
        one = finding(rule, facts, day)
        found.append((day, one))
        if one.verdict != "unknown":
            clear = 0 if one.verdict == "fires" else clear + 1
    return standing(rule, reversed(found), whole=clear >= rule.keep)


def standing(rule: AlertRule, found: Iterable[tuple[date, RuleFinding]], *, whole: bool = True) -> AlertStanding:
    """How a rule stands after `found`, one finding a day, in order, at least one. `whole`: it did not fire before."""
    state: State = "quiet"
    known = whole
    held, clear = 0, 0
    since: date | None = None
    rises: list[date] = []
    firing = False
    last: RuleFinding | None = None
    for day, one in found:
        last = one
        if one.verdict == "unknown":
            state, since = "unknown", since if held or firing else None
            continue
        if one.verdict == "fires":
            held, clear = held + 1, 0
            if not firing:
                since = day if held == 1 else since
                if held >= rule.for_days:
                    firing, since = True, day
                    if known:
                        rises.append(day)
            state = "firing" if firing else "pending"
        else:
            held, clear = 0, clear + 1
            known = known or clear >= rule.keep
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
    """Whether an acknowledgement still covers it: until its day, or until the value is beyond that of then."""
    if by.until is not None:
        return today < by.until
    value = now.finding.value
    return by.value is None or value is None or not _worse(rule, value, by.value)


def _worse(rule: AlertRule, value: Decimal, before: Decimal) -> bool:
    low_is_bad = rule.kind == "below" or (rule.kind == "gate" and rule.good == "above")
    return value < before if low_is_bad else value > before
