"""List prices, dated: what a SKU costs without any promotion, from when on.

What was typed counts from its own instant on; before the first typed one, the original price of the newest order that
was created by then. Before the first known price the list price is not known, and nothing is made up for it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

import msgspec

HUNDRED = Decimal(100)


class ListPrice(msgspec.Struct, frozen=True):
    """A list price from an instant on, and where it is known from."""

    since: datetime
    price: Decimal
    source: Literal["typed", "orders"]


def dated(typed: Iterable[tuple[datetime, Decimal]], orders: Iterable[tuple[datetime, Decimal]]) -> list[ListPrice]:
    """The list prices of one SKU, oldest first, each counting until the next.

    `typed` and `orders` hold (instant, price); of several of one instant the last counts.
    """
    by_hand = [ListPrice(at, price, "typed") for at, price in sorted(dict(typed).items())]
    seen = [ListPrice(at, price, "orders") for at, price in sorted(dict(orders).items())]
    if by_hand:
        seen = [each for each in seen if each.since < by_hand[0].since]
    found: list[ListPrice] = []
    for each in (*seen, *by_hand):
        if not found or (found[-1].price, found[-1].source) != (each.price, each.source):
            found.append(each)
    return found


def price_at(prices: Sequence[ListPrice], at: datetime) -> Decimal | None:
    """The list price at an instant; None before the first one."""
    if not prices:
        return None
    n = bisect_right(prices, at, key=lambda each: each.since)
    return prices[n - 1].price if n else None


def reduced(price: Decimal, percent: Decimal, places: int) -> Decimal:
    """`percent` off, rounded half up to a currency of so many decimal `places`."""
    return (price * (HUNDRED - percent) / HUNDRED).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
