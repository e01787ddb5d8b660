"""The records of promotions, as they are stored: the shop's own price for a time.

Instants are aware UTC datetimes in whole minutes; prices are decimal, in the shop's currency; `None` means "not known"
or "not said". Intervals are half-open: at `ends_at` the promotion is over.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Literal, get_args

import msgspec

Tool = Literal[
    "discount", "flash", "live_flash", "creator_flash", "coupon", "gift", "bundle", "shipping", "giveaway", "campaign"
]
State = Literal["coming", "running", "ended", "stopped"]
TOOLS: tuple[Tool, ...] = get_args(Tool)

#: The tools whose price a buyer sees on the product's page; which of them wins is data (`rank` of the market).
SHOWN: frozenset[str] = frozenset({"campaign", "flash", "discount"})
#: The tools whose price is seen in a live only: a layer of its own.
IN_LIVE: frozenset[str] = frozenset({"live_flash", "creator_flash"})


class Item(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one SKU costs in a promotion: a `price`, or `percent` (of a hundred) off the list price of the moment.

    `sku` is None for every SKU that is known when it is asked; such an item has a percentage only.
    """

    sku: str | None = None
    price: Decimal | None = None
    percent: Decimal | None = None


class PromotionEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One entry of what was done with a promotion. `text` names the fields an edit changed; `locked`: the platform does
    not allow such an edit while it runs, as it did."""

    at: datetime
    what: str
    text: str | None = None
    locked: bool = False


class Promotion(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One promotion; `id` is the number of `P-7`. `keep`: its price is the everyday price. `renews`: the one before it
    in its chain. `taken_at`: when the seller saw that the platform has taken it, where it might have refused it."""

    id: int
    tool: Tool
    name: str | None = None
    items: tuple[Item, ...]
    starts_at: datetime
    ends_at: datetime
    keep: bool = False
    creator: str | None = None
    deal: int | None = None
    campaign: int | None = None
    renews: int | None = None
    taken_at: datetime | None = None
    stopped_at: datetime | None = None
    note: str | None = None
    story: tuple[PromotionEntry, ...] = ()

    @property
    def ref(self) -> str:
        """The id as people write it."""
        return f"P-{self.id}"

    @property
    def over_at(self) -> datetime:
        """When its price is shown no longer: its end, or when it was stopped."""
        return self.ends_at if self.stopped_at is None else min(self.ends_at, self.stopped_at)

    def state(self, now: datetime) -> State:
        """How it stands; stopped is stopped, also before its start."""
        if self.stopped_at is not None and self.stopped_at <= now:
            return "stopped"
        if now < self.starts_at:
            return "coming"
        return "running" if now < self.ends_at else "ended"

    def item_of(self, sku: str) -> Item | None:
        """What it says of a SKU: the item that names it goes before the one for all."""
        of_all = None
        for item in self.items:
            if item.sku == sku:
                return item
            if item.sku is None and of_all is None:
                of_all = item
        return of_all


class TypedPrice(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A list price as the seller typed it, from an instant on."""

    id: int
    sku: str
    price: Decimal
    since: datetime
    set_at: datetime
