"""The whole answer for a SKU: what an order brings, its limits, and everything it was reckoned from."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import msgspec

from workbench.core.profit.account import Account
from workbench.core.profit.model import Cost, Fee, Terms


class Shown(msgspec.Struct, frozen=True):
    """A price, where it is from ("typed", "list", "P-7") and until when it is shown, where it ends."""

    price: Decimal
    source: str
    until: datetime | None = None


class ProfitAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What an order of a SKU brings, with everything it was reckoned from."""

    sku: str
    currency: str
    market: str = ""
    price: Shown
    target: Decimal
    cost: Cost
    fees: tuple[Fee, ...]
    terms: Terms
    account: Account
    #: Whether anybody said what of the price is tax; without that none is taken off.
    tax_known: bool = True

    @property
    def margin(self) -> Decimal | None:
        """The share of the price that is expected to be left."""
        expected, price = self.account.expected, self.price.price
        return None if expected is None or price <= 0 else expected / price
