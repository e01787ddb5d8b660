"""What is stored of profit: dated costs, the tax in the price, fees learnt from settlements, and their rows."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import msgspec

from workbench.core.profit.model import Cost


class DatedCost(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The cost of a SKU from a day on, and when that was entered. None: not known."""

    id: int
    sku: str
    since: date
    goods: Decimal | None = None
    packing: Decimal | None = None
    shipping_out: Decimal | None = None
    shipping_back: Decimal | None = None
    lost_share: Decimal | None = None
    category: str | None = None
    set_at: datetime

    @property
    def cost(self) -> Cost:
        """As it is reckoned with."""
        return Cost(
            sku=self.sku, since=self.since, goods=self.goods, packing=self.packing, shipping_out=self.shipping_out,
            shipping_back=self.shipping_back, lost_share=self.lost_share, category=self.category,
        )  # fmt: skip


class SeenFee(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A fee as settlements charge it, from a day on, beside the settings: a rate, or an amount. `name` is the column
    of one that the settings do not know: a rate of it is of the price."""

    id: int
    fee: str
    category: str | None = None
    rate: Decimal | None = None
    amount: Decimal | None = None
    name: str = ""
    since: date
    orders: int
    taken_at: datetime


class PriceTax(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was answered when it was asked which share of the price is the seller's tax, for one market."""

    id: int
    market: str
    rate: Decimal
    set_at: datetime


class SettledRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One row of a settlement file. `order_id` is the order it belongs to (the related one where there is one),
    `external_id` its own; `parts` are the amounts of its columns by header; a column that is not there is not in it.
    `estimate`: not settled yet. `nth`: which of equal rows of one file."""

    id: int
    layout: str
    external_id: str
    order_id: str
    kind: str = ""
    sku_id: str = ""
    statement: str = ""
    created_at: datetime | None = None
    settled_at: datetime | None = None
    currency: str | None = None
    settled: Decimal | None = None
    parts: dict[str, Decimal] = {}
    quantity: int | None = None
    estimate: bool = False
    nth: int = 0
    file: str = ""
    row: int = 0
    read_at: datetime

    @property
    def key(self) -> tuple[str, str, str, str, str, int]:
        """What names the row in every file that shows it."""
        at = "" if self.settled_at is None else self.settled_at.isoformat()
        return self.statement, self.external_id, self.kind, self.sku_id, at, self.nth
