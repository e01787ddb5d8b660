"""Finding the words of all lists in one pass over a folded text.

A word of Latin letters stands between word borders; `refund*` is the beginning of one; several parted by a blank may
have up to three blanks or hyphens between them, single letters also a dot or another mark (`q q` finds `Q.Q`). A word
with a character of another script is found wherever it stands, but a letter or a figure at its border never touches
another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from operator import add
from typing import Any, NamedTuple

from workbench.core.lint.fold import Folded, FoldTable, fold

_TOKEN = re.compile(r"[0-9a-z\u00df-\u024f\u1e00-\u1eff]+(?:'[a-z]+)?")
_GAP = re.compile(r"[ \t\u00a0-]{0,3}")
_MARK = re.compile(r"[ .\-_*/]{1,3}")
_LATIN = re.compile(r"[0-9a-z\u00df-\u024f\u1e00-\u1eff' *-]+")
#: By so many characters the words are sorted into boxes.
_HEAD = 3


class WordHit(NamedTuple):
    """A word of a list in a folded text."""

    begin: int
    end: int
    list: str
    #: It is the completion of a run of single letters.
    run: bool = False


class _Phrase(NamedTuple):
    tokens: tuple[str, ...]
    open: bool
    lists: tuple[str, ...]


class Pattern(NamedTuple):
    """A regular expression over folded text, and what must stand somewhere in a text for it to be worth a try."""

    name: str
    expression: re.Pattern[str]
    any: tuple[str, ...]


class WordBook:
    """The words and patterns of some lists, ready to be looked for."""

    def __init__(
        self,
        lists: Mapping[str, Iterable[str]],
        patterns: Mapping[str, Mapping[str, Any]],
        table: FoldTable,
    ) -> None:
        self.patterns = [
            Pattern(name, re.compile(each["is"]), tuple(each.get("any", ()))) for name, each in patterns.items()
        ]
        self.names = {*lists, *(each.get("list", name) for name, each in patterns.items())}
        self._named = {name: str(each.get("list", name)) for name, each in patterns.items()}
        words: dict[str, list[str]] = {}
        for name, listed in lists.items():
            for word in listed:
                words.setdefault(_spelled(word, table), []).append(name)
        self._single: dict[str, tuple[str, ...]] = {}
        self._open: dict[str, list[_Phrase]] = {}
        self._pairs: dict[tuple[str, str], list[_Phrase]] = {}
        self._anywhere: dict[str, list[tuple[str, bool, tuple[str, ...]]]] = {}
        for word, names in words.items():
            self._add(word, tuple(names))
        #: The words of one character.
        self._alone = {word for word in self._anywhere if len(word) == 1}

    def _add(self, word: str, names: tuple[str, ...]) -> None:
        if not _LATIN.fullmatch(word):
            bordered = word[0].isascii() or word[-1].isascii()
            self._anywhere.setdefault(word[:2], []).append((word, bordered, names))
            return
        tokens = tuple(word.rstrip("*").replace("-", " ").split())
        phrase = _Phrase(tokens, word.endswith("*"), names)
        if len(tokens) > 1:
            self._pairs.setdefault((tokens[0], tokens[1][:_HEAD]), []).append(phrase)
        elif phrase.open:
            self._open.setdefault(tokens[0][:_HEAD], []).append(phrase)
        else:
            self._single[tokens[0]] = names

    def find(self, folded: Folded) -> dict[str, list[WordHit]]:
        """Every hit by list, in the order of the text; of overlapping words of one list the longest."""
        found: dict[str, list[WordHit]] = {}
        for hit in self._hits(folded):
            found.setdefault(hit.list, []).append(hit)
        return {name: _longest(hits) if len(hits) > 1 else hits for name, hits in found.items()}

    def _hits(self, folded: Folded) -> Iterator[WordHit]:
        text = folded.text
        yield from self._latin(text, {begin for begin, _end in folded.runs})
        if not text.isascii():
            yield from self._elsewhere(text)
        for name, expression, any_of in self.patterns:
            if not any_of or any(mark in text for mark in any_of):
                for match in expression.finditer(text):
                    if match.end() > match.start():
                        yield WordHit(match.start(), match.end(), self._named[name])

    def _latin(self, text: str, runs: set[int]) -> Iterator[WordHit]:
        tokens = [(match.start(), match.end(), match[0]) for match in _TOKEN.finditer(text)]
        single, opened, pairs = self._single, self._open, self._pairs
        following = ""
        for n in range(len(tokens) - 1, -1, -1):
            begin, end, word = tokens[n]
            for name in single.get(word, ()):
                yield WordHit(begin, end, name, begin in runs)
            for phrase in opened.get(word[:_HEAD], ()):
                if word.startswith(phrase.tokens[0]):
                    for name in phrase.lists:
                        yield WordHit(begin, end, name, begin in runs)
            for phrase in pairs.get((word, following), ()):
                if last := _matched(text, tokens, n, phrase):
                    for name in phrase.lists:
                        yield WordHit(begin, last, name)
            if begin in runs:
                yield from self._in_run(begin, word)
            following = word[:_HEAD]

    def _elsewhere(self, text: str) -> Iterator[WordHit]:
        anywhere = self._anywhere
        for at, pair in enumerate(map(add, text, text[1:])):
            for word, bordered, names in anywhere.get(pair, ()):
                if (len(word) == 2 or text.startswith(word, at)) and not (
                    bordered and _glued(text, at, at + len(word))
                ):
                    for name in names:
                        yield WordHit(at, at + len(word), name)
        for char in self._alone & set(text):
            for _word, _bordered, names in anywhere[char]:
                for match in re.finditer(re.escape(char), text):
                    for name in names:
                        yield WordHit(match.start(), match.end(), name)

    def _in_run(self, begin: int, run: str) -> Iterator[WordHit]:
        """A listed word inside a run of single letters: an article may stand before it."""
        for at in range(len(run)):
            for end in range(at + 3, len(run) + 1):
                if (at, end) != (0, len(run)):
                    for name in self._single.get(run[at:end], ()):
                        yield WordHit(begin + at, begin + end, name, True)
            for phrase in self._open.get(run[at : at + _HEAD], ()):
                if run.startswith(phrase.tokens[0], at):
                    for name in phrase.lists:
                        yield WordHit(begin + at, begin + at + len(phrase.tokens[0]), name, True)


def _spelled(word: str, table: FoldTable) -> str:
    """A listed word, folded as texts are; its parting of single letters (`q q`) stays."""
    return word.casefold() if word.isascii() else fold(word, table).text


def _matched(text: str, tokens: list[tuple[int, int, str]], n: int, phrase: _Phrase) -> int:
    """Where the phrase that begins at token `n` ends; 0 where it does not stand there."""
    last = len(phrase.tokens) - 1
    if n + last >= len(tokens):
        return 0
    end = 0
    for k, wanted in enumerate(phrase.tokens):
        begin, end, word = tokens[n + k]
        if word != wanted and not (k == last and phrase.open and word.startswith(wanted)):
            return 0
        if k:
            between = text[tokens[n + k - 1][1] : begin]
            single = len(wanted) == 1 and len(phrase.tokens[k - 1]) == 1
            if not (between and _GAP.fullmatch(between)) and not (single and _MARK.fullmatch(between)):
                return 0
    return end


def _glued(text: str, begin: int, end: int) -> bool:
    """Whether a letter or a figure at a border of the word touches another one of the text."""
    return (begin > 0 and _one_word(text[begin - 1], text[begin])) or (
        end < len(text) and _one_word(text[end - 1], text[end])
    )


def _one_word(left: str, right: str) -> bool:
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def _longest(hits: list[WordHit]) -> list[WordHit]:
    hits.sort(key=lambda hit: (hit.begin, -hit.end))
    kept: list[WordHit] = []
    for hit in hits:
        if not kept or hit.begin >= kept[-1].end or hit.end > kept[-1].end:
            kept.append(hit)
    return kept
