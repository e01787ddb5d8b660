"""Figures that no rule in force has: `within 7 days` where the rule of that stage says five.

A figure with a unit, within 40 characters of a word that stands for a stage of the reply's kinds, is compared with the
rules of the word's stages. 24 hours are a day; working days are not days; of a range the larger end counts; own goals
are no rules. A sentence about delivery is left alone, unless a word of a stage stands nearer to what it says.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

import msgspec

_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6,
    "七": 7, "八": 8, "九": 9, "十": 10,
}  # fmt: skip
_FIGURE = rf"(?:\d{{1,3}}|{'|'.join(_NUMBERS)})"
#: A figure of several Chinese characters is none of ours, nor is an ordinal.
_HAN = "".join(name for name in _NUMBERS if not name.isascii())
_UNITS = (
    ("wd", r"(?:working|business|work)[ -]days?|\u4e2a?\u5de5\u4f5c\u65e5|\u500b?\u5de5\u4f5c\u65e5"),
    ("h", r"hours?|hrs?|h|\u4e2a?\u5c0f\u65f6|\u500b?\u5c0f\u6642|\u949f\u5934"),
    ("min", r"minutes?|mins?|\u5206\u949f|\u5206\u9418"),
    ("w", r"weeks?|\u5468|\u4e2a?\u661f\u671f|\u9031"),
    ("d", r"days?|d|\u5929|\u65e5\u5185|\u65e5\u5167"),
)
_LENGTH = (
    rf"(?<![a-z0-9.,/\-\u7b2c{_HAN}])(?:{_FIGURE}\s*(?:-|\u2013|\u2014|~|\uff5e|to|or|\u5230|\u81f3|\u6216)\s*)?(?P<count>{_FIGURE})"
    rf"(?:[ -]|full )*(?:(?P<wd>{_UNITS[0][1]})|(?P<h>{_UNITS[1][1]})|(?P<min>{_UNITS[2][1]})|(?P<w>{_UNITS[3][1]})"
    rf"|(?P<d>{_UNITS[4][1]}))(?![a-z])"
)
_LATIN = r"[a-z]"
_SENTENCE = r"[.!?;\u3002\uff01\uff1f\uff1b\n]+"
#: How far a word may stand from the figure.
NEAR = 40


class StageLength(msgspec.Struct, frozen=True, kw_only=True):
    """The length that a rule in force gives a stage of a kind, by the platform or in a rate."""

    kind: str
    stage: str
    count: int
    unit: str
    rule: str = ""
    market: str = ""
    source: str = ""
    as_of: date | None = None

    @property
    def measure(self) -> tuple[str, int]:
        """Equal for lengths that are equal."""
        return measure(self.count, self.unit)


class StageWords(msgspec.Struct, frozen=True, kw_only=True):
    """The words that stand for stages, by word; and those of delivery."""

    stages: Mapping[str, tuple[str, ...]]
    delivery: tuple[str, ...]


class Stale(msgspec.Struct, frozen=True):
    """A figure and the rule that says otherwise."""

    begin: int
    end: int
    text: str
    length: StageLength


def measure(count: int, unit: str) -> tuple[str, int]:
    """Working days on their own, everything else in minutes."""
    if unit == "wd":
        return "wd", count
    return "min", count * {"min": 1, "h": 60, "d": 1440, "w": 7 * 1440}[unit]


def stale(text: str, lengths: Sequence[StageLength], words: StageWords) -> list[Stale]:
    """The figures of `text` that none of `lengths` has; `lengths` are of the reply's kinds in its market."""
    found = []
    stages_of = {length.stage for length in lengths}
    hits = list(_words(text, words.stages, stages_of))
    if not hits:
        return []
    delivery = list(_words(text, dict.fromkeys(words.delivery, ("",)), {""}))
    for match in re.finditer(_LENGTH, text, re.IGNORECASE):
        near = [hit for hit in hits if _apart(hit, match) <= NEAR]
        if not near:
            continue
        begin, end = _sentence(text, match.start())
        inside = [hit for hit in near if begin <= hit[0] < end]
        if not inside and any(begin <= hit[0] < end for hit in delivery):
            continue
        stages = {stage for hit in (inside or near) for stage in hit[2] if stage in stages_of}
        compared = [length for length in lengths if length.stage in stages]
        unit = next(name for name, _pattern in _UNITS if match[name])
        count = _number(match["count"])
        if compared and measure(count, unit) not in {length.measure for length in compared}:
            closest = min(inside or near, key=lambda hit: (_apart(hit, match), len(hit[2])))
            found.append(Stale(match.start(), match.end(), match[0], _named(compared, closest[2])))
    return found


def _named(lengths: Sequence[StageLength], standing: Sequence[str]) -> StageLength:
    """The length to name: of the kind that has most of the word's stages, of the stage that it means first."""
    own = [length for length in lengths if length.stage in standing] or list(lengths)
    order = [*standing, *(length.stage for length in own)]
    stages = {kind: {length.stage for length in own if length.kind == kind} for kind in (each.kind for each in own)}
    return min(own, key=lambda length: (-len(stages[length.kind]), order.index(length.stage)))


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[text.casefold()]


Hit = tuple[int, int, tuple[str, ...]]


def _words(text: str, words: Mapping[str, tuple[str, ...]], stages: Collection[str]) -> Iterator[Hit]:
    """The words of these stages in the text; a Latin one begins at a word's border and may have an ending."""
    lower = text.casefold() if len(text.casefold()) == len(text) else text.lower()
    for word, standing in words.items():
        if not any(stage in stages for stage in standing):
            continue
        at = lower.find(word)
        while at >= 0:
            latin = re.match(_LATIN, word) is not None
            if not latin or at == 0 or not lower[at - 1].isalnum():
                yield at, at + len(word), standing
            at = lower.find(word, at + 1)


def _apart(hit: Hit, match: re.Match[str]) -> int:
    return max(match.start() - hit[1], hit[0] - match.end(), 0)


def _sentence(text: str, place: int) -> tuple[int, int]:
    begin, end = 0, len(text)
    for mark in re.finditer(_SENTENCE, text):
        if mark[0] == "." and mark.end() < len(text) and not text[mark.end()].isspace():
            continue
        if mark.end() <= place:
            begin = mark.end()
        else:
            end = mark.start()
            break
    return begin, end


def lengths_for(lengths: Iterable[StageLength], kinds: Collection[str]) -> list[StageLength]:
    """Those of a reply's kinds; of all where it names none."""
    return [length for length in lengths if not kinds or length.kind in kinds]
