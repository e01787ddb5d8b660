"""Small curves of braille dots: one row as a trend, several rows with the line that is to be kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

from workbench.output.marks import REST
from workbench.ui.text import Line, Span

_BRAILLE = 0x2800
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


def trend(values: Mapping[date, Fraction], today: date, days: int, cells: int) -> str:
    """The last `days` in one row; blank where nothing is known."""
    rows = _dots(values, today, days, cells, 1, None)
    return "".join(chr(_BRAILLE + dot) if dot else " " for dot in rows[0])


def plot(
    values: Mapping[date, Fraction], line: Fraction | None, today: date, days: int, cells: int, rows: int
) -> list[Line]:
    """The last `days` in `rows` rows, with the line as dashes where it lies in sight."""
    known = [value for day, value in values.items() if today - timedelta(days=days) < day <= today]
    if not known:
        return []
    dots = _dots(values, today, days, cells, rows, line)
    low, high = _range(known, line)
    dashed = None if line is None else min(rows - 1, int((high - line) / (high - low) * (rows * 4 - 1)) // 4)
    drawn: list[Line] = []
    for row, cells_of_row in enumerate(dots):
        spans = [
            Span(chr(_BRAILLE + dot), "strong") if dot else Span(REST if row == dashed and not at % 2 else " ", "soon")
            for at, dot in enumerate(cells_of_row)
        ]
        drawn.append(spans)
    return drawn


def _range(known: list[Fraction], line: Fraction | None) -> tuple[Fraction, Fraction]:
    ends = [*known, *([line] if line is not None else [])]
    low, high = min(ends), max(ends)
    return (low, high) if high > low else (low - Fraction(1, 1000), high + Fraction(1, 1000))


def _dots(
    values: Mapping[date, Fraction], today: date, days: int, cells: int, rows: int, line: Fraction | None
) -> list[list[int]]:
    """The braille bits of each cell; a value holds until the next one, for at most a week."""
    grid = [[0] * cells for _row in range(rows)]
    first = today - timedelta(days=days - 1)
    shown = {day: value for day, value in values.items() if first <= day <= today}
    if not shown:
        return grid
    low, high = _range(list(shown.values()), line)
    held: tuple[date, Fraction] | None = None
    for at in range(cells * 2):
        day = first + timedelta(days=at * days // (cells * 2))
        if day in shown:
            held = day, shown[day]
        if held is None or (day - held[0]).days > 7:
            continue
        y = round((high - held[1]) / (high - low) * (rows * 4 - 1))
        grid[y // 4][at // 2] |= _DOTS[y % 4][at % 2]
    return grid
