"""Events over thirty years, and plans counted back from them."""

from __future__ import annotations

from calendar import FRIDAY, THURSDAY, monthcalendar
from datetime import UTC, date, datetime

import pytest

from workbench.core.bigdays.events import Dated, PlatformEvent, day_of, fixed, nth, upcoming
from workbench.core.bigdays.plan import Template, around, laid_out

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
BLACK_FRIDAY = PlatformEvent(id="black_friday", name={"en": "Black Friday"}, nth="4 thu nov +1d")


def nothing(_name, _country, _year):
    return None


@pytest.mark.parametrize("year", range(2015, 2045))
def test_black_friday_is_the_friday_after_the_fourth_thursday(year):
    thursdays = [week[THURSDAY] for week in monthcalendar(year, 11) if week[THURSDAY]]
    found = day_of(BLACK_FRIDAY, year, nothing)
    assert found == Dated(date(year, 11, thursdays[3] + 1))
    assert found.day.weekday() == FRIDAY


def test_the_next_one_is_not_past():
    assert upcoming(BLACK_FRIDAY, date(2026, 11, 27), nothing) == Dated(date(2026, 11, 27))
    assert upcoming(BLACK_FRIDAY, date(2026, 11, 28), nothing) == Dated(date(2027, 11, 26))
    assert upcoming(PlatformEvent(id="x", name={}, day="02-29"), date(2026, 1, 1), nothing) == Dated(date(2028, 2, 29))
    assert upcoming(PlatformEvent(id="x", name={}, day="11-11"), date(2026, 11, 11), nothing) == Dated(
        date(2026, 11, 11)
    )


def test_a_holiday_is_asked_for_by_name_and_country():
    asked = []

    def holiday(name, country, year):
        asked.append((name, country, year))
        return Dated(date(year, 2, 17), assumed=True)

    event = PlatformEvent(id="lny", name={}, holiday="Chinese New Year", country="SG")
    assert upcoming(event, date(2026, 3, 1), holiday) == Dated(date(2027, 2, 17), True)
    assert asked == [("Chinese New Year", "SG", 2026), ("Chinese New Year", "SG", 2027)]


@pytest.mark.parametrize("text", ["5 mon feb", "0 mon jan", "4 thu nov +1", "thu nov", ""])
def test_what_is_no_day(text):
    assert nth(text, 2026) is None
    assert fixed(text, 2026) is None


def test_a_plan_is_counted_back_from_the_day():
    day = date(2026, 11, 27)
    assert around("-21d", day) == date(2026, 11, 6)
    assert around("+3d", day) == date(2026, 11, 30)
    assert around("04-01", day) == date(2026, 4, 1)
    with pytest.raises(ValueError, match="soon"):
        around("soon", day)
    step = laid_out(Template(id="a", title={"en": "A"}, begins="-21d", ends="-7d"), 1, 1, day, NOW)
    assert (step.begins, step.ends) == (date(2026, 11, 6), date(2026, 11, 20))
    assert [step.state(date(2026, 11, each)) for each in (5, 6, 20, 21)] == ["coming", "open", "open", "late"]
    later = step.moved(date(2026, 11, 10), NOW)
    assert (later.begins, later.ends) == (date(2026, 11, 10), date(2026, 11, 24))
