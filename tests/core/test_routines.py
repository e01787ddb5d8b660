"""When a routine is due, day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import FULL, policy, rule
from workbench.core.routines.periods import began, is_due, next_day, rules_age

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("every", "last", "following", "due"),
    [
        ("week", None, "2026-11-23", True),
        ("week", "2026-11-18", "2026-11-25", False),
        ("week", "2026-11-17", "2026-11-24", True),
        ("monday", None, "2026-11-23", True),
        ("monday", "2026-11-23", "2026-11-30", False),
        ("monday", "2026-11-22", "2026-11-23", True),
        ("quarter", None, "2026-10-01", True),
        ("quarter", "2026-10-01", "2027-01-01", False),
        ("quarter", "2026-09-30", "2026-10-01", True),
    ],
)
def test_due(every, last, following, due):
    last = last and date.fromisoformat(last)
    assert next_day(every, last, TUESDAY) == date.fromisoformat(following)
    assert is_due(every, last, TUESDAY) is due


@given(st.sampled_from(["week", "monday", "quarter"]), st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_the_next_day_is_the_first_on_which_it_is_due_again(every, last):
    day = last
    while not is_due(every, last, day):
        day += timedelta(days=1)
    assert day == next_day(every, last, last) > last
    assert day - last <= timedelta(days=92)
    if every != "week":
        assert began(every, day) == day


def test_the_newest_rule_of_the_market_itself_tells_the_age():
    dated = policy(
        rule("decide", "1wd", as_of=date(2026, 1, 1)),
        rule("send", "2wd", as_of=date(2026, 10, 25)),
        rule("reply", "24h", ["message"], market="generic", as_of=date(2026, 11, 20)),
    )
    assert rules_age(dated, TUESDAY) == 30
    assert rules_age(FULL, TUESDAY) is None
