"""Deadlines to the second: hours, days, working days, holidays, both daylight-saving switches, and their steps."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import BANGKOK, FULL, LOS_ANGELES, REFUNDS, at, policy, rule
from workbench.core.money import Money
from workbench.core.tickets.clocks import deadline_of, run, stated

THANKSGIVING = {date(2026, 11, 26): "Thanksgiving Day"}


@pytest.mark.parametrize(
    ("since", "within", "due"),
    [
        ("2026-11-20T15:00", "1wd", "2026-11-23T15:00"),  # Friday to Monday
        ("2026-11-21T10:00", "1wd", "2026-11-24T00:00"),  # Saturday: starts Monday 00:00
        ("2026-11-22T23:59:59", "1wd", "2026-11-24T00:00"),
        ("2026-11-24T09:47:13", "1wd", "2026-11-25T09:47:13"),
        ("2026-11-25T09:00", "1wd", "2026-11-27T09:00"),  # over Thanksgiving
        ("2026-11-26T09:00", "1wd", "2026-11-30T00:00"),  # on Thanksgiving: Friday 00:00, then Monday
        ("2026-11-25T09:00", "4wd", "2026-12-02T09:00"),
        ("2026-11-24T09:00", "2d", "2026-11-26T09:00"),
        ("2026-11-24T09:00", "24h", "2026-11-25T09:00"),
        ("2026-10-31T12:00", "2d", "2026-11-02T11:00"),  # autumn switch: absolute time, the wall shows one hour less
        ("2026-10-30T12:00", "1wd", "2026-11-02T12:00"),  # working days keep the wall-clock time
        ("2026-03-06T12:00", "1wd", "2026-03-09T12:00"),
        ("2026-03-07T12:00", "24h", "2026-03-08T13:00"),  # spring switch
    ],
)
def test_due_in_los_angeles(since, within, due):
    rules = policy(rule("decide", within), zone=LOS_ANGELES, holidays=THANKSGIVING)
    found = deadline_of(rules, "refund_only", "decide", at(since, LOS_ANGELES), None)
    assert found.at == at(due, LOS_ANGELES)


@given(
    since=st.datetimes(
        min_value=at("2026-01-01").replace(tzinfo=None), max_value=at("2027-12-31").replace(tzinfo=None)
    ),
    within=st.sampled_from(["15min", "24h", "2d", "1wd", "2wd", "4wd", "21d"]),
    off=st.sets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=30),
)
def test_steps_add_up(since, within, off):
    rules = policy(zone=LOS_ANGELES, holidays=dict.fromkeys(off, "a holiday"))
    start = at(since.isoformat(timespec="seconds"), LOS_ANGELES)
    steps = run(rules, rule("decide", within), start)
    assert steps[0].what == "start"
    clock = start
    for step in steps:
        clock += timedelta(seconds=step.seconds)
        assert step.at == clock
        assert step.seconds >= 0


@given(
    since=st.datetimes(
        min_value=at("2026-01-01").replace(tzinfo=None), max_value=at("2027-06-30").replace(tzinfo=None)
    ),
    days=st.integers(1, 6),
    off=st.sets(st.dates(date(2026, 1, 1), date(2027, 8, 31)), max_size=60),
)
def test_working_days_against_a_plain_count(since, days, off):
    """A second way of counting: list the working days, take the n-th after the first."""
    rules = policy(zone=BANGKOK, holidays=dict.fromkeys(off, "a holiday"))
    since = since.replace(microsecond=0)

    def worked(day):
        return day.weekday() < 5 and day not in off

    first, wall = since.date(), since.time()
    if not worked(first):
        wall = wall.min
        while not worked(first):
            first += timedelta(days=1)
    following = [day for n in range(1, 200) if worked(day := first + timedelta(days=n))]
    expected = at(f"{following[days - 1]}T{wall.isoformat()}")
    assert run(rules, rule("decide", f"{days}wd"), at(since.isoformat()))[-1].at == expected


def test_strongest_kind_counts_and_the_goal_stands_beside_it():
    found = deadline_of(FULL, "message", "reply", at("2026-11-24T09:00"), None)
    assert (found.at, found.kind, found.goal_at) == (at("2026-11-24T21:00"), "rate", at("2026-11-24T09:15"))


def test_a_rule_holds_from_its_effective_day_of_the_stage():
    assert deadline_of(FULL, "message", "reply", at("2025-08-14T23:00"), None).at == at("2025-08-15T23:00")
    assert deadline_of(FULL, "message", "reply", at("2025-08-15T00:00"), None).at == at("2025-08-15T12:00")


@pytest.mark.parametrize(
    ("amount", "currency", "days"), [("100.01", "USD", 4), ("100", "USD", 2), ("900", "THB", 2), (None, None, 2)]
)
def test_condition_on_the_amount(amount, currency, days):
    rules = policy(rule("decide", "4wd", when="amount > 100"), rule("decide", "2wd"), currency="USD", zone=LOS_ANGELES)
    money = None if amount is None else Money(Decimal(amount), currency)
    found = deadline_of(rules, "refund_only", "decide", at("2026-11-02T09:00", LOS_ANGELES), money)
    assert found.at == at(f"2026-11-0{2 + days}T09:00", LOS_ANGELES)


def test_a_stage_without_a_rule_has_no_deadline():
    assert deadline_of(FULL, "other", "decide", at("2026-11-24"), None).at is None


def test_an_unknown_status_takes_the_shortest_decide_period():
    found = deadline_of(FULL, "refund_only", "check", at("2026-11-20T15:00"), None)
    assert (found.at, found.assumed) == (at("2026-11-21T15:00"), True)


def test_a_pending_cancel_is_due_no_earlier_than_the_file_that_shows_it():
    floor = at("2026-11-25T12:00")
    found = deadline_of(FULL, "cancel", "decide", at("2026-11-23T10:00"), None, floor)
    assert found.at == floor == found.steps[-1].at
    early = deadline_of(FULL, "cancel", "decide", at("2026-11-23T10:00"), None, at("2026-11-23T11:00"))
    assert early.at == at("2026-11-24T10:00")


def test_a_stated_deadline_keeps_what_follows_from_it():
    found = stated(FULL, at("2026-12-01T10:00"), "you", "refund_only", "decide", at("2026-11-24"))
    assert (found.kind, found.source, found.on_timeout) == ("platform", "stated", "approved")
    assert [step.at for step in found.steps] == [found.at]


def test_market_rules_go_before_generic_ones_whatever_their_order():
    rules = policy(
        rule("decide", "2d", market="generic", id="g", assumed=True, effective=date(2026, 1, 1)),
        rule("decide", "1wd", id="own"),
    )
    assert rules.choose("refund_only", "decide", None, date(2026, 11, 24))["platform"].id == "own"
    assert set(REFUNDS) == set(rules.rules[0].kinds)
