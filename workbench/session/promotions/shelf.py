"""What is asked about many SKUs: the promotions of each, its list prices. Looked up once, until something changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from workbench.core.promotions.index import Index
from workbench.core.promotions.model import Promotion, TypedPrice
from workbench.core.promotions.prices import ListPrice, dated
from workbench.session.base import SessionBase
from workbench.session.imports.tables import SKUS, KnownSku
from workbench.session.promotions.tables import PRICES, PROMOTIONS, STAYS
from workbench.session.records import Records


class PriceShelf:
    """The promotions and list prices of a session; `window` is how far back a floor looks."""

    def __init__(self, session: SessionBase, records: Records[Promotion], window: Callable[[], timedelta]) -> None:
        self._session, self._records, self._window = session, records, window
        self.typed = Records(session.store, PRICES, TypedPrice)
        self._skus = Records(session.store, SKUS, KnownSku)
        self._listed_by: tuple[tuple[Any, ...], dict[str, list[ListPrice]]] | None = None
        self._typed_by: tuple[Mapping[int, TypedPrice], Mapping[str, list[tuple[datetime, Decimal]]]] | None = None
        self._indexed: tuple[tuple[Any, ...], Index] | None = None

    def everything(self, since: datetime) -> list[Promotion]:
        """Every promotion that can matter from `since` on: the archive is read only where that lies far back."""
        found = list(self._records.live().values())
        return [*self._records.archived().values(), *found] if self._looks_back(since) else found

    def _looks_back(self, since: datetime) -> bool:
        return since < self._session.now() - STAYS + self._window()

    def skus(self) -> list[str]:
        """Every SKU that is known: of promotions, of list prices, of files."""
        named = (item.sku for promotion in self._records.live().values() for item in promotion.items)
        priced = (each.sku for each in self.typed.live().values())
        known = (each.sku for each in self._skus.live().values())
        return sorted({sku for sku in (*named, *priced, *known) if sku is not None})

    def list_prices(self, sku: str) -> list[ListPrice]:
        """The list prices of a SKU, oldest first: what was typed, before that the original price of its orders."""
        prices, files = self.typed.live(), self._session.store.kept_files()
        key = prices, tuple(file.checksum for file in files.values())
        if self._listed_by is None or self._listed_by[0][0] is not prices or self._listed_by[0][1] != key[1]:
            self._listed_by = key, {}
        known = self._listed_by[1]
        if sku not in known:
            known[sku] = dated(self._typed.get(sku, ()), self._ordered(sku))
        return known[sku]

    @property
    def _typed(self) -> Mapping[str, list[tuple[datetime, Decimal]]]:
        """The list prices that were typed, by SKU."""
        prices = self.typed.live()
        if self._typed_by is None or self._typed_by[0] is not prices:
            found: dict[str, list[tuple[datetime, Decimal]]] = {}
            for price in prices.values():
                found.setdefault(price.sku, []).append((price.since, price.price))
            self._typed_by = prices, found
        return self._typed_by[1]

    def _ordered(self, sku: str) -> list[tuple[datetime, Decimal]]:
        """The original prices of the orders kept; in another currency than the shop's they say nothing."""
        if not self._session.store.kept_files():
            return []
        currency = self._session.settings.shop.currency
        return [
            (each.at, each.original) for each in self._session.desk("orders").prices(sku)
            if each.original is not None and each.currency in (None, currency)
        ]  # fmt: skip

    def index(self, since: datetime) -> Index:
        """Every promotion that can matter from `since` on, by SKU; made once, for many SKUs are asked about."""
        live, deep = self._records.live(), self._looks_back(since)
        marks = self._session.store.archived_marks(PROMOTIONS) if deep else None
        if self._indexed is None or self._indexed[0][0] is not live or self._indexed[0][1] != marks:
            self._indexed = (live, marks), Index(self.everything(since))
        return self._indexed[1]
