"""What is kept of an order: one record a row of the order export, nothing of the buyer.

Instants are aware UTC, prices decimal; None is not known.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Literal

import msgspec

#: What a row of an order file says of its parcel; "" is anything else, such as unpaid.
RowState = Literal["ship", "sent", "cancelled", ""]
CancelledBy = Literal["buyer", "seller", "platform"]


class Kept(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One row of an order file. The key is (order_id, sku_id).

    `original` and `selling` are the unit price before and after the seller's discount, `refunded` is what was paid back
    of the order, all in `currency`. `seen_at` is the own time of the last file that showed it, `clean_at` of the last
    that showed it without a request to cancel.
    """

    order_id: str
    sku_id: str
    created_at: datetime
    seen_at: datetime
    sku: str | None = None
    quantity: int | None = None
    original: Decimal | None = None
    selling: Decimal | None = None
    currency: str | None = None
    paid_at: datetime | None = None
    rts_at: datetime | None = None
    shipped_at: datetime | None = None
    delivered_at: datetime | None = None
    cancelled_at: datetime | None = None
    cancelled_by: CancelledBy | None = None
    refunded: Decimal | None = None
    creator: str | None = None
    clean_at: datetime | None = None
    state: RowState = ""
    #: Whether the times rest on a guessed order of day and month: a file that is certain counts all the same.
    guessed: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What names it in every file."""
        return self.order_id, self.sku_id

    @property
    def left_at(self) -> datetime | None:
        """When it was shipped. Of what was delivered without that time, when it was ready or else delivered."""
        return self.shipped_at or (self.delivered_at and (self.rts_at or self.delivered_at))

    @property
    def month(self) -> str:
        """The UTC month of its creation, under which it is kept."""
        return f"{self.created_at.year:04}-{self.created_at.month:02}"


def newest(known: Kept, seen: Kept) -> Kept:
    """Of two rows of one key that of the newer file, with the last time at which a file showed no request."""
    if known.guessed != seen.guessed:
        return known if seen.guessed else seen
    newer = seen if seen.seen_at >= known.seen_at else known
    clean = max((at for at in (known.clean_at, seen.clean_at) if at is not None), default=None)
    return newer if newer.clean_at == clean else msgspec.structs.replace(newer, clean_at=clean)
