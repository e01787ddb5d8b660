"""What a profit is reckoned from: costs, dated fees, a refund rate with its range.

Money is decimal in the shop's currency; shares are fractions (0.12 is 12 %); `None` means "not known", never 0.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

On = Literal["order", "refund"]


class Cost(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a SKU costs from a day on: goods, packing, shipping to the buyer, the seller's share of shipping back, and
    the share of returned goods that is lost. `category` chooses among the fees."""

    sku: str
    since: date
    goods: Decimal | None = None
    packing: Decimal | None = None
    shipping_out: Decimal | None = None
    shipping_back: Decimal | None = None
    lost_share: Decimal | None = None
    category: str | None = None


#: The parts of a cost that a sum cannot do without.
NEEDED = ("goods", "packing", "shipping_out", "shipping_back", "lost_share")


class Fee(msgspec.Struct, frozen=True, kw_only=True):
    """One dated fee of a market: a `rate` of a `base`, or a fixed `amount` an order.

    `base` is "price" (after the seller's discount), "paid" (what the customer pays), "paid_and_platform" (and what the
    platform adds) or "fee:ID" (of another fee). `cap` is the most for one item. `on`: charged with the order, or only
    where it is refunded. `kept_on_refund`: not given back then. `aliases` are what files call it.
    """

    id: str
    name: dict[str, str]
    aliases: tuple[str, ...] = ()
    rate: Decimal | None = None
    amount: Decimal | None = None
    base: str = "price"
    cap: Decimal | None = None
    on: On = "order"
    kept_on_refund: bool = False
    category: str | None = None
    effective: date | None = None
    source: str = ""
    as_of: date | None = None
    assumed: bool = False
    conflicting: bool = False


class Refunds(msgspec.Struct, frozen=True):
    """How many of `orders` shipped were refunded. `value` is the rate that is reckoned with, `low` and `high` its
    range; None where it was typed. `assumed`: the shop's own rate in place of the SKU's."""

    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    orders: int | None = None
    refunds: int | None = None
    assumed: bool = False


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for a whole shop. `places`: decimals of the currency. `shipping_paid` by the buyer and
    `platform_discount` are a fee's base beside the price; `price_tax` is the share of the price that is the seller's
    tax; `commission_kept` the share of a commission that is lost on a refund; `highest` the market's highest rate."""

    places: int
    target: Decimal
    shipping_paid: Decimal = Decimal(0)
    platform_discount: Decimal = Decimal(0)
    price_tax: Decimal = Decimal(0)
    commission_kept: Decimal = Decimal(0)
    highest: Decimal = Decimal("0.8")


def in_force(fees: tuple[Fee, ...], category: str | None, today: date) -> tuple[Fee, ...]:
    """The fees that hold on a day, one an id, in the order of their first mention: of those in effect the one of the
    SKU's category before the one for all, the newest first; of two of one day the platform's as they are written."""
    chosen: dict[str, Fee] = {}
    for fee in fees:
        if (fee.effective is not None and fee.effective > today) or fee.category not in (None, category):
            continue
        held = chosen.get(fee.id)
        if held is None or _closeness(fee) > _closeness(held):
            chosen[fee.id] = fee
    return tuple(chosen.values())


def wrong_base(fees: Collection[Fee]) -> str | None:
    """The id of a fee that is on one that is not there, or on itself round a corner; None where all can be reckoned."""
    on = {fee.id: fee.base.removeprefix("fee:") for fee in fees if fee.rate is not None and fee.base.startswith("fee:")}
    ids = {fee.id for fee in fees}
    for id in on:
        seen, at = {id}, id
        while at in on:
            at = on[at]
            if at in seen or at not in ids:
                return id
            seen.add(at)
    return None


def _closeness(fee: Fee) -> tuple[bool, date]:
    return fee.category is not None, fee.effective or date.min
