"""Days of the log: the border at 04:00, the words for days, the normal and the streak."""

from __future__ import annotations

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.core.issues.samples import TODAY, issue, none_day
from workbench.core.issues.days import day_word, normal, parse_day, streak
from workbench.core.issues.tally import Tally
from workbench.core.saying import Misuse
from workbench.core.time import parse_iso, shop_day

BANGKOK = ZoneInfo("Asia/Bangkok")
LOS_ANGELES = ZoneInfo("America/Los_Angeles")


@pytest.mark.parametrize(
    ("at", "zone", "day"),
    [
        ("2026-11-24T03:59:59", BANGKOK, date(2026, 11, 23)),
        ("2026-11-24T04:00:00", BANGKOK, date(2026, 11, 24)),
        ("2026-11-23T20:59:59Z", BANGKOK, date(2026, 11, 23)),
        ("2026-11-23T21:00:00Z", BANGKOK, date(2026, 11, 24)),
        # The nights of the switches: the wall clock decides, not the hours since midnight.
        ("2026-03-08T10:59:59Z", LOS_ANGELES, date(2026, 3, 7)),
        ("2026-03-08T11:00:00Z", LOS_ANGELES, date(2026, 3, 8)),
        ("2026-11-01T11:59:59Z", LOS_ANGELES, date(2026, 10, 31)),
        ("2026-11-01T12:00:00Z", LOS_ANGELES, date(2026, 11, 1)),
        ("2027-01-01T02:00:00", BANGKOK, date(2026, 12, 31)),
    ],
)
def test_before_four_it_is_still_the_day_before(at, zone, day):
    assert shop_day(parse_iso(at, zone), zone, time(4)) == day


@pytest.mark.parametrize("name", ["Monday", "mon", "周一", "星期一", "礼拜一"])
def test_a_weekday_is_the_latest_one_today_included(name):
    assert [day_word(name, date(2026, 11, 23) + timedelta(days=n)) for n in (0, 1, 6, 7)] == [
        date(2026, 11, 23),
        date(2026, 11, 23),
        date(2026, 11, 23),
        date(2026, 11, 30),
    ]


def test_every_weekday_has_its_names():
    long = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    names = [
        *long,
        *(name[:3] for name in long),
        *(front + day for front in ("周", "星期") for day in "一二三四五六日"),
    ]
    assert [day_word(name, TODAY).weekday() for name in names] == [*range(7)] * 4


@pytest.mark.parametrize("text", ["", "tomorrow", "2026-02-30", "24.11.2026", "2026-11-24T10:00", "20261124", "mo"])
def test_anything_else_is_no_day(text):
    with pytest.raises(Misuse):
        parse_day(text, TODAY)


def test_a_day_option():
    assert [parse_day(text, TODAY) for text in ("2026-11-02", " Today ", "昨天")] == [
        date(2026, 11, 2),
        TODAY,
        date(2026, 11, 23),
    ]


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("counts", "want"),
    [
        ({}, None),
        ({0: 9}, None),
        ({1: 7}, 1),
        ({1: 3}, 0),
        ({1: 4}, 1),
        ({1: 10, 7: 39, 8: 100, 0: 100}, 7),
        ({8: 5}, 0),
    ],
)
def test_the_normal_is_the_mean_of_seven_days_before(counts, want):
    tally = Tally(issue(n, ago(n), count=count) for n, count in counts.items())
    assert normal(tally, TODAY) == want


@pytest.mark.parametrize(
    ("days", "want"), [([], 0), ([0], 1), ([1], 1), ([0, 1, 2], 3), ([1, 2, 3], 3), ([0, 2], 1), ([2, 3], 0)]
)
def test_the_streak_does_not_end_before_the_evening_is_over(days, want):
    assert streak(Tally(issue(n, ago(n)) for n in days), TODAY) == want


def test_a_day_with_nothing_wrong_counts_as_logged_and_as_no_issue():
    tally = Tally([issue(1, ago(2), count=7), none_day(2, ago(1)), issue(3, ago(0))])
    assert streak(tally, TODAY) == 3
    assert (tally.total(ago(1)), tally.logged(ago(1)), normal(tally, TODAY)) == (0, True, 1)
