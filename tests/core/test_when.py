"""Points in time as people type them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.when import parse_when

BANGKOK = ZoneInfo("Asia/Bangkok")
#: Tuesday, 09:00 in Bangkok.
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-11-25T10:00", "2026-11-25 10:00"),
        ("2026-11-25", "2026-11-25 00:00"),
        ("2026-11-25T10:00Z", "2026-11-25 17:00"),
        ("tomorrow 18:00", "2026-11-25 18:00"),
        ("Tomorrow", "2026-11-25 00:00"),
        ("18:00", "2026-11-24 18:00"),
        ("8:00", "2026-11-25 08:00"),
        ("6pm", "2026-11-24 18:00"),
        ("12am", "2026-11-25 00:00"),
        ("noon", "2026-11-24 12:00"),
        ("24 November 2026 6pm", "2026-11-24 18:00"),
        ("Nov 30 2027", "2027-11-30 00:00"),
        ("Fri 9:00", "2026-11-27 09:00"),
        ("friday", "2026-11-27 00:00"),
        ("tue 8:00", "2026-12-01 08:00"),
        ("tue 10:00", "2026-11-24 10:00"),
        ("25 Nov 18:00", "2026-11-25 18:00"),
        ("nov 25", "2026-11-25 00:00"),
        ("1 Jan", "2027-01-01 00:00"),
        ("+3h", "2026-11-24 12:00"),
        ("in 2 days", "2026-11-26 09:00"),
        ("+90min", "2026-11-24 10:30"),
        ("3h", "2026-11-24 12:00"),
        ("3 hours", "2026-11-24 12:00"),
        ("2d", "2026-11-26 09:00"),
        ("90 min", "2026-11-24 10:30"),
        ("3小时", "2026-11-24 12:00"),
        ("＋3ｈ", "2026-11-24 12:00"),
        ("now", "2026-11-24 09:00"),
        ("明天 18:00", "2026-11-25 18:00"),
        ("明天18点半", "2026-11-25 18:30"),
        ("后天", "2026-11-26 00:00"),
        ("周五", "2026-11-27 00:00"),
        ("星期五下午6点", "2026-11-27 18:00"),
        ("下周一 9点", "2026-11-30 09:00"),
        ("周日", "2026-11-29 00:00"),
        ("11月25日 8:00", "2026-11-25 08:00"),
        ("3小时后", "2026-11-24 12:00"),
        ("２天后", "2026-11-26 09:00"),
        ("18：00", "2026-11-24 18:00"),
    ],
)
def test_what_is_meant(text, meant):
    found = parse_when(text, NOW, BANGKOK)
    assert found is not None
    assert f"{found.astimezone(BANGKOK):%Y-%m-%d %H:%M}" == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Mon 20:15", "2026-11-23 20:15"),
        ("20:15", "2026-11-23 20:15"),
        ("8:00", "2026-11-24 08:00"),
        ("Fri", "2026-11-20 00:00"),
        ("tue", "2026-11-24 00:00"),
        ("昨天 9:00", "2026-11-23 09:00"),
        ("25 Nov", "2025-11-25 00:00"),
    ],
)
def test_in_the_past_the_last_one_is_meant(text, meant):
    found = parse_when(text, NOW, BANGKOK, past=True)
    assert found is not None
    assert f"{found.astimezone(BANGKOK):%Y-%m-%d %H:%M}" == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "25:00",
        "8:61",
        "13pm",
        "31 feb",
        "friday friday",
        "+h",
        "by",
        "2026-13-01",
        "June 2027",
        "32 Jun 2027",
        "3",
        "3 x",
        "3h 2d",
        "3周",
    ],
)
def test_nothing_is_guessed(text):
    assert parse_when(text, NOW, BANGKOK) is None


@pytest.mark.parametrize("text", ["3h", "3 hours", "2天"])
def test_a_bare_span_has_no_direction_into_the_past(text):
    assert parse_when(text, NOW, BANGKOK, past=True) is None


def test_a_time_that_occurs_twice_is_the_earlier_one():
    los_angeles = ZoneInfo("America/Los_Angeles")
    found = parse_when("1 Nov 01:30", datetime(2026, 10, 30, tzinfo=UTC), los_angeles)
    assert found == datetime(2026, 11, 1, 8, 30, tzinfo=UTC)


@given(st.text(max_size=20), st.booleans())
def test_any_text_is_an_instant_or_none(text, past):
    found = parse_when(text, NOW, BANGKOK, past=past)
    assert found is None or found.tzinfo is UTC


@given(st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), st.times(), st.booleans())
def test_a_weekday_is_within_a_week_in_the_direction_that_is_meant(day, clock, past):
    found = parse_when(f"{day} {clock:%H:%M}", NOW, BANGKOK, past=past)
    assert found is not None
    distance = NOW - found if past else found - NOW
    assert timedelta() <= distance <= timedelta(days=7)
