"""The state of the shop: facts with one cursor, each with the place that Enter opens.

Beside the agenda every fact has rows of its own; below it facts of one label share one line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import ClassVar

import msgspec
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from workbench.core.place import Place
from workbench.i18n import language
from workbench.output.marks import CURSOR
from workbench.ui.commands import bindings
from workbench.ui.room import Fact
from workbench.ui.text import Line, Span, fit, line_width, shorten, strip
from workbench.ui.theme import palette_of
from workbench.ui.widgets.cursor import RowCursor


def margin(wide: bool) -> int:
    """The cells of the names: the agenda's own margin where the facts stand below it."""
    return 11 if wide or language() != "zh" else 9


def lead(wide: bool) -> int:
    """The cells before the names: the mark, and beside the agenda a blank that parts the two."""
    return 3 if wide else 2


def room(wide: bool, cells: int) -> int:
    """The cells of a line of a fact."""
    return cells - lead(wide) - margin(wide) - 1


class Facts(RowCursor, can_focus=True):
    """The facts. The cursor shows while they have the focus."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("list", "facts")

    class Left(Message):
        """The cursor went up, out of the facts."""

    class Opened(Message):
        """The place of the fact under the cursor is wanted."""

    class Ticked(Message):
        """The routine under the cursor is done."""

    class Moved(RowCursor.Moved):
        """The cursor stands on another fact, or came, or went."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._stops: list[Fact] = []
        self._rows: list[tuple[Line, int]] = []
        self._lead = 2

    def show(self, facts: Sequence[Fact], wide: bool, cells: int) -> None:
        """Show these facts; the cursor stays on its place where it is still there."""
        before, self._lead = self.place, lead(wide)
        self._stops = (
            list(facts)
            if wide
            else [_joined(list(same), room(wide, cells)) for _name, same in groupby(facts, lambda f: f.label)]
        )
        self._rows = list(self._lay_out(wide, cells))
        at = next((at for at, fact in enumerate(self._stops) if fact.place == before), self.cursor)
        self.cursor = max(0, min(at, len(self._stops) - 1))
        self.virtual_size = Size(self.size.width, len(self._rows))
        self.refresh()

    def _lay_out(self, wide: bool, cells: int) -> Iterator[tuple[Line, int]]:
        cells, name = room(wide, cells), ""
        parted = wide and self._height() <= self.size.height
        for at, fact in enumerate(self._stops):
            label = "" if fact.label == name and at else fact.label
            if parted and label and at:
                yield [], -1
            name = fact.label
            yield [Span(fit(label, margin(wide)), "quiet"), *shorten(fact.line, cells)], at
            for line in fact.more if wide else ():
                yield [Span(" " * margin(wide)), *shorten(line, cells)], at

    def _height(self) -> int:
        """The rows with an empty one between facts of different names."""
        names = [fact.label for fact in self._stops]
        return sum(1 + len(fact.more) for fact in self._stops) + len(list(groupby(names))) - 1

    @property
    def rows(self) -> int:
        """How many rows they take."""
        return len(self._rows)

    @property
    def place(self) -> Place | None:
        """What the fact under the cursor opens."""
        return self._stops[self.cursor].place if self.cursor < len(self._stops) else None

    def at(self, place: Place) -> int | None:
        """Which fact opens this place."""
        return next((at for at, fact in enumerate(self._stops) if fact.place == place), None)

    def stops(self) -> int:
        return len(self._stops)

    def lines_of(self, row: int) -> tuple[int, int]:
        lines = [line for line, (_line, fact) in enumerate(self._rows) if fact == row]
        return lines[0], lines[-1]

    def on_focus(self) -> None:
        self.reveal()
        self.refresh()
        self.post_message(self.Moved())

    def on_blur(self) -> None:
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a second one opens."""
        row = event.y + self.scroll_offset.y
        at = self._rows[row][1] if row < len(self._rows) else -1
        if at == self.cursor and self.has_focus:
            self.post_message(self.Opened())
        elif at >= 0:
            self.focus()
            self.go(at)

    def action_list_up(self) -> None:
        if self.cursor:
            super().action_list_up()
        else:
            self.post_message(self.Left())

    def action_list_page_down(self) -> None:
        self.action_list_bottom()

    def action_list_page_up(self) -> None:
        self.action_list_top()

    def action_today_open(self) -> None:
        self.post_message(self.Opened())

    def action_today_tick(self) -> None:
        self.post_message(self.Ticked())

    def render_line(self, y: int) -> Strip:
        """The visible line `y`."""
        row, palette = y + self.scroll_offset.y, palette_of(self.app)
        line, at = self._rows[row] if row < len(self._rows) else ([], -1)
        here = self.has_focus and at == self.cursor and at >= 0
        first = here and (row == 0 or self._rows[row - 1][1] != at)
        mark = Span(fit(CURSOR if first else "", self._lead), "accent_bold")
        return strip([mark, *line], self.size.width, palette, "row" if here else "page")


def _joined(facts: Sequence[Fact], room: int) -> Fact:
    """Facts of one name as one line; what does not fit is counted. It opens the first that is not done."""
    line: list[Span] = []
    for at, fact in enumerate(facts):
        more = [Span("    " if line else ""), *fact.line, *([Span("    "), *fact.tail] if fact.tail else [])]
        left = len(facts) - at - 1
        if line and line_width([*line, *more]) > room - (6 if left else 0):
            line.append(Span(f"    +{left + 1}", "quiet"))
            break
        line += more
    chosen = next((fact for fact in facts if not fact.done), facts[0])
    return msgspec.structs.replace(chosen, line=line, more=())
