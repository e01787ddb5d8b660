"""The ledger at an instant, case by case: points, milestones, revocation, forecast, and the score that counts down."""

from datetime import timedelta

import msgspec
import pytest
from points_support import (
    ANGELES,
    BANGKOK,
    PHILIPPINES,
    SECOND,
    climbing,
    counting_down,
    filing,
    local,
    on_day,
    shop,
    utc,
    violation,
)

from workbench.core.violations.ledger import ledger
from workbench.core.violations.model import ScoreStatement

RULES = climbing()
US = counting_down()
T = utc("2026-03-01T08:00Z")
DAY = timedelta(days=1)
LIFE = timedelta(days=180)


def points(violations, on, rules=RULES, place=BANGKOK, statements=()):
    return ledger(violations, statements, rules, place, on)


def voided(entry, at):
    return msgspec.structs.replace(entry, appeals=(filing(entry.issued_at, "accepted", at),))


def curve(found):
    return [(level.at, level.points) for level in found.forecast]


def test_an_empty_ledger():
    found = points([], T)
    assert (found.points, found.headroom, found.next_milestone) == (0, 48, 12)
    assert (found.revoked, found.next_drop) == (False, None)
    assert curve(found) == [(T, 0)]
    assert not any(mark.reached for mark in found.milestones)


def test_points_count_from_the_issue_until_the_expiry():
    entry = violation(T, 4)
    assert [points([entry], on).points for on in (T - SECOND, T, T + LIFE - SECOND, T + LIFE)] == [0, 4, 4, 0]


def test_the_forecast_is_the_step_curve_with_one_entry_a_change():
    entries = [violation(T, 4, 1), violation(T + DAY, 2, 2), violation(T + DAY, 6, 3), violation(T + 2 * DAY, 0, 4)]
    on = T + 10 * DAY
    found = points(entries, on)
    assert curve(found) == [(on, 12), (T + LIFE, 8), (T + DAY + LIFE, 0)]
    assert (found.next_drop.at, found.next_drop.points) == (T + LIFE, 8)


def test_microseconds_of_the_instant_are_cut():
    assert points([violation(T)], T + timedelta(microseconds=900)).forecast[0].at == T


def test_points_that_expire_as_others_are_issued_are_one_change_or_none():
    swapped = [violation(T, 4, 1), violation(T + LIFE, 4, 2)]
    assert curve(points(swapped, T)) == [(T, 4), (T + 2 * LIFE, 0)]
    fewer = [violation(T, 47, 1), violation(T + LIFE, 1, 2)]
    assert curve(points(fewer, T)) == [(T, 47), (T + LIFE, 1), (T + 2 * LIFE, 0)]
    assert not points(fewer, T + LIFE).revoked


@pytest.mark.parametrize(
    ("total", "ahead", "reached"),
    [
        (11, 12, []),
        (12, 24, [12]),
        (13, 24, [12]),
        (36, 48, [12, 24, 36]),
        (48, None, [12, 24, 36, 48]),
        (60, None, [12, 24, 36, 48]),
    ],
)
def test_equality_reaches_a_milestone(total, ahead, reached):
    found = points([violation(T, total)], T)
    assert found.next_milestone == ahead
    assert [mark.points for mark in found.milestones if mark.reached] == reached
    assert found.headroom == max(0, 48 - total)


def test_a_milestone_remembers_when_it_was_last_come_to():
    found = points([violation(T, 12, 1), violation(T + DAY, 12, 2)], T + LIFE + SECOND)
    assert {mark.points: (mark.reached, mark.reached_at) for mark in found.milestones} == {
        12: (True, T),
        24: (False, T + DAY),
        36: (False, None),
        48: (False, None),
    }


def test_revoked_from_the_instant_the_limit_is_reached_and_for_good():
    entries = [violation(T, 24, 1), violation(T + DAY, 24, 2)]
    states = [points(entries, on).revoked_at for on in (T + DAY - SECOND, T + DAY, T + LIFE, T + 3 * LIFE)]
    assert states == [None, T + DAY, T + DAY, T + DAY]
    assert points(entries, T + 3 * LIFE).points == 0


