"""One order, reckoned forward: what is earned when it is kept, what is lost when it is refunded, what to expect.

Every fee and the commission are rounded half up to the currency's minor unit, once, where they are charged. What
follows from them is exact: the expected profit is not rounded, so that a ceiling found by it is proved by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from workbench.core.profit.model import Cost, Fee, Terms

ZERO, ONE = Decimal(0), Decimal(1)


class Charge(msgspec.Struct, frozen=True):
    """A fee as it falls on one order: of which `base`, how much."""

    fee: Fee
    base: Decimal | None
    amount: Decimal


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What one order at `price` comes to. `kept_fees` of it are not given back on a refund, `on_refund` fall due only
    then; `lost_goods` is the share of the goods that a refund costs."""

    price: Decimal
    tax: Decimal
    goods: Decimal
    packing: Decimal
    shipping_out: Decimal
    shipping_back: Decimal
    lost_goods: Decimal
    charges: tuple[Charge, ...]
    commission: Decimal
    commission_lost: Decimal

    @property
    def kept(self) -> Decimal:
        """What is earned when the buyer keeps it."""
        fees = sum((charge.amount for charge in self.charges if charge.fee.on == "order"), ZERO)
        spent = self.tax + self.goods + self.packing + self.shipping_out + fees + self.commission
        return self.price - spent

    @property
    def kept_fees(self) -> Decimal:
        """The fees of the order that a refund does not bring back."""
        return sum((each.amount for each in self.charges if each.fee.on == "order" and each.fee.kept_on_refund), ZERO)

    @property
    def on_refund(self) -> Decimal:
        """The fees that a refund itself costs."""
        return sum((charge.amount for charge in self.charges if charge.fee.on == "refund"), ZERO)

    @property
    def lost(self) -> Decimal:
        """What is lost when it is refunded, with what is lost of the commission."""
        way = self.packing + self.shipping_out + self.shipping_back
        return way + self.kept_fees + self.on_refund + self.lost_goods + self.commission_lost

    def expected(self, refund_rate: Decimal) -> Decimal:
        """What an order brings on the average, where `refund_rate` of those shipped are refunded; not rounded."""
        return (ONE - refund_rate) * self.kept - refund_rate * self.lost


def rounded(amount: Decimal, places: int) -> Decimal:
    """Half up, to so many decimals."""
    return amount.quantize(ONE.scaleb(-places), ROUND_HALF_UP)


def order(price: Decimal, commission: Decimal, cost: Cost, fees: Iterable[Fee], terms: Terms) -> Order:
    """The order at a `price` (after the seller's discount) and a `commission` (a share of it).

    Every part of the `cost` must be known; `ValueError` names the first that is not.
    """
    paid = max(ZERO, price + terms.shipping_paid - terms.platform_discount)
    bases = {"price": price, "paid": paid, "paid_and_platform": paid + terms.platform_discount}
    charged = rounded(commission * price, terms.places)
    return Order(
        price=price,
        tax=rounded(terms.price_tax * price, terms.places),
        goods=_known(cost, "goods"),
        packing=_known(cost, "packing"),
        shipping_out=_known(cost, "shipping_out"),
        shipping_back=_known(cost, "shipping_back"),
        lost_goods=_known(cost, "lost_share") * _known(cost, "goods"),
        charges=_charges(fees, bases, terms.places),
        commission=charged,
        commission_lost=terms.commission_kept * charged,
    )


def _known(cost: Cost, part: str) -> Decimal:
    found: Decimal | None = getattr(cost, part)
    if found is None:
        raise ValueError(part)
    return found


def _charges(fees: Iterable[Fee], bases: Mapping[str, Decimal], places: int) -> tuple[Charge, ...]:
    """Fees on a fee come after the one they are on, wherever they are written; one on a fee that does not fall due
    is nothing."""
    waiting = list(fees)
    known = dict(bases)
    found: dict[str, Charge] = {}
    while waiting:
        ready = [fee for fee in waiting if fee.rate is None or fee.base in known]
        if not ready:
            break
        for fee in ready:
            found[fee.id] = _charge(fee, known, places)
            known[f"fee:{fee.id}"] = found[fee.id].amount
        waiting = [fee for fee in waiting if fee.id not in found]
    return tuple(found.values())


def _charge(fee: Fee, bases: Mapping[str, Decimal], places: int) -> Charge:
    if fee.rate is None:
        return Charge(fee, None, rounded(fee.amount or ZERO, places))
    base = bases[fee.base]
    amount = rounded(fee.rate * base, places)
    return Charge(fee, base, amount if fee.cap is None else min(amount, fee.cap))
