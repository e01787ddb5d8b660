"""The curve of what is to come, as steps of braille dots: two a cell across, four a cell down.

The value after each change is written on its step and the date of each change below; where they would collide, the
larger change has the place. Milestones are dashes across the width. Another curve may lie behind it, faint.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from workbench.output.marks import REST
from workbench.ui.text import Line, Span, width

_BRAILLE = 0x2800
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
#: What is shown beyond the last change, as a part of the time up to it.
_TAIL = 0.12
#: Of so many changes a value or a date is tried.
_TRIED = 60

Levels = Sequence[tuple[datetime, int]]


class Axes(NamedTuple):
    """The part of the plane that is drawn: from `low` to `high` points, with `ticks` at the left."""

    low: int
    high: int
    ticks: tuple[int, ...]


class _Plane:
    """Cells of braille dots with a role each, and of text above them."""

    def __init__(self, cells: int, rows: int, frame: Axes, begin: datetime, seconds: float) -> None:
        self.cells, self.rows, self.frame = cells, rows, frame
        self._begin, self._seconds = begin, seconds
        self.dots: dict[tuple[int, int], int] = {}
        self.roles: dict[tuple[int, int], str] = {}
        self.text: dict[tuple[int, int], Span] = {}

    def x(self, at: datetime) -> int:
        """The dot column of an instant."""
        part = (at - self._begin).total_seconds() / self._seconds
        return max(0, min(self.cells * 2 - 1, round(part * (self.cells * 2 - 1))))

    def y(self, points: int) -> int:
        """The dot row of a level."""
        low, high = self.frame.low, self.frame.high
        part = (high - points) / max(high - low, 1)
        return max(0, min(self.rows * 4 - 1, round(part * (self.rows * 4 - 1))))

    def row(self, points: int) -> int:
        """The row of cells in which a level lies."""
        return self.y(points) // 4

    def steps(self, levels: Levels, role: str) -> None:
        """Draw the steps: across until the next change, then up or down to it."""
        for at, (begin, points) in enumerate(levels):
            x, y = self.x(begin), self.y(points)
            if at:
                last = self.y(levels[at - 1][1])
                for down in range(min(last, y), max(last, y) + 1):
                    self._dot(x, down, role)
            end = self.x(levels[at + 1][0]) if at + 1 < len(levels) else self.cells * 2 - 1
            for across in range(x, end + 1):
                self._dot(across, y, role)

    def _dot(self, x: int, y: int, role: str) -> None:
        cell = y // 4, x // 2
        self.dots[cell] = self.dots.get(cell, 0) | _DOTS[y % 4][x % 2]
        self.roles[cell] = role

    def free(self, row: int, first: int, length: int) -> bool:
        """Whether a text fits there, with a blank cell of text at both ends."""
        if not 0 <= row < self.rows or first < 0 or first + length > self.cells:
            return False
        own = range(first, first + length)
        return not any((row, at) in self.dots for at in own) and not any(
            (row, at) in self.text for at in range(first - 1, first + length + 1)
        )

    def write(self, row: int, first: int, span: Span) -> None:
        """Write a text."""
        for at, character in enumerate(span.text):
            self.text[row, first + at] = Span(character, span.role)

    def line(self, row: int, dashed: bool) -> list[Span]:
        """One row of cells; `dashed` where a milestone lies, as far as there is room."""
        spans: list[Span] = []
        for at in range(self.cells):
            span = self._cell(row, at, dashed)
            if spans and spans[-1].role == span.role:
                spans[-1] = Span(spans[-1].text + span.text, span.role)
            else:
                spans.append(span)
        return spans

    def _cell(self, row: int, at: int, dashed: bool) -> Span:
        if (row, at) in self.text:
            return self.text[row, at]
        if (row, at) in self.dots:
            return Span(chr(_BRAILLE + self.dots[row, at]), self.roles[row, at])
        beside = any((row, near) in self.dots or (row, near) in self.text for near in (at - 1, at + 1))
        return Span(REST, "faint") if dashed and at % 2 == 0 and not beside else Span(" ", "faint")


def curve(
    levels: Levels, frame: Axes, cells: int, rows: int, date: Callable[[datetime], str], role: str = "text",
    behind: Levels = (),
) -> list[Line]:  # fmt: skip
    """The curve in `rows` rows of `cells` and one row for the dates; `date` names the day of an instant.

    The first level stands at the beginning and has no date of its own; `behind` is drawn faint.
    """
    label = max(3, *(len(str(tick)) for tick in frame.ticks)) if frame.ticks else 3
    room = cells - label - 5
    begin = levels[0][0]
    last = max(at for at, _points in (*levels, *behind))
    seconds = max((last - begin).total_seconds() * (1 + _TAIL), 86400.0)
    plane = _Plane(room, rows, frame, begin, seconds)
    if behind:
        plane.steps(behind, "faint")
    plane.steps(levels, role)
    _values(plane, levels, "accent_bold" if behind else "strong")
    ticks = {plane.row(tick): tick for tick in frame.ticks}
    lines: list[Line] = []
    for row in range(rows):
        number = str(ticks[row]) if row in ticks else ""
        lines.append([Span("  " + number.rjust(label) + " ", "quiet"), *plane.line(row, bool(ticks.get(row)))])
    return [*lines, [Span(" " * (label + 3) + _dates(plane, levels, date), "quiet")]]


def _by_weight(levels: Levels) -> Sequence[int]:
    """The changes, the largest first, the earlier first of equals; no more than may find a place."""
    found = sorted(range(1, len(levels)), key=lambda at: (-abs(levels[at][1] - levels[at - 1][1]), at))
    return found[:_TRIED]


def _values(plane: _Plane, levels: Levels, role: str) -> None:
    """Each value on its step, where that is as wide: above the line, else below it, else beside where it begins."""
    # Beside the number of a milestone a cell stays blank.
    ticked = {plane.row(tick) for tick in plane.frame.ticks}
    ends = [plane.x(at) for at, _points in levels[1:]] + [plane.cells * 2]
    for at in (0, *_by_weight(levels)):
        begin, points = levels[at]
        text = str(points)
        if at and ends[at] - plane.x(begin) < 2 * len(text) - 1:
            continue
        row, column = plane.row(points), plane.x(begin) // 2 + (1 if at else 0)
        for place in ((row - 1, column), (row + 1, column), (row, column + 1), (row - 1, column - len(text) - 1)):
            first = place[1] + 1 if place[0] in ticked and place[1] == 0 else place[1]
            if plane.free(place[0], first, len(text)):
                plane.write(place[0], first, Span(text, role))
                break


def _dates(plane: _Plane, levels: Levels, date: Callable[[datetime], str]) -> str:
    placed: dict[int, str] = {}
    for at in _by_weight(levels):
        text = date(levels[at][0])
        first = min(plane.x(levels[at][0]) // 2, plane.cells - width(text))
        if all(first + width(text) + 1 < other or other + width(there) + 1 < first for other, there in placed.items()):
            placed[first] = text
    line = ""
    for first, text in sorted(placed.items()):
        line += " " * (first - width(line)) + text
    return line
