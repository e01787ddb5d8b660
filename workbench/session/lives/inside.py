"""Which promotions belong to a live: a LIVE flash deal of the shop to its own lives, a creator's to that creator's."""

from __future__ import annotations

from workbench.core.creators.performance import handle_of
from workbench.core.lives.model import Live
from workbench.core.promotions.model import IN_LIVE, Promotion


def runs_in(promotion: Promotion, live: Live) -> bool:
    """Whether its price is one of this live: they overlap, and it is of whoever is live."""
    overlaps = promotion.starts_at < live.over_at and live.starts_at < promotion.over_at
    return promotion.tool in IN_LIVE and overlaps and _of_one(promotion, live)


def lies_within(promotion: Promotion, live: Live) -> bool:
    """Whether the live is on for as long as it runs, as a deal of a live has to lie, and it is of whoever is live."""
    return live.starts_at <= promotion.starts_at and promotion.over_at <= live.over_at and _of_one(promotion, live)


def _of_one(promotion: Promotion, live: Live) -> bool:
    """Of a creator's flash deal that names nobody any live may be the one."""
    if promotion.tool == "creator_flash" and not promotion.creator:
        return True
    return handle_of(promotion.creator or "") == handle_of(live.creator or "")
