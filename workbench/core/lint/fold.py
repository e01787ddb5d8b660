"""One form for the many ways to write a word, with a map back to where it stands.

`fold` takes NFKC, lower case, straight apostrophes, simplified Chinese and the Latin letter that a character of another
script only looks like; it drops invisible characters, and what was put between two Han characters to hide them (blanks
and `. - _ * /`, never a sentence mark, never a line break). In Latin script word borders stay; only a run of at least
three single letters with one blank or one such mark between each two is joined (`W h a t s A p p`). Patterns are folded
by the same function, so what is listed is found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from itertools import pairwise

import msgspec

_RUN = re.compile(r"(?<![^\W_])[a-z](?:[ .\-_*/][a-z]){2,}(?![^\W_])")
#: What may stand between two Han characters to hide them, or between Chinese and a letter as a matter of taste.
_GAP = re.compile(r"[ \t\u3000.\-_*/]+")
_QUOTES = {"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'", "\u00b4": "'"}


class Folded(msgspec.Struct, frozen=True):
    """A folded text. `at[i]` is the place in the original of its character i; `at` has one more for the end.

    `runs` are the joined runs of single letters, `hidden` the places at which an invisible character stood inside a
    word, or one of another script among Latin letters that it looks like, `gaps` those at which a mark between two Han
    characters was dropped; all of them places in `text`.
    """

    text: str
    at: tuple[int, ...]
    runs: tuple[tuple[int, int], ...] = ()
    hidden: frozenset[int] = frozenset()
    gaps: frozenset[int] = frozenset()

    def original(self, begin: int, end: int) -> tuple[int, int]:
        """The places in the original of a stretch of the folded text that is not empty."""
        return self.at[begin], self.at[end - 1] + 1


class FoldTable(dict[int, str]):
    """The folded form of each character, worked out when it is first met; "" for an invisible one.

    `scripts` gives the simplified for a traditional character, `lookalikes` the Latin letter for one that looks like
    it, as code points.
    """

    def __init__(self, scripts: Mapping[int, int] | None = None, lookalikes: Mapping[int, int] | None = None) -> None:
        super().__init__()
        self._scripts = scripts or {}
        self._looks = lookalikes or {}
        #: The characters met so far that only look like a Latin letter.
        self.lookalikes: set[str] = set()
        #: The characters met so far whose form is not one character, and those that only look like a letter.
        self.odd: set[str] = set()

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in _QUOTES:
            form = _QUOTES[char]
        else:
            form = "" if invisible(char) else unicodedata.normalize("NFKC", char).casefold()
            form = form.translate(self._scripts)
        latin = form.translate(self._looks)
        if latin != form:
            self.lookalikes.add(char)
            form = latin
        if len(form) != 1 or char in self.lookalikes:
            self.odd.add(char)
        self[code] = form
        return form


PLAIN = FoldTable()


def invisible(char: str) -> bool:
    """Whether nothing is drawn for it and it parts no word: format characters, soft hyphens, variation selectors."""
    return unicodedata.category(char) in ("Cf", "Mn") and (
        unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f" or char in "\u034f\u115f\u1160"
    )


def fold(text: str, table: FoldTable = PLAIN) -> Folded:
    """`text` folded, character by character as `table` says."""
    if text.isascii():
        plain, places = text.lower(), list(range(len(text)))
        if not _RUN.search(plain):
            return Folded(plain, (*places, len(text)))
        plain, places, hidden, gaps, runs = _without_runs(plain, places, set(), set())
        return Folded(plain, (*places, len(text)), tuple(runs))
    plain, places, hidden = _characters(text, table)
    plain, places, hidden, gaps = _without_hiding(plain, places, hidden)
    plain, places, hidden, gaps, runs = _without_runs(plain, places, hidden, gaps)
    return Folded(plain, (*places, len(text)), tuple(runs), frozenset(hidden), frozenset(gaps))


def _characters(text: str, table: FoldTable) -> tuple[str, list[int], set[int]]:
    plain = text.translate(table)
    if len(plain) == len(text) and table.odd.isdisjoint(text):
        return plain, list(range(len(text))), set()
    places: list[int] = []
    hidden: set[int] = set()
    for place, char in enumerate(text):
        folded = table[ord(char)]
        if (not folded and _inside(text, place)) or (char in table.lookalikes and _among_latin(text, place)):
            hidden.add(len(places))
        places.extend([place] * len(folded))
    return plain, places, hidden


def _inside(text: str, place: int) -> bool:
    """Whether an invisible character stands between two letters of one script that needs none there: the joiners of
    emoji, of Persian and of Indian scripts have their work."""
    before = text[place - 1 : place]
    after = text[place + 1 : place + 2]
    return all(
        char and char.isalnum() and (char < "\u0600" or "\u3040" <= char <= "\u9fff") for char in (before, after)
    )


def _among_latin(text: str, place: int) -> bool:
    """Whether a Latin letter stands beside it: a word of its own script has none."""
    beside = (text[max(0, place - 1) : place], text[place + 1 : place + 2])
    return any(char.isascii() and char.isalpha() for char in beside)


def _cut(
    plain: str, places: list[int], marks: set[int], cuts: list[tuple[int, int]]
) -> tuple[str, list[int], set[int], list[int]]:
    """Without the stretches `cuts`; also where each of them was."""
    parts: list[str] = []
    kept: list[int] = []
    starts: list[int] = []
    at = 0
    for begin, end in cuts:
        parts.append(plain[at:begin])
        kept.extend(places[at:begin])
        starts.append(len(kept))
        at = end
    parts.append(plain[at:])
    kept.extend(places[at:])
    moved = {place - sum(end - begin for begin, end in cuts if end <= place) for place in marks}
    return "".join(parts), kept, moved, starts


def _without_hiding(plain: str, places: list[int], hidden: set[int]) -> tuple[str, list[int], set[int], set[int]]:
    """Without what stands between two Han characters, and without blanks between one and a Latin letter or a figure."""
    cuts: list[tuple[int, int, bool]] = []
    for match in _GAP.finditer(plain):
        begin, end = match.span()
        if begin == 0 or end == len(plain):
            continue
        before, after = plain[begin - 1], plain[end]
        if _han(before) and _han(after):
            cuts.append((begin, end, match[0].strip(" \t") != ""))
        elif match[0].strip(" ") == "" and (
            (_han(before) and _plain_letter(after)) or (_plain_letter(before) and _han(after))
        ):
            cuts.append((begin, end, False))
    if not cuts:
        return plain, places, hidden, set()
    plain, places, hidden, starts = _cut(plain, places, hidden, [(begin, end) for begin, end, _mark in cuts])
    return plain, places, hidden, {at for at, (_begin, _end, mark) in zip(starts, cuts, strict=True) if mark}


def _han(char: str) -> bool:
    return (
        "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or "\uf900" <= char <= "\ufaff" or char == "\u3007"
    )


def _plain_letter(char: str) -> bool:
    return "a" <= char <= "z" or "0" <= char <= "9"


def _without_runs(
    plain: str, places: list[int], hidden: set[int], gaps: set[int]
) -> tuple[str, list[int], set[int], set[int], list[tuple[int, int]]]:
    found = [(match.start(), match.end()) for match in _RUN.finditer(plain)]
    if not found:
        return plain, places, hidden, gaps, []
    cuts = [(at, at + 1) for begin, end in found for at in range(begin + 1, end, 2)]
    after, kept, moved, _starts = _cut(plain, places, hidden, cuts)
    dropped = [begin for begin, _end in cuts]

    def to(place: int) -> int:
        return place - sum(1 for at in dropped if at < place)

    return after, kept, moved, {to(gap) for gap in gaps}, [(to(begin), to(end)) for begin, end in found]


def same(folded: Folded, begin: int, end: int) -> bool:
    """Whether the stretch stands in the original without anything dropped inside it."""
    return all(after - before <= 1 for before, after in pairwise(folded.at[begin:end]))
