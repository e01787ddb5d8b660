"""Which promotions belong to a live."""

from __future__ import annotations

from workbench.core.lives.model import Live
from workbench.core.promotions.model import IN_LIVE, Promotion


def runs_in(promotion: Promotion, live: Live) -> bool:
    """Whether its price is one of this live: they overlap, and it is not another creator's."""
    if promotion.tool not in IN_LIVE or not (promotion.starts_at < live.over_at and live.starts_at < promotion.over_at):
        return False
    return live.creator is None or promotion.creator in (None, live.creator)


def lies_within(promotion: Promotion, live: Live) -> bool:
    """Whether the live is on for as long as it runs, as a deal of a live has to lie."""
    return live.starts_at <= promotion.starts_at and promotion.over_at <= live.over_at
