"""Of several rules the newest that is in force wins, in whatever order they are written."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest

from tests.factories import policy, rule

DATES = (None, date(2025, 8, 15), date(2026, 1, 1), date(2026, 6, 1))


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_the_newest_dated_rule_in_force_wins(order):
    rules = [rule("decide", f"{n + 1}d", effective=DATES[n], id=f"r{n}") for n in order]
    for begin in (day + timedelta(days=n) for day in DATES[1:] for n in (-1, 0, 1)):
        newest = max(n for n, day in enumerate(DATES) if day is None or day <= begin)
        chosen = policy(*rules).choose("refund_only", "decide", None, begin)
        assert chosen["platform"].id == f"r{newest}"


def test_of_rules_of_one_day_the_first_as_written_wins():
    for first, second in (("1d", "2d"), ("2d", "1d")):
        rules = [rule("decide", span, effective=DATES[1], id=span) for span in (first, second)]
        assert policy(*rules).choose("refund_only", "decide", None, date(2026, 2, 1))["platform"].id == first


def test_a_dated_rule_of_generic_does_not_beat_the_markets_own():
    rules = [rule("decide", "1d", market="generic", effective=DATES[3]), rule("decide", "2d")]
    assert str(policy(*rules).choose("refund_only", "decide", None, date(2026, 7, 1))["platform"].within) == "2d"
