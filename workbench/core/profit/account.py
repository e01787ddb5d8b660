"""The answer as a sum, as *why* is: each step with its amount, and where it is from; the limits below it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import msgspec

from workbench.core.profit.limits import Case, Ceiling
from workbench.core.profit.model import Cost, Fee, Refunds, Terms
from workbench.core.profit.order import ZERO, Order, order


class AccountStep(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One step. `what`: price, tax, goods, packing, shipping, fee:ID, commission, kept, refunds, expected. What is
    taken off is negative. `rate` and `base` where it is a share of something."""

    what: str
    amount: Decimal
    rate: Decimal | None = None
    base: Decimal | None = None
    source: str | None = None
    as_of: date | None = None
    assumed: bool = False


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """What an order of a SKU brings at a price and a commission, and its limits. What rests on the refund rate is None
    where that is not known; `ceiling_why` says why there is no ceiling. What is careful is reckoned at the upper end of
    the refund rate's range, and None where a typed rate has none. The lowest prices are those that meet the target,
    that meet it at careful refunds, and without loss."""

    order: Order
    commission: Decimal
    refunds: Refunds
    steps: tuple[AccountStep, ...]
    expected: Decimal | None
    expected_careful: Decimal | None
    ceiling: Ceiling
    ceiling_careful: Ceiling
    break_even: Ceiling
    lowest_price: Decimal | None
    lowest_careful: Decimal | None = None
    lowest_even: Decimal | None = None


class Asked(NamedTuple):
    """What is asked: a price after the seller's discount, a commission, a target."""

    price: Decimal
    commission: Decimal
    target: Decimal


def account(
    asked: Asked, cost: Cost, fees: Iterable[Fee], terms: Terms, refunds: Refunds, *, lowest: bool = True
) -> Account:  # fmt: skip
    """The whole answer; without `lowest` but for the lowest price. Every part of the cost must be known (`ValueError`
    names one that is not)."""
    case = Case(cost, fees, terms)
    found = order(asked.price, asked.commission, cost, case.fees, terms)
    rate, careful = refunds.value, refunds.high
    expected = None if rate is None else found.expected(rate)
    return Account(
        order=found,
        commission=asked.commission,
        refunds=refunds,
        steps=tuple(_steps(found, asked, terms, refunds, expected)),
        expected=expected,
        expected_careful=None if careful is None else found.expected(careful),
        ceiling=case.ceiling(asked.price, rate, asked.target),
        ceiling_careful=case.ceiling(asked.price, careful, asked.target),
        break_even=case.ceiling(asked.price, rate, ZERO),
        lowest_price=case.lowest_price(asked.commission, rate, asked.target) if lowest else None,
        lowest_careful=case.lowest_price(asked.commission, careful, asked.target) if lowest else None,
        lowest_even=case.lowest_price(asked.commission, rate, ZERO) if lowest else None,
    )


def _steps(
    found: Order, asked: Asked, terms: Terms, refunds: Refunds, expected: Decimal | None
) -> Iterable[AccountStep]:  # fmt: skip
    yield AccountStep(what="price", amount=found.price)
    if terms.price_tax:
        yield AccountStep(what="tax", amount=-found.tax, rate=terms.price_tax, base=found.price)
    yield AccountStep(what="goods", amount=-found.goods)
    yield AccountStep(what="packing", amount=-found.packing)
    yield AccountStep(what="shipping", amount=-found.shipping_out)
    for charge in found.charges:
        fee = charge.fee
        if fee.on == "order":
            yield AccountStep(
                what=f"fee:{fee.id}", amount=-charge.amount, rate=fee.rate, base=charge.base, source=fee.source,
                as_of=fee.as_of, assumed=fee.assumed or fee.conflicting,
            )  # fmt: skip
    yield AccountStep(what="commission", amount=-found.commission, rate=asked.commission, base=found.price)
    yield AccountStep(what="kept", amount=found.kept)
    if expected is not None:
        yield AccountStep(what="refunds", amount=expected - found.kept, rate=refunds.value, assumed=refunds.assumed)
        yield AccountStep(what="expected", amount=expected)
