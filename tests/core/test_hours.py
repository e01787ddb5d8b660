"""Open hours against a count minute by minute, through both switches of daylight saving."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.core.hours import after, parse_hours

NEW_YORK = ZoneInfo("America/New_York")
TEXTS = [
    "",
    "mon-fri 09:00-18:00",
    "mon-fri 09:00-12:30, sat 10:00-14:00",
    "fri-mon 20:00-02:00",
    "mon,wed 00:00-24:00",
]
SWITCHES = (datetime(2026, 3, 5, tzinfo=UTC), datetime(2026, 10, 29, tzinfo=UTC))
MOMENTS = st.builds(
    lambda begin, minutes: begin + timedelta(minutes=minutes), st.sampled_from(SWITCHES), st.integers(0, 7 * 1440)
)
OPEN = {
    "mon-fri 09:00-18:00": lambda day, at: day < 5 and 540 <= at < 1080,
    "mon-fri 09:00-12:30, sat 10:00-14:00": lambda day, at: (
        (day < 5 and 540 <= at < 750) or (day == 5 and 600 <= at < 840)
    ),
    "fri-mon 20:00-02:00": lambda day, at: (day in (4, 5, 6, 0) and at >= 1200) or (day in (5, 6, 0, 1) and at < 120),
    "mon,wed 00:00-24:00": lambda day, at: day in (0, 2),
}


@given(MOMENTS, st.sampled_from(list(OPEN)), st.sampled_from([5, 15, 90]))
@settings(max_examples=40)
def test_against_a_count_by_the_minute(moment: datetime, text: str, minutes: int) -> None:
    clock = since = moment
    ran = 0
    while ran < minutes:
        local = clock.astimezone(NEW_YORK)
        ran += OPEN[text](local.weekday(), local.hour * 60 + local.minute)
        clock += timedelta(minutes=1)
    assert after(since, timedelta(minutes=minutes), parse_hours(text), NEW_YORK) == clock


def test_always_open_and_a_running_live() -> None:
    since = datetime(2026, 11, 28, 3, tzinfo=UTC)
    assert after(since, timedelta(minutes=5), (), NEW_YORK) == since + timedelta(minutes=5)
    live = [(since - timedelta(hours=1), since + timedelta(hours=1))]
    hours = parse_hours("mon-fri 09:00-18:00")
    assert after(since, timedelta(minutes=5), hours, NEW_YORK, live) == since + timedelta(minutes=5)


@pytest.mark.parametrize(
    "text", ["mon", "mon 9-18", "xyz 09:00-18:00", "mon 09:00-25:00", "mon 09:70-10:00", "mon 09:00-09:00"]
)
def test_what_is_no_hours(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_hours(text)
