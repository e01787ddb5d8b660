"""Chains: promotions of one SKU that renew one another, and from when until when their price is to be kept.

Many an everyday price is a chain of flash deals of three days each. Where a link is missing, the price jumps back: that
is a hole. A chain whose last link is stopped, or no longer to be kept, wants nothing after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from workbench.core.promotions.model import Promotion


def chain_of(sku: str, last: Promotion, by_id: dict[int, Promotion]) -> list[Promotion]:
    """The promotions of the SKU that led to `last`, oldest first; a link that does not name the SKU ends the walk."""
    found = [last]
    passed = {last.id}
    while (before := by_id.get(found[-1].renews or 0)) is not None and before.id not in passed:
        if before.item_of(sku) is None:
            break
        found.append(before)
        passed.add(before.id)
    return found[::-1]


def last_links(sku: str, promotions: Iterable[Promotion]) -> Iterator[list[Promotion]]:
    """Every chain of the SKU that has a link to be kept, oldest link first."""
    mine = [each for each in promotions if each.item_of(sku) is not None]
    by_id = {each.id: each for each in mine}
    renewed = {each.renews for each in mine if each.renews is not None}
    for last in mine:
        if last.id not in renewed:
            chain = chain_of(sku, last, by_id)
            if any(each.keep for each in chain):
                yield chain


def keeping(sku: str, promotions: Iterable[Promotion], ends: datetime) -> Iterator[tuple[datetime, datetime]]:
    """From when until when each chain wants its price shown, not beyond `ends`. A SKU that a renewal left out is let
    go: nothing is wanted after the link it was in last."""
    promotions = tuple(promotions)
    renewed = {each.renews for each in promotions}
    for chain in last_links(sku, promotions):
        last = chain[-1]
        open_end = last.keep and last.stopped_at is None and last.id not in renewed
        yield min(each.starts_at for each in chain), ends if open_end else min(ends, last.over_at)
