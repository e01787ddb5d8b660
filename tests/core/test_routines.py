"""When a routine is due, day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import FULL, policy, rule
from workbench.core.routines.periods import Repeat, began, rules_age, window

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
    found = window(Repeat.every(every), last, TUESDAY)
    assert (found.since, found.due) == (date.fromisoformat(following), due)


@given(st.sampled_from(["week", "monday", "quarter"]), st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_the_next_day_is_the_first_on_which_it_is_due_again(every, last):
    day, way = last, Repeat.every(every)
    while not window(way, last, day).due:
        day += timedelta(days=1)
    assert day == window(way, last, last).since > last
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


def _day(text):
    return None if text is None else date.fromisoformat(text)


@pytest.mark.parametrize(
    ("way", "last", "due", "due_from", "missed"),
    [
        (Repeat(after=7), "2026-11-20", False, "2026-11-27", 0),
        (Repeat(after=7), "2026-11-10", True, "2026-11-17", 0),
        (Repeat(after=3), None, True, "2026-11-24", 0),
        (Repeat(grid="monday"), "2026-11-23", False, "2026-11-30", 0),
        (Repeat(grid="monday"), "2026-11-22", True, "2026-11-23", 0),
        (Repeat(grid="monday"), "2026-11-03", True, "2026-11-23", 2),
        (Repeat(grid="month"), "2026-11-01", False, "2026-12-01", 0),
        (Repeat(grid="month"), "2026-08-31", True, "2026-11-01", 2),
        (Repeat(grid="quarter"), "2026-03-31", True, "2026-10-01", 2),
        (Repeat(grid="month", due_from=25), "2026-10-28", False, "2026-11-26", 0),
        (Repeat(grid="month", due_from=25), "2026-11-02", False, "2026-12-26", 0),  # early, for the month that runs
    ],
)
def test_a_window_stays_on_its_grid_and_counts_what_was_missed(way, last, due, due_from, missed):
    found = window(way, _day(last), TUESDAY)
    assert (found.due, found.due_from, found.missed) == (due, _day(due_from), missed)
    assert found.late_from > found.due_from


@pytest.mark.parametrize(
    ("lives", "due", "due_from", "missed"),
    [
        ([], False, None, 0),
        (["2026-11-20"], True, "2026-11-20", 0),
        (["2026-11-20", "2026-11-23"], True, "2026-11-23", 1),
        (["2026-11-24", "2026-11-24"], True, "2026-11-24", 1),
    ],
)
def test_once_for_each_live_since_it_was_done(lives, due, due_from, missed):
    found = window(Repeat(each="live"), _day("2026-11-19"), TUESDAY, [_day(day) for day in lives])
    assert (found.due, found.due_from, found.missed) == (due, _day(due_from), missed)


@given(
    st.sampled_from(["monday", "month", "quarter"]),
    st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    st.integers(0, 800),
)
def test_the_grid_is_met_whenever_it_is_asked(grid, last, days):
    today = last + timedelta(days=days)
    found = window(Repeat(grid=grid), last, today)
    assert found.due_from == began(grid, found.due_from)
    assert found.due == (began(grid, today) > last)
    starts = {began(grid, last + timedelta(days=n)) for n in range(days + 1)} - {began(grid, last)}
    assert found.missed == max(len(starts) - 1, 0)
