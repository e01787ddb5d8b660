"""The tables of promotions: the promotions themselves, and list prices that were typed."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from workbench.core.promotions.model import Promotion, TypedPrice
from workbench.core.saying import say
from workbench.session.table import NOTHING, Archiving, Before, Forget, Merge, Pointer, StoredTable

PROMOTIONS = "promotions"
PRICES = "prices"

#: How long a promotion stays after its end: the floor of 30 days, and a year's chain to look back at.
STAYS = timedelta(days=400)


class _Over(msgspec.Struct):
    ends_at: datetime
    stopped_at: datetime | None = None


def _over(promotion: _Over) -> datetime:
    return promotion.ends_at if promotion.stopped_at is None else min(promotion.ends_at, promotion.stopped_at)


def _nameless(promotion: Promotion, before: Before) -> Promotion | None:
    """The prices stay: the floor is made of them. Whom it was for and what was noted goes."""
    at = promotion.starts_at if before.reach == "begun" else promotion.over_at
    if before.reach != "any" and at >= before.midnight:
        return None
    return msgspec.structs.replace(promotion, creator=None, note=None)


def _latest(promotion: Promotion) -> datetime:
    return max((entry.at for entry in promotion.story), default=promotion.starts_at)


def _alike(ours: Promotion, theirs: Promotion) -> bool:
    return ours.story[:1] == theirs.story[:1] and ours.tool == theirs.tool


TABLES = (
    StoredTable(
        name=PROMOTIONS,
        type=Promotion,
        word=say("promotions"),
        ref="P",
        archive=Archiving(_Over, _over, STAYS),
        pointers=(
            Pointer(
                PROMOTIONS,
                lambda promotion: promotion.renews,
                lambda promotion, number: msgspec.structs.replace(promotion, renews=number),
            ),
            Pointer(
                "deals",
                lambda promotion: promotion.deal,
                lambda promotion, number: msgspec.structs.replace(promotion, deal=number),
            ),
            Pointer(
                "campaigns",
                lambda promotion: promotion.campaign,
                lambda promotion, number: msgspec.structs.replace(promotion, campaign=number),
            ),
        ),
        merge=Merge(
            name=lambda promotion: (promotion.story[:1], promotion.tool, promotion.items, promotion.starts_at),
            latest=_latest,
            alike=_alike,
            told=True,
        ),
        forget=Forget(_nameless, lambda promotion: promotion.creator is None and promotion.note is None),
        check=NOTHING,
        way_back="goes",
        export="csv",
        tally=NOTHING,
    ),
    StoredTable(
        name=PRICES,
        type=TypedPrice,
        word=say("list prices"),
        ref=NOTHING,
        archive=NOTHING,
        pointers=(),
        merge=Merge(name=lambda each: (each.sku, each.since), latest=lambda each: each.set_at, told=True),
        forget=NOTHING,
        check=NOTHING,
        way_back="goes",
        export="csv",
        tally=NOTHING,
    ),
)
