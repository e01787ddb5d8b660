"""What the rows of both kinds of export have in common: blanks, texts, lines and the words nobody knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from workbench.core.tickets.model import Line, Money
from workbench.intake.layout import fold
from workbench.intake.model import Unknown
from workbench.intake.money import read_money

#: What stands in a cell for "nothing".
BLANK = frozenset(("", "-", "--", "/", "N/A", "n/a", "null"))
#: Characters of a cell that are shown in a sentence.
SHOWN = 40
_LONGEST_ID = 32
_QUANTITY = re.compile(r"\d{1,9}", re.ASCII)


def is_id(text: str) -> bool:
    """Whether `text` is an id as the platform makes them: digits only."""
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID


def line(sku_id: str, seller_sku: str, product: str, quantity: str, price: str) -> Line:
    """One SKU line. The seller's own SKU may be blank, the platform's number then stands for it."""
    return Line(
        sku_id=sku_id or None,
        sku=seller_sku or sku_id or None,
        product=product or None,
        quantity=int(quantity) if _QUANTITY.fullmatch(quantity) else None,
        price=price or None,
    )


class Words:
    """Localised words led back to the platform's, and a count of those that nobody knows."""

    def __init__(self, aliases: Mapping[str, str]) -> None:
        self._aliases = {fold(alias): fold(word) for alias, word in aliases.items()}
        self._folded: dict[str, str] = {}
        self._unknown: Counter[str] = Counter()

    def fold(self, text: str) -> str:
        """The platform's word for `text`, folded."""
        word = self._folded.get(text)
        if word is None:
            word = fold(text)
            self._folded[text] = word = self._aliases.get(word, word)
        return word

    def wonder(self, text: str) -> None:
        """Count a row whose word `text` nobody knows; a blank is no word."""
        if text:
            self._unknown[text] += 1

    def unknown(self) -> list[Unknown]:
        """The unknown words, in the order of the file."""
        return [Unknown(text, rows) for text, rows in self._unknown.items()]


class Amounts:
    """Printed amounts as money; an export repeats its prices."""

    def __init__(self, currency: str | None) -> None:
        self._currency = currency
        self._read: dict[str, Money | None] = {}

    def money(self, text: str | None) -> Money | None:
        """The printed amount; None where it cannot be read."""
        if not text:
            return None
        if text not in self._read:
            self._read[text] = read_money(text, self._currency)
        return self._read[text]

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


def merged(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines without those that repeat an earlier one of the same SKU ID word for word."""
    found: list[Line] = []
    for line in lines:
        if line.sku_id is None or line not in found:
            found.append(line)
    return tuple(found)
