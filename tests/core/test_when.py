"""Points in time as people type them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from workbench.core.when import due_on, parse_due, parse_when, read_due
from workbench.core.written import days

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
        # Written out, and the day first.
        ("24th of November, 6pm", "2026-11-24 18:00"),
        ("November 25th, 2026", "2026-11-25 00:00"),
        ("the 26th 8:00", "2026-11-26 08:00"),
        ("the 3rd", "2026-12-03 00:00"),
        ("26号", "2026-11-26 00:00"),
        ("sept 3", "2027-09-03 00:00"),
        ("25/11", "2026-11-25 00:00"),
        ("25/11 18:00", "2026-11-25 18:00"),
        ("25/11/2026 6pm", "2026-11-25 18:00"),
        ("3/12", "2026-12-03 00:00"),
        ("11/25", "2026-11-25 00:00"),
        ("25.11.2026", "2026-11-25 00:00"),
        ("25.11. 18:00", "2026-11-25 18:00"),
        ("25-11-2026 9:00", "2026-11-25 09:00"),
        ("2026/11/25 9:00", "2026-11-25 09:00"),
        ("2026年11月25日 9点", "2026-11-25 09:00"),
        ("Fri 27 Nov", "2026-11-27 00:00"),
        ("Friday, 27 November 2026, 18:00", "2026-11-27 18:00"),
        ("11月27日周五", "2026-11-27 00:00"),
        ("Tue Nov 24 18:00:00 2026", "2026-11-24 18:00"),
        ("on friday at 18:00", "2026-11-27 18:00"),
        ("6pm tomorrow", "2026-11-25 18:00"),
        ("the day after tomorrow", "2026-11-26 00:00"),
        ("本周五", "2026-11-27 00:00"),
        # The end of a day.
        ("24:00", "2026-11-25 00:00"),
        ("Mon 24:00", "2026-12-01 00:00"),
        ("2026-11-24 24:00", "2026-11-25 00:00"),
        ("2026-11-24T24:00", "2026-11-25 00:00"),
        ("tonight", "2026-11-25 00:00"),
        ("今晚", "2026-11-25 00:00"),
        ("今晚8点", "2026-11-24 20:00"),
        ("今晚12点", "2026-11-25 00:00"),
        ("tonight 8pm", "2026-11-24 20:00"),
        ("tonight at 20:30", "2026-11-24 20:30"),
        ("end of day", "2026-11-25 00:00"),
        ("end of day tomorrow", "2026-11-26 00:00"),
        ("Fri end of day", "2026-11-28 00:00"),
        ("下班前", "2026-11-25 00:00"),
        ("明天下班前", "2026-11-26 00:00"),
        ("周五 下班前", "2026-11-28 00:00"),
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
        "9.10",
        "24-11",
        "32/11",
        "13/13",
        "Mon 27 Nov",
        "Mon Nov 24 18:00:00 2026",
        "tonight 8:00 am",
        "24:01",
        "next friday",
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


#: The rule's deadlines of the present stage: none, of a weekday afternoon, and of a midnight.
RULES = {"none": None, "13:12": "2026-11-26 13:12", "00:00": "2026-11-27 00:00", "08:00": "2026-11-25 08:00"}


@pytest.mark.parametrize(
    ("text", "rule", "meant"),
    [
        ("today", "none", "2026-11-25 00:00"),
        ("today", "13:12", "2026-11-24 13:12"),
        # At that time it would be over.
        ("today", "08:00", "2026-11-25 00:00"),
        ("today", "00:00", "2026-11-25 00:00"),
        ("今天", "13:12", "2026-11-24 13:12"),
        ("tue", "13:12", "2026-11-24 13:12"),
        ("周二", "none", "2026-11-25 00:00"),
        ("Tuesday", "08:00", "2026-11-25 00:00"),
        ("wed", "08:00", "2026-11-25 08:00"),
        ("wed", "none", "2026-11-26 00:00"),
        ("mon", "13:12", "2026-11-30 13:12"),
        ("24 Nov", "13:12", "2026-11-24 13:12"),
        ("24 November 2026", "13:12", "2026-11-24 13:12"),
        ("Nov 24 2026", "none", "2026-11-25 00:00"),
        ("2026 24 November", "13:12", "2026-11-24 13:12"),
        ("24/11", "none", "2026-11-25 00:00"),
        ("2026-11-24", "13:12", "2026-11-24 13:12"),
        ("2026-11-20", "none", "2026-11-21 00:00"),
        ("tomorrow", "00:00", "2026-11-26 00:00"),
        # A time of day that is typed stands.
        ("tue 18:00", "13:12", "2026-11-24 18:00"),
        ("2026-11-24T00:00", "13:12", "2026-11-24 00:00"),
        ("18:00", "13:12", "2026-11-24 18:00"),
        # Over already, which is told; not a week or a year later.
        ("tue 8:00", "13:12", "2026-11-24 08:00"),
        ("24 Nov 8:00", "13:12", "2026-11-24 08:00"),
        ("8:00", "13:12", "2026-11-25 08:00"),
        ("tonight", "13:12", "2026-11-25 00:00"),
        ("下班前", "13:12", "2026-11-25 00:00"),
        ("+3h", "13:12", "2026-11-24 12:00"),
    ],
)
def test_a_bare_day_is_a_deadline_at_the_time_of_day_of_the_rule(text, rule, meant):
    at = RULES[rule] and datetime.fromisoformat(RULES[rule]).replace(tzinfo=BANGKOK).astimezone(UTC)
    found = parse_due(text, NOW, BANGKOK, at)
    assert found is not None
    assert f"{found.astimezone(BANGKOK):%Y-%m-%d %H:%M}" == meant


@settings(max_examples=50)
@given(
    st.sampled_from(["America/Los_Angeles", "Europe/London", "Asia/Bangkok", "America/Santiago"]),
    st.integers(0, 700 * 86400),
    st.none() | st.integers(-3 * 1440, 3 * 1440),
    st.integers(0, 6),
)
def test_a_bare_weekday_is_the_next_one_that_is_not_past(zone, second, minutes, weekday):
    """Against a walk through the minutes of that day, in another library's zones."""
    now = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(seconds=second)
    rule = None if minutes is None else now.replace(second=0) + timedelta(minutes=minutes)
    local = tz.gettz(zone)
    moment = now
    while moment.astimezone(local).weekday() != weekday:
        moment += timedelta(hours=1)
    day = moment.astimezone(local).date()
    minute = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=15)
    of_day = [
        at for at in (minute + timedelta(minutes=each) for each in range(54 * 60)) if at.astimezone(local).date() == day
    ]
    end = of_day[-1] + timedelta(minutes=1)
    # Where midnight does not occur, its earlier reading is meant.
    assume(end.astimezone(local).time() == time())
    expected = end
    if rule is not None and (clock := rule.astimezone(local).time()) != time():
        at = [each for each in of_day if each.astimezone(local).time() == clock]
        assume(at)
        expected = at[0] if at[0] > now else end
    name = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"][weekday]
    for text in (name, name[:3], f"周{'一二三四五六日'[weekday]}"):
        assert parse_due(text, now, ZoneInfo(zone), rule) == expected
    assert read_due(name, now, ZoneInfo(zone)) == day


