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
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E\+?\d{1,3}", re.IGNORECASE)
_DECIMAL = re.compile(r"\d+[.,]0+", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:([,.'\u2019 \u00a0\u202f])\d{3})(?:\1\d{3}){2,}", re.ASCII)
_FORMULA = re.compile(r'="?"?([^"]*)"?"?')
_APOSTROPHES = "'\u2019\u2018`\u00b4"
_AGAIN = say("Nothing was read. Export the file again and do not open it in a spreadsheet before the import.")


def is_id(text: str) -> bool:
    """Whether `text` is an id as the platform makes them: digits only."""
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST


def cleaned(text: str) -> str:
    """An id without what a program put around it to keep it text; "" for what stands for nothing."""
    text = seen(text)
    if text.startswith("=") and (match := _FORMULA.fullmatch(text)) is not None:
        text = match[1].strip()
    text = text.lstrip(_APOSTROPHES).strip()
    return "" if text in BLANK else text


def refuse_ruined(
    columns: Iterable[tuple[str, Collection[str]]], keys: Collection[str], long_numbers: Collection[str]
) -> None:
    """Raise `RefusedFile` if the ids in `columns` (header name and cells, cleaned) are ruined.

    Scientific notation, a decimal part or thousands signs in any column; any column among `long_numbers`, which hold
    a number of 16 or more digits; in the columns named by `keys`, alone or together, more than half of the ids (at
    least three) that end in zeros from digit 16 on, or that are what JavaScript prints for them.
    """
    zeros, printed = _Share(KEPT), _Share(_LONG - 1)
    for name, cells in columns:
        if name in long_numbers:
            raise _ruined(say("{column} holds numbers instead of text, their last digits are lost.", column=name))
        ids = set(cells)
        words = [] if "".join(ids).isdigit() else [id for id in dict.fromkeys(cells) if not id.isdigit()]
        for word in words:
            if _SCIENTIFIC.fullmatch(word) or _DECIMAL.fullmatch(word) or _GROUPED.fullmatch(word):
                raise _ruined(say('{column} reads "{text}".', column=name, text=word[:_LONGEST]))
        if name in keys:
            numbers = ids.difference(words) if words else ids
            ended = [id for id in numbers if id.endswith("0")]
            zeros.count(name, len(numbers), [id for id in ended if not id[KEPT:].strip("0")])
            long = sum(len(id) >= _LONG for id in numbers)
            printed.count(name, long, [id for id in ended if len(id) >= _LONG and _is_printed(id)])
    for share, whole in ((zeros, say("Most ids end in zeros.")), (printed, _rounded())):
        if share.most:
            raise _ruined(whole)


class _Share:
    """How many ids are doubtful, in each column and in all together."""

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._all = self._seen = 0

    def count(self, column: str, ids: int, doubtful: Iterable[str]) -> None:
        """One column. Raises where most of its ids are doubtful."""
        found = [id for id in doubtful if len(id) > self._kept]
        if _too_many(len(found), ids):
            how = say('{column} ends in zeros, as in "{text}".', column=column, text=min(found))
            raise _ruined(how if self._kept == KEPT else _rounded())
        self._all += ids
        self._seen += len(found)

    @property
    def most(self) -> bool:
        """Whether most of all ids are doubtful."""
        return _too_many(self._seen, self._all)


def _is_printed(id: str) -> bool:
    """Whether the id is what JavaScript prints for it: the shortest digits of its float, zeros behind."""
    return len(id) <= 21 and int(Decimal(repr(float(id)))) == int(id)


def _too_many(doubtful: int, ids: int) -> bool:
    return doubtful >= 3 and doubtful * 2 > ids


def _rounded() -> Saying:
    return say("They passed through a program that keeps 17 digits of a number, so most of them end in zeros.")


def _ruined(how: Saying) -> RefusedFile:
    return RefusedFile(say("A spreadsheet has ruined the ids: {how} {again}", how=how, again=_AGAIN))
