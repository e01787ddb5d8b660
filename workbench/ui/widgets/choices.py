"""A short list of answers with a cursor, for the sheets. An answer that is not possible is grey and is stepped over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from workbench.output.marks import CURSOR
from workbench.ui.text import Line, Span, shorten, strip
from workbench.ui.theme import palette_of
from workbench.ui.widgets.cursor import RowCursor


class Choice(NamedTuple):
    """One answer: how it reads, and whether it can be taken."""

    line: Line
    possible: bool = True


class Choices(RowCursor, can_focus=True):
    """The answers; `cursor` is the marked one, -1 where none is possible."""

    DEFAULT_CSS = "Choices { height: auto; width: 1fr; }"

    class Taken(Message):
        """The marked answer was clicked a second time."""

    def __init__(self, *, id: str | None = None, focusable: bool = True) -> None:
        super().__init__(id=id)
        self.can_focus = focusable
        self.choices: list[Choice] = []
        self.cursor = -1

    def show(self, choices: Sequence[Choice], rows: int, cursor: int | None = None) -> None:
        """Show these answers in at most `rows` rows."""
        self.choices = list(choices)
        wanted = self.cursor if cursor is None else cursor
        self.cursor = self._possible(range(max(wanted, 0), len(self.choices))) if self.choices else -1
        if self.cursor < 0:
            self.cursor = self._possible(range(len(self.choices)))
        self.styles.height = max(min(len(self.choices), rows), 0)
        self.virtual_size = Size(self.size.width, len(self.choices))
        self.refresh(layout=True)
        self.call_after_refresh(self.reveal)

    def _possible(self, rows: range) -> int:
        return next((row for row in rows if self.choices[row].possible), -1)

    def move(self, step: int) -> None:
        """The mark `step` answers further, over those that are not possible."""
        at = self.cursor
        rows = range(at + 1, len(self.choices)) if step > 0 else range(at - 1, -1, -1)
        for _ in range(abs(step)):
            found = self._possible(rows)
            if found < 0:
                break
            at = found
            rows = range(at + 1, len(self.choices)) if step > 0 else range(at - 1, -1, -1)
        self.cursor = at
        self.refresh()
        self.reveal()

    def mark(self, row: int) -> None:
        """Mark this answer, where it is possible."""
        if 0 <= row < len(self.choices) and self.choices[row].possible:
            self.cursor = row
            self.refresh()
            self.reveal()

    def stops(self) -> int:
        return len(self.choices)

    def on_click(self, event: events.Click) -> None:
        """A click marks, a second one takes."""
        row = event.y + self.scroll_offset.y
        if row < len(self.choices) and self.choices[row].possible:
            if row == self.cursor:
                self.post_message(self.Taken())
            else:
                self.cursor = row
                self.refresh()

    def render_line(self, y: int) -> Strip:
        """The answer at `y` of the visible part."""
        row, palette = y + self.scroll_offset.y, palette_of(self.app)
        if row >= len(self.choices):
            return strip([], self.size.width, palette, "sheet")
        marked = row == self.cursor
        mark = Span(f"{CURSOR} " if marked else "  ", "accent_bold")
        line = shorten([mark, *self.choices[row].line], self.scrollable_content_region.width)
        return strip(line, self.size.width, palette, "row" if marked else "sheet")
