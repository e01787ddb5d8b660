"""Domain values as text on the screen: the only place where words become renderables.

A `Line` is a list of spans, each a text and a role (`workbench.ui.theme` gives roles their colours). Whatever is drawn
goes through `clean`, so that a buyer's text reaches the terminal neither as control characters nor as reordering or
zero-width characters, and is never parsed as markup. Widths are cells: a Chinese character is two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from workbench.output.cells import clean as clean
from workbench.ui.theme import Palette

#: Stands in the last cell of what was cut.
CUT = "~"


class Span(NamedTuple):
    """A piece of a line in one role; on the ground of the line, or on its own."""

    text: str
    role: str = "text"
    ground: str | None = None


Line = Sequence[Span]


def width(text: str) -> int:
    """The cells `text` takes."""
    return _cells(clean(text))


def _cells(text: str) -> int:
    """The cells of what is clean."""
    return len(text) if text.isascii() else cell_len(text)


def head(text: str, cells: int) -> str:
    """As much of the beginning of `text` as goes into `cells`."""
    text = clean(text)
    if _cells(text) <= cells:
        return text
    taken = 0
    for index, character in enumerate(text):
        taken += cell_len(character)
        if taken > cells:
            return text[:index]
    return text


def cut(text: str, cells: int) -> str:
    """`text` in at most `cells`, with `~` in the last one where something was cut."""
    text = clean(text)
    return text if _cells(text) <= cells else head(text, cells - 1) + CUT if cells > 0 else ""


def told_apart(names: Iterable[str], cells: int) -> dict[str, str]:
    """Each name in at most `cells`; of names that would look alike when cut, what makes them differ is kept: their end,
    or what follows the beginning that they share."""
    found: dict[str, str] = {}
    shown: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        shown.setdefault(cut(name, cells), []).append(name)
    for text, alike in shown.items():
        ends = {name: CUT + head(clean(name)[::-1], cells - 1)[::-1] for name in alike}
        differ = (at for at, each in enumerate(zip(*alike, strict=False)) if len(set(each)) > 1)
        shared = next(differ, min(map(len, alike)))
        if len(alike) == 1 or cells < 2 or not shared:
            found |= dict.fromkeys(alike, text)
        elif len(set(ends.values())) == len(alike):
            found |= ends
        else:
            rest = told_apart([name[shared:] for name in alike], cells - 1)
            found |= {name: CUT + rest[name[shared:]] for name in alike}
    return found


def fit(text: str, cells: int, right: bool = False) -> str:
    """`text` in exactly `cells`: cut, then padded at the end, or (right) at the beginning."""
    text = cut(text, cells)
    blank = " " * (cells - _cells(text))
    return blank + text if right else text + blank


_WIDE = (
    (0x1100, 0x115F), (0x2E80, 0xA4CF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE30, 0xFE6F), (0xFF01, 0xFF60),
    (0xFFE0, 0xFFE6), (0x1F000, 0x3FFFF),
)  # fmt: skip
_OPENING = "\u300c\u300e\u300a\u3010\uff08\u201c\u2018"
_CLOSING = "\uff0c\u3002\u3001\uff1b\uff1a\uff1f\uff01\uff09\u300d\u300f\u300b\u3011\u201d\u2019,.;:?!)"


#: In kinds of characters what is never parted: a run of blanks, a wide character with its punctuation, a word.
_UNIT = " +|[oO]*[wOC][cC]*|[noc]+[cC]*"


@lru_cache(maxsize=4096)
def _kind(char: str) -> str:
    """A blank; else whether it opens, closes or neither (`w` wide, `n` narrow), in capitals where it is wide.

    A pattern with the ranges themselves would cost the first screen three milliseconds before it has wrapped a word.
    """
    if char == " ":
        return char
    wide = any(first <= ord(char) <= last for first, last in _WIDE)
    kind = "o" if char in _OPENING else "c" if char in _CLOSING else ""
    return (kind.upper() if wide else kind) or ("w" if wide else "n")


def _units(text: str) -> Iterator[str]:
    return (text[slice(*found.span())] for found in re.finditer(_UNIT, "".join(map(_kind, text))))


def wrap(text: str, cells: int) -> list[str]:
    """`text` in lines of at most `cells`, parted at blanks and between Chinese characters; its own breaks stay.

    No line begins with closing punctuation, and what is too long for a line is parted anywhere.
    """
    return [line for part in text.splitlines() for line in _wrap(clean(part).strip(), max(cells, 2))] or [""]


def _wrap(text: str, cells: int) -> Iterable[str]:
    if _cells(text) <= cells:
        yield text
        return
    line = ""
    for unit in _units(text):
        if _cells(line) + _cells(unit) <= cells:
            line += unit
            continue
        if line.strip():
            yield line.rstrip()
        line = unit.lstrip()
        while _cells(line) > cells:
            part = head(line, cells)
            yield part
            line = line[len(part) :]
    yield line.rstrip()


def line_width(line: Line) -> int:
    """The cells a line takes."""
    return sum(width(span.text) for span in line)


def shorten(line: Line, cells: int) -> Line:
    """The line in at most `cells`, cut with `~`."""
    if line_width(line) <= cells:
        return line
    short: list[Span] = []
    for span in line:
        room = cells - line_width(short)
        if width(span.text) >= room:
            return [*short, span._replace(text=head(span.text, room - 1) + CUT)]
        short.append(span)
    return short


def tight(line: Line) -> Line:
    """The line with no blank behind full-width punctuation, which has its own."""
    found: list[Span] = []
    for span in line:
        text = span.text
        if not text.isascii():
            text = re.sub("(?<=[\uff0c\u3002\uff1a\uff01\uff1f\uff1b]) +(?=\\S)", "", text)
        if found and found[-1].text[-1:] in "\uff0c\u3002\uff1a\uff01\uff1f\uff1b":
            text = text[1:] if text[:1] == " " and text[1:2] not in ("", " ") else text
        if text:
            found.append(span._replace(text=text))
    return found


def spread(left: Line, right: Line, cells: int) -> Line:
    """One line with `right` at the end of `cells`; the left part is cut where both do not fit."""
    left = shorten(left, cells - line_width(right) - 2) if right else shorten(left, cells)
    return [*left, Span(" " * (cells - line_width(left) - line_width(right))), *right]


def headed(title: Line, ref: str, rights: Sequence[Line], cells: int) -> Line:
    """The first line of a detail: the title, the id, and at the end of `cells` the first of `rights` that leaves both
    whole. Where none does, the title is cut, never the id."""
    id = Span(f"  {ref}", "quiet")
    taken = line_width([*title, id]) + 1
    right = next((right for right in rights if taken + line_width(right) <= cells), rights[-1])
    left = [*shorten(title, cells - line_width([*right, id]) - 1), id]
    return [*left, Span(" " * (cells - line_width(left) - line_width(right))), *right]


@lru_cache(maxsize=8192)
def _segment(span: Span, palette: Palette, ground: str) -> tuple[Segment, int]:
    """A span as it is drawn, and its cells; remembered, for a second later all but the countdowns is drawn again."""
    text = clean(span.text)
    return Segment(text, palette.style(span.role, span.ground or ground)), _cells(text)


def strip(line: Line, cells: int, palette: Palette, ground: str) -> Strip:
    """The line as Textual draws it: exactly `cells`, on `ground`."""
    segments, taken = [], 0
    for span in line:
        if span.text:
            segment, long = _segment(span, palette, ground)
            segments.append(segment)
            taken += long
    if taken < cells:
        segments.append(Segment(" " * (cells - taken), palette.style("text", ground)))
    return Strip(segments, max(taken, cells)).adjust_cell_length(cells)
