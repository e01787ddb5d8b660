"""The clock of a promotion: when its price goes back, from when on that is near, and until when it is late.

Only one to be kept (`keep`), neither stopped nor renewed, has a clock. After its end it is overdue until it is renewed,
stopped, no longer to be kept, or until another promotion shows the price of each of its SKUs. Where the platform may
refuse a second one before the first has ended, a renewal counts once the seller has seen that it was taken.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import datetime, timedelta
from decimal import Decimal

import msgspec

from workbench.core.promotions.model import SHOWN, Promotion


class Near(msgspec.Struct, frozen=True):
    """From when on an end is near: this `share` of the length before it, at `least`, at `most`."""

    share: Decimal
    least: timedelta
    most: timedelta


def near_at(promotion: Promotion, near: Near) -> datetime:
    """From when on its end is near; never before its start."""
    length = promotion.ends_at - promotion.starts_at
    ahead = min(max(timedelta(seconds=int(length.total_seconds() * float(near.share))), near.least), near.most)
    return max(promotion.starts_at, promotion.ends_at - ahead)


def doubtful(renewal: Promotion, before: Promotion, now: datetime) -> bool:
    """Whether a renewal was entered before the one that it renews was over, and nobody has said that it was taken: as a
    second one of the same SKU the platform may have refused it. Once it is over itself, nobody asks."""
    entered = renewal.story[0].at if renewal.story else renewal.starts_at
    return renewal.taken_at is None and entered < before.over_at and now < renewal.over_at


def ticking(promotion: Promotion, renewed: Container[int]) -> bool:
    """Whether it has a clock at all: to be kept, not stopped, not renewed."""
    return promotion.keep and promotion.stopped_at is None and promotion.id not in renewed


def lapsed(promotion: Promotion, others: Iterable[Promotion], skus: Iterable[str], now: datetime) -> tuple[str, ...]:
    """The SKUs whose price went back at its end and is shown by no other promotion now; none before its end.

    `skus` are the ones known now, for an item that names none.
    """
    if now < promotion.ends_at:
        return ()
    running = [each for each in others if each.id != promotion.id and each.tool in SHOWN and _runs(each, now)]
    return tuple(sku for sku in skus_of(promotion, skus) if not any(each.item_of(sku) for each in running))


def skus_of(promotion: Promotion, known: Iterable[str]) -> tuple[str, ...]:
    """The SKUs it is about: those it names, or all that are known."""
    named = tuple(item.sku for item in promotion.items if item.sku is not None)
    return tuple(dict.fromkeys((*named, *known))) if any(item.sku is None for item in promotion.items) else named


def renewal(promotion: Promotion, now: datetime) -> datetime:
    """From when on a renewal would run: its end, or now where that is past, rounded up to the minute."""
    begins = promotion.over_at
    if begins >= now:
        return begins
    whole = now.replace(second=0, microsecond=0)
    return whole if whole == now else whole + timedelta(minutes=1)


def _runs(promotion: Promotion, now: datetime) -> bool:
    return promotion.starts_at <= now < promotion.over_at
