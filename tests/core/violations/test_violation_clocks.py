"""When points expire, when a window closes, when an answer is due: every boundary to the second."""

from datetime import date, timedelta

import pytest
from points_support import (
    ANGELES,
    BANGKOK,
    PHILIPPINES,
    SECOND,
    climbing,
    filing,
    local,
    on_day,
    shop,
    utc,
    violation,
)  # fmt: skip

from workbench.core.violations.appeals import standing
from workbench.core.violations.clocks import answer_by, expires_at, validity_of, why, window
from workbench.core.violations.policy import Validity

RULES = climbing()


@pytest.mark.parametrize(
    ("issued", "expires"),
    [
        pytest.param(
            "2026-01-10T09:30:15", "2026-07-09T10:30:15", id="over the spring switch an hour later on the clock"
        ),
        pytest.param("2026-06-01T12:00", "2026-11-28T11:00", id="over the autumn switch an hour earlier"),
        pytest.param("2026-03-08T03:00", "2026-09-04T03:00", id="issued at the switch itself"),
        pytest.param("2026-04-01T00:00", "2026-09-28T00:00", id="no switch between"),
    ],
)
def test_points_last_absolute_days_from_the_instant(issued, expires):
    entry = violation(local(issued, ANGELES))
    assert expires_at(entry, RULES, ANGELES) == entry.issued_at + timedelta(days=180) == local(expires, ANGELES)


@pytest.mark.parametrize(
    ("day", "place", "expires", "closes"),
    [
        pytest.param("2026-01-10", ANGELES, "2026-07-10", "2026-02-09", id="expiry over the spring switch"),
        pytest.param("2026-10-15", ANGELES, "2027-04-14", "2026-11-14", id="window over the autumn switch"),
        pytest.param("2026-02-20", ANGELES, "2026-08-20", "2026-03-22", id="window over the spring switch"),
        pytest.param("2026-11-01", ANGELES, "2027-05-01", "2026-12-01", id="on the day of the autumn switch"),
        pytest.param("2026-03-08", ANGELES, "2026-09-05", "2026-04-07", id="on the day of the spring switch"),
        pytest.param("2026-11-24", BANGKOK, "2027-05-24", "2026-12-24", id="Bangkok"),
        pytest.param("2026-03-01", shop("Europe/London"), "2026-08-29", "2026-03-31", id="London"),
    ],
)
def test_a_day_only_date_counts_whole_days_of_the_shop(day, place, expires, closes):
    entry = on_day(day, place)
    assert expires_at(entry, RULES, place) == local(f"{expires}T00:00", place)
    assert window(entry, RULES, place).closes == local(f"{closes}T00:00", place)


def test_the_points_are_gone_at_the_instant_of_expiry():
    entry = violation(utc("2026-01-10T02:30:15Z"))
    end = utc("2026-07-09T02:30:15Z")
    assert standing(entry, RULES, BANGKOK, end - SECOND).state == "active"
    assert standing(entry, RULES, BANGKOK, end).state == "expired"


@pytest.mark.parametrize(
    ("issued", "days"),
    [
        ("2025-06-16T23:59:59", 180),
        ("2025-06-17T00:00:00", 90),
        ("2025-07-01T12:00:00", 90),
        ("2024-01-01T00:00:00", 180),
    ],
)
def test_the_validity_in_force_on_the_shops_day_of_issue_holds(issued, days):
    manila = shop("Asia/Manila")
    entry = violation(local(issued, manila))
    assert expires_at(entry, climbing(validity=PHILIPPINES), manila) == entry.issued_at + timedelta(days=days)


@pytest.mark.parametrize(("day", "expires"), [("2025-06-16", "2025-12-14"), ("2025-06-17", "2025-09-16")])
def test_effective_dates_and_day_only_dates_together(day, expires):
    manila = shop("Asia/Manila")
    entry = on_day(day, manila)
    assert expires_at(entry, climbing(validity=PHILIPPINES), manila) == local(f"{expires}T00:00", manila)


def test_of_validities_that_begin_together_or_not_yet_the_longer_holds():
    later = (Validity(days=90, effective=date(2027, 1, 1)), Validity(days=120, effective=date(2027, 1, 1)))
    assert validity_of(climbing(validity=later), date(2026, 1, 1)).days == 120
    assert validity_of(climbing(validity=later), date(2027, 1, 1)).days == 120


