"""The board: for each SKU what its price is over some days, as stretches to be drawn.

A row has the stretches of promotions and the holes of an everyday price; where the list price is simply shown there is
nothing. What is shown in a live only stands in a row of its own, and so does a promotion of everything (`sku` None),
whose prices are hundredths of the list price.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal

import msgspec

from workbench.core.promotions.coverage import CoverageMarket, PricePiece, holes, pieces
from workbench.core.promotions.index import Index
from workbench.core.promotions.model import SHOWN, Promotion, Tool
from workbench.core.promotions.prices import HUNDRED, ListPrice, price_at
from workbench.core.time import midnight

#: Stands for every SKU while a row of everything is reckoned: no SKU is called so.
_EVERY = ""


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of a row, whole: it may begin before the days of the board and end after them. `tool` None is a hole,
    `promotion` then the one that ended there, `price` what it goes back to; `price` is None where it is not known."""

    begins: datetime
    ends: datetime
    price: Decimal | None
    promotion: int | None
    tool: Tool | None = None

    @property
    def hole(self) -> bool:
        """Whether an everyday price is not shown here."""
        return self.tool is None


class BoardRow(msgspec.Struct, frozen=True, kw_only=True):
    """One SKU (None: all of them), or with `live` what it costs in lives. `holds_until`: when its price goes back
    next, or the last price of the span ends; None where that lies beyond the span."""

    sku: str | None
    stretches: tuple[Stretch, ...]
    live: bool = False
    holds_until: datetime | None = None


def rows(
    index: Index, listed: Callable[[str], Sequence[ListPrice]], market: CoverageMarket,
    begins: datetime, ends: datetime, now: datetime, first: Callable[[Promotion], datetime | None],
) -> list[BoardRow]:  # fmt: skip
    """The rows of [begins, ends): whatever goes back soonest on top, by `first` (when a promotion does, None: never) or
    by its first hole that is not over."""
    found: list[tuple[datetime, datetime, str, BoardRow]] = []
    prices: Sequence[ListPrice]
    never = datetime.max.replace(tzinfo=now.tzinfo)
    for sku, own in [*index.named.items(), (_EVERY, [])]:
        mine = index.of(sku)
        prices = listed(sku) if sku else (ListPrice(datetime.min.replace(tzinfo=now.tzinfo), HUNDRED, "typed"),)
        due = min((at for each in (own or index.every) if (at := first(each)) is not None), default=None) or never
        for row in _rows(sku or None, mine, index.linked(mine), prices, market, begins, ends, now):
            hole = next((each.begins for each in row.stretches if each.hole and each.ends > now), never)
            found.append((min(due, hole), row.stretches[0].begins, sku, row))
    return [row for *_order, row in sorted(found, key=lambda each: (*each[:3], each[3].live))]


def _rows(
    sku: str | None, mine: Sequence[Promotion], linked: Sequence[Promotion], prices: Sequence[ListPrice],
    market: CoverageMarket, begins: datetime, ends: datetime, now: datetime,
) -> Iterable[BoardRow]:  # fmt: skip
    name = _EVERY if sku is None else sku
    found = pieces(name, mine, prices, market, begins, ends)
    by_id = {each.id: each for each in mine}

    def whole(*, live: bool) -> list[Stretch]:
        shown = _joined(piece for piece in found if piece.promotion is not None and piece.live == live)
        if shown and shown[-1].ends == ends and (last := by_id.get(shown[-1].promotion or 0)) is not None:
            after = pieces(name, mine, prices, market, ends, last.over_at)
            beyond = _joined(piece for piece in after if piece.live == live)
            if beyond and _alike(beyond[0], shown[-1]):
                shown[-1] = msgspec.structs.replace(shown[-1], ends=beyond[0].ends)
        return shown

    page = whole(live=False)
    for low, high in holes(name, linked, found, ends):
        over = [each for each in mine if each.keep and each.over_at <= low]
        last = max(over, key=lambda each: (each.over_at, each.id), default=None)
        back = price_at(prices, low)
        # One that is open already when the board begins is told from where it began.
        since = max((each.over_at for each in mine if each.tool in SHOWN and each.over_at <= low), default=low)
        page.append(
            Stretch(
                begins=since if low == begins else low, ends=high, price=back,
                promotion=None if last is None else last.id,
            )
        )  # fmt: skip
    if page:
        page.sort(key=lambda each: each.begins)
        yield BoardRow(sku=sku, stretches=tuple(page), holds_until=_holds(page, ends, now))
    if live := whole(live=True):
        yield BoardRow(sku=sku, stretches=tuple(live), live=True, holds_until=live[-1].ends)


def _joined(found: Iterable[PricePiece]) -> list[Stretch]:
    """The pieces as stretches; where only the list price beside them changes, they are one."""
    joined: list[Stretch] = []
    for piece in found:
        one = Stretch(
            begins=piece.begins, ends=piece.ends, price=piece.price, promotion=piece.promotion, tool=piece.tool
        )  # fmt: skip
        if joined and joined[-1].ends == one.begins and _alike(joined[-1], one):
            joined[-1] = msgspec.structs.replace(joined[-1], ends=one.ends)
        else:
            joined.append(one)
    return joined


def _alike(one: Stretch, other: Stretch) -> bool:
    return (one.promotion, one.price) == (other.promotion, other.price)


def _holds(page: Sequence[Stretch], ends: datetime, now: datetime) -> datetime | None:
    hole = next((each for each in page if each.hole and each.ends > now), None)
    last = page[-1].ends
    return hole.begins if hole is not None else None if last >= ends else last


def cell(at: datetime, first: date, zone: tzinfo, cells: int) -> int:
    """The cell in which an instant lies, `cells` a day from 00:00 of the `first` day; rounded, half up."""
    day = at.astimezone(zone).date()
    start, end = midnight(day, zone), midnight(day + timedelta(days=1), zone)
    part = (at - start) / (end - start)
    return int(((day - first).days + part) * cells + 0.5)


def placed(
    row: BoardRow, first: date, zone: tzinfo, cells: int, days: int
) -> list[tuple[int, int]]:  # fmt: skip
    """For each stretch of a row the cells [from, to) it takes: at least one as long as there is room."""
    found: list[tuple[int, int]] = []
    at = 0
    end = cells * days
    for each in row.stretches:
        low = min(max(cell(each.begins, first, zone, cells), at), max(end - 1, at))
        high = min(max(cell(each.ends, first, zone, cells), low + 1), end)
        found.append((low, high))
        at = high
    return found
