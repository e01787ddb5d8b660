"""Days off: the package's public holidays, observed days among them, estimated ones not, and the seller's changes."""

from datetime import date, timedelta

import holidays
import pytest

from workbench.config import policy
from workbench.config.daysoff import ADDED


def holiday(loaded, market):
    return policy(loaded.settings, market).calendar.holiday


@pytest.mark.parametrize(
    ("market", "day"),
    [
        ("US", date(2026, 11, 26)),  # Thanksgiving
        ("US", date(2026, 7, 3)),  # observed, the fourth being a Saturday
        ("US", date(2021, 12, 31)),  # observed in the year before
        ("TH", date(2026, 12, 7)),  # in lieu of a Saturday
        ("VN", date(2026, 4, 30)),
        ("ID", date(2026, 8, 17)),
        ("PH", date(2026, 11, 30)),
        ("MY", date(2026, 8, 31)),
        ("SG", date(2026, 8, 10)),  # observed
        ("UK", date(2026, 12, 28)),  # observed, of GB
    ],
)
def test_public_holidays_and_observed_days(shipped, market, day):
    assert holiday(shipped, market)(day)


@pytest.mark.parametrize(
    ("market", "day"),
    [
        ("US", date(2026, 11, 27)),  # only some states
        ("UK", date(2026, 4, 6)),  # Easter Monday: not in Scotland
        ("TH", date(2026, 11, 24)),
        ("generic", date(2026, 12, 25)),
        ("generic", date(2027, 1, 1)),
    ],
)
def test_ordinary_days(shipped, market, day):
    assert holiday(shipped, market)(day) is None


@pytest.mark.parametrize("market", ["ID", "MY", "SG", "PH"])
def test_a_holiday_that_is_only_estimated_is_none(shipped, market):
    known = holidays.country_holidays(market, years=range(2027, 2036), language="en_US")
    estimated = [day for day in known if all("estimated" in name for name in known.get_list(day))]
    partly = [day for day in known if len({"estimated" in name for name in known.get_list(day)}) == 2]
    assert estimated, "the package estimates some, or this shows nothing"
    found = holiday(shipped, market)
    assert [day for day in estimated if found(day)] == []
    for day in partly:
        assert found(day)
        assert "estimated" not in found(day)


@pytest.mark.parametrize("market", ["US", "TH", "VN", "ID", "PH", "MY", "SG", "UK"])
def test_every_certain_holiday_of_three_years(shipped, market):
    code = "GB" if market == "UK" else market
    known = holidays.country_holidays(code, years=range(2025, 2028), language="en_US")
    certain = {day for day in known if any("estimated" not in name for name in known.get_list(day))}
    found = holiday(shipped, market)
    days = (date(2025, 1, 1) + timedelta(days=n) for n in range(365 * 3))
    assert {day for day in days if found(day)} == certain


def test_the_seller_adds_and_strikes(seller):
    loaded = seller(
        "[holidays.TH]\nadd = [2026-11-24]\nstrike = [2026-12-10]\n[holidays.generic]\nadd = [2026-11-24]\n"
    )
    found = holiday(loaded, "TH")
    assert found(date(2026, 11, 24)) == ADDED
    assert found(date(2026, 12, 10)) is None
    assert found(date(2026, 12, 31)) == "New Year's Eve"
    assert holiday(loaded, "generic")(date(2026, 11, 24)) == ADDED
    assert holiday(loaded, "VN")(date(2026, 11, 24)) != ADDED


@pytest.mark.parametrize("year", [1, 1700, 2500, 9999])
def test_years_that_the_package_does_not_know_have_no_holidays(shipped, year):
    for market in ("US", "TH", "ID", "MY"):
        assert holiday(shipped, market)(date(year, 12, 25)) is None
