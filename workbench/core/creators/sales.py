"""What creators sold, from files: rows of affiliate orders, figures of the performance export."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Literal

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


#: What a line of a performance export is of.
What = Literal["creator", "product", "video", "live"]


class Performance(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of a performance export at the file's own time: of a creator, a product, a video or a LIVE stream. `key`
    is the platform's id of a video or a stream, `at` when it was posted or began. What the file shows as `--` is not
    among the `figures`; amounts are in `currency`, shares are fractions."""

    id: int
    what: What = "creator"
    creator: str | None = None
    key: str = ""
    title: str | None = None
    product: str | None = None
    product_id: str | None = None
    category: str | None = None
    at: datetime | None = None
    currency: str | None = None
    figures: dict[str, Decimal] = {}
    seen_at: datetime

    @property
    def name(self) -> tuple[str, str | None, str, str | None]:
        """What names it in every file."""
        return self.what, self.creator if self.what == "creator" else None, self.key, self.product_id
