"""Ids that a spreadsheet has ruined: it keeps 15 digits of a number, and an export's ids have 18 or 19.

A ruined id points at another order, so one is enough to refuse the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from workbench.core.saying import Saying, say
from workbench.intake.model import RefusedFile

#: Digits that a spreadsheet keeps of a number.
KEPT = 15
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E\+?\d{1,3}", re.IGNORECASE)
_AGAIN = say("Nothing was read. Export the file again and do not open it in a spreadsheet before the import.")


def refuse_ruined(
    columns: Iterable[tuple[str, Collection[str]]], keys: Collection[str], long_numbers: Collection[str]
) -> None:
    """Raise `RefusedFile` if a spreadsheet has ruined the ids in `columns` (header name and cells).

    Scientific notation in any column; any column among `long_numbers`, which hold a number of 16 or more digits; in
    the columns named by `keys`, alone or together, more than half of the ids (at least three) ending in zeros from
    digit 16 on.
    """
    all_digits = all_zeros = 0
    for name, cells in columns:
        if name in long_numbers:
            raise _ruined(say("{column} holds numbers instead of text, their last digits are lost.", column=name))
        ids = set(cells)
        words = [] if "".join(ids).isdigit() else [id for id in ids if not id.isdigit()]
        for word in words:
            if _SCIENTIFIC.fullmatch(word):
                raise _ruined(say('{column} reads "{text}".', column=name, text=word))
        if name in keys:
            digits = len(ids) - len(words)
            zeros = [id for id in ids if id.endswith("0") and len(id) > KEPT and not id[KEPT:].strip("0")]
            if _too_many(len(zeros), digits):
                raise _ruined(say('{column} ends in zeros, as in "{text}".', column=name, text=min(zeros)))
            all_digits, all_zeros = all_digits + digits, all_zeros + len(zeros)
    if _too_many(all_zeros, all_digits):
        raise _ruined(say("Most ids end in zeros."))


def _too_many(zeros: int, ids: int) -> bool:
    return zeros >= 3 and zeros * 2 > ids


def _ruined(how: Saying) -> RefusedFile:
    return RefusedFile(say("A spreadsheet has ruined the ids: {how} {again}", how=how, again=_AGAIN))
