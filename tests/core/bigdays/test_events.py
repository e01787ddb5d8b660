"""Events over thirty years, and plans counted back from them."""

from __future__ import annotations

from calendar import FRIDAY, THURSDAY, monthcalendar
from datetime import UTC, date, datetime, time, timedelta

import pytest

from workbench.config.event_days import holiday
from workbench.core.bigdays.events import Dated, PlatformEvent, day_of, fixed, nth, upcoming
from workbench.core.bigdays.plan import Template, around, laid_out

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
BLACK_FRIDAY = PlatformEvent(id="black_friday", name={"en": "Black Friday"}, nth="4 thu nov +1d")


def nothing(_name, _country, _year):
    return ()


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
        return (Dated(date(year, 2, 17), assumed=True),)

    event = PlatformEvent(id="lny", name={}, holiday="Chinese New Year", country="SG")
    assert upcoming(event, date(2026, 3, 1), holiday) == Dated(date(2027, 2, 17), True)
    assert asked == [("Chinese New Year", "SG", 2026), ("Chinese New Year", "SG", 2027)]


@pytest.mark.parametrize("year", range(2015, 2045))
def test_lunar_new_year_is_the_holidays_first_day(year):
    """What holds of every one: between 21 January and 20 February, at new moon (2000-01-06 18:14, 29.530588 days)."""
    (found,) = holiday("Chinese New Year", "SG", year)
    assert date(year, 1, 21) <= found.day <= date(year, 2, 20)
    days = (datetime.combine(found.day, time(4), UTC) - datetime(2000, 1, 6, 18, 14, tzinfo=UTC)) / timedelta(days=1)
    from_new_moon = days % 29.530588
    assert min(from_new_moon, 29.530588 - from_new_moon) < 1.2


def test_a_holiday_of_a_shorter_year_comes_twice_in_one_of_ours():
    days = [each.day for each in holiday("Eid al-Fitr", "SG", 2033)]
    assert days == [date(2033, 1, 3), date(2033, 12, 23)]
    event = PlatformEvent(id="eid", name={}, holiday="Eid al-Fitr", country="SG")
    assert upcoming(event, date(2033, 6, 1), holiday) == Dated(date(2033, 12, 23), True)
    assert holiday("Nobody's Day", "SG", 2026) == holiday("Songkran", "XX", 2026) == ()


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
