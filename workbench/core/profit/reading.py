"""Amounts and discounts as they are typed."""

from __future__ import annotations

import re
from decimal import Decimal

from workbench.core.profit.order import rounded
from workbench.core.saying import Misuse, say
from workbench.core.shares import read_share
from workbench.core.spelling import plain

_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,12})?|\.\d{1,12}", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_UNIT = re.compile(r"[A-Za-z]{3}\s+|\s*[A-Za-z]{3}$|[฿₫₱$£]\s*")


def read_amount(text: str, places: int, currency: str | None = None) -> Decimal:
    """An amount of 0 or more in the shop's currency, with its decimals. `Misuse` for anything else."""
    typed = plain(text).strip()
    unit = re.search(r"[A-Za-z]{3}", typed)
    if unit is not None and currency is not None and unit[0].upper() != currency:
        raise Misuse(say('"{text}" is not in {currency}, the currency of the shop.', text=text, currency=currency))
    number = _UNIT.sub("", typed)
    if _GROUPED.fullmatch(number):
        number = number.replace(",", "")
    if not _NUMBER.fullmatch(number):
        raise Misuse(say('"{text}" is not an amount. Write it like 249 or 249.50.', text=text))
    value = Decimal(number)
    whole = rounded(value, places)
    if whole != value:
        raise Misuse(say('"{text}" has more decimals than the currency.', text=text))
    return whole


def read_discount(text: str, price: Decimal, places: int) -> Decimal:
    """The price after a discount that is an amount (`30`) or a share of it (`10%`), rounded half up to the minor
    unit. `Misuse` where more comes off than there is."""
    if plain(text).strip().endswith("%"):
        return rounded(price * (1 - read_share(text)), places)
    off = read_amount(text, places)
    if off > price:
        raise Misuse(say("The discount {off} is more than the price {price}.", off=str(off), price=str(price)))
    return price - off
