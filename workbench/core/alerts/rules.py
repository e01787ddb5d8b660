"""Rules as data, and what each says of one day: that is all an alert ever knows.

No data is *unknown*, never well: a rule that lacks its days or its readings says so.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple, Protocol

import msgspec

from workbench.core.alerts.tail import at_least

Is = Literal["above", "below", "rising_days", "unusual", "silent", "gate"]
Scope = Literal["shop", "sku", "sku_type", "creator"]
Verdict = Literal["quiet", "fires", "unknown", "few", "new"]

#: With fewer bad ones in 30 days a rise is too little to judge by.
JUDGED_FROM, JUDGED_OVER = 15, 30
#: A baseline needs so many days since the SKU was first seen, beyond the window, and so many days with a log.
SEEN_FOR, LOGGED_DAYS = 28, 28
#: With fewer in the baseline, what comes now is new here.
KNOWN_FROM = 2


class Edge(NamedTuple):
    """A line of a metric; `strict`: a value on it does not keep to it."""

    value: Decimal
    strict: bool = False


class ByDay(Protocol):
    """Values by shop day: a mapping, or what reckons them when they are asked for."""

    def get(self, day: date, /) -> Decimal | None:
        """The value of a day; None where it is not known."""


class AlertRule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule of the settings. `value` is the line of *above*, *below* and *gate* (`near` on its good side, which is
    above it with `good` "above"); `strict`: a value on the line is beyond it already. A *gate* without a line goes by
    the `edges` of its metric, the nearest that is kept to. `n`: the days of *rising_days* and *silent*; `w`, `before`,
    `p`, `min` belong to *unusual*. It fires once it held on `for_days` days in a row, and ends after `keep` days on
    which it did not."""

    id: str
    metric: str
    kind: Is
    scope: Scope = "shop"
    value: Decimal | None = None
    near: Decimal | None = None
    good: Literal["above", "below"] = "above"
    edges: tuple[Edge, ...] = ()
    strict: bool = False
    n: int = 3
    w: int = 7
    before: int = 60
    p: float = 0.01
    min: int = 3
    for_days: int = 1
    keep: int = 1


class ScopeFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one metric in one scope, by shop day. `counts` are bad ones, a day without any left out;
    `logged` are the days on which such would have been written down; `orders` counts those shipped in [first, last],
    None where files do not cover it; `values` are readings or rates; `bad` says how many bad ones there were in the 30
    days that end with a day (None: nobody knows), where the counts do not; `signs` are the days of the signs of life,
    in order, and `last` the last of them where there is no more to know. Days before `since` cannot be judged."""

    counts: Mapping[date, int] = {}
    logged: frozenset[date] = frozenset()
    first_seen: date | None = None
    orders: Callable[[date, date], int | None] | None = None
    values: ByDay = {}
    bad: Callable[[date], int | None] | None = None
    since: date | None = None
    last: date | None = None
    signs: tuple[date, ...] = ()


class RuleFinding(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule says of a day, with its numbers: the value that counts, the line it is measured against, and of
    *unusual* how many are usual and how probable it is."""

    verdict: Verdict
    value: Decimal | None = None
    line: Decimal | None = None
    usual: Decimal | None = None
    chance: float | None = None


UNKNOWN = RuleFinding(verdict="unknown")


def finding(rule: AlertRule, facts: ScopeFacts, day: date) -> RuleFinding:
    """What `rule` says of `facts` on `day`, knowing nothing later."""
    return _KINDS[rule.kind](rule, facts, day)


def _threshold(rule: AlertRule, facts: ScopeFacts, day: date) -> RuleFinding:
    value, line = facts.values.get(day), rule.value
    if value is None or line is None:
        return UNKNOWN
    beyond = (value > line if rule.kind == "above" else value < line) or (rule.strict and value == line)
    return RuleFinding(verdict="fires" if beyond else "quiet", value=value, line=line)


