"""The limits: up to which commission an order still pays, and from which price on; both proved by reckoning forward.

The expected profit never rises with the commission, so the ceiling is found by halving, and the next step above it
fails. With the price it never rises faster than by the share of orders that are kept, for no fee falls as the price
rises: so much is missing at one price, so many prices above it can be passed over, and none that pays is.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, Decimal
from typing import Literal, NamedTuple

from workbench.core.profit.model import Cost, Fee, Terms
from workbench.core.profit.order import ONE, ZERO, order

#: A commission is given in hundredths of a percent.
STEP = Decimal("0.0001")
#: So many minor units above the lowest price must pay, too.
ABOVE = 100
#: No price beyond so many times the costs is looked at.
FAR = 100

Why = Literal["cost", "refunds", "unknown"]


class Ceiling(NamedTuple):
    """The highest commission that pays; where there is none, why, and what is expected without any."""

    rate: Decimal | None
    why: Why | None = None
    expected: Decimal | None = None


class Case:
    """One product under the terms of a shop: does it pay at a price and a commission?"""

    def __init__(self, cost: Cost, fees: Iterable[Fee], terms: Terms) -> None:
        self.cost, self.fees, self.terms = cost, tuple(fees), terms

    def expected(self, price: Decimal, commission: Decimal, refund_rate: Decimal) -> Decimal:
        """What an order brings on the average; not rounded."""
        return order(price, commission, self.cost, self.fees, self.terms).expected(refund_rate)

    def pays(self, price: Decimal, commission: Decimal, refund_rate: Decimal, target: Decimal) -> bool:
        """Whether that is at least `target` of the price."""
        return self.expected(price, commission, refund_rate) >= target * price

    def ceiling(self, price: Decimal, refund_rate: Decimal | None, target: Decimal) -> Ceiling:
        """The highest commission, in steps of 0.01 %, from 0 to the market's highest, that meets the target."""
        if refund_rate is None:
            return Ceiling(None, "unknown")
        bare = self.expected(price, ZERO, refund_rate)
        if price <= ZERO:
            return Ceiling(None, "cost", bare)
        if not self.pays(price, ZERO, refund_rate, target) or refund_rate >= ONE:
            return Ceiling(None, "refunds" if self.pays(price, ZERO, ZERO, target) else "cost", bare)
        low, high = 0, int(self.terms.highest / STEP)
        while low < high:
            middle = (low + high + 1) // 2
            if self.pays(price, middle * STEP, refund_rate, target):
                low = middle
            else:
                high = middle - 1
        return Ceiling(low * STEP)

    def lowest_price(self, commission: Decimal, refund_rate: Decimal | None, target: Decimal) -> Decimal | None:
        """The lowest price from which on every price up to 100 minor units higher meets the target, too; None where
        no price up to 100 times the costs does, or the refund rate is not known."""
        if refund_rate is None:
            return None
        unit = ONE.scaleb(-self.terms.places)
        rise = (ONE - refund_rate - target) * unit
        highest = int((FAR * _sum(self.cost) / unit).to_integral_value(ROUND_CEILING))

        def short(units: int) -> Decimal:
            price = units * unit
            return target * price - self.expected(price, commission, refund_rate)

        lowest = 0
        while lowest <= highest:
            # Of the prices that must pay the highest that does not: no window with it in will do.
            for units in range(lowest + ABOVE, lowest - 1, -1):
                missing = short(units)
                if missing > ZERO:
                    break
            else:
                return lowest * unit
            if rise <= ZERO:
                return None
            lowest = units + max(1, int((missing / rise).to_integral_value(ROUND_CEILING)))
        return None


def _sum(cost: Cost) -> Decimal:
    known = (cost.goods, cost.packing, cost.shipping_out, cost.shipping_back)
    return sum((part for part in known if part is not None), ZERO)
