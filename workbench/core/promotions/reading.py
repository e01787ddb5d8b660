"""Prices, percentages and items as they are typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from workbench.core.promotions.model import Item
from workbench.core.saying import Misuse, say
from workbench.core.spelling import plain

_AMOUNT = re.compile(r"(?:[^\d\s.,-]{1,3}\s?|[A-Za-z]{3}\s)?(\d{1,12}(?:,\d{3})*(?:\.\d{1,3})?)(?:\s?[A-Za-z]{3})?")
_PERCENT = re.compile(r"(\d{1,2}(?:\.\d{1,4})?)\s?%?")


def read_amount(text: str, places: int, *, nothing: bool = False) -> Decimal:
    """An amount above 0 (or, where that may be, 0) in the shop's currency, with its decimals. `Misuse` for anything
    else."""
    match = _AMOUNT.fullmatch(plain(text).strip())
    value = Decimal(match[1].replace(",", "")) if match else None
    if value is None or (value <= 0 and not nothing):
        raise Misuse(say('"{text}" is not a price. Write it like 249 or 249.50.', text=text))
    whole = value.quantize(Decimal(1).scaleb(-places))
    if whole != value:
        raise Misuse(say('"{text}" has more decimals than the currency.', text=text))
    return whole


def read_percent(text: str) -> Decimal:
    """A percentage above 0 and below 100. `Misuse` for anything else."""
    match = _PERCENT.fullmatch(plain(text).strip())
    value = Decimal(match[1]) if match else Decimal(0)
    if not 0 < value < 100:
        raise Misuse(say('"{text}" is not a percentage off. Write it like 10%.', text=text))
    return value


def read_items(items: Sequence[str], percent: str | None, places: int) -> tuple[Item, ...]:
    """What a promotion is about: `SKU=249` with a price, `SKU` with the percentage off, none of them: all with it."""
    off = None if percent is None else read_percent(percent)
    found: dict[str | None, Item] = {}
    for text in items:
        sku, sign, price = text.rpartition("=")
        name = (sku if sign else text).strip()
        if not name:
            raise Misuse(say('"{text}" names no SKU. Write it like MUG-SET-4=249.', text=text))
        if name in found:
            raise Misuse(say("{sku} stands twice.", sku=name))
        if sign:
            found[name] = Item(name, read_amount(price, places))
        elif off is not None:
            found[name] = Item(name, percent=off)
        else:
            raise Misuse(say("Say at which price: {sku}=249, or --percent 10%.", sku=name))
    if off is not None and not any(item.percent is not None for item in found.values()):
        found[None] = Item(percent=off)
    return tuple(found.values())
