"""What the performance exports say of one creator: his own line, his videos, his LIVE streams.

They speak of what he did for this shop. Where nothing was typed they stand in for what is screened: followers, sales,
orders, and the engagement of his videos, which is likes, comments and shares by views.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, tzinfo
from decimal import Decimal

import msgspec

from workbench.core.creators.sales import Performance, What
from workbench.core.creators.screening import Figure

#: What of videos and streams can be added up.
_SUMS = (
    "sales", "orders", "items", "refunds", "items_refunded", "commission", "flat_fee", "views", "likes", "comments",
    "shares", "impressions", "clicks", "viewers",
)  # fmt: skip
#: Which figures of his line are screened, by the name under which they are.
_SCREENED = {"followers": "followers", "sales": "gmv_30d", "orders": "orders_30d"}
_LIKED = ("likes", "comments", "shares")


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """His videos or streams together: how many, what is known of them added up, the newest, as of which day."""

    count: int
    figures: dict[str, Decimal]
    newest: datetime | None
    day: date


class Performed(msgspec.Struct, frozen=True, kw_only=True):
    """What files say of one creator. `figures` are those of his own line, each with the day it was read."""

    figures: dict[str, Figure] = {}
    videos: Series | None = None
    lives: Series | None = None

    @property
    def screened(self) -> Mapping[str, Figure]:
        """What can be screened, by the name of the figure."""
        found = {name: self.figures[own] for own, name in _SCREENED.items() if own in self.figures}
        engagement = None if self.videos is None else self.videos.figures.get("engagement")
        if self.videos is not None and engagement is not None:
            found["engagement"] = Figure(number=engagement, day=self.videos.day)
        return found


def handle_of(name: str) -> str:
    """A handle as it is compared."""
    return name.strip().removeprefix("@").casefold()


def performed(lines: Iterable[Performance], currency: str | None, zone: tzinfo) -> dict[str, Performed]:
    """By handle, what the lines say. Amounts of another currency than the shop's are left out."""
    own: dict[str, dict[str, Figure]] = {}
    made: dict[tuple[str, What], list[Performance]] = {}
    for line in lines:
        if line.creator is None:
            continue
        handle = handle_of(line.creator)
        if line.what == "creator":
            day = line.seen_at.astimezone(zone).date()
            own[handle] = {name: Figure(number=each, day=day) for name, each in _ours(line, currency).items()}
        elif line.what in ("video", "live"):
            made.setdefault((handle, line.what), []).append(line)
    return {
        handle: Performed(
            figures=own.get(handle, {}), videos=_series(made.get((handle, "video"), ()), currency, zone),
            lives=_series(made.get((handle, "live"), ()), currency, zone),
        )
        for handle in {*own, *(handle for handle, _what in made)}
    }  # fmt: skip


#: The figures that are amounts, and those that are shares.
AMOUNTS = (
    "sales", "refunds", "average_order", "commission", "flat_fee", "video_sales", "live_sales", "card_sales",
    "per_customer", "gpm",
)  # fmt: skip
RATES = ("ctr", "ctor", "completion", "engagement", "tapped")


def _ours(line: Performance, currency: str | None) -> Mapping[str, Decimal]:
    if line.currency in (None, currency):
        return line.figures
    return {name: each for name, each in line.figures.items() if name not in AMOUNTS}


def _series(lines: Collection[Performance], currency: str | None, zone: tzinfo) -> Series | None:
    if not lines:
        return None
    known = [_ours(line, currency) for line in lines]
    figures = {
        name: sum((each[name] for each in known if name in each), Decimal(0))
        for name in _SUMS if any(name in each for each in known)
    }  # fmt: skip
    watched = [each for each in known if each.get("views") and all(name in each for name in _LIKED)]
    views = sum((each["views"] for each in watched), Decimal(0))
    if views:
        figures["engagement"] = sum((each[name] for each in watched for name in _LIKED), Decimal(0)) / views
    return Series(
        count=len({line.key for line in lines}),
        figures=figures,
        newest=max((line.at for line in lines if line.at is not None), default=None),
        day=max(line.seen_at for line in lines).astimezone(zone).date(),
    )
