"""Finding the words of all lists in one pass over a folded text.

A word of Latin letters stands between word borders; `refund*` is the beginning of one; several parted by a blank may
have up to three blanks or hyphens between them, single letters also a dot or another mark (`q q` finds `Q.Q`). A word
with a character of another script is found wherever it stands, but a letter or a figure at its border never touches
another one, and two words that meet make no third one: what a word of the list `seams` overlaps by a part is none
(添加我们 holds no 加我).

A word is read as it was meant: in its usual spelling (`pls`, `revew`), without the figures that stand for letters
(`wh4tsapp`), without letters drawn out (`pleaaase`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property
from operator import add
from typing import Any, NamedTuple

from workbench.core.lint.fold import Folded
from workbench.core.lint.index import HEAD, Branch, MixedWord, Names, WordIndex

_ASCII_TOKEN = re.compile(r"[0-9a-z]+(?:'[a-z]+)?")
_GAP = re.compile(r"[ \t\u00a0-]{0,3}")
_MARK = re.compile(r"[ .\-_*/]{1,3}")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
#: A figure among letters, or a letter drawn out: only then is a second look worth its time.
_ODD = re.compile(r"[a-z][013457][a-z]|([a-z])\1\1")
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
#: The letters that figures stand for.
_FIGURES = str.maketrans("013457", "oieast")
#: The list of common words that keep others from being found across a border between two words.
SEAMS = "seams"


class WordHit(NamedTuple):
    """A word of a list in a folded text."""

    begin: int
    end: int
    list: str
    #: It is the completion of a run of single letters.
    run: bool = False


class Pattern:
    """A regular expression over folded text, compiled when it is first tried.

    It is tried where one of `any` stands in the text, one of `also`, and where a word of the list `beside` was found;
    each of them where it is given.
    """

    def __init__(self, name: str, each: Mapping[str, Any]) -> None:
        self.name: str = each.get("list", name)
        self._source: str = each["is"]
        self.any = frozenset(each["any"])
        self.also = frozenset(each["also"]) if "also" in each else self.any
        self.beside: str | None = each.get("beside")

    def hits(self, text: str, found: dict[str, list[WordHit]]) -> None:
        """Put its hits to the others."""
        for match in self.expression.finditer(text):
            if match.end() > match.start():
                _put(found, (self.name,), match.start(), match.end())

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The expression."""
        return re.compile(self._source)


