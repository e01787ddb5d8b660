"""Promotions by number, by the SKUs they are about and by what they renew, for whoever asks of many."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from workbench.core.promotions.model import Item, Promotion


class Index:
    """Every promotion is looked at once; then each answer takes as long as it is."""

    def __init__(self, promotions: Iterable[Promotion]) -> None:
        self.named: dict[str, list[Promotion]] = {}
        #: Those with an item for every SKU that is known.
        self.every: list[Promotion] = []
        self.by_id: dict[int, Promotion] = {}
        self._renewals: dict[int, list[Promotion]] = {}
        for each in promotions:
            self.by_id[each.id] = each
            for sku in dict.fromkeys(item.sku for item in each.items):
                (self.every if sku is None else self.named.setdefault(sku, [])).append(each)
            if each.renews is not None:
                self._renewals.setdefault(each.renews, []).append(each)

    @cached_property
    def renewed(self) -> dict[int, Promotion]:
        """For each promotion that was renewed, the one that renews it; of several the latest."""
        return {id: max(found, key=lambda one: one.id) for id, found in self._renewals.items()}

    def beside(self, item: Item) -> list[Promotion]:
        """Those that say something of what an item is about."""
        return list(self.by_id.values()) if item.sku is None else self.of(item.sku)

    def of(self, sku: str) -> list[Promotion]:
        """Those that say something of a SKU."""
        return _once((*self.named.get(sku, ()), *self.every))

    def linked(self, mine: Iterable[Promotion]) -> list[Promotion]:
        """Those of a SKU with what renews them, so that what a renewal let go is known to be."""
        return _once(each for one in mine for each in (one, *self._renewals.get(one.id, ())))


def _once(promotions: Iterable[Promotion]) -> list[Promotion]:
    return list({each.id: each for each in promotions}.values())
