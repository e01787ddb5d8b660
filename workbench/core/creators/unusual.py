"""Whether one creator's buyers send back more than others' do of the same SKUs: an exact, one-sided test.

Of each SKU all refunds of the span are spread over its orders by chance: how many fall on one creator is
hypergeometric. The SKUs are convolved; p is the chance of as many as he has, or more. A line of 1 % is divided by the
number of creators asked about, so that of many innocent ones hardly any is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import exp, lgamma

import msgspec

#: The line before it is divided, and what is too little to judge by: refunds of his, orders of others.
LINE, REFUNDS, OTHERS = 0.01, 5, 30


class Sold(msgspec.Struct, frozen=True):
    """The orders of one SKU in the span, and how many of them were refunded."""

    orders: int
    refunds: int


class Verdict(msgspec.Struct, frozen=True):
    """How many refunds others' rates make usual, how probable his are by chance, whether that is beyond the line."""

    expected: float
    p: float | None
    unusual: bool


def verdicts(
    sold: Mapping[str, Mapping[str, Sold]], others: Mapping[str, Sold] | None = None
) -> dict[str, Verdict]:  # fmt: skip
    """For every creator (by handle) of what each sold (by SKU); `others` is what nobody of them did. `p` is None where
    others sold too little to compare."""
    total: dict[str, Sold] = dict(others or {})
    for mine in sold.values():
        for sku, each in mine.items():
            before = total.get(sku, Sold(0, 0))
            total[sku] = Sold(before.orders + each.orders, before.refunds + each.refunds)
    asked = [handle for handle, mine in sold.items() if _others(mine, total) >= OTHERS]
    found: dict[str, Verdict] = {}
    for handle, mine in sold.items():
        usual = sum(each.orders * total[sku].refunds / total[sku].orders for sku, each in mine.items() if each.orders)
        if _others(mine, total) < OTHERS:
            found[handle] = Verdict(usual, None, False)
            continue
        refunds = sum(each.refunds for each in mine.values())
        p = at_least(refunds, [(total[sku], each.orders) for sku, each in mine.items()])
        found[handle] = Verdict(usual, p, refunds >= REFUNDS and p < LINE / len(asked))
    return found


def at_least(refunds: int, draws: Iterable[tuple[Sold, int]]) -> float:
    """The chance that at least so many of all refunds fall on the drawn orders; each draw is (the SKU, his orders)."""
    mass = [1.0]  # of 0, 1 … refunds; what lies at or beyond `refunds` is held in the last place
    for whole, his in draws:
        one = _hypergeometric(whole, his)
        grown = [0.0] * min(len(mass) + len(one) - 1, refunds + 1)
        for n, left in enumerate(mass):
            for m, right in enumerate(one):
                grown[min(n + m, len(grown) - 1)] += left * right
        mass = grown
    return min(1.0, sum(mass[refunds:]))


def _hypergeometric(whole: Sold, his: int) -> list[float]:
    """The chance of 0, 1 … of the SKU's refunds among `his` of its orders."""
    least, most = max(0, his - (whole.orders - whole.refunds)), min(his, whole.refunds)
    every = _ways(whole.orders, his)
    return [
        exp(_ways(whole.refunds, n) + _ways(whole.orders - whole.refunds, his - n) - every) if n >= least else 0.0
        for n in range(most + 1)
    ]


def _others(mine: Mapping[str, Sold], total: Mapping[str, Sold]) -> int:
    return sum(total[sku].orders - each.orders for sku, each in mine.items())


def _ways(n: int, k: int) -> float:
    """The logarithm of the number of ways to choose k of n."""
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
