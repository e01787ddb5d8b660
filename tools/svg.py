"""A screen as an SVG picture that looks the same everywhere: every character stands in its own cell.

Textual's own export names a font on a host and gives wide characters half their room. Here a run of plain letters is
held to its cells by `textLength`, everything else is placed cell by cell, and the signs of gauges and curves, which few
fonts draw alike, are drawn as shapes. No font, host or id is named, so the same screen gives the same bytes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple

from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style

#: Width and height of a cell, size of the letters, and room around the screen, in pixels.
WIDE, HIGH, SIZE, AROUND = 8.4, 20, 14, 12
_FONTS = "ui-monospace,'Cascadia Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace"
_FONTS_WIDE = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Noto Sans Mono CJK SC',sans-serif"


class _Run(NamedTuple):
    """Text in one style that begins in a cell of a row."""

    row: int
    cell: int
    text: str
    style: Style


def picture(lines: Iterable[Iterable[Segment]], columns: int, title: str) -> str:
    """The SVG of a screen, given line by line; `title` is what those hear who do not see it."""
    runs = list(_runs(lines))
    rows = max(run.row for run in runs) + 1
    page = _ground(runs[0].style)
    width, height = _px(columns * WIDE + 2 * AROUND), _px(rows * HIGH + 2 * AROUND)
    body = [*_grounds(runs, page), *itertools.chain.from_iterable(map(_text, runs))]
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img">',
            f"<title>{escape(title)}</title>",
            f'<rect x=".5" y=".5" width="{_px(columns * WIDE + 2 * AROUND - 1)}"'
            f' height="{_px(rows * HIGH + 2 * AROUND - 1)}" rx="8" fill="{page}" stroke="#888" stroke-opacity=".4"/>',
            f'<g transform="translate({AROUND} {AROUND})" font-family="{_FONTS}" font-size="{SIZE}">',
            *body,
            "</g>",
            "</svg>",
            "",
        )
    )


def _runs(lines: Iterable[Iterable[Segment]]) -> Iterator[_Run]:
    for row, line in enumerate(lines):
        cell = 0
        for segment in Segment.simplify(part for part in line if not part.control):
            text = segment.text.rstrip("\n")
            yield _Run(row, cell, text, segment.style or Style.null())
            cell += cell_len(text)


def _ink(style: Style) -> str:
    return _hex(style.bgcolor if style.reverse else style.color)


def _ground(style: Style) -> str:
    return _hex(style.color if style.reverse else style.bgcolor)


def _hex(colour: Color | None) -> str:
    assert colour is not None, "a theme with colours of its own names both for every character"
    return colour.get_truecolor().hex


def _grounds(runs: Iterable[_Run], page: str) -> Iterator[str]:
    """The grounds that are not the page: equal neighbours as one rectangle, so that no seam shows."""
    for (row, ground), group in itertools.groupby(runs, lambda run: (run.row, _ground(run.style))):
        found = list(group)
        first, cells = found[0].cell, sum(cell_len(run.text) for run in found)
        if ground != page and cells:
            yield _rect(first * WIDE, row * HIGH, cells * WIDE, HIGH, ground)


def _text(run: _Run) -> Iterator[str]:
    """What stands in a run, as pieces that can be held to their cells."""
    if not run.text.strip():
        return
    ink, cell = _ink(run.style), run.cell
    weight = ' font-weight="bold"' if run.style.bold else ""
    for kind, group in itertools.groupby(run.text, _kind):
        text = "".join(group)
        if kind == "shape":
            for at, char in enumerate(text):
                yield from _shape(char, (cell + at) * WIDE, run.row * HIGH, ink)
        else:
            yield from _letters(text, kind, cell, run.row, f' fill="{ink}"{weight}')
        cell += cell_len(text)


def _kind(char: str) -> str:
    if char in _SHAPES or 0x2800 <= ord(char) < 0x2900:
        return "shape"
    return "plain" if char.isascii() else "wide" if cell_len(char) == 2 else "other"


def _letters(text: str, kind: str, cell: int, row: int, look: str) -> Iterator[str]:
    y = row * HIGH + HIGH * 0.72
    if kind == "plain":
        for words in _words(text):
            at = cell + text.index(words[1], words[0])
            room = f' x="{_px(at * WIDE)}" y="{_px(y)}" textLength="{_px(len(words[1]) * WIDE)}"'
            yield f'<text{room} lengthAdjust="spacingAndGlyphs"{look}>{_said(words[1])}</text>'
        return
    step = cell_len(text[0])
    indent = (step * WIDE - SIZE) / 2 if kind == "wide" else 0
    places = " ".join(_px((cell + at * step) * WIDE + indent) for at in range(len(text)))
    font = f' font-family="{_FONTS_WIDE}"' if kind == "wide" else ""
    yield f'<text x="{places}" y="{_px(y)}"{font}{look}>{_said(text)}</text>'


def _words(text: str) -> Iterator[tuple[int, str]]:
    """(index, words) of the parts that two or more blanks separate."""
    at = 0
    for part in text.split("  "):
        if part.strip():
            yield at, part.strip()
        at += len(part) + 2


def _said(text: str) -> str:
    return escape(text, quote=False).replace(" ", "\u00a0")


#: Signs drawn as rectangles: x, y, width, height as shares of the cell.
_SHAPES: dict[str, tuple[tuple[float, float, float, float], ...]] = {
    "\u25ac": ((0, 0.36, 1, 0.28),),
    "\u254c": ((0.12, 0.48, 0.28, 0.06), (0.62, 0.48, 0.28, 0.06)),
    "\u2577": ((0.45, 0.48, 0.12, 0.52),),
    "\u25aa": ((0.15, 0.32, 0.7, 0.7 * WIDE / HIGH),),
    # The ends of a scrollbar: one to eight eighths of a block, from below.
    **{chr(0x2580 + eighths): ((0, 1 - eighths / 8, 1, eighths / 8),) for eighths in range(1, 9)},
}


def _shape(char: str, x: float, y: float, ink: str) -> Iterator[str]:
    for left, top, wide, high in _SHAPES.get(char, ()):
        yield _rect(x + left * WIDE, y + top * HIGH, wide * WIDE, high * HIGH, ink)
    if char not in _SHAPES:
        # Braille: dots 1 to 3 and 4 to 6 from the top, then 7 and 8 below them.
        for bit in range(8):
            if ord(char) >> bit & 1:
                column, line = (bit // 3, bit % 3) if bit < 6 else (bit - 6, 3)
                at = f'cx="{_px(x + (0.25 + column * 0.5) * WIDE)}" cy="{_px(y + (line + 0.5) * HIGH / 4)}"'
                yield f'<circle {at} r="1.3" fill="{ink}"/>'


def _rect(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{_px(x)}" y="{_px(y)}" width="{_px(width)}" height="{_px(height)}" fill="{colour}"/>'


def _px(value: float) -> str:
    """A length without needless figures."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
