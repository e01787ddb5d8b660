"""What is open, until when, and what a pace says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from workbench.core.metrics.gates import Need, Opening, crossed
from workbench.core.metrics.model import Reading, TargetLine

TODAY = date(2026, 11, 24)
LINE = TargetLine(">=", Decimal(3))


def at(day):
    return datetime(2026, 12, day, tzinfo=UTC)


def opening(*needs):
    return Opening(
        opens={}, tools=(), needs=tuple(Need(held=held, turns_at=turns) for held, turns in needs)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("needs", "is_open", "until"),
    [
        ([(True, None), (True, at(12))], True, at(12)),
        ([(True, at(5)), (True, at(12))], True, at(5)),
        ([(True, at(5)), (False, at(12))], False, at(12)),
        ([(False, at(5)), (False, at(12))], False, at(12)),
        ([(False, None), (False, at(12))], False, None),
        ([(None, None), (True, at(12))], None, None),
        ([(None, None), (False, at(12))], False, None),
    ],
)
def test_all_must_hold(needs, is_open, until):
    found = opening(*needs)
    assert (found.open, found.until) == (is_open, until)


def history(*values, every=2):
    """The last one is of today."""
    days = [TODAY - timedelta(days=every * n) for n in range(len(values))][::-1]
    return [
        Reading(id=n, metric="sps", day=day, value=Decimal(value), entered_at=datetime(2026, 11, 24, tzinfo=UTC))
        for n, (day, value) in enumerate(zip(days, values, strict=True))
    ]


@pytest.mark.parametrize(
    ("values", "days"),
    [
        (("3.4", "3.3", "3.2"), 4),  # 0.05 a day, 0.2 to go
        (("2.8", "2.85", "2.9"), 4),  # 0.025 a day, 0.1 to go: back at it
        (("3.2", "3.3", "3.4"), None),  # going away from it
        (("3.3", "3.3", "3.3"), None),
        (("3.3", "3.2"), None),  # two are no pace
        (("4.0", "3.99", "3.99"), None),  # further ahead than was looked back
        (("3.2", "3.1", "3.0"), None),  # at it
    ],
)
def test_a_pace(values, days):
    found = crossed(history(*values), LINE, TODAY)
    assert found == (None if days is None else TODAY + timedelta(days=days))