def test_the_second_window_is_fifteen_absolute_days_from_the_rejection():
    rejected = local("2026-10-25T10:00", ANGELES)
    entry = violation(local("2026-10-01T10:00", ANGELES), appeals=(filing(rejected - SECOND, "rejected", rejected),))
    found = window(entry, RULES, ANGELES)
    assert (found.number, found.opens, found.closes) == (2, rejected, local("2026-11-09T09:00", ANGELES))


def test_there_is_no_window_while_one_is_filed_nor_after_the_second_decision():
    issued = utc("2026-01-01T00:00Z")
    first = filing(issued + SECOND, "rejected", issued + 2 * SECOND)
    assert window(violation(issued, appeals=(filing(issued),)), RULES, BANGKOK) is None
    assert window(violation(issued, appeals=(first, filing(issued + 3 * SECOND))), RULES, BANGKOK) is None
    twice = (first, filing(issued + 3 * SECOND, "rejected", issued + 4 * SECOND))
    assert window(violation(issued, appeals=twice), RULES, BANGKOK) is None


@pytest.mark.parametrize(
    ("filed", "answer", "holidays"),
    [
        pytest.param("2026-11-20T15:00", "2026-11-27T15:00", (), id="Friday to Friday"),
        pytest.param("2026-11-21T10:00", "2026-11-30T00:00", (), id="Saturday begins on Monday"),
        pytest.param("2026-11-20T15:00", "2026-12-01T15:00", ("2026-11-25", "2026-11-26"), id="two holidays"),
    ],
)
def test_an_answer_takes_five_working_days_in_the_shops_zone(filed, answer, holidays):
    place = shop(holidays=holidays, fingerprint="f2")
    assert answer_by(filing(local(filed, place)), RULES, place) == local(answer, place)


def test_the_recorded_answer_day_holds_while_the_rules_do():
    filed = local("2026-11-20T15:00", BANGKOK)
    assert answer_by(filing(filed), RULES, BANGKOK) == filed + timedelta(days=7)
    after = shop(fingerprint="f2", holidays=("2026-11-23",))
    assert answer_by(filing(filed), RULES, after) == local("2026-11-30T15:00", after)


ISSUED = local("2026-10-01T10:00", ANGELES)
REJECTED = local("2026-10-20T10:00", ANGELES)


@pytest.mark.parametrize(
    ("entry", "about"),
    [
        pytest.param(violation(ISSUED), "appeal", id="first window"),
        pytest.param(on_day("2026-10-05", ANGELES), "appeal", id="first window of a day-only date"),
        pytest.param(violation(ISSUED, appeals=(filing(ISSUED, "rejected", REJECTED),)), "appeal", id="second window"),
        pytest.param(violation(ISSUED, appeals=(filing(REJECTED),)), "answer", id="filed"),
        pytest.param(violation(ISSUED - timedelta(days=90)), "expiry", id="lapsed"),
        pytest.param(on_day("2026-06-05", ANGELES), "expiry", id="lapsed day-only date"),
    ],
)
def test_why_adds_up_to_the_second(entry, about):
    found = why(entry, RULES, ANGELES, REJECTED)
    assert found.about == about
    assert found.steps[0].what == "start"
    clock = found.steps[0].at
    for step in found.steps[1:]:
        clock += timedelta(seconds=step.seconds)
        assert step.at == clock
    assert clock == found.due_at
    stands = standing(entry, RULES, ANGELES, REJECTED)
    expected = {"appeal": stands.appeal.due_at, "answer": stands.appeal.answer_by, "expiry": stands.expires_at}
    if about != "answer":
        assert found.due_at == expected[about]


def test_why_names_the_rule_and_marks_what_is_assumed():
    old = violation(utc("2025-01-01T00:00Z"))
    rules = climbing(market="PH", validity=(Validity(days=90, source="P1", as_of=date(2025, 6, 17), assumed=True),))
    found = why(old, rules, BANGKOK, utc("2025-03-01T00:00Z"))
    assert (found.rule, found.source, found.as_of, found.assumed) == (
        "PH.points.validity", "P1", date(2025, 6, 17), True,
    )  # fmt: skip


def test_at_the_close_of_the_window_the_end_of_the_points_comes_next():
    entry = violation(ISSUED)
    closes = ISSUED + timedelta(days=30)
    assert why(entry, RULES, ANGELES, closes - SECOND).about == "appeal"
    assert why(entry, RULES, ANGELES, closes).about == "expiry"


def test_nothing_is_due_of_a_void_violation():
    entry = violation(ISSUED, appeals=(filing(ISSUED, "accepted", REJECTED),))
    assert why(entry, RULES, ANGELES, REJECTED) is None
