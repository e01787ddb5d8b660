"""The readings of the invented shop: a month of what Seller Center would have shown."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from workbench.core.metrics.model import Reading
from workbench.session.metrics.tables import READINGS
from workbench.storage import Transaction

TODAY = date(2026, 11, 24)
_CASES = 500
#: By metric the numbers of its last days, the newest last, each for so many days.
_STEPS = 3
_COUNTS = {
    "late": (10, 11, 11, 10, 12, 12, 13, 14, 16, 19),
    "nrr": (4, 4, 5, 5, 4, 5, 5, 6, 5, 5),
    "sfcr": (12, 11, 11, 10, 10, 9, 9, 10, 9, 9),
    "response": (470, 471, 468, 466, 465, 463, 462, 460, 459, 457),
    "came_back": (30, 31, 29, 28, 28, 27, 26, 26, 25, 25),
}
_VALUES = {
    "sps": ("4.4", "4.4", "4.3", "4.3", "4.3", "4.3", "4.2", "4.2", "4.2", "4.2"),
    "handling": ("17.5", "18", "18.5", "18", "19", "20.5", "20", "19", "19.5", "19.6"),
}


def fill_scores(tx: Transaction) -> None:
    """Put them in."""
    for metric, counts in _COUNTS.items():
        for at, count in enumerate(counts):
            _put(tx, metric, at, Decimal(count) / _CASES, count)
    for metric, values in _VALUES.items():
        for at, value in enumerate(values):
            _put(tx, metric, at, Decimal(value), None)
    day = TODAY - timedelta(days=15)
    _reading(tx, "css", day, Decimal("4.5"), None)


def _put(tx: Transaction, metric: str, at: int, value: Decimal, count: int | None) -> None:
    day = TODAY - timedelta(days=_STEPS * (9 - at))
    _reading(tx, metric, day, value, count)


def _reading(tx: Transaction, metric: str, day: date, value: Decimal, count: int | None) -> None:
    id = tx.next_id(READINGS)
    reading = Reading(
        id=id, metric=metric, day=day, value=value, numerator=count, denominator=None if count is None else _CASES,
        entered_at=datetime.combine(day, time(1), UTC),
    )  # fmt: skip
    tx.put(READINGS, id, reading)
