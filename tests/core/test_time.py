"""Instants: offsets, bare days, and local times that occur twice or never."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import BANGKOK, LOS_ANGELES, at
from workbench.core.saying import Misuse
from workbench.core.time import at_local, iso, midnight, parse_iso, shop_day


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("2026-11-24T09:00", BANGKOK, "2026-11-24T02:00:00+00:00"),
        ("2026-11-24 09:00:30.999", BANGKOK, "2026-11-24T02:00:30+00:00"),
        ("2026-11-24", BANGKOK, "2026-11-23T17:00:00+00:00"),
        ("2026-11-24T09:00Z", BANGKOK, "2026-11-24T09:00:00+00:00"),
        ("2026-11-24T09:00:00+0530", BANGKOK, "2026-11-24T03:30:00+00:00"),
        ("2026-11-24T09:00-08", BANGKOK, "2026-11-24T17:00:00+00:00"),
        # Autumn: 01:30 occurs twice, the first (still daylight time) is meant.
        ("2026-11-01T01:30", LOS_ANGELES, "2026-11-01T08:30:00+00:00"),
        # Spring: 02:30 never occurs; read with the offset after the switch it is the earlier instant.
        ("2026-03-08T02:30", LOS_ANGELES, "2026-03-08T09:30:00+00:00"),
    ],
)
def test_reads(text, zone, expected):
    assert parse_iso(text, zone).isoformat() == expected


@pytest.mark.parametrize(
    "text",
    [
        *["", "24/11/2026", "2026-13-01", "2026-11-24T25:00", "tomorrow", "2026-11-24T09", "9999-99-99"],
        *["9999-12-31T23:59Z", "0001-01-01", "0002-01-01T00:00+14:00"],
    ],
)
def test_refuses(text):
    with pytest.raises(Misuse):
        parse_iso(text, BANGKOK)


def test_shop_day_ends_late():
    assert shop_day(at("2026-11-24T03:59:59"), BANGKOK, time(4)) == date(2026, 11, 23)
    assert shop_day(at("2026-11-24T04:00"), BANGKOK, time(4)) == date(2026, 11, 24)


def test_iso_has_the_offset_of_the_zone():
    assert iso(datetime(2026, 7, 1, 12, tzinfo=UTC), LOS_ANGELES) == "2026-07-01T05:00:00-07:00"
    assert midnight(date(2026, 3, 8), LOS_ANGELES).isoformat() == "2026-03-08T08:00:00+00:00"


@settings(max_examples=200)
@given(
    wall=st.datetimes(datetime(1930, 1, 1), datetime(2037, 1, 1))  # noqa: DTZ001
    | st.sampled_from([datetime(2026, 3, 8, 2), datetime(2026, 11, 1, 1), datetime(2026, 10, 4, 2)]).flatmap(  # noqa: DTZ001
        lambda change: st.timedeltas(timedelta(hours=-2), timedelta(hours=2)).map(lambda by: change + by)
    ),
    fold=st.sampled_from([0, 1]),
    zone=st.sampled_from(["America/Los_Angeles", "Europe/London", "Australia/Lord_Howe", "Asia/Bangkok", "UTC"]),
)
def test_of_two_instants_of_a_wall_clock_the_earlier_counts(wall, fold, zone):
    both = [wall.replace(tzinfo=ZoneInfo(zone), fold=each).astimezone(UTC) for each in (0, 1)]
    assert at_local(wall.replace(fold=fold), ZoneInfo(zone)) == min(both).replace(microsecond=0)
