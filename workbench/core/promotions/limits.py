"""What a market allows of a promotion: how long, at which price, how often. Every figure is data with a source.

What is beyond an official limit is refused unless the seller says that the platform took it; what is beyond an assumed
or conflicting one is a warning.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

import msgspec

from workbench.core.promotions.model import Tool

#: What the platform does not let be changed of a running promotion: all that stands there, or its start alone.
Lock = Literal["all", "start"]


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """The rule of one tool. `longest`, `shortest` are absolute. `price`: the price must lie below the floor of
    `floor_window` before the start, or may be equal to it. `rank` orders what is shown, 1 first. `locked`: what of it
    cannot be changed while it runs. `second`: a second one of the same SKU is refused even without overlap.
    `republish`: for so long after its end the platform brings it back as it was."""

    tool: Tool
    longest: timedelta | None = None
    shortest: timedelta | None = None
    price: Literal["below", "at_most"] | None = None
    floor_window: timedelta | None = None
    rank: int | None = None
    locked: Lock | None = None
    second: Literal["refused"] | None = None
    republish: timedelta | None = None
    effective: date | None = None
    source: str = ""
    as_of: date | None = None
    assumed: bool = False
    conflicting: bool = False

    @property
    def official(self) -> bool:
        """Whether it may refuse: a source that nobody contradicts."""
        return not (self.assumed or self.conflicting)


class Rules(msgspec.Struct, frozen=True):
    """The limits of a market, its own first, generic's (assumed) after them; decimal `places` of the currency;
    the `window` of the floor where no tool says another."""

    limits: tuple[Limit, ...]
    places: int
    window: timedelta

    def of(self, tool: Tool, day: date) -> Limit | None:
        """The limit of a tool on a shop day: of those in effect the first market's that has one, the newest of it."""
        mine = [each for each in self.limits if each.tool == tool and (each.effective or date.min) <= day]
        own = [each for each in mine if not each.assumed] or mine
        return max(own, key=lambda each: each.effective or date.min, default=None)

    def ranks(self, day: date) -> dict[str, int]:
        """Which tool's price is shown before which."""
        found = {tool: self.of(tool, day) for tool in {each.tool for each in self.limits}}
        return {tool: limit.rank for tool, limit in found.items() if limit is not None and limit.rank is not None}


def too_long(limit: Limit | None, length: timedelta) -> bool:
    """Whether a promotion of this length is longer than the market allows."""
    return limit is not None and limit.longest is not None and length > limit.longest


def too_short(limit: Limit | None, length: timedelta) -> bool:
    """Whether a promotion of this length is shorter than the market allows."""
    return limit is not None and limit.shortest is not None and length < limit.shortest


def too_dear(limit: Limit | None, price: Decimal, floor: Decimal | None) -> bool:
    """Whether a price breaks the price rule, measured against the floor at the start."""
    if limit is None or limit.price is None or floor is None:
        return False
    return price >= floor if limit.price == "below" else price > floor
