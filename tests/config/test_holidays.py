"""Days off: the package's public holidays, observed days among them, estimated ones not, and the seller's changes."""

from datetime import date, timedelta

import holidays
import pytest

from workbench.config import policy
from workbench.config.daysoff import ADDED, asked, kept
from workbench.config.daysoff_check import problems
from workbench.core.policy import parse_span
from workbench.core.time import parse_iso
from workbench.core.workdays import walk
from workbench.i18n import render


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
        ("UK", date(2026, 12, 28)),  # observed
        ("UK", date(2026, 4, 6)),  # Easter Monday: in England
        ("UK", date(2026, 8, 31)),  # Late summer: not in Scotland
    ],
)
def test_public_holidays_and_observed_days(shipped, market, day):
    assert holiday(shipped, market)(day)


@pytest.mark.parametrize(
    ("market", "day"),
    [
        ("US", date(2026, 11, 27)),  # only some states
        ("UK", date(2026, 8, 3)),  # Scotland's
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
    code, part = ("GB", "ENG") if market == "UK" else (market, None)
    known = holidays.country_holidays(code, subdiv=part, years=range(2025, 2028), language="en_US")
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


@pytest.mark.parametrize("market", ["US", "TH", "VN", "ID", "PH", "MY", "SG", "UK"])
def test_weekend_days_worked_by_decree_are_the_packages_own(shipped, market):
    code, part = ("GB", "ENG") if market == "UK" else (market, None)
    known = holidays.country_holidays(code, subdiv=part, years=range(2014, 2028), language="en_US").weekend_workdays
    worked = policy(shipped.settings, market).calendar.worked
    days = (date(2014, 1, 1) + timedelta(days=n) for n in range(365 * 13))
    assert {day for day in days if day.weekday() >= 5 and worked(day)} == {day for day in known if day.weekday() >= 5}
    assert bool(known) == (market == "VN"), "or this shows nothing"


def test_a_deadline_runs_on_a_worked_saturday(seller):
    """22 August 2026 is worked in Vietnam by decree, 12 December in Thailand because the seller says so."""
    for text, market, begin, end in (
        ("", "VN", "2026-08-21T15:00", "2026-08-22T15:00"),
        ("", "TH", "2026-12-11T15:00", "2026-12-14T15:00"),
        ("[holidays.TH]\nworked = [2026-12-12]\n", "TH", "2026-12-11T15:00", "2026-12-12T15:00"),
        ("[holidays.TH]\nworked = [2026-12-12]\n", "TH", "2026-12-12T15:00", "2026-12-14T15:00"),
        ("[holidays.TH]\nworked = [2026-12-10]\n", "TH", "2026-12-09T15:00", "2026-12-10T15:00"),
    ):
        rules = policy(seller(text).settings, market)
        assert walk(rules, parse_span("1wd"), parse_iso(begin, rules.zone))[-1].at == parse_iso(end, rules.zone)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("add = [2026-11-28]", "a day off anyway"),
        ("add = [2026-12-10]", "a day off anyway"),
        ("strike = [2026-11-24]", "a working day anyway"),
        ("strike = [2026-11-28]", "stands in worked"),
        ("worked = [2026-11-24]", "a working day anyway"),
        ("add = [2026-11-24, 2026-11-24]", "a day off anyway"),
        ("add = [2026-11-24]\nstrike = [2026-11-24]", "a working day anyway"),
    ],
)
def test_a_line_without_effect_is_a_problem(seller, line, word):
    found = list(problems(seller(f"[holidays.TH]\n{line}\n")))
    assert found
    assert all(word in render(problem.what) for problem in found)
    assert {problem.line for problem in found} <= {2, 3}


def test_lines_with_an_effect_are_none(seller):
    lines = "add = [2026-11-24]\nstrike = [2026-12-10]\nworked = [2026-11-28]\n"
    assert list(problems(seller(f"[holidays.TH]\n{lines}"))) == []
    assert list(problems(seller("[holidays.generic]\nadd = [2026-11-24]\n"))) == []


def test_a_part_of_a_country(seller):
    scotland = seller('[markets.UK]\nsubdivision = "SCT"\n')
    assert list(problems(scotland)) == []
    assert holiday(scotland, "UK")(date(2026, 8, 3))
    assert holiday(scotland, "UK")(date(2026, 4, 6)) is None
    wrong = seller('[markets.UK]\nsubdivision = "XYZ"\n')
    assert "ENG" in render(next(iter(problems(wrong))).what)
    assert holiday(wrong, "UK")(date(2026, 12, 25))
    assert policy(wrong.settings, "UK").fingerprint != policy(scotland.settings, "UK").fingerprint


def test_a_kept_year_says_what_the_package_says():
    for country, subdivision in (("TH", ""), ("GB", "ENG"), ("VN", "")):
        year, package = kept(country, subdivision)[2027], asked(country, subdivision, 2027)
        for n in range(365):
            day = date(2027, 1, 1) + timedelta(days=n)
            assert list(year.get_list(day)) == list(package.get_list(day))
            assert (day in year.weekend_workdays) == (day in package.weekend_workdays)


def test_another_package_is_asked_itself(monkeypatch):
    kept.cache_clear()
    monkeypatch.setattr("workbench.config.daysoff.holidays_version", lambda: "holidays-99")
    assert kept("TH", "") == {}
    kept.cache_clear()
