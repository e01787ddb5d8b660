"""The gauge: points of a limit, or what is left of a score, with the milestones that are ahead and their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from workbench.output.marks import FILLED, MILESTONE, REST
from workbench.ui.text import Line, Span


class Scale(NamedTuple):
    """From 0 to `full`, with the milestones that are not reached and the numbers written below."""

    full: int
    ahead: frozenset[int]
    marks: tuple[int, ...]


def bar(level: int, scale: Scale, cells: int, role: str) -> Line:
    """The bar in exactly `cells`, its filled part in `role`."""
    full = max(scale.full, 1)
    filled = round(level * cells / full) if 0 <= level <= full else cells if level > full else 0
    filled = max(filled, 1) if level > 0 else 0
    ticks = {_cell(mark, full, cells) for mark in scale.ahead if 0 < mark < full}
    spans: list[Span] = []
    for at in range(cells):
        text, how = (MILESTONE, "quiet") if at in ticks else (FILLED, role) if at < filled else (REST, "faint")
        if spans and spans[-1].role == how:
            spans[-1] = Span(spans[-1].text + text, how)
        else:
            spans.append(Span(text, how))
    return spans


def numbers(scale: Scale, cells: int) -> Line:
    """The numbers below the bar, each at its tick, the last at the end; what would collide is left out."""
    full = max(scale.full, 1)
    texts: list[tuple[int, str]] = [(0, "0")]
    end = cells - len(str(full))
    for mark in _between(scale.marks, full):
        at = _cell(mark, full, cells)
        if at > texts[-1][0] + len(texts[-1][1]) and at + len(str(mark)) < end:
            texts.append((at, str(mark)))
    texts.append((end, str(full)))
    line, done = "", 0
    for at, text in texts:
        line += " " * (at - done) + text
        done = at + len(text)
    return [Span(line, "quiet")]


def _between(marks: Iterable[int], full: int) -> Sequence[int]:
    return sorted(mark for mark in marks if 0 < mark < full)


def _cell(mark: int, full: int, cells: int) -> int:
    return mark * cells // full
