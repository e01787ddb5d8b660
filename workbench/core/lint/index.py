"""The words of all lists, sorted once by how they are looked for: plain data, kept ready beside the lists.

The usual slips in a word of six letters and more are worked out here, so that finding them is one look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from workbench.core.lint.fold import FoldTable, fold

#: By so many characters the beginnings of words are sorted into boxes.
HEAD = 3
_VOWELS = "aeiou"
#: Letters taken for one another by the eye.
_ALIKE = {"i": "l", "l": "i"}

#: The names of lists.
Names = tuple[str, ...]


class Branch(msgspec.Struct, omit_defaults=True):
    """Where a phrase goes on: `ends` are the lists in which it is over here, `open` those of beginnings of a last
    word, `more` the words that may follow."""

    ends: Names = ()
    open: list[tuple[str, Names]] = []
    more: dict[str, Branch] = {}


class MixedWord(NamedTuple):
    """A word with a character of another script; the pair by which it is found stands `at` characters into it."""

    word: str
    at: int
    bordered: bool
    lists: Names


class WordIndex(msgspec.Struct):
    """The words of all lists, by how they are looked for; `names` are all lists there are."""

    names: tuple[str, ...] = ()
    single: dict[str, Names] = {}
    open: dict[str, list[tuple[str, Names]]] = {}
    phrases: dict[str, Branch] = {}
    anywhere: dict[str, list[MixedWord]] = {}
    #: What is found as it stands: a single character, and what has marks in it (`% off`).
    alone: dict[str, Names] = {}
    #: The usual spelling by another one.
    meant: dict[str, str] = {}


def indexed(lists: Mapping[str, Iterable[str]], table: FoldTable, spellings: Mapping[str, Iterable[str]]) -> WordIndex:
    """The index of some lists. `spellings` are the other ways to write a word; the usual slips are found by itself in
    those of six letters and more."""
    latin = re.compile(r"[0-9a-z\u00df-\u024f\u1e00-\u1eff' *-]+")
    words: dict[str, list[str]] = {}
    for name, listed in lists.items():
        for word in listed:
            words.setdefault(_spelled(word, table), []).append(name)
    found = WordIndex(names=tuple(lists), meant=_meant(spellings, words))
    for word, several in words.items():
        names = tuple(dict.fromkeys(several))
        if latin.fullmatch(word):
            _add_latin(found, word, names)
        elif len(word) == 1 or word.isascii():
            found.alone[word] = names
        else:
            at = min(max(next(n for n, char in enumerate(word) if not char.isascii()) - 1, 0), len(word) - 2)
            bordered = word[0].isascii() or word[-1].isascii()
            found.anywhere.setdefault(word[at : at + 2], []).append(MixedWord(word, at, bordered, names))
    return found


def _meant(spellings: Mapping[str, Iterable[str]], listed: Iterable[str]) -> dict[str, str]:
    """Each other spelling with the usual one; none of them is a listed word itself."""
    taken = {token for word in listed for token in word.rstrip("*").replace("-", " ").split()}
    found: dict[str, str] = {}
    for word, others in spellings.items():
        for other in (*others, *(_slips(word) if len(word) >= _SLIPS_FROM else ())):
            if other in others or other not in taken:
                found.setdefault(other, word)
    return {other: word for other, word in found.items() if other not in spellings}


#: Slips in shorter words make other words.
_SLIPS_FROM = 6


def _slips(word: str) -> Iterator[str]:
    """A word with two letters changed about, with one left out, doubled, another vowel, or one that looks like it; the
    first letter stays."""
    for at in range(1, len(word)):
        before, char, after = word[:at], word[at], word[at + 1 :]
        if after:
            yield f"{before}{after[0]}{char}{after[1:]}"
        yield before + after
        yield f"{before}{char}{char}{after}"
        if char in _ALIKE:
            yield before + _ALIKE[char] + after
        if char in _VOWELS:
            yield from (before + vowel + after for vowel in _VOWELS if vowel != char)


def _add_latin(found: WordIndex, word: str, names: Names) -> None:
    is_open = word.endswith("*")
    tokens = [found.meant.get(token, token) for token in word.rstrip("*").replace("-", " ").split()]
    if len(tokens) == 1:
        if is_open:
            found.open.setdefault(tokens[0][:HEAD], []).append((tokens[0], names))
        else:
            found.single[tokens[0]] = (*found.single.get(tokens[0], ()), *names)
        return
    branch = found.phrases.setdefault(tokens[0], Branch())
    for token in tokens[1:-1]:
        branch = branch.more.setdefault(token, Branch())
    if is_open:
        branch.open.append((tokens[-1], names))
    else:
        branch = branch.more.setdefault(tokens[-1], Branch())
        branch.ends = (*branch.ends, *names)


def _spelled(word: str, table: FoldTable) -> str:
    """A listed word, folded as texts are; its parting of single letters (`q q`) stays."""
    return word.casefold() if word.isascii() else fold(word, table).text
