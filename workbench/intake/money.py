"""Printed amounts into money: symbols, ISO codes and the two habits of separating thousands. Decimal, never float."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from workbench.core.currencies import places
from workbench.core.money import Money
from workbench.core.tickets.model import Line
from workbench.core.unseen import seen
from workbench.intake.signs import DOLLARS, named, of_several
from workbench.intake.text import BLANK

_PRINTED = re.compile(
    r"(-?)\s*([^\d\s,-][^\d,-]*?)??\s*(-?)\s*(\d[\d.,\s]*\d|\d)\s*([^\d\s,-][^\d,-]*?)?\s*(-?)", re.ASCII
)
_BLANKS = str.maketrans("\u00a0\u202f\u2009\u2212", "   -")
_SPACED = re.compile(r"(?<=\d)\s(?=\d{3}(?!\d))")
#: A decimal sign: the last, before one or two final digits.
_CENTS = re.compile(r".*\d([.,])\d{1,2}", re.ASCII)
#: Three digits of a fraction as `xlsx_file` gives them, of a number that is no text.
_THOUSANDTHS = re.compile(r"\d{1,3}\.\d{3}0", re.ASCII)
_LONGEST = 40
_THOUSAND = 3

#: Signs that stand before cents somewhere in a file, with the currency of the amount.
Cents = frozenset[tuple[str | None, str]]


def read_money(text: str, currency: str | None, cents: Cents = frozenset()) -> Money | None:
    """The amount printed as `text` in a market whose money is `currency`; None where it cannot be read.

    A symbol or code stands before or after the number; without one the amount is in the market's currency. A sign
    alone before exactly three final digits separates thousands, unless it is among `cents`: then nobody can tell.
    """
    taken = _taken(text, currency)
    if taken is None:
        return None
    negative, number, unit, _ = taken
    amount = _amount(number, unit, cents)
    return None if amount is None else Money(-amount if negative else amount, unit)


class Amounts:
    """The printed amounts of a whole file; an export repeats its prices.

    `texts` are all of them: a sign that stands before cents in one does not separate thousands in another. `codes` are
    what stands in the file's column of currencies, which then says that of amounts without a sign. `unread` counts the
    rows whose amount nobody can read.
    """

    def __init__(self, currency: str | None, texts: Iterable[str] = (), codes: Iterable[str] = ()) -> None:
        self._currency = currency
        taken = [found for text in texts if text not in BLANK and (found := _taken(text, currency)) is not None]
        self._cents: Cents = frozenset(
            (unit, match[1]) for _, number, unit, _ in taken if (match := _CENTS.fullmatch(number)) is not None
        )
        self._read: dict[str, Money | None] = {}
        self._said: dict[str, str | None] = {}
        self.unread: Counter[str] = Counter()
        #: The currencies of the amounts; and of those that say theirs, None for one that does not and is not zero.
        column: set[str | None] = {code for text in codes if (code := code_of(text, currency)) is not None}
        signs: set[str | None] = {unit for _, _, unit, stated in taken if stated}
        plain = any(not stated and number.strip("0.,") for _, number, _, stated in taken)
        self._stated = column | signs | ({None} if plain and not column else set())
        units = column | signs if column else {unit for _, _, unit, _ in taken}
        self.currencies = sorted(unit for unit in units if unit is not None)

    @property
    def any(self) -> bool:
        """Whether the file prints an amount at all."""
        return bool(self._stated)

    @property
    def foreign(self) -> list[str]:
        """The currencies of the file, where every amount says one and none is the market's."""
        if self._currency is None or not self._stated or None in self._stated or self._currency in self._stated:
            return []
        return self.currencies

    def money(self, text: str | None) -> Money | None:
        """The printed amount; None where it cannot be read."""
        if not text:
            return None
        if text not in self._read:
            self._read[text] = None if text in BLANK else read_money(text, self._currency, self._cents)
        money = self._read[text]
        if money is None and text not in BLANK:
            self.unread[text] += 1
        return money

    def glance(self, text: str) -> Money | None:
        """As `money`, of a column whose amounts nobody has to read: what cannot be read is not counted."""
        if text in BLANK:
            return None
        if text not in self._read:
            self._read[text] = read_money(text, self._currency, self._cents)
        return self._read[text]

    def said(self, text: str) -> str | None:
        """The currency that the amount itself names; None where it is without a sign, or cannot be read."""
        if text not in self._said:
            taken = None if text in BLANK else _taken(text, self._currency)
            self._said[text] = taken[2] if taken is not None and taken[3] else None
        return self._said[text]

    def total(self, lines: Sequence[Line]) -> tuple[Money | None, Money | None]:
        """The sum of the lines' prices, and the largest where there are several.

        Neither where a price cannot be read or is of another currency.
        """
        if len(lines) == 1:
            return self.money(lines[0].price), None
        found = [self.money(line.price) for line in lines]
        amounts = [money for money in found if money is not None]
        if len(amounts) != len(found) or len({money.currency for money in amounts}) != 1:
            return None, None
        total = sum((money.amount for money in amounts), Decimal())
        return Money(total, amounts[0].currency), max(amounts, key=lambda money: money.amount)


