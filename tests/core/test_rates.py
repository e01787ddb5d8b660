"""Rates against a count by hand: every number of misses and of good cases is tried, every midnight is looked at."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.rates import (
    Counted,
    Target,
    median,
    misses_left,
    needed,
    parse_target,
    percentile,
    reading,
    six,
)
from workbench.core.time import midnight

COMPARE = {">=": Fraction.__ge__, ">": Fraction.__gt__, "<=": Fraction.__le__, "<": Fraction.__lt__}
SHARES = st.fractions(0, 1, max_denominator=40) | st.sampled_from([Fraction(0), Fraction(1), Fraction(17, 20)])
TARGETS = st.builds(Target, st.sampled_from(list(COMPARE)), SHARES)


def met(count: int, total: int, target: Target) -> bool:
    return total > 0 and bool(COMPARE[target.compare](Fraction(count, total), target.share))


@given(TARGETS, st.integers(0, 30), st.integers(0, 30), st.sampled_from(["adds", "turns"]))
def test_misses_left(target: Target, count: int, others: int, miss: str) -> None:
    total = count + others
    good = target.counts_good

    def after(k: int) -> tuple[int, int]:
        if miss == "adds":
            return (count if good else count + k), total + k
        return (count - k if good else count + k), total

    most = 3000 if miss == "adds" else (count if good else total - count)
    if not met(count, total, target):
        expected: int | None = 0
    else:
        expected = next((k - 1 for k in range(1, most + 1) if not met(*after(k), target)), None)
    assert misses_left(count, total, target, miss) == expected  # type: ignore[arg-type]


@given(TARGETS, st.integers(0, 30), st.integers(0, 30))
def test_needed(target: Target, count: int, others: int) -> None:
    total = count + others
    tried = ((count + m if target.counts_good else count, total + m) for m in range(3000))
    expected = next((m for m, (a, n) in enumerate(tried) if met(a, n, target)), None)
    assert needed(count, total, target) == expected


ZONES = st.sampled_from(["America/Los_Angeles", "Europe/London", "Asia/Bangkok", "UTC"]).map(ZoneInfo)
BEGIN = datetime(2026, 10, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 50 * 86_400).map(lambda seconds: BEGIN + timedelta(seconds=seconds))
CASES = st.lists(st.builds(Counted, MOMENTS, st.booleans()), max_size=14)


@given(CASES, ZONES, TARGETS, st.integers(1, 40), st.dates(date(2026, 10, 20), date(2026, 11, 20)))
def test_a_window(cases: list[Counted], zone: ZoneInfo, target: Target, days: int, today: date) -> None:
    def counts(end: date) -> tuple[int, int]:
        inside = [
            case.good
            for case in cases
            if case.at.astimezone(zone).date() in {end - timedelta(days=back) for back in range(days)}
            and case.at.astimezone(zone).date() <= today
        ]
        return (sum(inside) if target.counts_good else inside.count(False)), len(inside)

    found = reading(cases, today, days, zone, target)
    count, total = counts(today)
    assert (found.count, found.total) == (count, total)
    assert found.rate == (Fraction(count, total) if total else None)
    window = {today - timedelta(days=back) for back in range(days)}
    missed = [case.at.astimezone(zone).date() for case in cases if not case.good]
    missed = [day for day in missed if day in window]
    assert found.forgives_at == (midnight(min(missed) + timedelta(days=days), zone) if missed else None)
    recovers = None
    if total and not met(count, total, target):
        ahead = (today + timedelta(days=n) for n in range(1, days + 1))
        recovers = next((midnight(day, zone) for day in ahead if met(*counts(day), target)), None)
    assert found.recovers_at == recovers


def test_words_of_a_target() -> None:
    assert parse_target(">= 85 %") == Target(">=", Fraction(17, 20))
    assert parse_target("<0.04") == Target("<", Fraction(1, 25))
    for text in ("85%", ">= 185%", "", ">= x"):
        with pytest.raises(ValueError, match=r".*"):
            parse_target(text)


def test_waits() -> None:
    waits = [timedelta(seconds=each) for each in (60, 90, 3, 3600)]
    assert str(median(waits)) == "1.3"
    assert str(median(waits[:3])) == "1.0"
    assert str(percentile(waits, Fraction(9, 10))) == "60.0"
    assert median([]) is percentile([], Fraction(9, 10)) is None
    assert (six(Fraction(2, 3)), six(Fraction(1, 2_000_000)), six(Fraction(1))) == ("0.666667", "0.000001", "1.000000")