@given(st.dates(date(2026, 11, 1), date(2026, 12, 31)))
def test_every_way_to_write_a_day_is_that_day(day):
    texts = [
        day.isoformat(), f"{day:%d/%m/%Y}", f"{day:%d.%m.%Y}", f"{day:%d-%m-%Y}", f"{day:%Y/%m/%d}", f"{day:%d %B %Y}",
        f"{day:%B %d, %Y}", f"{day:%d %b %Y}", f"{day:%a, %d %b %Y}", f"{day:%Y年%m月%d日}", f"{day:%A %d %B %Y}",
    ]  # fmt: skip
    assert [read_due(text, NOW, BANGKOK) for text in texts] == [day] * len(texts)
    assert [due_on(day, None, NOW, BANGKOK)] == [parse_when(f"{day} 24:00", NOW, BANGKOK)]


@pytest.mark.parametrize("text", ["z" * 30_000, "fri " * 10_000, "4 " * 20_000, "\u5468\u4e94" * 10_000])
def test_what_was_pasted_by_mistake_is_no_time_and_costs_none(text):
    """It was tried at every character as a day with its weekday: quadratic, half a minute."""
    begun = perf_counter()
    assert parse_due(text, NOW, BANGKOK) is None
    assert days(text, NOW.date()) == []
    assert perf_counter() - begun < 1
