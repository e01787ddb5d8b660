"""Promotions by the SKUs they are about and by what they renew, for whoever asks of many SKUs."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.core.promotions.model import Promotion


class Index:
    """Every promotion is looked at once; then each answer takes as long as it is."""

    def __init__(self, promotions: Iterable[Promotion]) -> None:
        self.named: dict[str, list[Promotion]] = {}
        #: Those with an item for every SKU that is known.
        self.every: list[Promotion] = []
        self._renewals: dict[int, list[Promotion]] = {}
        for each in promotions:
            for sku in dict.fromkeys(item.sku for item in each.items):
                (self.every if sku is None else self.named.setdefault(sku, [])).append(each)
            if each.renews is not None:
                self._renewals.setdefault(each.renews, []).append(each)

    def of(self, sku: str) -> list[Promotion]:
        """Those that say something of a SKU."""
        return _once((*self.named.get(sku, ()), *self.every))

    def linked(self, mine: Iterable[Promotion]) -> list[Promotion]:
        """Those of a SKU with what renews them, so that what a renewal let go is known to be."""
        return _once(each for one in mine for each in (one, *self._renewals.get(one.id, ())))


def _once(promotions: Iterable[Promotion]) -> list[Promotion]:
    return list({each.id: each for each in promotions}.values())