def test_the_limit_is_not_reached_where_points_expire_at_that_very_second():
    entries = [violation(T, 24, 1), violation(T + LIFE, 24, 2)]
    assert not points(entries, T + 2 * LIFE).revoked
    entries[1] = violation(T + LIFE - SECOND, 24, 2)
    assert points(entries, T + 2 * LIFE).revoked_at == T + LIFE - SECOND


def test_voiding_releases_a_revocation_also_after_everything_has_expired():
    entries = [violation(T, 24, 1), violation(T + DAY, 24, 2)]
    after = T + 2 * LIFE
    assert points(entries, after).revoked
    assert not points([entries[0], voided(entries[1], after)], after).revoked


def test_voiding_one_of_three_moves_the_revocation_to_the_next_instant():
    entries = [violation(T, 24, 1), violation(T + DAY, 24, 2), violation(T + 2 * DAY, 24, 3)]
    entries[1] = voided(entries[1], T + 5 * DAY)
    assert points(entries, T + 3 * DAY).revoked_at == T + 2 * DAY


def test_a_violation_voided_later_is_void_as_if_it_had_never_been():
    entries = [violation(T, 8, 1), voided(violation(T + DAY, 8, 2), T + 20 * DAY)]
    for on in (T + DAY, T + 19 * DAY, T + 21 * DAY, T - DAY):
        assert points(entries, on) == points(entries[:1], on)


def test_a_rejected_or_undecided_appeal_changes_nothing():
    entry = violation(T, 8)
    for decision in (("rejected", T + 2 * DAY), (None, None)):
        appealed = msgspec.structs.replace(entry, appeals=(filing(T + DAY, *decision),))
        assert points([appealed], T + 3 * DAY) == points([entry], T + 3 * DAY)


def test_the_past_and_the_future_are_told_by_all_that_is_known_now():
    entries = [violation(T, 4, 1), violation(T + 10 * DAY, 6, 2)]
    found = points(entries, T + DAY)
    assert curve(found) == [(T + DAY, 4), (T + 10 * DAY, 10), (T + LIFE, 6), (T + 10 * DAY + LIFE, 0)]
    assert (found.next_drop.at, found.next_drop.points) == (T + LIFE, 6)


def test_day_only_dates_drop_at_the_shops_midnight():
    found = points([on_day("2026-01-10", ANGELES, 4)], T, place=ANGELES)
    assert curve(found) == [(T, 4), (local("2026-07-10T00:00", ANGELES), 0)]


def test_philippine_points_of_both_ages_in_one_curve():
    manila = shop("Asia/Manila")
    entries = [violation(local("2025-06-16T23:59", manila), 4, 1), violation(local("2025-06-17T00:01", manila), 6, 2)]
    on = local("2025-06-20T00:00", manila)
    assert curve(points(entries, on, climbing(validity=PHILIPPINES), manila)) == [
        (on, 10),
        (local("2025-09-15T00:01", manila), 4),
        (local("2025-12-13T23:59", manila), 0),
    ]


def test_assumed_where_the_policy_is():
    assert points([], T, climbing(assumed=True)).assumed
    assert not points([], T).assumed


# Counting down


def test_without_a_statement_the_score_starts_assumed():
    found = points([violation(T, 20)], T + DAY, US)
    assert (found.points, found.limit, found.headroom, found.assumed, found.next_milestone) == (180, 0, 180, True, 150)
    assert curve(found) == [(T + DAY, 180), (T + LIFE, 200)]
    assert (found.next_drop.at, found.next_drop.points) == (T + LIFE, 200)


