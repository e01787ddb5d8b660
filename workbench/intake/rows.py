"""What the rows of the exports have in common: blanks, texts, lines and the words nobody knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from workbench.core.tickets.model import Line
from workbench.intake.ids import is_id
from workbench.intake.model import Unknown
from workbench.intake.text import BLANK, fold

__all__ = ["BLANK", "SHOWN", "Quantities", "Words", "is_id", "line", "merged", "unread"]

#: Characters of a cell that are shown in a sentence.
SHOWN = 40
_QUANTITY = re.compile(r"(\d{1,9})(?:[.,]0{1,2})?|(\d{1,3}(?:,\d{3}){1,2})", re.ASCII)


class Quantities:
    """Printed quantities as whole numbers, and those that nobody can read."""

    def __init__(self) -> None:
        self._read: dict[str, int | None] = {}
        self.unread: Counter[str] = Counter()

    def count(self, text: str) -> int | None:
        """The quantity; None where the cell is blank or cannot be read."""
        if text not in self._read:
            match = _QUANTITY.fullmatch(text)
            self._read[text] = int((match[1] or match[2]).replace(",", "")) if match else None
        found = self._read[text]
        if found is None and text not in BLANK:
            self.unread[text] += 1
        return found


def line(sku_id: str, seller_sku: str, product: str, quantity: int | None, price: str) -> Line:
    """One SKU line. The seller's own SKU may be blank, the platform's number then stands for it."""
    return Line(sku_id or None, seller_sku or sku_id or None, product or None, quantity, price or None)


class Words:
    """Localised words led back to the platform's, and a count of those that nobody knows."""

    def __init__(self, aliases: Mapping[str, str], column: str = "") -> None:
        self._aliases = {fold(alias): fold(word) for alias, word in aliases.items()}
        self._folded: dict[str, str] = {}
        self._unknown: Counter[str] = Counter()
        self._column = column

    def fold(self, text: str) -> str:
        """The platform's word for `text`, folded; "" for what stands for nothing."""
        word = self._folded.get(text)
        if word is None:
            word = "" if text in BLANK else fold(text)
            self._folded[text] = word = self._aliases.get(word, word)
        return word

    def wonder(self, text: str) -> None:
        """Count a row whose word `text` nobody knows, or whose word is missing."""
        self._unknown["" if text in BLANK else text] += 1

    def unknown(self) -> list[Unknown]:
        """The unknown words, in the order of the file."""
        return unread(self._unknown, self._column)


def unread(words: Mapping[str, int], column: str) -> list[Unknown]:
    """What was counted, as it is told."""
    return [Unknown(text, rows, column) for text, rows in words.items()]


def merged(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines without those that repeat an earlier one of the same SKU ID word for word."""
    found: list[Line] = []
    for line in lines:
        if line.sku_id is None or line not in found:
            found.append(line)
    return tuple(found)
