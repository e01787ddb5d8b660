"""By when the seller wants a request cleared, against a walk through the hours and days."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import BANGKOK, FULL, NOW, at, policy, rule, ticket
from workbench.core.kinds import KINDS
from workbench.core.policy import Goals
from workbench.core.tickets import moves, standing

EVERY = tuple(range(7))
GOALS = Goals(hours=24, clear_by=time(18), days=EVERY)
SHOP = policy(*FULL.rules, goals=GOALS)


@pytest.mark.parametrize(
    ("opened", "goal"),
    [
        ("2026-11-23T10:00", "2026-11-24T00:00"),
        ("2026-11-23T17:59:59", "2026-11-24T00:00"),
        ("2026-11-23T18:00", "2026-11-24T18:00"),
        ("2026-11-23T23:30", "2026-11-24T23:30"),
    ],
)
def test_what_came_early_enough_is_cleared_that_day_and_the_rest_in_a_day(opened, goal):
    assert standing.goal_at(ticket(opened=opened, rules=SHOP), NOW) == at(goal)


def test_never_after_the_deadline():
    case = ticket(opened="2026-11-23T10:00", rules=SHOP)
    assert moves.state_due(case, at("2026-11-23T12:00"), NOW, SHOP).deadline.goal_at == at("2026-11-23T12:00")
    assert moves.timed(moves.state_due(case, at("2026-11-23T12:00"), NOW, SHOP), SHOP).deadline.goal_at == at(
        "2026-11-23T12:00"
    )


def test_what_an_import_shows_too_late_is_cleared_on_the_day_of_the_import():
    case = ticket(opened="2026-11-20T10:00", rules=SHOP, shown_at=NOW)
    assert case.deadline.goal_at == at("2026-11-25T00:00")
    in_time = ticket(opened="2026-11-24T08:00", rules=SHOP, shown_at=NOW)
    assert in_time.deadline.goal_at == at("2026-11-25T00:00")


def test_what_sleeps_has_none_until_it_wakes():
    case = moves.snooze(ticket(opened="2026-11-24T08:00", rules=SHOP), at("2026-11-24T12:00"), NOW)
    assert standing.goal_at(case, NOW) is None
    assert standing.goal_at(case, at("2026-11-24T12:00")) == at("2026-11-25T00:00")


@pytest.mark.parametrize("kind", KINDS)
def test_only_requests_to_decide_and_returns_to_inspect_have_one(kind):
    for stage in ("decide", "inspect", "evidence", "send", "check", "buyer_ship"):
        has = ticket(kind, stage, rules=SHOP).deadline.goal_at is not None
        wanted = stage in ("decide", "inspect") and kind in ("refund_only", "return_refund", "exchange", "reshipment")
        assert has == wanted, (kind, stage)


def local_walk(zone, since, due, goals, shown):
    """The same in minutes of another library's zone: the first minute that is too late for one of the three."""
    local = tz.gettz(zone)

    def day_of(moment):
        return (moment - timedelta(microseconds=1)).astimezone(local).date()

    def end_of(day):
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=6)
        while moment.astimezone(local).date() <= day:
            moment += timedelta(minutes=30)
        return moment

    begun = since.astimezone(local)
    ends = [since + timedelta(hours=goals.hours)]
    if due:
        ends.append(due)
    if (begun.hour, begun.minute) < (goals.clear_by.hour, goals.clear_by.minute):
        ends.append(end_of(begun.date()))
    found = min(ends)
    if shown is not None and shown >= found:
        found = end_of(shown.astimezone(local).date())
    day = day_of(found)
    if day.weekday() in goals.days:
        return found
    while day.weekday() not in goals.days:
        day += timedelta(days=1)
    return min(end_of(day), due) if due and due >= found else end_of(day)


@given(
    st.sampled_from(["America/Los_Angeles", "Europe/London", "Asia/Bangkok"]),
    st.integers(0, 500 * 1440),
    st.none() | st.integers(1, 200),
    st.none() | st.integers(-10, 200),
    st.sets(st.sampled_from(EVERY), min_size=1),
    st.integers(1, 60),
    st.integers(0, 23),
)
def test_any_case(zone, minute, within, shown, days, hours, clear_by):
    goals = Goals(hours=hours, clear_by=time(clear_by), days=tuple(days))
    rules = () if within is None else (rule("inspect", f"{within}h", ["return_refund"]),)
    shop = policy(*rules, zone=ZoneInfo(zone), goals=goals)
    since = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(minutes=minute)
    seen = None if shown is None else since + timedelta(hours=shown)
    case = moves.open_ticket(shop, id=1, kind="return_refund", stage="inspect", opened_at=since, shown_at=seen)
    assert case.deadline.goal_at == local_walk(zone, since, case.due_at, goals, seen)


def test_the_shop_has_the_shipped_goals():
    from workbench.config import load, policy

    goals = policy(load(None).settings, "TH").goals
    assert goals == GOALS
    assert policy(load(None).settings, "TH").zone == BANGKOK