def _gate(rule: AlertRule, facts: ScopeFacts, day: date) -> RuleFinding:
    value = facts.values.get(day)
    edges = rule.edges if rule.value is None else (Edge(rule.value),)
    if value is None or not edges or rule.near is None:
        return UNKNOWN
    ahead = [(value - edge.value if rule.good == "above" else edge.value - value, edge) for edge in edges]
    kept = [(off, edge) for off, edge in ahead if off > 0 or (off == 0 and not edge.strict)]
    off, edge = min(kept or ahead, key=lambda one: abs(one[0]))
    return RuleFinding(verdict="fires" if kept and off <= rule.near else "quiet", value=value, line=edge.value)


def _rising(rule: AlertRule, facts: ScopeFacts, day: date) -> RuleFinding:
    """Strictly above the day before, on each of the last n days."""
    values = [facts.values.get(day - timedelta(days=back)) for back in range(rule.n, -1, -1)]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return UNKNOWN
    if not all(before < after for before, after in pairwise(known)):
        return RuleFinding(verdict="quiet", value=known[-1], line=known[0])
    bad = facts.bad(day) if facts.bad is not None else _sum(facts, day - timedelta(days=JUDGED_OVER - 1), day)
    few = bad is not None and bad < JUDGED_FROM
    return RuleFinding(verdict="few" if few else "fires", value=known[-1], line=known[0])


def _unusual(rule: AlertRule, facts: ScopeFacts, day: date) -> RuleFinding:
    """More in the last `w` days than chance makes of what was usual in the `before` days ahead of them."""
    first = day - timedelta(days=rule.w - 1)
    base_first, base_last = first - timedelta(days=rule.before), first - timedelta(days=1)
    logged = _logged(facts.logged, base_first, rule.before)
    if facts.first_seen is None or (day - facts.first_seen).days < SEEN_FOR + rule.w or logged < LOGGED_DAYS:
        return UNKNOWN
    count, base = _sum(facts, first, day), _sum(facts, base_first, base_last)
    usual = _usual(rule, facts, base, (first, day), (base_first, base_last))
    chance = at_least(count, float(usual))
    told = RuleFinding(verdict="quiet", value=Decimal(count), usual=usual, chance=chance)
    if count < rule.min or chance >= rule.p:
        return told
    return msgspec.structs.replace(told, verdict="fires" if base >= KNOWN_FROM else "new")


def _usual(rule: AlertRule, facts: ScopeFacts, base: int, now: tuple[date, date], before: tuple[date, date]) -> Decimal:
    """What the window would hold at the rate of the days before: by orders where those of both spans are known."""
    if facts.orders is not None:
        shipped, shipped_before = facts.orders(*now), facts.orders(*before)
        if shipped is not None and shipped_before:
            return Decimal(base) * shipped / shipped_before
    return Decimal(base) * rule.w / rule.before


def _silent(rule: AlertRule, facts: ScopeFacts, day: date) -> RuleFinding:
    """No sign of life for n days; of what never gave one nothing is known."""
    at = bisect_right(facts.signs, day)
    last = facts.signs[at - 1] if at else facts.last
    if last is None:
        return UNKNOWN
    days = Decimal((day - last).days)
    return RuleFinding(verdict="fires" if days >= rule.n else "quiet", value=days, line=Decimal(rule.n))


def _sum(facts: ScopeFacts, first: date, last: date) -> int:
    days = (last - first).days + 1
    if len(facts.counts) < days:
        return sum(count for day, count in facts.counts.items() if first <= day <= last)
    return sum(facts.counts.get(first + timedelta(days=n), 0) for n in range(days))


@lru_cache(maxsize=1024)
def _logged(days: frozenset[date], first: date, count: int) -> int:
    """How many of `count` days from `first` on have a log; asked again for every part of the shop."""
    return sum(first + timedelta(days=n) in days for n in range(count))


_KINDS: dict[Is, Callable[[AlertRule, ScopeFacts, date], RuleFinding]] = {
    "above": _threshold, "below": _threshold, "gate": _gate, "rising_days": _rising, "unusual": _unusual,
    "silent": _silent,
}  # fmt: skip
