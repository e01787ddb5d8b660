"""Promotions, coverage and the floor as the interface promises them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from workbench.core.promotions.coverage import PricePiece
from workbench.core.promotions.floor import Floor
from workbench.core.promotions.limits import Limit
from workbench.core.promotions.model import Item, Promotion
from workbench.core.promotions.prices import ListPrice
from workbench.core.promotions.standing import PromotionStanding
from workbench.i18n import render
from workbench.output.json import Document, Shaper


def amount(value: Decimal | None) -> str | None:
    """An amount as decimal text, in the shop's currency."""
    return None if value is None else f"{value:f}"


def promotion(shaper: Shaper, stands: PromotionStanding) -> Document:
    """A promotion with what the market allows of it, and what is worth telling."""
    time, found = shaper.time, stands.promotion
    return {
        "id": found.ref,
        "tool": found.tool,
        "name": found.name,
        "currency": stands.currency,
        "items": [_item(item, listed) for item, listed in zip(found.items, stands.listed, strict=True)],
        "starts_at": time(found.starts_at),
        "ends_at": time(found.ends_at),
        "keep": found.keep,
        "state": found.state(shaper.now),
        "renews": _ref("P", found.renews),
        "renewed_by": _ref("P", stands.renewed_by),
        "creator": found.creator,
        "deal": _ref("D", found.deal),
        "campaign": _ref("C", found.campaign),
        "near_at": time(stands.near_at),
        "republish_by": time(stands.republish_by),
        "limit": _limit(stands.limit),
        "warnings": [render(saying) for saying in stands.warnings],
        "stopped_at": time(found.stopped_at),
        "note": found.note,
    }


def renewal(
    shaper: Shaper, found: Promotion, item: Item, price: Decimal | None, back: Decimal | None
) -> Document:  # fmt: skip
    """An everyday price that ends: `price` is None where the item is a percentage of a price that is not known."""
    return {
        "id": found.ref, "sku": item.sku, "ends_at": shaper.time(found.ends_at), "price": amount(price),
        "list_price": amount(back),
    }  # fmt: skip


def _ref(letter: str, number: int | None) -> str | None:
    return None if number is None else f"{letter}-{number}"


def _item(item: Item, listed: Decimal | None) -> Document:
    return {
        "sku": item.sku, "price": amount(item.price), "percent": amount(item.percent), "list_price": amount(listed),
    }  # fmt: skip


def _limit(limit: Limit | None) -> Document | None:
    if limit is None:
        return None
    return {
        "longest": None if limit.longest is None else int(limit.longest.total_seconds()),
        "shortest": None if limit.shortest is None else int(limit.shortest.total_seconds()),
        "source": limit.source or None,
        "as_of": None if limit.as_of is None else limit.as_of.isoformat(),
        "assumed": not limit.official,
    }


def coverage(
    shaper: Shaper, found: Iterable[tuple[str, Sequence[PricePiece], Sequence[tuple[datetime, datetime]]]]
) -> Document:  # fmt: skip
    """For each SKU its pieces and holes."""
    time = shaper.time
    return {
        "skus": [
            {
                "sku": sku,
                "pieces": [_piece(shaper, piece) for piece in pieces],
                "holes": [{"from": time(low), "to": time(high)} for low, high in holes],
            }
            for sku, pieces, holes in found
        ]
    }


def _piece(shaper: Shaper, piece: PricePiece) -> Document:
    return {
        "from": shaper.time(piece.begins),
        "to": shaper.time(piece.ends),
        "price": amount(piece.price),
        "tool": piece.tool,
        "promotion": _ref("P", piece.promotion),
        "list_price": amount(piece.list_price),
        "live": piece.live,
        "unknown": piece.unknown,
    }


def floor(shaper: Shaper, sku: str, found: Floor) -> Document:
    """The lowest price shown in the last 30 days."""
    return {
        "sku": sku,
        "at": shaper.time(found.at),
        "floor": amount(found.floor),
        "set_by": _ref("P", found.set_by),
        "changes_at": shaper.time(found.changes_at),
        "next_floor": amount(found.next_floor),
        "rises_at": shaper.time(found.rises_at),
        "unknown": found.unknown,
    }


def prices(shaper: Shaper, sku: str, found: Iterable[ListPrice]) -> Document:
    """The list prices of a SKU."""
    return {
        "sku": sku,
        "prices": [
            {"price": amount(each.price), "from": shaper.time(each.since), "source": each.source} for each in found
        ],
    }
