"""Each part of a row at its own column, however wide the terminal takes the characters at its left.

Emoji and the letters of some languages are one cell in one terminal and two in another. Textual names the column of a
part only where it draws a part alone; where it draws whole rows, they follow each other, and a pane is pushed aside.
"""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.control import Control

# Textual has no public way to what it draws.
from textual._compositor import LayoutUpdate  # isort: skip


class Placed(LayoutUpdate):
    """Whole rows, each part of which names its column."""

    def render_segments(self, console: Console) -> str:
        """What the terminal is sent."""
        written: list[str] = []
        for y, parts in enumerate(self.strips, self.region.y):
            x = self.region.x
            written.append(Control.move_to(x, y).segment.text)
            for part in parts:
                if x > self.region.x:
                    written.append(f"\x1b[{x + 1}G")
                written.append(part.render(console))
                x += part.cell_length
        return "".join(written)


def placed(drawn: Any) -> Any:
    """What is to be drawn, with columns where it has none."""
    return Placed(drawn.strips, drawn.region) if type(drawn) is LayoutUpdate else drawn
