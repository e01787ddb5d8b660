"""What creators sold, from files: rows of affiliate orders, figures of the performance export."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import msgspec


class AffiliateOrder(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One row of the affiliate export: a SKU of an order that a creator brought. `commission` is what is or will be
    paid: of each component what was paid where that is above 0, else what is estimated. None: not in the file."""

    id: int
    order_id: str
    sku_id: str
    creator: str | None
    sku: str | None = None
    product: str | None = None
    price: Decimal | None = None
    paid: Decimal | None = None
    currency: str | None = None
    quantity: int | None = None
    refunded: bool | None = None
    status: str = ""
    rate: Decimal | None = None
    commission: Decimal | None = None
    created_at: datetime | None = None
    delivered_at: datetime | None = None
    seen_at: datetime

    @property
    def key(self) -> tuple[str, str, str | None]:
        """What names it in every file."""
        return self.order_id, self.sku_id, self.creator


class Performance(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One creator's line of the performance export, at the file's own time. What the file shows as `--` is None."""

    id: int
    creator: str | None
    sales: Decimal | None = None
    refunds: Decimal | None = None
    orders: int | None = None
    items: int | None = None
    items_refunded: int | None = None
    commission: Decimal | None = None
    flat_fee: Decimal | None = None
    samples: int | None = None
    videos: int | None = None
    lives: int | None = None
    currency: str | None = None
    seen_at: datetime
