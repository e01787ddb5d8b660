"""What follows from a reading and from the own figure beside it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

from workbench.core.metrics.model import Definition, Gate, Reading, TargetLine
from workbench.core.metrics.standing import Own, nearest, standing
from workbench.core.rates import RateReading, Target

TODAY = date(2026, 11, 24)
BACK = datetime(2026, 12, 3, tzinfo=UTC)
LATE = Definition(
    id="late", name={}, direction="low", unit="fraction", miss="adds", target=TargetLine("<", Decimal("0.04")),
    gates=(Gate("<", Decimal("0.1")), Gate("<", Decimal("0.25"))),
)  # fmt: skip
RATE = RateReading(
    good=95,
    total=100,
    target=Target("<", Fraction(4, 100)),
    misses_left=0,
    needed=26,
    forgives_at=BACK,
    recovers_at=BACK,
)
OWN = Own(value=Fraction(5, 100), numerator=Fraction(5), denominator=100, rate=RATE)


def read(value, numerator=None, denominator=None):
    return Reading(
        id=1, metric="late", day=TODAY, value=Decimal(value), numerator=numerator, denominator=denominator,
        entered_at=datetime(2026, 11, 24, tzinfo=UTC),
    )  # fmt: skip


def four(found):
    return found.misses_left, found.needed, found.forgives_at, found.recovers_at


def test_a_reading_without_counts_has_none_of_the_four():
    assert four(standing(LATE, [read("0.03")], OWN, TODAY)) == (None, None, None, None)


def test_counts_that_were_read_go_before_the_own_ones_and_days_are_the_own_ones():
    found = standing(LATE, [read("0.019", 19, 1000)], OWN, TODAY)
    # (19 + k) / (1000 + k) < 4 %: k < 21.875
    assert four(found) == (21, 0, BACK, None)
    assert four(standing(LATE, [], OWN, TODAY)) == (0, 26, BACK, BACK)


def test_the_tightest_gate_that_is_held_and_the_next_that_is_not():
    found = standing(LATE, [read("0.12")], None, TODAY)
    assert (found.held.value, found.next.value) == (Decimal("0.25"), Decimal("0.1"))
    assert found.kept is False
    assert nearest([found]) == (None, found)
