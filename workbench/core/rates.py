"""Rates, how many misses are left, when they are forgiven: exact, over shop days, of no domain.

A window is `days` shop days, the last of them today. A rate is a share of two counts, and a target says whether it must
be at least, above, at most or below a figure; all sums are of whole numbers and fractions, never of floats.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Literal

import msgspec

from workbench.core.time import midnight, shop_day

Compare = Literal[">=", ">", "<=", "<"]
Miss = Literal["adds", "turns"]

_TARGET = re.compile(r"\s*(>=|<=|>|<)\s*(\d+(?:\.\d+)?)\s*(%?)\s*")


class Target(msgspec.Struct, frozen=True):
    """The line of a rate: `>= 85 %` where good cases are counted, `<= 4 %` where misses are."""

    compare: Compare
    share: Fraction

    @property
    def counts_good(self) -> bool:
        """Whether the rate counts what went well."""
        return self.compare in (">=", ">")

    def met(self, count: int, total: int) -> bool:
        """Whether `count` of `total` is at the target; without any it is not."""
        if total <= 0:
            return False
        rate = Fraction(count, total)
        match self.compare:
            case ">=":
                return rate >= self.share
            case ">":
                return rate > self.share
            case "<=":
                return rate <= self.share
            case "<":
                return rate < self.share


def parse_target(text: str) -> Target:
    """`Target` from `>= 85%`, `< 0.04`; ValueError for anything else."""
    match = _TARGET.fullmatch(text)
    if match is None:
        raise ValueError(text)
    share = Fraction(match[2]) / (100 if match[3] else 1)
    if share > 1:
        raise ValueError(text)
    return Target(match[1], share)  # type: ignore[arg-type]


def misses_left(count: int, total: int, target: Target, miss: Miss) -> int | None:
    """How many more misses the target bears, one after the other; None where no number of them breaks it.

    `count` is of good cases or of misses, as the target counts. A miss `adds` a case, or `turns` one counted already.
    0 where the target is missed already, and without any case.
    """
    if not target.met(count, total):
        return 0
    strict = target.compare in (">", "<")
    if miss == "turns":
        most = count if target.counts_good else total - count
        room = count - target.share * total if target.counts_good else target.share * total - count
        left = ceil(room) - 1 if strict else floor(room)
        return None if left >= most else left
    if target.counts_good:
        if target.share == 0:
            return None
        room = Fraction(count) / target.share - total
    else:
        if target.share == 1:
            return None
        room = (target.share * total - count) / (1 - target.share)
    return ceil(room) - 1 if strict else floor(room)


def needed(count: int, total: int, target: Target) -> int | None:
    """The least number of good new cases after which the target is met; None where none is enough."""
    if target.met(count, total):
        return 0
    strict = target.compare in (">", "<")
    least = 1 if total == 0 else 0
    if target.counts_good:
        if target.share == 1:
            return None if strict or count < total else least
        room = (target.share * total - count) / (1 - target.share)
    else:
        if target.share == 0:
            return None if strict or count else least
        room = Fraction(count) / target.share - total
    return max(least, floor(room) + 1 if strict else ceil(room))


class Counted(msgspec.Struct, frozen=True):
    """A case that counts in a rate: the instant whose shop day it belongs to, and whether it went well."""

    at: datetime
    good: bool


class RateReading(msgspec.Struct, frozen=True, kw_only=True):
    """A rate of the window that ends today. `rate` None: nothing counted. `target` None: no line is known."""

    good: int
    total: int
    target: Target | None
    misses_left: int | None = None
    needed: int | None = None
    forgives_at: datetime | None = None
    recovers_at: datetime | None = None

    @property
    def count(self) -> int:
        """What the rate counts: good cases, or misses."""
        return self.good if self.target is None or self.target.counts_good else self.total - self.good

    @property
    def rate(self) -> Fraction | None:
        """The share, exact."""
        return Fraction(self.count, self.total) if self.total else None


def reading(
    cases: Iterable[Counted], today: date, days: int, zone: tzinfo, target: Target | None, miss: Miss = "adds"
) -> RateReading:
    """The rate of the `days` shop days to `today`, and what follows from it."""
    first = today - timedelta(days=days - 1)
    inside = [(day, case.good) for case in cases if first <= (day := shop_day(case.at, zone)) <= today]
    good, total = sum(well for _day, well in inside), len(inside)
    missed = [day for day, well in inside if not well]
    forgives = midnight(min(missed) + timedelta(days=days), zone) if missed else None
    if target is None:
        return RateReading(good=good, total=total, target=None, forgives_at=forgives)
    count = good if target.counts_good else total - good
    return RateReading(
        good=good,
        total=total,
        target=target,
        misses_left=misses_left(count, total, target, miss),
        needed=needed(count, total, target),
        forgives_at=forgives,
        recovers_at=_recovers(inside, days, zone, target) if total and not target.met(count, total) else None,
    )


def _recovers(inside: Sequence[tuple[date, bool]], days: int, zone: tzinfo, target: Target) -> datetime | None:
    """The first midnight at which what is left of the window meets the target, if nothing new comes."""
    for gone in sorted({day for day, _well in inside}):
        left = [well for day, well in inside if day > gone]
        count = sum(left) if target.counts_good else len(left) - sum(left)
        if target.met(count, len(left)):
            return midnight(gone + timedelta(days=days), zone)
    return None


def median(waits: Iterable[timedelta]) -> Decimal | None:
    """The middle wait in minutes, or the mean of the two; one decimal, half up; None without any."""
    found = sorted(waits)
    if not found:
        return None
    middle = len(found) // 2
    return minutes(found[middle] if len(found) % 2 else found[middle - 1] + found[middle], 1 if len(found) % 2 else 2)


def percentile(waits: Iterable[timedelta], share: Fraction) -> Decimal | None:
    """The ceil(share x n)-th wait in minutes; one decimal, half up; None without any."""
    found = sorted(waits)
    return minutes(found[max(ceil(share * len(found)), 1) - 1]) if found else None


def minutes(wait: timedelta, divide: int = 1) -> Decimal:
    """A wait in minutes with one decimal, half up."""
    seconds = Decimal(wait // timedelta(microseconds=1)) / Decimal(1_000_000)
    return (seconds / 60 / divide).quantize(Decimal("0.1"), ROUND_HALF_UP)


def six(share: Fraction) -> str:
    """A share with six decimals, half up."""
    scaled = share * 1_000_000
    whole = floor(scaled + Fraction(1, 2)) if scaled >= 0 else -floor(-scaled + Fraction(1, 2))
    return f"{Decimal(whole).scaleb(-6):.6f}"
