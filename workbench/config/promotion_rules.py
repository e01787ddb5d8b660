"""What a market allows of promotions, built from the settings: its own rules first, generic's after them as assumed."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from workbench.config.policies import known
from workbench.config.promotion_tables import LIMITS
from workbench.config.settings import Settings
from workbench.core.currencies import places
from workbench.core.policy import GENERIC
from workbench.core.promotions.limits import Limit, Rules

#: How far back the floor looks where no tool says so.
_WINDOW = timedelta(days=30)


def promotion_rules(settings: Settings, market: str | None = None) -> Rules:
    """The rules of `market` (the shop's where left out); `Misuse` for one that is not known."""
    market = known(market or settings.shop.market)
    limits = _written(settings, market)
    if market != GENERIC:
        limits += [msgspec.structs.replace(each, assumed=True) for each in _written(settings, GENERIC)]
    windows = [each.floor_window for each in limits if each.floor_window is not None]
    return Rules(tuple(limits), places(settings.shop.currency), max(windows, default=_WINDOW))


def _written(settings: Settings, market: str) -> list[Limit]:
    rows = LIMITS.read(settings.raw_part(market, "promotions") or [])
    return [Limit(**msgspec.structs.asdict(row)) for row in rows]
