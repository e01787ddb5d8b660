"""The day of a deadline in every market's zone, over two years, against days that were counted out."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import BANGKOK, FULL, LOS_ANGELES, NOW, at, ticket
from workbench.core.tickets import moves
from workbench.core.time import day_ends, due_day
from workbench.output import words
from workbench.output.cities import own_due

ZONES = [
    "UTC", "America/Los_Angeles", "Asia/Bangkok", "Asia/Ho_Chi_Minh", "Asia/Jakarta", "Asia/Manila",
    "Asia/Kuala_Lumpur", "Asia/Singapore", "Europe/London", "America/Santiago",
]  # fmt: skip
BEGIN, DAYS = datetime(2026, 1, 1, tzinfo=UTC), 730
STEP = timedelta(minutes=15)


@cache
def beginnings(zone: str) -> tuple[list[datetime], list[date]]:
    """The first instant of every local day and that day, walked through with another library's zones."""
    local = tz.gettz(zone)
    first: list[datetime] = []
    days: list[date] = []
    for step in range(-96, DAYS * 96):
        moment = BEGIN + step * STEP
        day = moment.astimezone(local).date()
        if not days or day > days[-1]:
            first.append(moment)
            days.append(day)
    return first, days


@pytest.mark.parametrize("zone", ZONES)
def test_every_instant_belongs_to_the_last_day_that_began_before_it(zone):
    first, days = beginnings(zone)
    for begin, day in zip(first[1:], days[1:], strict=True):
        before = days[bisect_left(first, begin) - 1]
        assert due_day(begin, ZoneInfo(zone)) == before == day - timedelta(days=1)
        assert due_day(begin + timedelta(seconds=1), ZoneInfo(zone)) == day
        # Where midnight does not occur, as in Chile, its earlier reading an hour before.
        missing = begin.astimezone(ZoneInfo(zone)).hour
        assert day_ends(before, ZoneInfo(zone)) == begin - timedelta(hours=missing)
        assert words.full_due(begin, ZoneInfo(zone)) == f"{words.long_date(before)} 24:00"


@given(st.sampled_from(ZONES), st.integers(0, (DAYS - 2) * 86400))
def test_any_instant(zone, seconds):
    due = BEGIN + timedelta(seconds=seconds)
    first, days = beginnings(zone)
    day = days[bisect_left(first, due) - 1]
    assert due_day(due, ZoneInfo(zone)) == day
    assert words.full_due(due, ZoneInfo(zone)).startswith(words.long_date(day))
    assert words.full_due(due, ZoneInfo(zone)).endswith("24:00") == (due in first)


@pytest.mark.parametrize(
    ("due", "short", "full", "group"),
    [
        ("2026-11-25T00:00", "24:00", "Tue 24 Nov 24:00", "today"),
        ("2026-11-24T23:59:59", "23:59", "Tue 24 Nov 23:59", "today"),
        ("2026-11-25T00:00:01", "Wed 00:00", "Wed 25 Nov 00:00", "tomorrow"),
        ("2026-11-26T00:00", "Wed 24:00", "Wed 25 Nov 24:00", "tomorrow"),
        ("2026-12-01T00:00", "Mon 24:00", "Mon 30 Nov 24:00", "later"),
        ("2026-12-02T00:00", "1 Dec", "Tue 1 Dec 24:00", "later"),
    ],
)
def test_what_ends_with_a_day_is_written_and_grouped_with_it(due, short, full, group):
    moment = at(due)
    assert words.due_point(moment, NOW, BANGKOK) == short
    assert words.full_due(moment, BANGKOK) == full
    assert words.group_of(moves.state_due(ticket(), moment, NOW, FULL), NOW, BANGKOK) == group


def test_each_zone_has_its_own_day():
    due = at("2026-11-25T00:00")
    assert words.full_due(due, BANGKOK) == "Tue 24 Nov 24:00"
    assert words.full_due(due, ZoneInfo("Asia/Shanghai")) == "Wed 25 Nov 01:00"
    assert words.full_due(due, LOS_ANGELES) == "Tue 24 Nov 09:00"


def test_a_deadline_on_the_clock_where_the_seller_lives_has_its_day_there():
    shanghai = ZoneInfo("Asia/Shanghai")
    assert own_due(at("2026-11-24T23:00"), BANGKOK, shanghai) == "Tue 24 Nov 24:00 Shanghai"
    assert own_due(at("2026-11-25T00:00"), BANGKOK, shanghai) == "Wed 25 Nov 01:00 Shanghai"
    assert own_due(at("2026-11-25T00:00"), BANGKOK, ZoneInfo("Asia/Jakarta")) == "", "the same clock"
