"""What can be asked about orders kept: prices, counts, which days are known. Files are read only when they are asked.

A span of days that files do not cover from its first to its last day is unknown, None, and never a smaller number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import msgspec

from workbench.core.time import midnight
from workbench.later import later
from workbench.session import tally
from workbench.session.desk import DomainDesk
from workbench.session.imports.tables import FILES, ImportedFile
from workbench.session.records import Records
from workbench.storage.tally import DAYS as TALLIED

if TYPE_CHECKING:
    from workbench.core.agenda import Due
    from workbench.core.orders import counts as sums
    from workbench.core.orders.counts import By, Counts, Price, RunningCounts
    from workbench.core.orders.model import Kept
    from workbench.session.base import SessionBase
    from workbench.session.orders import tables
    from workbench.session.orders.shipping import Shipping
else:
    sums = later("workbench.core.orders.counts")
    tables = later("workbench.session.orders.tables")

_DAY = timedelta(days=1)
#: Months that stay in memory once they were read.
_READ = 6


class OrderDesk(DomainDesk):
    """The orders kept of a session."""

    def __init__(self, session: SessionBase) -> None:
        super().__init__(session)
        self._files = Records(session.store, FILES, ImportedFile)
        self._rows: dict[str, list[Kept]] = {}  # by the mark of a month's file
        self._prices: dict[str, dict[str, list[Price]]] = {}
        self._cover: tuple[Mapping[int, ImportedFile], date, RunningCounts] | None = None
        self._ever: tuple[tuple[str, ...], Mapping[str, RunningCounts]] | None = None
        self._sums: tuple[int, Mapping[str, RunningCounts]] | None = None

    @cached_property
    def shipping(self) -> Shipping:
        """The orders to ship."""
        from workbench.session.orders.shipping import Shipping

        return Shipping(self._session)

    def dues(self, now: datetime, until: datetime) -> Iterable[Due]:  # noqa: ARG002
        """A line for each day with orders to ship, and the questions about those that files no longer show."""
        days, missing = self.shipping.days(), self.shipping.missing()
        if not (days or missing):
            return ()
        from workbench.session.orders.dues import dues

        return dues(days, missing)

    def covered(self, first: date, last: date) -> bool:
        """Whether order files cover every shop day from `first` to `last`, both in."""
        return sums.covered(self._whole(), first, last)

    @property
    def covered_days(self) -> frozenset[date]:
        """The shop days that order files cover whole."""
        return self._whole().days

    def daily(self, by: By, first: date, last: date) -> dict[str, dict[date, Counts]]:
        """The counts of each shop day from `first` to `last`, of the shop (under "") or by SKU or creator; reads the
        files. Which of the days are whole says `covered_days`."""
        rows = (row for month in sorted(self._months(first, last)) for row in self._month(month))
        return sums.daily(rows, first, last, self._session.zone, by)

    def rows(self, first: date, last: date) -> list[Kept]:
        """The rows of orders that were created from `first` to `last`, shop days, both in; the oldest first."""
        begin, end = self._bounds(first, last)
        return [row for row in self._between(begin, end) if begin <= row.created_at < end]

    def price(self, sku: str, at: datetime) -> Price | None:
        """What the SKU cost in the newest order of it that was created by `at`: before and after the seller's discount.
        None where there is none."""
        for month in sorted(self._session.store.kept_files(), reverse=True):
            if month <= f"{at.astimezone(UTC):%Y-%m}":
                for price in self._priced(month).get(sku, ()):
                    if price.at <= at:
                        return price
        return None

    def prices(self, sku: str) -> list[Price]:
        """Each price of the SKU from the first order on that had it, the oldest first."""
        found: list[Price] = []
        for month in sorted(self._session.store.kept_files()):
            for price in reversed(self._priced(month).get(sku, ())):
                if not found or (found[-1].original, found[-1].selling) != (price.original, price.selling):
                    found.append(price)
        return found

    def counts(self, first: date, last: date) -> Counts | None:
        """The orders of the whole shop from `first` to `last`, both in; None where files do not cover it."""
        found = self._counted(first, last, "")
        return None if found is None else found.get("", sums.Counts())

    def counts_by(self, field: Literal["sku", "creator"], first: date, last: date) -> Mapping[str, Counts] | None:
        """The same by SKU or by creator; whoever is not in it has none. None where files do not cover the span."""
        return self._counted(first, last, field)

    def shipped_lately(self, sku: str | None, first: date, last: date) -> int | None:
        """How many orders were shipped, of a SKU or (None) of all: by the tally of the last 100 days, which needs no
        file; of days before that by the files. None where files do not cover the span."""
        if not self.covered(first, last):
            return None
        today = self._session.now().astimezone(self._session.zone).date()
        lately = (today - first).days < TALLIED
        shipped = (self._shipped() if lately else self._ever_shipped()).get(sku or "")
        return 0 if shipped is None else shipped.between(first, last)

    def first_shipped(self) -> Mapping[str, date]:
        """The first day on which each SKU was shipped, as far back as the tally reaches."""
        return {sku: min(counts.days) for sku, counts in self._shipped().items() if sku and counts.days}

    def seen_in(self, month: str) -> Mapping[str, datetime]:
        """The own time of the newest file that shows each order created in a UTC month."""
        found: dict[str, datetime] = {}
        for row in self._month(month):
            found[row.order_id] = max(row.seen_at, found.get(row.order_id, row.seen_at))
        return found

    def clean_at(self, order_id: str, created_at: datetime) -> datetime | None:
        """The own time of the last file that showed the order without a request to cancel it; None where none did."""
        rows = self._month(f"{created_at.astimezone(UTC):%Y-%m}")
        return max((row.clean_at for row in rows if row.order_id == order_id and row.clean_at), default=None)

    def _whole(self) -> RunningCounts:
        """The shop days that order files cover whole, each as one."""
        zone, files = self._session.zone, self._files.live()
        today = self._session.now().astimezone(zone).date()
        if self._cover is None or self._cover[0] is not files or self._cover[1] != today:
            spans = (
                sums.FileSpan(file.first, file.last, file.as_of)
                for file in files.values()
                if file.kind == "orders" and file.first is not None and file.last is not None
            )
            self._cover = files, today, sums.days_covered(spans, today, zone)
        return self._cover[2]

    def _shipped(self) -> Mapping[str, RunningCounts]:
        """The orders shipped by day, of each SKU, and under the empty name of all; by the files where the tally does
        not know."""
        version = self._session.store.version
        if self._sums is None or self._sums[0] != version:
            known = tally.archived(self._session, tables.BESIDE[0])
            if known is None:
                return self._ever_shipped()
            by_sku: dict[str, dict[date, int]] = defaultdict(dict)
            for day, counts in known.items():
                for name, count in counts.items():
                    what, _slash, sku = name.partition("/")
                    if what == "shipped":
                        by_sku[sku][day] = count
            self._sums = version, {sku: sums.RunningCounts(counts) for sku, counts in by_sku.items()}
        return self._sums[1]

    def _ever_shipped(self) -> Mapping[str, RunningCounts]:
        """The same of all days, from the files."""
        files = self._session.store.kept_files()
        key = tuple(sorted(file.checksum for file in files.values()))
        if self._ever is None or self._ever[0] != key:
            by_sku = {**self.daily("sku", date.min, date.max), **self.daily("", date.min, date.max)}
            shipped = {sku: {day: each.shipped for day, each in days.items()} for sku, days in by_sku.items()}
            self._ever = key, {sku: sums.RunningCounts(counts) for sku, counts in shipped.items()}
        return self._ever[1]

    def _counted(self, first: date, last: date, field: str) -> Mapping[str, Counts] | None:
        if not self.covered(first, last):
            return None
        begin, end = self._bounds(first, last)
        return sums.counted(self._between(begin - tables.REACH, end), first, last, self._session.zone, field)

    def _months(self, first: date, last: date) -> list[str]:
        """The months of files in which an order may have been created that left or arrived from `first` to `last`."""
        early = f"{first - tables.REACH:%Y-%m}" if first - date.min > tables.REACH else ""
        late = f"{last + _DAY:%Y-%m}" if last < date.max else "9999"  # its evening may be in the UTC month after it
        return [month for month in self._session.store.kept_files() if early <= month <= late]

    def _bounds(self, first: date, last: date) -> tuple[datetime, datetime]:
        return midnight(first, self._session.zone), midnight(last + timedelta(days=1), self._session.zone)

    def _between(self, begin: datetime, end: datetime) -> Iterator[Kept]:
        early, late = f"{begin.astimezone(UTC):%Y-%m}", f"{end.astimezone(UTC):%Y-%m}"
        for month in sorted(self._session.store.kept_files()):
            if early <= month <= late:
                yield from self._month(month)

    def _month(self, month: str) -> list[Kept]:
        file = self._session.store.kept_files().get(month)
        if file is None:
            return []
        mark = file.checksum
        if mark not in self._rows:
            from workbench.core.orders.model import Kept

            decoder = msgspec.json.Decoder(Kept)
            read = [decoder.decode(raw) for raw in self._session.store.kept(month)]
            self._rows = dict([*self._rows.items(), (mark, read)][-_READ:])
        return self._rows[mark]

    def _priced(self, month: str) -> Mapping[str, list[Price]]:
        """By SKU, and by the platform's number of it, the prices of a month, the newest first."""
        mark = self._session.store.kept_files()[month].checksum
        if mark not in self._prices:
            found: dict[str, list[Price]] = {}
            for row in reversed(self._month(month)):
                if row.original is not None or row.selling is not None:
                    price = sums.Price(row.created_at, row.original, row.selling, row.currency)
                    for name in _names(row):
                        found.setdefault(name, []).append(price)
            counting = {file.checksum for file in self._session.store.kept_files().values()}
            self._prices = {**{old: prices for old, prices in self._prices.items() if old in counting}, mark: found}
        return self._prices[mark]


def _names(row: Kept) -> set[str]:
    return {name for name in (row.sku, row.sku_id) if name}


DESK = OrderDesk
