"""Values by shop day that are reckoned when a rule asks for them, and kept: few days are ever asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from workbench.core.orders.counts import RunningCounts

_PLACES = Decimal("0.000001")


class Rate:
    """On each day the bad ones of the `days` days that end with it, for each of the `total` of these days.

    `total` None for a span: that day is not known. As exact as a value is stored when it is acknowledged, so that an
    equal one is not beyond it. Without `total` the sum alone, on the days that `known` tells.
    """

    def __init__(
        self,
        bad: Mapping[date, int],
        days: int,
        total: Callable[[date, date], int | None] | None,
        known: Callable[[date], bool] = lambda _day: True,
    ) -> None:
        self._bad, self._days, self._total, self._known = RunningCounts(bad), days, total, known
        self._found: dict[date, Decimal | None] = {}

    def get(self, day: date, /) -> Decimal | None:
        """The value of a day; None where it is not known."""
        if day not in self._found:
            self._found[day] = self._of(day) if self._known(day) else None
        return self._found[day]

    def _of(self, day: date) -> Decimal | None:
        first = day - timedelta(days=self._days - 1)
        bad = self._bad.between(first, day)
        if self._total is None:
            return Decimal(bad)
        total = self._total(first, day)
        return (Decimal(bad) / total).quantize(_PLACES) if total else None
