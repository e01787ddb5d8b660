"""Printed amounts into money: symbols, ISO codes and the two habits of separating thousands. Decimal, never float."""

from __future__ import annotations

import re
from decimal import Decimal

from workbench.core.tickets.model import Money

_SYMBOLS = {
    "US$": "USD", "S$": "SGD", "R$": "BRL", "RM": "MYR", "RP": "IDR", "฿": "THB", "₫": "VND", "Đ": "VND",
    "₱": "PHP", "£": "GBP", "€": "EUR",
}  # fmt: skip
#: Currencies that a bare `$` may mean; elsewhere it is the US dollar.
_DOLLARS = frozenset(("USD", "SGD", "AUD", "CAD", "HKD", "NZD", "TWD"))
#: Currencies without a minor unit in print, where a sign before exactly three final digits separates thousands.
_WHOLE = frozenset(("VND", "IDR"))

_PRINTED = re.compile(
    r"(-?)\s*(?:([^\d\s.,-][^\d.,-]*?)\.?)?\s*(-?)\s*(\d[\d.,\s]*\d|\d)\s*([^\d\s.,-][^\d.,-]*)?", re.ASCII
)
_BLANKS = str.maketrans("\u00a0\u202f", "  ")
_SPACED = re.compile(r"(?<=\d)\s(?=\d{3}(?!\d))")
_CODE = re.compile(r"[A-Z]{3}")
_LONGEST = 40


def read_money(text: str, currency: str | None) -> Money | None:
    """The amount printed as `text` in a market whose money is `currency`; None where it cannot be read.

    A symbol or code stands before or after the number; without one the amount is in the market's currency.
    """
    match = _PRINTED.fullmatch(text.translate(_BLANKS).strip()) if len(text) <= _LONGEST else None
    if match is None:
        return None
    minus, before, minus_after, number, after = match.groups()
    named = {_named(mark.strip().upper(), currency) for mark in (before, after) if mark} or {currency}
    if len(named) != 1 or (minus and minus_after):
        return None
    unit = named.pop()
    if unit is None and (before or after):
        return None
    amount = _amount(_SPACED.sub("", number), unit)
    if amount is None:
        return None
    return Money(-amount if minus or minus_after else amount, unit)


def _named(mark: str, currency: str | None) -> str | None:
    """The currency of a symbol or an ISO code in upper case; None for any other word."""
    if mark == "$":
        return currency if currency in _DOLLARS else "USD"
    if mark in _SYMBOLS:
        return _SYMBOLS[mark]
    return mark if _CODE.fullmatch(mark) else None


def _amount(number: str, currency: str | None) -> Decimal | None:
    """Both signs: the last is the decimal one. One sign repeated: thousands. One alone: by the digits behind it."""
    signs = [sign for sign in number if sign in ".,"]
    if not signs:
        whole, cents = number, ""
    elif len(set(signs)) == 2 and signs.count(signs[-1]) == 1:
        whole, _, cents = number.rpartition(signs[-1])
        whole = _joined(whole, signs[0])
    elif len(signs) == 1:
        whole, _, cents = number.partition(signs[0])
        if len(cents) == 3 and currency in _WHOLE:
            whole, cents = whole + cents, ""
    else:
        whole, cents = _joined(number, signs[0]), ""
    if not (whole + cents).isdigit() or len(whole) > 15 or len(cents) > 6:
        return None
    return Decimal(f"{whole}.{cents}" if cents else whole)


def _joined(number: str, sign: str) -> str:
    """`1.234.567` without its thousands signs; something that is no number where the groups are not of three."""
    first, *groups = number.split(sign)
    return first + "".join(groups) if all(len(group) == 3 for group in groups) else "?"
