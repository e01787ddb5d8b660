"""A cursor in rows: what all lists have in common that can be walked through row by row."""

from __future__ import annotations

from collections.abc import Sequence

from textual.filter import LineFilter
from textual.message import Message
from textual.scroll_view import ScrollView

from workbench.ui.widgets.ground import true_colours


class RowCursor(ScrollView):
    """A list with a cursor. It says how many rows there are and on which lines a row stands; `Moved` is its own.

    The keys of a list move the cursor; the list scrolls as little as shows it.
    """

    DEFAULT_CSS = "RowCursor { scrollbar-size-vertical: 1; overflow-x: hidden; }"

    class Moved(Message):
        """The cursor stands on another row."""

    #: The row under the cursor; below 0 where it is nowhere.
    cursor: int = 0
    #: Lines at the top that do not scroll.
    heads = 0

    def get_line_filters(self) -> Sequence[LineFilter]:
        return true_colours(self)

    def stops(self) -> int:
        """How many rows the cursor can stand on."""
        raise NotImplementedError

    def lines_of(self, row: int) -> tuple[int, int]:
        """The first and the last line of a row, among those that scroll."""
        return row, row

    def go(self, row: int) -> None:
        """Put the cursor on `row`, as near as there is one."""
        row = max(0, min(row, self.stops() - 1))
        if self.stops() and row != self.cursor:
            before, self.cursor = self.cursor, row
            self.redraw(before, row)
            self.reveal()
            self.post_message(self.Moved())

    def redraw(self, before: int, row: int) -> None:  # noqa: ARG002
        """Draw what the cursor left and where it came to."""
        self.refresh()

    def reveal(self) -> None:
        """Scroll as little as shows the row under the cursor."""
        top, height = self.scroll_offset.y, self.size.height - self.heads
        if height < 1 or not 0 <= self.cursor < self.stops():
            return
        first, last = self.lines_of(self.cursor)
        if first < top:
            self.scroll_to(y=first, animate=False, force=True, immediate=True)
        elif last >= top + height:
            self.scroll_to(y=last - height + 1, animate=False, force=True, immediate=True)

    def action_list_down(self) -> None:
        self.go(self.cursor + 1)

    def action_list_up(self) -> None:
        self.go(self.cursor - 1)

    def action_list_top(self) -> None:
        self.go(0)

    def action_list_bottom(self) -> None:
        self.go(self.stops() - 1)

    def action_list_page_down(self) -> None:
        self.go(self.cursor + max(self.size.height - 1, 1))

    def action_list_page_up(self) -> None:
        self.go(self.cursor - max(self.size.height - 1, 1))