@pytest.mark.parametrize(
    ("score", "ahead", "reached"),
    [(151, 150, []), (150, 100, [150]), (100, 50, [150, 100]), (1, 0, [150, 100, 50]), (0, None, [150, 100, 50, 0])],
)
def test_a_milestone_of_a_score_is_reached_at_or_below(score, ahead, reached):
    found = points([], T, US, statements=[ScoreStatement(1, score, T)])
    assert found.next_milestone == ahead
    assert [mark.points for mark in found.milestones if mark.reached] == reached
    assert (found.points, found.headroom, found.revoked, found.assumed) == (score, score, score == 0, False)


def test_later_violations_take_from_the_stated_score_and_return_to_it():
    statements = [ScoreStatement(1, 172, T)]
    entries = [violation(T + SECOND, 30)]
    at = [points(entries, on, US, statements=statements).points for on in (T, T + SECOND, T + LIFE, T + SECOND + LIFE)]
    assert at == [172, 142, 142, 172]


def test_a_stated_score_holds_what_was_lost_before_it():
    statements = [ScoreStatement(1, 172, T)]
    for issued in (T, T - DAY):
        assert points([violation(issued, 30)], T + DAY, US, statements=statements).points == 172
        assert points([violation(issued, 30)], issued + LIFE, US, statements=statements).points == 202
    assert points([violation(T - LIFE, 30)], T + LIFE, US, statements=statements).points == 172


def test_the_latest_statement_at_or_before_the_instant_counts():
    statements = [ScoreStatement(2, 120, T + DAY), ScoreStatement(1, 172, T), ScoreStatement(3, 125, T + DAY)]
    at = [points([], on, US, statements=statements) for on in (T - SECOND, T, T + DAY - SECOND, T + DAY)]
    assert [(found.points, found.assumed) for found in at] == [(200, True), (172, False), (172, False), (125, False)]
    assert curve(at[1]) == [(T, 172), (T + DAY, 125)]
    assert at[3].stated.id == 3


def test_a_score_ends_at_both_ends_of_the_scale():
    entries = [violation(T, 150, 1), violation(T + DAY, 150, 2)]
    assert points(entries, T + 2 * DAY, US).points == 0
    high = [ScoreStatement(1, 990, T)]
    assert points([violation(T, 30)], T + LIFE, US, statements=high).points == 1000
    assert points([violation(T, 30)], T + LIFE, counting_down(top=None), statements=high).points == 1020


def test_a_score_of_nothing_revokes_for_good_and_a_new_statement_begins_anew():
    entries = [violation(T + DAY, 172)]
    statements = [ScoreStatement(1, 172, T)]
    after = T + 2 * LIFE
    assert not points(entries, T + DAY - SECOND, US, statements=statements).revoked
    assert points(entries, T + DAY, US, statements=statements).revoked
    assert points(entries, after, US, statements=statements).revoked
    assert points(entries, after, US, statements=statements).points == 172
    again = [*statements, ScoreStatement(2, 90, T + 2 * DAY)]
    assert not points(entries, after, US, statements=again).revoked


def test_voiding_restores_the_curve_of_a_score():
    statements = [ScoreStatement(1, 172, T)]
    gone = voided(violation(T + DAY, 30), T + 30 * DAY)
    assert points([gone], T + 2 * DAY, US, statements=statements) == points([], T + 2 * DAY, US, statements=statements)


def test_a_score_stated_before_a_win_gets_the_points_back_and_one_after_it_has_them():
    gone = voided(violation(T, 30), T + 10 * DAY)
    before, after = [ScoreStatement(1, 142, T + DAY)], [ScoreStatement(1, 172, T + 11 * DAY)]
    assert curve(points([gone], T + 12 * DAY, US, statements=before)) == [(T + 12 * DAY, 172)]
    assert curve(points([gone], T + 12 * DAY, US, statements=after)) == [(T + 12 * DAY, 172)]


def test_statements_mean_nothing_where_points_climb():
    assert points([violation(T)], T, statements=[ScoreStatement(1, 172, T)]) == points([violation(T)], T)
