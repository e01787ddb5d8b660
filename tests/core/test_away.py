"""An absence against a brute-force search: what lapses, and the fewest actions that avoid it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.violations.points_support import BANGKOK as BANGKOK_SHOP
from tests.core.violations.points_support import climbing, violation
from tests.factories import BANGKOK, FULL, NOW, at, policy, ticket
from workbench.core.agenda import Agenda
from workbench.core.away import away
from workbench.core.kinds import KINDS, STAGES
from workbench.core.money import Money
from workbench.core.saying import Misuse, Refusal
from workbench.core.tickets import moves, standing
from workbench.session.tickets.dues import due as ticket_due
from workbench.session.violations.dues import dues as violation_dues

UNTIL = at("2026-11-27")
HOUR = timedelta(hours=1)
CLIMB = climbing()


def absence(*tickets, violations=(), until=UNTIL, rules=FULL):
    dues = [ticket_due(case, rules, NOW) for case in tickets]
    dues += violation_dues(violations, (), CLIMB, BANGKOK_SHOP, NOW)
    return away(Agenda(dues, NOW, BANGKOK), until)


def steps(case, depth, rules):
    """Every sequence of the seller's own actions of at most that length, with the ticket after it."""
    yield (), case
    if depth == 0:
        return
    for action in moves.actions(case, rules):
        if action.who != "seller" or action.name == "snooze":
            continue
        for arg in STAGES if action.name == "set" else [None]:
            try:
                after = moves.act(case, action.name, arg, NOW, rules)
            except (Refusal, Misuse):
                continue
            for way, end in steps(after, depth - 1, rules):
                yield (action.name, *way), end


def lapsed(case, until, rules):
    """Whether somebody who comes back at `until` finds it overdue, or, of the right to appeal, gone by itself."""
    if case.stage == "appeal":
        return moves.settle(case, until, rules) is not case
    return standing.state(case, until) == "overdue"


KIND_AND_STAGE = st.sampled_from([(kind, stage) for kind in KINDS for stage in STAGES if stage != "closed"])
CASES = st.lists(st.tuples(KIND_AND_STAGE, st.integers(0, 96)), max_size=3)


@settings(max_examples=100)
@given(CASES, st.integers(1, 10 * 24))
def test_the_smallest_set_equals_a_brute_force_search(found, hours):
    until = NOW + hours * HOUR
    tickets = []
    for id, ((kind, stage), ago) in enumerate(found, 1):
        opened = (NOW - ago * HOUR).isoformat()
        tickets.append(moves.settle(ticket(kind, stage, opened, id=id), NOW, FULL))
    result = absence(*tickets, until=until)
    assert {lapse.ref for lapse in result.lapses} == {case.ref for case in tickets if lapsed(case, until, FULL)}

    every = [list(steps(case, 3, FULL)) for case in tickets]
    counts = [
        sum(len(way) for way, _ in plan)
        for plan in product(*every)
        if not any(lapsed(end, until, FULL) for _, end in plan)
    ]
    assert sum(len(lapse.actions) for lapse in result.lapses) == min(counts)
    assert not result.lost
    for lapse in result.lapses:
        case = tickets[lapse.due.place.id - 1]
        reachable = {way[0] for way, end in steps(case, 3, FULL) if way and not lapsed(end, until, FULL)}
        assert {way[0] for way in lapse.ways} == reachable


def test_a_chain_is_as_long_as_the_deadlines_that_fall_into_the_absence():
    case = ticket("reshipment", opened="2026-11-24T08:00")
    assert absence(case).lapses[0].ways == (("reject",), ("approve", "sent"))
    only_decide = absence(case, until=at("2026-11-26T08:00"))
    assert only_decide.lapses[0].ways == (("approve",), ("reject",))


def test_back_at_the_deadline_is_too_late():
    case = ticket(opened="2026-11-24T08:00")
    assert absence(case, until=case.due_at).lapses
    assert not absence(case, until=at("2026-11-25T07:59:59")).lapses


def test_what_begins_only_later_cannot_be_avoided_now():
    case = ticket(opened="2026-11-24T12:00")
    assert [lapse.ref for lapse in absence(case).lost] == ["T-1"]
    assert absence(case).avoidable == ()


def test_appeals_of_violations_with_their_points():
    closing = violation(at("2026-10-26T10:00"), 8, 1)
    later = violation(at("2026-11-20T10:00"), 4, 2)
    over = violation(at("2026-09-01T10:00"), 2, 3)
    found = absence(violations=[closing, later, over])
    assert [(lapse.ref, lapse.actions, lapse.told.points, lapse.told.on_timeout) for lapse in found.lapses] == [
        ("V-1", ("appeal",), 8, "lapsed")
    ]
    assert found.points == 8


@given(st.integers(1, 60 * 24))
@settings(max_examples=50)
def test_a_right_to_appeal_lapses_at_the_later_of_stated_and_computed(hours):
    """Of a refund's appeal as of a violation's; the statement shows, and is no end."""
    stated = NOW + hours * HOUR
    case = moves.state_due(ticket("refund_only", "appeal", NOW.isoformat()), stated, NOW, FULL)
    rule = moves.by_rule(case, FULL).at
    points = violation(NOW, 4, 1, stated_due=stated)
    for ends, tickets, violations in (
        (max(stated, rule), [case], []),
        (max(stated, NOW + timedelta(days=30)), [], [points]),
    ):
        assert not absence(*tickets, violations=violations, until=ends - timedelta(seconds=1)).lapses
        assert [lapse.due_at for lapse in absence(*tickets, violations=violations, until=ends).lapses] == [ends]


def test_money_is_summed_by_currency_and_the_rest_is_named():
    first, second = ticket(amount="249", id=1), ticket(amount="1.50", id=2)
    waits = ticket("return_refund", "buyer_ship", id=3)
    unknown = ticket("other", id=4)
    found = absence(first, second, waits, unknown)
    assert found.money == [Money(Decimal("250.50"), "THB")]
    assert ([case.ref for case in found.unknown], found.waiting) == (["T-4"], 1)


def test_without_any_rule_nothing_is_known_to_lapse():
    bare = policy()
    assert absence(ticket(rules=bare), rules=bare).lapses == ()


@pytest.mark.parametrize("stage", ["decide", "reply"])
def test_putting_off_avoids_nothing(stage):
    case = ticket("message" if stage == "reply" else "refund_only", stage, "2026-11-24T08:00")
    assert all("snooze" not in way for way in absence(case).lapses[0].ways)
