"""What if: the ledger beside itself, with the milestones, their dates and the rights that would change."""

from datetime import timedelta

import msgspec
from points_support import BANGKOK, climbing, counting_down, filing, utc, violation

from workbench.core.violations.ledger import ledger
from workbench.core.violations.model import ScoreStatement
from workbench.core.violations.whatif import Stay, compare, won

RULES = climbing()
T = utc("2026-03-01T08:00Z")
DAY = timedelta(days=1)
LIFE = timedelta(days=180)
ON = T + 20 * DAY


def what_if(entries, others, rules=RULES, statements=(), on=ON):
    now = ledger(entries, statements, rules, BANGKOK, on)
    return compare(now, ledger(others, statements, rules, BANGKOK, on), rules)


def change(found, points):
    return next(change for change in found.milestones if change.points == points)


def test_a_win_moves_the_dates_and_lifts_the_penalty_it_brought():
    entries = [violation(T, 10, 1), violation(T + DAY, 8, 2), violation(T + 2 * DAY, 2, 3)]
    found = what_if(entries, won(entries, {2}, ON))
    assert (found.now.points, found.then.points) == (20, 12)
    assert change(found, 12).now == Stay(ON, T + LIFE)
    assert change(found, 12).then == Stay(ON, T + LIFE)
    assert not change(found, 12).lifted
    found = what_if(entries, won(entries, {1}, ON))
    assert (found.then.points, change(found, 12).then, change(found, 12).lifted) == (10, Stay(None, ON), True)
    assert not change(found, 24).lifted


def test_a_penalty_is_lifted_where_the_milestone_was_only_come_to_earlier():
    entries = [violation(T - LIFE, 12, 1), violation(T + DAY, 12, 2)]
    found = what_if(entries, won(entries, {2}, ON))
    assert change(found, 12).lifted
    entries = [violation(T, 12, 1), violation(T + DAY, 12, 2)]
    assert not change(what_if(entries, won(entries, {1}, ON)), 12).lifted


def lost(found):
    """The rights that there are now and would not be."""
    return [change.right.name["en"] for change in found.rights if change.now and not change.then]


def test_a_hypothetical_violation_can_lose_a_right():
    entries = [violation(T, 34, 1)]
    found = what_if(entries, [*entries, violation(ON, 2, 0)])
    assert lost(found) == ["Flash sale tools"]
    assert change(found, 36).then == Stay(ON, T + LIFE)
    assert not lost(what_if(entries, [*entries, violation(ON, 1, 0)]))


def test_a_revoked_shop_has_no_rights_even_with_few_points():
    entries = [violation(T, 48, 1)]
    after = what_if(entries, entries, on=T + 2 * LIFE)
    assert (after.now.points, after.rights[0].now) == (0, False)


def test_winning_what_is_filed_settles_that_filing_and_touches_nothing_else():
    entry = msgspec.structs.replace(violation(T, 8), appeals=(filing(T + DAY),))
    other = violation(T, 4, 2)
    after = won([entry, other], {1}, ON)
    assert len(after[0].appeals) == 1
    assert after[0].void
    assert after[1] is other
    assert not entry.void


def test_winning_against_a_stated_score_brings_the_points_back():
    statements = [ScoreStatement(1, 140, ON)]
    entries = [violation(T, 20, 1)]
    found = what_if(entries, won(entries, {1}, ON), counting_down(), statements)
    assert (found.now.points, found.then.points) == (140, 160)
    assert change(found, 150).now == Stay(ON, T + LIFE)
    assert change(found, 150).then == Stay(None, ON)


def test_a_score_that_never_climbs_back_stays_below():
    found = what_if([], [], counting_down(), [ScoreStatement(1, 140, T)])
    assert change(found, 150).now == Stay(ON, None)
