"""The ways in which a line's day, SKU and type can be read; `line` takes the best."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

import msgspec

from workbench.core.issues.days import CHINESE, day_word
from workbench.core.issues.names import TypeBook
from workbench.core.issues.reading import Part
from workbench.core.issues.skus import Skus
from workbench.core.saying import Misuse, Saying, say
from workbench.core.spelling import ends, skip_blanks, word_end

#: What opens a quoted SKU, as typed with and without an input method.
QUOTES = ('"', "\uff02", "\u201c")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"|\u201c([^\u201d]*)\u201d')
#: A quote inside a quoted SKU.
_TWICE = re.compile('(["\uff02])["\uff02]')
_WORD = re.compile(r"\S+")


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """One way to read the beginning of a line: the SKU stands from `start` to before `end`."""

    parts: tuple[Part, ...] = ()
    day: date | None = None
    start: int = 0
    end: int = 0
    skus: tuple[str, ...] = ()
    known: bool = False
    #: Whether it stands in quotes: meant exactly so.
    quoted: bool = False
    #: Where the type ends, and the types that its name means.
    type: tuple[int, tuple[str, ...]] | None = None
    problem: Saying | None = None

    def worth(self) -> tuple[bool, bool]:
        """What makes a way better than another; among equals the first is taken."""
        return self.type is not None, self.known


def ways(text: str, line: str, types: TypeBook, skus: Skus, today: date) -> Iterator[Way]:
    """Every way to read day, SKU and type, the natural one first."""
    for front, only_known in _days(line, today):
        at = skip_blanks(line, front.end)
        for way in _skus(text, line, at, types, skus):
            if way.known or not only_known:
                day = [Part("day", skip_blanks(line, 0), front.end)] if front.day else []
                sku = [Part("sku", way.start, way.end)] if way.skus else []
                begin = skip_blanks(line, way.end)
                kind = [Part("type", begin, way.type[0])] if way.type else []
                yield msgspec.structs.replace(
                    way, day=front.day, parts=(*day, *sku, *kind), problem=front.problem or way.problem
                )


def _days(line: str, today: date) -> Iterator[tuple[Way, bool]]:
    """The ways to begin: with a day or without; the second value says that only a known SKU may follow."""
    start = skip_blanks(line, 0)
    end = word_end(line, start)
    problem = None
    day = None
    try:
        day = day_word(line[start:end], today)
    except Misuse as error:
        problem = error.saying
    dated = day is not None or problem is not None
    if dated:
        yield Way(day=day, end=end, problem=problem), False
    yield Way(end=start), dated
    touching = [word for word in CHINESE if line.startswith(word, start) and start + len(word) < end]
    for word in touching:
        yield Way(day=day_word(word, today), end=start + len(word)), True


def _skus(text: str, line: str, at: int, types: TypeBook, skus: Skus) -> Iterator[Way]:
    """The ways to read the SKU at `at`, each with the type that follows; without a SKU where there is none."""

    def way(sku: str, end: int, *, quoted: bool = False) -> Way:
        known = skus.spelled(sku)
        type = types.match(line, skip_blanks(line, end))
        return Way(start=at, end=end, skus=known or (sku,), known=bool(known), quoted=quoted, type=type)

    if at == len(line):
        yield Way(start=at, end=at)
        return
    if line[at] in QUOTES:
        quoted = _QUOTED.match(line, at)
        if quoted is None:
            yield Way(start=at, end=len(line), problem=say('The quote before the SKU is not closed. Add a ".'))
            return
        inside = text[at + 1 : quoted.end() - 1]
        if line[at] == '"':
            inside = _TWICE.sub(r"\1", inside)
        yield way(inside, quoted.end(), quoted=True) if inside.strip() else Way(start=at, end=len(line))
        return
    ends_at = [hit.end() for hit in islice(_WORD.finditer(line, at), skus.most_words)]
    for end in reversed(ends_at):
        if end == ends_at[0] or skus.spelled(text[at:end]):
            yield way(text[at:end], end)
    for end in range(min(ends_at[0] - 1, at + skus.longest), at, -1):
        if ends(line, end) and skus.spelled(text[at:end]) and types.match(line, end):
            yield way(text[at:end], end)
