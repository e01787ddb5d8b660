"""A deal: one creator, one set of products, one rate, with its stage, its clock, and what was done.

Instants are aware UTC datetimes; shares are fractions, amounts of the shop's currency; what is not known is None.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Literal

import msgspec

from workbench.core.creators.screening import Figure
from workbench.core.creators.stages import Outcome, Stage

Goal = Literal["brand", "sales"]
Collaboration = Literal["target", "open"]
Who = Literal["seller", "creator", "platform"]


class Product(msgspec.Struct, frozen=True, omit_defaults=True):
    """One product of a deal; its price where one was agreed, else it is what the plan shows."""

    sku: str
    price: Decimal | None = None


class DealEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One entry of what was done with a deal: an action or `add`, `edit`, `reopen`."""

    at: datetime
    what: str
    text: str | None = None
    because: str | None = None


class Deal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One deal; `id` is the number of `D-7`. `messages` counts those that were sent."""

    id: int
    handle: str | None
    goal: Goal = "sales"
    collaboration: Collaboration = "target"
    products: tuple[Product, ...] = ()
    rate: Decimal | None = None
    #: A higher rate that was agreed on before, and when it was lowered.
    rate_before: Decimal | None = None
    lowered_at: datetime | None = None
    fixed_fee: Decimal | None = None
    samples_cost: Decimal | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    figures: dict[str, Figure] = {}
    messages: int = 0
    stage: Stage = "candidate"
    stage_since: datetime
    outcome: Outcome | None = None
    closed_at: datetime | None = None
    because: str | None = None
    note: str | None = None
    story: tuple[DealEntry, ...] = ()

    @property
    def ref(self) -> str:
        """The id as people write it."""
        return f"D-{self.id}"

    @property
    def clock_from(self) -> datetime:
        """From when its clock runs: the beginning of the stage, or the last message in it."""
        sent = (entry.at for entry in self.story if entry.what == "message" and entry.at >= self.stage_since)
        return max(sent, default=self.stage_since) if self.stage == "invited" else self.stage_since

    @property
    def agreed(self) -> bool:
        """Whether its terms were agreed on once, so that a creator goes by them."""
        return any(entry.what == "agree" for entry in self.story)

    @property
    def open(self) -> bool:
        """Whether it has not ended."""
        return self.stage != "ended"
