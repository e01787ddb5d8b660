"""The order of the queue equals a sort done independently, for any tickets."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.factories import BANGKOK, FULL, NOW, at, ticket
from workbench.core.deadline import Deadline
from workbench.core.tickets import moves
from workbench.core.tickets.queue import ordered

HOURS = st.integers(-100, 100)


@st.composite
def cases(draw):
    stage = draw(st.sampled_from(["decide", "inspect", "buyer_ship", "dispute", "closed"]))
    case = ticket("return_refund", "decide" if stage == "closed" else stage, opened="2026-11-01")
    due = draw(st.none() | HOURS)
    deadline = Deadline("f1", at=None if due is None else NOW + timedelta(hours=due))
    case = moves.changed(case, deadline=deadline, opened_at=NOW + timedelta(hours=draw(st.integers(-3, 0))))
    if stage == "closed":
        return moves.close(case, "other", NOW, FULL)
    sleeps = draw(st.none() | st.integers(-2, 2))
    return case if sleeps is None else moves.changed(case, snoozed_until=NOW + timedelta(hours=sleeps))


@given(st.lists(cases(), max_size=12))
def test_order(found):
    found = [moves.changed(case, id=number) for number, case in enumerate(found, 1)]
    tomorrow_ends = at("2026-11-26T00:00")

    def group(case):
        if case.stage == "closed":
            return 3
        if case.stage not in ("decide", "inspect"):
            return 2
        return 1 if case.snoozed_until and case.snoozed_until > NOW else 0

    remaining, expected = list(found), []
    while remaining:  # pick the smallest, again and again
        best = remaining[0]
        for case in remaining[1:]:
            mine, his = (
                (
                    group(one),
                    one.deadline.at or (tomorrow_ends if group(one) < 2 else at("9000-01-01")),
                    one.opened_at,
                    one.id,
                )
                for one in (case, best)
            )
            if mine < his:
                best = case
        remaining.remove(best)
        expected.append(best.id)
    assert [case.id for case in ordered(found, NOW, BANGKOK)] == expected