def code_of(text: str, currency: str | None) -> str | None:
    """The currency that a cell of a column of currencies names, by its code or its sign; None for any other word."""
    return named(seen(text).upper(), currency)


def _taken(text: str, currency: str | None) -> tuple[bool, str, str | None, bool] | None:
    """Whether it is negative, the number as printed, its currency, and whether that was said."""
    if len(text) > _LONGEST:
        return None
    text = seen(text.translate(_BLANKS))
    inside = text.startswith("(") and text.endswith(")")
    match = _PRINTED.fullmatch(text[1:-1].strip() if inside else text)
    if match is None:
        return None
    first, before, second, number, after, last = match.groups()
    marks = [mark.strip().upper() for mark in (before, after) if mark]
    units = {named(mark, currency) for mark in marks} or {currency}
    if len(units) != 1 or sum(map(bool, (first, second, last, inside))) > 1:
        return None
    unit = units.pop()
    if unit is None and marks:
        return None
    number = _SPACED.sub("", number)
    if any(of_several(mark, currency) for mark in marks) and _CENTS.fullmatch(number):
        return None
    bare = all(mark == "$" for mark in marks) and (currency in DOLLARS or currency is None)
    return bool(first or second or last or inside), number, unit, bool(marks) and not bare


def _amount(number: str, unit: str | None, cents: Cents) -> Decimal | None:
    """Both signs: the last is the decimal one. One sign repeated: thousands. One alone: by the digits behind it."""
    if places(unit) == 0 and _THOUSANDTHS.fullmatch(number):
        number = number[:-1]  # a program took the 82.912 of the export for a number with a fraction
    signs = [sign for sign in number if sign in ".,"]
    if not signs:
        whole, part = number, ""
    elif len(set(signs)) == 2 and signs.count(signs[-1]) == 1:
        whole, _, part = number.rpartition(signs[-1])
        whole = _joined(whole, signs[0])
    elif len(signs) == 1:
        whole, _, part = number.partition(signs[0])
        if len(part) == _THOUSAND:
            if (unit, signs[0]) in cents or len(whole) > _THOUSAND or whole.startswith("0"):
                return None
            if places(unit) == _THOUSAND:  # nobody can tell 1.234 dinars from 1,234
                return None
            whole, part = whole + part, ""
        elif places(unit) == 0 and unit != "IDR" and len(whole) <= _THOUSAND and int(whole) and part != "00":
            return None  # 125.5 dong: a program took the 125.500 of the export for a number with a fraction
    else:
        whole, part = _joined(number, signs[0]), ""
    if not (whole + part).isdigit() or len(whole) > 15 or len(part) > 6:
        return None
    return Decimal(f"{whole}.{part}" if part else whole)


def _joined(number: str, sign: str) -> str:
    """`1.234.567` or, as in India, `12,34,567` without its signs; something that is no number in other groups."""
    first, *groups = number.split(sign)
    sizes = {len(group) for group in groups}
    indian = len(groups) > 1 and len(groups[-1]) == _THOUSAND and {len(group) for group in groups[:-1]} == {2}
    return first + "".join(groups) if sizes == {_THOUSAND} or indian else "?"