class WordBook:
    """The words and patterns of some lists, ready to be looked for.

    `elsewhere` brings the words of other scripts where the index has none: only a text that has any needs them.
    """

    def __init__(
        self,
        index: WordIndex,
        patterns: Mapping[str, Mapping[str, Any]],
        elsewhere: Callable[[], dict[str, list[MixedWord]]] | None = None,
    ) -> None:
        self._index = index
        self._more = elsewhere
        every = [Pattern(name, each) for name, each in patterns.items()]
        self.names = {*index.names, *(each.name for each in every)}
        self._patterns = [each for each in every if each.beside is None]
        self._beside = [each for each in every if each.beside is not None]
        #: The patterns by what they ask for, which is looked for once for all of them.
        self._by_mark: dict[str, list[int]] = {}
        for number, each in enumerate(self._patterns):
            for mark in each.any | each.also:
                self._by_mark.setdefault(mark, []).extend([number] if mark in each.any else [])
        self._marks = tuple(mark for mark in self._by_mark if len(mark) > 1)
        self._ascii_marks = tuple(mark for mark in self._marks if mark.isascii())

    def find(self, folded: Folded) -> dict[str, list[WordHit]]:
        """Every hit by list, in the order of the text; of overlapping words of one list the longest."""
        text = folded.text
        found: dict[str, list[WordHit]] = {}
        self._latin(text, {begin for begin, _end in folded.runs}, found)
        if not text.isascii():
            self._elsewhere(text, found)
        chars = set(text)
        marks = self._ascii_marks if text.isascii() else self._marks
        present = chars | {mark for mark in marks if mark in text}
        for word, names in self._index.alone.items():
            if word[0] in chars:
                for at in _places_of(word, text):
                    if len(word) == 1 or not _glued(text, at, at + len(word)):
                        _put(found, names, at, at + len(word))
        _without_seams(found)
        for number in sorted({number for mark in present & self._by_mark.keys() for number in self._by_mark[mark]}):
            if not self._patterns[number].also.isdisjoint(present):
                self._patterns[number].hits(text, found)
        for pattern in self._beside:
            if pattern.beside in found and any(mark in text for mark in pattern.any):
                pattern.hits(text, found)
        return {name: _longest(hits) if len(hits) > 1 else hits for name, hits in found.items()}

    def _latin(self, text: str, runs: set[int], found: dict[str, list[WordHit]]) -> None:
        token = _ASCII_TOKEN if text.isascii() else _token()
        tokens = [(match.start(), match.end(), match[0]) for match in token.finditer(text)]
        disguised: set[int] = set()
        if _ODD.search(text) or not self._index.meant.keys().isdisjoint(token.findall(text)):
            tokens, disguised = self._as_meant(tokens)
        single, opened, phrases = self._index.single, self._index.open, self._index.phrases
        for n, (begin, end, word) in enumerate(tokens):
            if word in single:
                _put(found, single[word], begin, end, run=begin in runs or begin in disguised)
            head = word[:HEAD]
            if head in opened:
                for start, names in opened[head]:
                    if word.startswith(start):
                        _put(found, names, begin, end, run=begin in runs)
            if word in phrases:
                self._phrase(text, tokens, n, phrases[word], found)
            if begin in runs:
                self._in_run(begin, word, found)

    def _as_meant(self, tokens: list[tuple[int, int, str]]) -> tuple[list[tuple[int, int, str]], set[int]]:
        """The words in their usual spelling, and where figures stood for letters."""
        read = [(begin, end, self._meant(word)) for begin, end, word in tokens]
        return read, {
            begin
            for (begin, _end, word), (_begin, _stop, meant) in zip(tokens, read, strict=True)
            if word != meant and not word.isalpha() and meant.isalpha()
        }

    def _meant(self, word: str) -> str:
        """The usual spelling, without figures for letters and letters drawn out where a listed word remains."""
        index = self._index
        if word in index.meant:
            return index.meant[word]
        if word in index.single or (word.isalpha() and not _DRAWN_OUT.search(word)):
            return word
        for plain in (word.translate(_FIGURES), _DRAWN_OUT.sub(r"\1\1", word), _DRAWN_OUT.sub(r"\1", word)):
            usual = index.meant.get(plain, plain)
            if (
                plain != word
                and plain.isalpha()
                and (usual in index.single or usual in index.phrases or self._opens(usual))
            ):
                return usual
        return word

    def _opens(self, word: str) -> bool:
        return any(word.startswith(start) for start, _names in self._index.open.get(word[:HEAD], ()))

    @staticmethod
    def _phrase(
        text: str, tokens: list[tuple[int, int, str]], n: int, branch: Branch, found: dict[str, list[WordHit]]
    ) -> None:
        begin, before, word = tokens[n]
        for k in range(n + 1, len(tokens)):
            start, end, following = tokens[k]
            gap = text[before:start]
            if gap != " " and not (
                (gap and _GAP.fullmatch(gap)) or (len(word) == len(following) == 1 and _MARK.fullmatch(gap))
            ):
                return
            for opening, names in branch.open:
                if following.startswith(opening):
                    _put(found, names, begin, end)
            more = branch.more.get(following)
            if more is None:
                return
            if more.ends:
                _put(found, more.ends, begin, end)
            branch, before, word = more, end, following

    @cached_property
    def _longest_word(self) -> int:
        """The letters of the longest word: no longer one is looked for in a run, which may be a whole text."""
        return max(map(len, self._index.single), default=0)

    @cached_property
    def _anywhere(self) -> dict[str, list[MixedWord]]:
        return self._index.anywhere if self._more is None else self._more()

    def _elsewhere(self, text: str, found: dict[str, list[WordHit]]) -> None:
        anywhere = self._anywhere
        for stretch in _FOREIGN.finditer(text):
            first = max(stretch.start() - 1, 0)
            part = text[first : stretch.end() + 1]
            for place, pair in enumerate(map(add, part, part[1:]), first):
                if pair in anywhere:
                    for word, at, bordered, names in anywhere[pair]:
                        begin = place - at
                        if (len(word) == 2 or text.startswith(word, begin)) and begin >= 0:
                            end = begin + len(word)
                            if not (bordered and _glued(text, begin, end)):
                                _put(found, names, begin, end)

    def _in_run(self, begin: int, run: str, found: dict[str, list[WordHit]]) -> None:
        """A listed word inside a run of single letters: an article may stand before it."""
        for at in range(len(run)):
            for end in range(at + 3, min(at + self._longest_word, len(run)) + 1):
                if (at, end) != (0, len(run)):
                    _put(found, self._index.single.get(run[at:end], ()), begin + at, begin + end, run=True)
            for start, names in self._index.open.get(run[at : at + HEAD], ()):
                if run.startswith(start, at):
                    _put(found, names, begin + at, begin + at + len(start), run=True)


@cache
def _token() -> re.Pattern[str]:
    """A word of Latin letters, with accents too; only a text that has any needs it."""
    return re.compile(r"[0-9a-z\u00df-\u024f\u1e00-\u1eff]+(?:'[a-z]+)?")


def _places_of(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _without_seams(found: dict[str, list[WordHit]]) -> None:
    """Take out what a common word overlaps by a part."""
    seams = found.pop(SEAMS, None)
    if seams is None:
        return
    inside: dict[int, list[WordHit]] = {}
    for seam in seams:
        for place in range(seam.begin + 1, seam.end):
            inside.setdefault(place, []).append(seam)
    for name, hits in list(found.items()):
        kept = [hit for hit in hits if not _crossed(hit, inside)]
        if kept:
            found[name] = kept
        else:
            del found[name]


def _crossed(hit: WordHit, inside: Mapping[int, list[WordHit]]) -> bool:
    """Whether one of the words that a border of the hit lies inside of ends, or begins, within it."""
    return any(seam.end < hit.end for seam in inside.get(hit.begin, ())) or any(
        hit.begin < seam.begin for seam in inside.get(hit.end, ())
    )


def _put(found: dict[str, list[WordHit]], names: Names, begin: int, end: int, *, run: bool = False) -> None:
    for name in names:
        hit = WordHit(begin, end, name, run)
        if name in found:
            found[name].append(hit)
        else:
            found[name] = [hit]


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
