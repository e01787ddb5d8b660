"""Each part of a row at its own column, however wide the terminal takes the characters at its left.

Emoji, quotation marks and the letters of some languages are one cell in one terminal and two in another, and Textual
writes the parts of a row one after the other, so that one such character in a buyer's words pushes the rest of the row
and the pane beside it. Here what follows anything but ASCII names its column, in whole rows and in parts of them. What
a terminal may take for less than its cells is first written as blanks, so that nothing old shows through behind it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from rich.console import Console
from rich.segment import Segment
from textual.strip import Strip

# Textual has no public way to what it draws.
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate  # isort: skip

#: What no terminal takes for fewer cells: letters of Europe, of Chinese, Japanese and Korean, and our own marks; of
#: each kind the first and the last.
_WHOLE = (
    (0x20, 0x7E), (0xC0, 0x24F), (0x370, 0x481), (0x48A, 0x52F), (0x1E00, 0x1EFF), (0xE3F, 0xE3F), (0x20AB, 0x20AB),
    (0x2500, 0x259F), (0x25AA, 0x25AA), (0x25E6, 0x25E6), (0x2713, 0x2713), (0x203A, 0x203A), (0x2800, 0x28FF),
    (0x2E80, 0x303E), (0x3041, 0xA4CF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFF01, 0xFF60), (0xFFE0, 0xFFE6),
)  # fmt: skip


class Placed(CompositorUpdate):
    """What is to be drawn, with a column wherever one may be in doubt."""

    def __init__(self, update: LayoutUpdate | ChopsUpdate) -> None:
        self._update = update

    def __rich_console__(self, *asked: Any) -> Iterable[Segment]:
        return self._update.__rich_console__(*asked)  # type: ignore[return-value]

    def render_segments(self, console: Console) -> str:
        """What the terminal is sent."""
        written: list[str] = []
        colours: Any = console._color_system  # as `Strip.render` has it
        x, sure = 0, True
        for segment in self.__rich_console__(console, console.options):
            text, style, control = segment
            if control:
                move: Any = control[0]
                written.append(text)
                x, sure = move[1], True
                continue
            if text == "\n":  # each row begins with its place
                continue
            if not sure:
                written.append(f"\x1b[{x + 1}G")
            sure = text.isascii()
            cells = segment.cell_length
            if not sure and not all(map(_whole, text)):
                written.append(_styled(" " * cells, style, colours) + f"\x1b[{x + 1}G")
            written.append(_styled(text, style, colours))
            x += cells
        return "".join(written)


@lru_cache(maxsize=4096)
def _whole(char: str) -> bool:
    return any(first <= ord(char) <= last for first, last in _WHOLE)


def _styled(text: str, style: Any, colours: Any) -> str:
    return text if style is None else Strip.render_style(style, text, color_system=colours)


def placed(drawn: Any) -> Any:
    """What is to be drawn, with columns where it has none."""
    return Placed(drawn) if isinstance(drawn, (LayoutUpdate, ChopsUpdate)) else drawn
