"""The order in which the open appeals help most."""

from datetime import timedelta

from points_support import BANGKOK, climbing, counting_down, filing, utc, violation

from workbench.core.violations.ledger import ledger
from workbench.core.violations.model import ScoreStatement
from workbench.core.violations.plan import plan
from workbench.core.violations.policy import Validity

T = utc("2026-03-01T08:00Z")
DAY = timedelta(days=1)
ON = T + 20 * DAY


def planned(entries, rules=None, on=ON, statements=()):
    rules = rules or climbing()
    found = plan(entries, ledger(entries, statements, rules, BANGKOK, on), rules, BANGKOK)
    return [(option.violation.id, option.points_after, option.leaves) for option in found]


def test_what_leaves_a_milestone_goes_first_and_closing_soonest_among_it():
    entries = [
        violation(T + 3 * DAY, 1, 1),
        violation(T + 2 * DAY, 3, 2),
        violation(T + 1 * DAY, 4, 3),
        violation(T + 0 * DAY, 2, 4),
        violation(T + 4 * DAY, 4, 5),
    ]
    assert planned(entries) == [(3, 10, 12), (2, 11, 12), (5, 10, 12), (4, 12, None), (1, 13, None)]


def test_without_a_milestone_by_points_then_due_then_id():
    entries = [
        violation(T + DAY, 2, 1), violation(T, 2, 2), violation(T + DAY, 3, 3), violation(T, 2, 4),
    ]  # fmt: skip
    assert planned(entries) == [(3, 6, None), (2, 7, None), (4, 7, None), (1, 7, None)]


def test_one_appeal_may_leave_two_milestones():
    assert planned([violation(T, 30), violation(T - 100 * DAY, 6, 2)]) == [(1, 6, 12)]


def test_only_what_can_be_filed_now_is_in_it():
    first = filing(T + DAY, "rejected", T + 6 * DAY)
    entries = [
        violation(T, 2, 1, appeals=(first,)),
        violation(T, 2, 2, appeals=(filing(T + DAY),)),
        violation(T, 2, 3, appeals=(filing(T + DAY, "accepted", T + 2 * DAY),)),
        violation(T, 2, 4, appeals=(first, filing(T + 7 * DAY, "rejected", T + 8 * DAY))),
        violation(ON - 30 * DAY, 2, 5),
        violation(ON - 30 * DAY + timedelta(seconds=1), 2, 6),
    ]
    assert [id for id, *_ in planned(entries)] == [6, 1]


def test_points_that_have_expired_bring_nothing():
    rules = climbing(validity=(Validity(days=10),))
    assert planned([violation(T, 20, 1), violation(ON, 1, 2)], rules) == [(2, 0, None), (1, 1, None)]


def test_points_still_to_come_bring_nothing_yet():
    assert planned([violation(T, 12, 1), violation(ON + DAY, 12, 2)]) == [(1, 0, 12), (2, 12, None)]


def test_a_score_is_mirrored():
    statements = [ScoreStatement(1, 145, ON)]
    entries = [violation(T, 5, 1), violation(T, 6, 2), violation(T + DAY, 60, 3)]
    assert planned(entries, counting_down(), statements=statements) == [(2, 151, 150), (3, 205, 150), (1, 150, None)]
