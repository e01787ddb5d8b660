"""Choosing creators: what is known of one, against what is wanted. What is missing is unknown, never 0."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import msgspec

#: The figures by what they are: plain numbers and amounts, shares, words.
NUMBERS = ("followers", "gmv_30d", "orders_30d", "products", "price_low", "price_high")
SHARES = ("engagement", "fulfilment", "reply_rate")
TEXTS = ("category", "audience", "brands")
#: In the order in which they are shown.
FIGURES = (
    "category", "followers", "audience", "gmv_30d", "orders_30d", "products", "engagement", "fulfilment", "reply_rate",
    "price_low", "price_high", "brands",
)  # fmt: skip


class Figure(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was read of a creator on a day: a number (a share as a fraction), or a word."""

    number: Decimal | None = None
    word: str | None = None
    day: date | None = None


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What is wanted of a figure."""

    at_least: Decimal | None = None
    at_most: Decimal | None = None
    one_of: tuple[str, ...] = ()


class Judged(msgspec.Struct, frozen=True):
    """One figure against what is wanted of it; `fits` is None where nobody knows."""

    figure: str
    value: Figure | None
    wanted: Wanted
    fits: bool | None


def screened(figures: Mapping[str, Figure], wanted: Mapping[str, Wanted]) -> Iterator[Judged]:
    """Every figure that something is wanted of, in their order."""
    for name in FIGURES:
        if name in wanted:
            found = figures.get(name)
            yield Judged(name, found, wanted[name], None if found is None else _fits(found, wanted[name]))


def _fits(figure: Figure, wanted: Wanted) -> bool | None:
    if wanted.one_of:
        return None if figure.word is None else figure.word.strip().casefold() in map(str.casefold, wanted.one_of)
    if figure.number is None:
        return None
    low = wanted.at_least is None or figure.number >= wanted.at_least
    return low and (wanted.at_most is None or figure.number <= wanted.at_most)
