"""How often a SKU comes back: the share of its orders that were refunded, with the range that so few orders leave.

Of the orders shipped from 120 to 30 days before now (settings) those refunded by now, wholly or in part, each once.
"""

from __future__ import annotations

from decimal import Decimal, localcontext

from workbench.core.profit.model import Refunds

#: With fewer orders the shop's own rate stands in.
ENOUGH = 30
#: 90 % of ranges drawn so hold the true rate (Wilson, two-sided).
_Z = Decimal("1.6449")


def wilson(refunds: int, orders: int) -> tuple[Decimal, Decimal]:
    """The range of a rate seen as `refunds` of `orders` (at least one), within 0 and 1."""
    with localcontext() as context:
        context.prec = 28
        n, square = Decimal(orders), _Z * _Z
        rate = Decimal(refunds) / n
        middle = rate + square / (2 * n)
        reach = _Z * (rate * (1 - rate) / n + square / (4 * n * n)).sqrt()
        whole = 1 + square / n
        return max(Decimal(0), (middle - reach) / whole), min(Decimal(1), (middle + reach) / whole)


def refunds(sku: tuple[int, int], shop: tuple[int, int] | None) -> Refunds:
    """The rate from (refunds, orders) of the SKU, of the whole shop where the SKU has too few; of neither where the
    shop has too few as well: then it is not known, and the counts of the SKU are told."""
    for counts, assumed in ((sku, False), (shop, True)):
        if counts is not None and counts[1] >= ENOUGH:
            low, high = wilson(*counts)
            return Refunds(Decimal(counts[0]) / counts[1], low, high, counts[1], counts[0], assumed)
    return Refunds(None, None, None, sku[1], sku[0])


def typed(rate: Decimal) -> Refunds:
    """A rate that somebody stated: it has no range."""
    return Refunds(rate)
