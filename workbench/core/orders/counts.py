"""What the orders kept add up to: counts by shop day, which days files cover.

A count is of distinct order ids by the shop day of the time that counts. An order that was cancelled before it was
shipped is in none; one that was paid back, wholly or in part, is *refunded* on the day on which it was *shipped*.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from itertools import accumulate
from typing import Literal

import msgspec

from workbench.core.orders.model import Kept
from workbench.core.time import midnight

#: So many shop days are told apart at most: those of the tally, with some of a clock that was wrong.
_DAYS = 103
#: What counts are asked by; "": the whole shop.
By = Literal["", "sku", "creator"]


class Counts(msgspec.Struct, frozen=True):
    """How many orders were shipped, delivered, and, of those shipped, paid back."""

    shipped: int = 0
    delivered: int = 0
    refunded: int = 0


class Price(msgspec.Struct, frozen=True):
    """What a SKU cost in the newest order of its kind: before and after the seller's discount."""

    at: datetime
    original: Decimal | None
    selling: Decimal | None
    currency: str | None


class FileSpan(msgspec.Struct, frozen=True):
    """From the first to the last order in a file, and the file's own time."""

    first: datetime
    last: datetime
    as_of: datetime


class OrderIds:
    """Distinct order ids while they are counted."""

    def __init__(self) -> None:
        self.shipped: set[str] = set()
        self.delivered: set[str] = set()
        self.refunded: set[str] = set()

    @property
    def counts(self) -> Counts:
        """How many there are."""
        return Counts(len(self.shipped), len(self.delivered), len(self.refunded))


def counted(rows: Iterable[Kept], first: date, last: date, zone: tzinfo, by: str) -> Mapping[str, Counts]:
    """The counts of the days `first` to `last`, both in, under each value of the field `by` ("" for all under "").

    A row without a value in that field is left out there.
    """
    begin, end = _bounds(first, last, zone)
    found: dict[str, OrderIds] = {}
    for row in rows:
        shipped = (left := row.left_at) is not None and begin <= left < end
        delivered = row.delivered_at is not None and begin <= row.delivered_at < end
        if not (shipped or delivered):
            continue
        name = getattr(row, by) if by else ""
        if name is None:
            continue
        orders = found.setdefault(name, OrderIds())
        if shipped:
            orders.shipped.add(row.order_id)
            if row.refunded:
                orders.refunded.add(row.order_id)
        if delivered:
            orders.delivered.add(row.order_id)
    return {name: orders.counts for name, orders in found.items()}


def daily(rows: Iterable[Kept], first: date, last: date, zone: tzinfo, by: By) -> dict[str, dict[date, Counts]]:
    """The counts of each day from `first` to `last`, under each value of the field `by` ("" for all under ""): every
    order once, on the day of the earliest of its times."""
    shipped: dict[tuple[str, str], tuple[datetime, bool]] = {}
    delivered: dict[tuple[str, str], datetime] = {}
    for row in rows:
        name = "" if not by else row.sku or row.sku_id if by == "sku" else row.creator
        if name is None:
            continue
        key = name, row.order_id
        if (left := row.left_at) is not None:
            at, back = shipped.get(key, (left, False))
            shipped[key] = min(at, left), back or bool(row.refunded)
        if (there := row.delivered_at) is not None:
            delivered[key] = min(there, delivered.get(key, there))
    found: dict[str, dict[date, Counts]] = {}

    def add(name: str, at: datetime, shipped: int, delivered: int, refunded: int) -> None:
        day = at.astimezone(zone).date()
        if first <= day <= last:
            days = found.setdefault(name, {})
            old = days.get(day, Counts())
            days[day] = Counts(old.shipped + shipped, old.delivered + delivered, old.refunded + refunded)

    for (name, _id), (at, back) in shipped.items():
        add(name, at, 1, 0, int(back))
    for (name, _id), at in delivered.items():
        add(name, at, 0, 1, 0)
    return found


def tallied(rows: Iterable[Kept], since: date, zone: tzinfo, reach: timedelta) -> Counter[tuple[date, str, str]]:
    """By shop day from `since` on, what happened (shipped, delivered, refunded) and SKU: how many orders, each once a
    SKU and once under "". What happened longer after an order was created than `reach` counts for nothing."""
    begin = midnight(since, zone)
    days = [since + timedelta(days=number) for number in range(_DAYS)]
    ends = [midnight(day, zone) for day in days[1:]]
    orders: dict[str, list[Kept]] = {}
    for row in rows:
        orders.setdefault(row.order_id, []).append(row)
    found: Counter[tuple[date, str, str]] = Counter()
    for mine in orders.values():
        told: set[tuple[date, str, str]] = set()
        for row in mine:
            sku = row.sku or row.sku_id
            if (left := row.left_at) is not None and begin <= left < min(ends[-1], row.created_at + reach):
                day = days[bisect_right(ends, left)]
                told.update(((day, "shipped", ""), (day, "shipped", sku)))
                if row.refunded:
                    told.update(((day, "refunded", ""), (day, "refunded", sku)))
            if (there := row.delivered_at) is not None and begin <= there < min(ends[-1], row.created_at + reach):
                day = days[bisect_right(ends, there)]
                told.update(((day, "delivered", ""), (day, "delivered", sku)))
        for each in told:
            found[each] = found.get(each, 0) + 1
    return found


def days_covered(spans: Iterable[FileSpan], today: date, zone: tzinfo) -> RunningCounts:
    """The shop days that files cover whole, each as one: a count of any other would be too small.

    An export begins and ends with whole days. The last day of a file is whole where the file is of a later day; where
    it is of that very day it only counts while that day lasts.
    """
    whole: set[date] = set()
    for span in spans:
        day, end = span.first.astimezone(zone).date(), span.last.astimezone(zone).date()
        if span.as_of.astimezone(zone).date() <= end < today:
            end -= timedelta(days=1)
        whole.update(day + timedelta(days=number) for number in range((end - day).days + 1))
    return RunningCounts(dict.fromkeys(whole, 1))


def covered(whole: RunningCounts, first: date, last: date) -> bool:
    """Whether every day from `first` to `last`, both in, is covered; of a span without a day it is not."""
    return first <= last and whole.between(first, last) == (last - first).days + 1


class RunningCounts:
    """Counts by day, added up once so that the sum of any span is two lookups: rules ask for thousands of spans."""

    def __init__(self, counts: Mapping[date, int]) -> None:
        self._days = sorted(counts)
        self._sums = [0, *accumulate(counts[day] for day in self._days)]

    @property
    def days(self) -> frozenset[date]:
        """The days that have a count."""
        return frozenset(self._days)

    def between(self, first: date, last: date) -> int:
        """The sum from `first` to `last`, both in; 0 of a span without a day."""
        return self._sums[max(bisect_right(self._days, last), low := bisect_left(self._days, first))] - self._sums[low]


def _bounds(first: date, last: date, zone: tzinfo) -> tuple[datetime, datetime]:
    return midnight(first, zone), midnight(last + timedelta(days=1), zone)
