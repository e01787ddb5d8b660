"""Ids as programs leave them: what was put around them is taken off, and a file whose ids are ruined is refused.

A spreadsheet keeps 15 digits of a number, JavaScript about 17, and an export's ids have 18 or 19. A ruined id points
at another order, so one is enough to refuse the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from decimal import Decimal

from workbench.core.saying import Saying, say
from workbench.core.unseen import seen
from workbench.intake.model import RefusedFile
from workbench.intake.text import BLANK

#: Digits that a spreadsheet keeps of a number.
KEPT = 15
#: Shorter ids pass through JavaScript unharmed, or nobody can tell.
_LONG = 18
_LONGEST = 32
#: So many times as many as chance gives are no chance.
_CHANCE = 20
#: The endings of what can be a float of 18 digits: a multiple of 16 or more.
_EVEN = frozenset(f"{number:04}" for number in range(0, 10_000, 16))
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E\+?\d{1,3}", re.IGNORECASE)
_DECIMAL = re.compile(r"\d+[.,]0+", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:([,.'\u2019 \u00a0\u202f])\d{3})(?:\1\d{3}){2,}", re.ASCII)
#: An id behind what a person or a fixed width put before it.
_KEY = re.compile(r"#?\s*0*(\d{16,})", re.ASCII)
_FORMULA = re.compile(r'="?"?([^"]*)"?"?')
_APOSTROPHES = "'\u2019\u2018`\u00b4"
_AGAIN = say("Nothing was read. Export the file again and do not open it in a spreadsheet before the import.")


def is_id(text: str) -> bool:
    """Whether `text` is an id as the platform makes them: digits only."""
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST


def all_digits(cells: Iterable[str]) -> bool:
    """Whether nothing but the digits of ids is in the cells."""
    text = "".join(cells)
    return text.isascii() and text.isdigit()


def cleaned(text: str) -> str:
    """An id without what a program put around it to keep it text; "" for what stands for nothing."""
    text = seen(text)
    if text.startswith("=") and (match := _FORMULA.fullmatch(text)) is not None:
        text = match[1].strip()
    text = text.lstrip(_APOSTROPHES).strip()
    return "" if text in BLANK else text


def key(text: str) -> str:
    """As `cleaned`, of an id that the platform gives: without a number sign and zeros in front."""
    text = cleaned(text)
    match = _KEY.fullmatch(text)
    return match[1] if match is not None else text


def refuse_ruined(
    columns: Iterable[tuple[str, Collection[str]]], keys: Collection[str], long_numbers: Collection[str]
) -> None:
    """Raise `RefusedFile` if the ids in `columns` (header name and different cells, cleaned) are ruined.

    Scientific notation, a decimal part or thousands signs in any column; any column among `long_numbers`, which hold
    a number of 16 or more digits; in the columns named by `keys`, alone or together, more than half of the ids (at
    least three) that end in zeros from digit 16 on, that are what JavaScript prints for them, or that are a float
    to the last digit, as a data frame writes those that it kept as one.
    """
    zeros, printed, floats = _Share(KEPT), _Share(_LONG - 1), _Share(_LONG - 1)
    for name, cells in columns:
        if name in long_numbers:
            raise _ruined(say("{column} holds numbers instead of text, their last digits are lost.", column=name))
        words = [] if all_digits(cells) else [id for id in cells if not id.isdigit()]
        for word in words:
            if _SCIENTIFIC.fullmatch(word) or _DECIMAL.fullmatch(word) or _GROUPED.fullmatch(word):
                raise _ruined(say('{column} reads "{text}".', column=name, text=word[:_LONGEST]))
        if name in keys:
            numbers = [id for id in cells if id.isdigit()]
            zeros.count(name, len(numbers), [id for id in numbers if id[-1] == "0" and _is_cut(id)])
            long = [id for id in numbers if len(id) >= _LONG]
            printed.count(name, len(long), [id for id in long if id[-1] == "0" and _is_printed(id)])
            floats.count(name, len(long), [id for id in long if id[-4:] in _EVEN and int(float(id)) == int(id)])
    for share in (zeros, printed, floats):
        share.judge()


def rounded(cells: Collection[str]) -> set[str]:
    """The ids of a column that end in zeros from digit 16 on, where so many do not by chance: some of the ids went
    through a number, or were typed from a spreadsheet."""
    numbers = [id for id in cells if len(id) > KEPT and is_id(id)]
    found = {id for id in numbers if id[-1] == "0" and _is_cut(id)}
    return found if found and len(found) > _CHANCE * sum(10.0 ** (KEPT - len(id)) for id in numbers) else set()


class _Share:
    """How many ids are doubtful, in each column and in all together."""

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._all = self._seen = 0
        self._example: tuple[str, str] | None = None

    def count(self, column: str, ids: int, doubtful: Iterable[str]) -> None:
        """One column. Raises where most of its ids are doubtful."""
        found = [id for id in doubtful if len(id) > self._kept]
        if found:
            self._example = self._example or (column, found[0])
        if _too_many(len(found), ids):
            self._example = column, found[0]
            raise self._fault()
        self._all += ids
        self._seen += len(found)

    def judge(self) -> None:
        """Raise where most of all ids are doubtful."""
        if _too_many(self._seen, self._all):
            raise self._fault()

    def _fault(self) -> RefusedFile:
        column, text = self._example or ("", "")
        if self._kept == KEPT:
            return _ruined(say('{column} ends in zeros, as in "{text}".', column=column, text=text))
        how = say(
            'they passed through a program that keeps 17 digits of a number, such as "{text}" in {column}.',
            column=column, text=text,
        )  # fmt: skip
        return _ruined(how)


def _is_cut(id: str) -> bool:
    return not id[KEPT:].strip("0")


def _is_printed(id: str) -> bool:
    """Whether the id is what JavaScript prints for it: the shortest digits of its float, zeros behind."""
    return len(id) <= 21 and int(Decimal(repr(float(id)))) == int(id)


def _too_many(doubtful: int, ids: int) -> bool:
    return doubtful >= 3 and doubtful * 2 > ids


def _ruined(how: Saying) -> RefusedFile:
    return RefusedFile(say("A spreadsheet has ruined the ids: {how} {again}", how=how, again=_AGAIN))
