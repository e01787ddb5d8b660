"""Coverage: which price of a SKU is shown when, and by what; and the holes in an everyday price.

A SKU has two layers. What the product's page shows: of the promotions that run, the one of the first rank, else the
list price. And what is shown in a live only (`live`), which never closes a hole. Pieces are half-open; one ends only
where its price, tool, promotion or list price changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

import msgspec

from workbench.core.promotions.chains import keeping
from workbench.core.promotions.model import IN_LIVE, SHOWN, Promotion, Tool
from workbench.core.promotions.prices import ListPrice, price_at, reduced


class PricePiece(msgspec.Struct, frozen=True, kw_only=True):
    """A price from an instant until another. `price` is None where it is not known (`unknown`): the list price is not,
    and nothing else says it. `tool` and `promotion` are None where the list price is shown."""

    begins: datetime
    ends: datetime
    price: Decimal | None
    list_price: Decimal | None
    tool: Tool | None = None
    promotion: int | None = None
    live: bool = False

    @property
    def unknown(self) -> bool:
        """Whether nobody knows what is shown."""
        return self.price is None

    def shows_as(self, other: PricePiece) -> bool:
        """Whether they are alike but for their time: two such neighbours are one piece."""
        return (
            self.promotion == other.promotion
            and self.price == other.price
            and self.list_price == other.list_price
            and self.tool == other.tool
            and self.live == other.live
        )


class CoverageMarket(msgspec.Struct, frozen=True):
    """What coverage needs of a market: the `rank` of each tool that shows a price (1 wins), and the decimal `places`
    of its currency."""

    rank: Mapping[str, int]
    places: int


def pieces(
    sku: str, promotions: Iterable[Promotion], prices: Sequence[ListPrice], market: CoverageMarket, begins: datetime,
    ends: datetime,
) -> list[PricePiece]:  # fmt: skip
    """The pieces of a SKU in [begins, ends), those of the page first, each layer by time."""
    mine = [each for each in promotions if _runs(each, begins, ends) and each.item_of(sku) is not None]
    page = _layer(sku, [each for each in mine if each.tool in SHOWN], prices, market, begins, ends, live=False)
    shown = _joined(page)
    if inside := [each for each in mine if each.tool in IN_LIVE]:
        shown += _joined(_layer(sku, inside, prices, market, begins, ends, live=True))
    return shown


def holes(
    sku: str, promotions: Iterable[Promotion], found: Sequence[PricePiece], ends: datetime
) -> list[tuple[datetime, datetime]]:
    """Where an everyday price of the SKU is not shown: pieces of the page without a promotion, while a chain wants its
    price kept. `found` are the pieces of a span that ends at `ends`; what is not known is no hole."""
    bare = [each for each in found if not (each.live or each.unknown or each.promotion is not None)]
    if not bare:
        return []
    wanted = list(keeping(sku, promotions, ends))
    cut: list[tuple[datetime, datetime]] = []
    for piece in bare:
        for since, until in wanted:
            low, high = max(piece.begins, since), min(piece.ends, until)
            if low < high:
                cut.append((low, high))
    return _united(cut)


def _runs(promotion: Promotion, begins: datetime, ends: datetime) -> bool:
    return promotion.starts_at < ends and begins < promotion.over_at and promotion.starts_at < promotion.over_at


def _layer(
    sku: str, promotions: Sequence[Promotion], prices: Sequence[ListPrice], market: CoverageMarket, begins: datetime,
    ends: datetime, *, live: bool,
) -> Iterator[PricePiece]:  # fmt: skip
    """Piece by piece, from one instant at which anything changes to the next: a sweep, with what runs held beside."""
    starting = sorted(promotions, key=lambda each: each.starts_at)
    ending = sorted((each.over_at, each.id) for each in promotions)
    changes = [begins, ends, *(each.since for each in prices if begins < each.since < ends)]
    changes += [each.starts_at for each in starting if each.starts_at > begins]
    changes += [at for at, _id in ending if at < ends]
    running: dict[int, Promotion] = {}
    begun = over = 0
    for at, until in pairwise(sorted(changes)):
        if at == until:  # told apart here: a set would reckon a number for each, which takes as long as all the rest
            continue
        while over < len(ending) and ending[over][0] <= at:
            running.pop(ending[over][1], None)
            over += 1
        while begun < len(starting) and starting[begun].starts_at <= at:
            running[starting[begun].id] = starting[begun]
            begun += 1
        listed = price_at(prices, at)
        shown = [(each, _price(each, sku, listed, market.places)) for each in running.values()]
        if shown:
            each, price = (
                min(shown, key=lambda one: _order(one[0], one[1], market.rank, live=live)) if shown[1:] else shown[0]
            )
            yield PricePiece(
                begins=at, ends=until, price=price, list_price=listed, tool=each.tool, promotion=each.id, live=live
            )
        elif not live:
            yield PricePiece(begins=at, ends=until, price=listed, list_price=listed)


def _price(promotion: Promotion, sku: str, listed: Decimal | None, places: int) -> Decimal | None:
    item = promotion.item_of(sku)
    assert item is not None
    if item.price is not None or item.percent is None or listed is None:
        return item.price
    return reduced(listed, item.percent, places)


def _order(
    promotion: Promotion, price: Decimal | None, rank: Mapping[str, int], *, live: bool
) -> tuple[int, bool, Decimal, int]:
    """By rank, then the lower price, then the lower id; in a live all tools are of one rank."""
    of_tool = 0 if live else rank.get(promotion.tool, len(rank) + 1)
    return of_tool, price is None, price if price is not None else Decimal(0), promotion.id


def _joined(found: Iterable[PricePiece]) -> list[PricePiece]:
    joined: list[PricePiece] = []
    for piece in found:
        if joined and joined[-1].ends == piece.begins and joined[-1].shows_as(piece):
            joined[-1] = msgspec.structs.replace(joined[-1], ends=piece.ends)
        else:
            joined.append(piece)
    return joined


def _united(spans: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    found: list[tuple[datetime, datetime]] = []
    for low, high in sorted(spans):
        if found and low <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], high)
        else:
            found.append((low, high))
    return found
