"""How often the lint is wrong: false alarms and misses on labelled texts, by language.

A text stands on a line with language, channel, market and the classes it should be told of (`-`: none; `3?`: it may be
told of class 3 as well, which counts neither way). In English and
Chinese a class counts as told from *warn* on; in other languages, whose words no speaker has checked, from *info* on. A
false alarm is a text that was told of a class it does not have, a miss a class that a text has and was not told of.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from workbench.config.lint import written
from workbench.core.lint.model import rank

CORPORA = Path(__file__).parent.parent / "tests" / "core" / "lint"


class Labelled(NamedTuple):
    """A text and the classes it should be told of."""

    language: str
    channel: str
    market: str
    classes: frozenset[int]
    also: frozenset[int]
    text: str


class Rates(NamedTuple):
    """The counts of one language."""

    language: str
    texts: int
    clean: int
    false_alarms: int
    classes: int
    misses: int


def corpus(name: str) -> list[Labelled]:
    """A labelled corpus by its name."""
    rows = (line.split("\t", 4) for line in (CORPORA / f"{name}.tsv").read_text("utf-8").splitlines() if line)
    return [
        Labelled(language, channel, market, *_classes(classes), text)
        for language, channel, market, classes, text in rows
    ]


def _classes(written: str) -> tuple[frozenset[int], frozenset[int]]:
    """Those it should be told of, and those it may be told of."""
    marks = [] if written == "-" else written.split(",")
    return (
        frozenset(int(mark) for mark in marks if not mark.endswith("?")),
        frozenset(int(mark[:-1]) for mark in marks if mark.endswith("?")),
    )


def told(row: Labelled, lint: object = None) -> frozenset[int]:
    """The classes that the lint tells of a text, greetings and public answers' hints aside."""
    least = rank("warn" if row.language in ("en", "zh") else "info")
    found = (lint or LINTER).lint(row.text, row.channel, row.market)  # type: ignore[attr-defined]
    return frozenset(each.number for each in found if rank(each.level) >= least)


#: 3 and 16 are one thing: the class that a market's own page gives it.
_SAME = {16: 3}


def _one(classes: Iterable[int]) -> frozenset[int]:
    return frozenset(_SAME.get(number, number) for number in classes)


def wrong(row: Labelled) -> tuple[frozenset[int], frozenset[int]]:
    """The classes it was falsely told of, and those it was not told of."""
    should, did = _one(row.classes), _one(told(row))
    return did - should - _one(row.also), should - did


def rates(rows: Iterable[Labelled]) -> list[Rates]:
    """The counts by language: English, Chinese, all others."""
    groups: dict[str, list[Labelled]] = {"en": [], "zh": [], "other": []}
    for row in rows:
        groups.get(row.language, groups["other"]).append(row)
    return [
        Rates(
            name,
            len(group),
            sum(not row.classes for row in group),
            sum(bool(wrong(row)[0]) for row in group),
            sum(len(_one(row.classes)) for row in group),
            sum(len(wrong(row)[1]) for row in group),
        )
        for name, group in groups.items()
    ]


LINTER = written({})
