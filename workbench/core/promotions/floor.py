"""The floor: the lowest price shown in the last 30 days (30 x 24 h), which the platform measures a new price against.

At an instant x it is taken over [x - 30 x 24 h, x): what begins at x is not in it yet, what ended exactly 30 days ago
no longer. Only what was entered counts, prices shown in a live too (the earliest reading, *assumed*); pieces whose
price is not known are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import msgspec

from workbench.core.promotions.coverage import CoverageMarket, PricePiece, pieces
from workbench.core.promotions.model import Promotion
from workbench.core.promotions.prices import ListPrice

#: Where nothing begins before and nothing ends after.
_FIRST, _LAST = datetime(1000, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


class Floor(msgspec.Struct, frozen=True, kw_only=True):
    """The lowest price at an instant. `set_by`: the promotion that showed it last, None for the list price.

    `changes_at`, `next_floor`: the first instant after it at which it differs, a fall being dated at the start of the
    lower price. `rises_at`: the first at which it is higher. `unknown`: part of the 30 days has no known price.
    """

    at: datetime
    floor: Decimal | None
    set_by: int | None
    changes_at: datetime | None
    next_floor: Decimal | None
    rises_at: datetime | None
    unknown: bool


def floor(
    sku: str, promotions: Iterable[Promotion], prices: Sequence[ListPrice], market: CoverageMarket, at: datetime,
    window: timedelta,
) -> Floor:  # fmt: skip
    """The floor of a SKU at `at`, over a `window` of the market (30 x 24 h)."""
    every = pieces(sku, promotions, prices, market, _FIRST, _LAST)
    known = [piece for piece in every if not piece.unknown]
    lowest = _lowest(known, at, window, after=False)
    changes_at, next_floor, rises_at = _turns(known, at, window, lowest)
    return Floor(
        at=at,
        floor=lowest,
        set_by=_set_by(known, at, window, lowest),
        changes_at=changes_at,
        next_floor=next_floor,
        rises_at=rises_at,
        unknown=any(piece.unknown and piece.begins < at and piece.ends > at - window for piece in every),
    )


def _lowest(known: Iterable[PricePiece], at: datetime, window: timedelta, *, after: bool) -> Decimal | None:
    """Over [at - window, at); with `after`, an instant later: what begins at `at` is in it then."""
    return min(
        (
            piece.price
            for piece in known
            if piece.price is not None
            and piece.ends > at - window
            and (piece.begins <= at if after else piece.begins < at)
        ),
        default=None,
    )


def _set_by(known: Iterable[PricePiece], at: datetime, window: timedelta, lowest: Decimal | None) -> int | None:
    """The promotion behind the piece that showed the lowest price last; a promotion goes before the list price."""
    held = [
        piece for piece in known if piece.price == lowest and piece.ends > at - window and piece.begins < at
    ]  # fmt: skip
    if not held:
        return None
    last = max(held, key=lambda piece: (min(piece.ends, at), piece.promotion is not None, -(piece.promotion or 0)))
    return last.promotion


def _turns(
    known: Sequence[PricePiece], at: datetime, window: timedelta, lowest: Decimal | None
) -> tuple[datetime | None, Decimal | None, datetime | None]:
    """(changes_at, next_floor, rises_at): only where a price begins, or leaves the window, can the floor turn."""
    falls = {piece.begins for piece in known if piece.begins >= at}
    leaves = {piece.ends + window for piece in known if piece.ends < _LAST and piece.ends + window > at}
    changes_at, next_floor, rises_at = None, None, None
    for moment in sorted(falls | leaves):
        for after in (False, True):
            if moment == at and not after:
                continue
            value = _lowest(known, moment, window, after=after)
            if changes_at is None and value != lowest:
                changes_at, next_floor = moment, value
            if rises_at is None and lowest is not None and value is not None and value > lowest:
                rises_at = moment
        if changes_at is not None and rises_at is not None:
            break
    return changes_at, next_floor, rises_at
