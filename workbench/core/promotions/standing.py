"""How a promotion stands at an instant: the record with all that follows from the market and the others."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import msgspec

from workbench.core.promotions.limits import Limit
from workbench.core.promotions.model import Promotion
from workbench.core.saying import Saying


class PromotionStanding(msgspec.Struct, frozen=True, kw_only=True):
    """`renewed_by` is the number of what renews it; `listed` are the list prices of its items now, in their order."""

    promotion: Promotion
    limit: Limit | None
    renewed_by: int | None
    near_at: datetime | None
    warnings: tuple[Saying, ...]
    listed: tuple[Decimal | None, ...]
    currency: str | None

    @property
    def republish_by(self) -> datetime | None:
        """Until when the platform can bring it back as it was; None where the market has no such rule."""
        if self.limit is None or self.limit.republish is None:
            return None
        return self.promotion.over_at + self.limit.republish
