"""The heat table: SKUs down, types across, the ground by the count, one cursor on a cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from workbench.core.issues.heat import Cell, Heat, HeatRow
from workbench.i18n import _
from workbench.output.issues.report import change, mean
from workbench.output.marks import CURSOR
from workbench.ui.commands import bindings
from workbench.ui.text import Line, Span, fit, strip, width
from workbench.ui.theme import palette_of
from workbench.ui.widgets.cursor import RowCursor

_MARGIN, _COLUMN, _SUM, _CHANGE, _AVERAGE = 2, 9, 6, 9, 9
_SKU, _SKU_MOST = 13, 24
#: What the page keeps free at the right for the scrollbar.
_EDGE = 2


class HeatLayout:
    """How many types fit beside the SKUs and the sums; the average goes first."""

    def __init__(self, cells: int, skus: Sequence[str], types: int) -> None:
        longest = max(map(width, skus), default=0)
        room = cells - _MARGIN - _EDGE - _SUM - _CHANGE
        spare = room - _AVERAGE - types * _COLUMN - 2
        self.sku = max(_SKU, min(longest, _SKU_MOST, spare))
        room -= self.sku + 2
        self.average = room - _AVERAGE >= min(types, 6) * _COLUMN
        self.columns = max((room - self.average * _AVERAGE) // _COLUMN, 1)


class HeatTable(RowCursor, can_focus=True):
    """One week. The cursor is on a row and on a `column`."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("heat")
    heads = 1

    class Moved(RowCursor.Moved):
        """The cursor stands on another cell, or the table is another one."""

    class Chosen(Message):
        """The cell under the cursor was clicked a second time."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.heat = Heat(columns=(), rows=(), count=0, last_week=0, rising=0)
        self.column = 0
        self._names: list[str] = []
        self._layout = HeatLayout(80, (), 0)

    def show(self, heat: Heat, names: Sequence[str], layout: HeatLayout) -> None:
        """Show this table; `names` are those of its columns. The cursor stays on its SKU and type where they are."""
        sku, type = self._at
        self.heat, self._names, self._layout = heat, list(names), layout
        skus = [row.sku for row in heat.rows]
        self.cursor = skus.index(sku) if sku in skus else 0
        if type in heat.columns:
            self.column = heat.columns.index(type)
        elif self.cell is None or not self.cell.count:
            self.column = self._fullest()
        self.column = min(self.column, max(len(heat.columns) - 1, 0))
        self.virtual_size = Size(self.size.width, len(heat.rows) + 3)
        self.refresh()
        self.reveal()
        self.post_message(self.Moved())

    @property
    def _at(self) -> tuple[str | None, str | None]:
        rows, columns = self.heat.rows, self.heat.columns
        return (
            rows[self.cursor].sku if self.cursor < len(rows) else None,
            columns[self.column] if self.column < len(columns) else None,
        )

    def _fullest(self) -> int:
        counts = [cell.count for cell in self.heat.rows[self.cursor].cells] if self.heat.rows else []
        return counts.index(max(counts)) if counts else 0

    @property
    def sku(self) -> str | None:
        """The SKU under the cursor."""
        return self._at[0]

    @property
    def cell(self) -> Cell | None:
        """The cell under the cursor; None in an empty table."""
        if self.cursor >= len(self.heat.rows) or self.column >= len(self.heat.columns):
            return None
        return self.heat.rows[self.cursor].cells[self.column]

    def stops(self) -> int:
        return len(self.heat.rows)

    def go_across(self, column: int) -> None:
        """Put the cursor on this column, as near as there is one."""
        column = max(0, min(column, len(self.heat.columns) - 1))
        if column != self.column:
            self.column = column
            self.refresh()
            self.post_message(self.Moved())

    def action_week_left(self) -> None:
        self.go_across(self.column - 1)

    def action_week_right(self) -> None:
        self.go_across(self.column + 1)

    def action_week_up(self) -> None:
        self.action_list_up()

    def action_week_down(self) -> None:
        self.action_list_down()

    def action_week_top(self) -> None:
        self.action_list_top()

    def action_week_bottom(self) -> None:
        self.action_list_bottom()

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a click on the cell under it chooses it."""
        row = event.y - 1 + self.scroll_offset.y
        column = (event.x - _MARGIN - self._layout.sku - 2) // _COLUMN
        if event.y and row < len(self.heat.rows) and 0 <= column < len(self.heat.columns):
            if (row, column) == (self.cursor, self.column):
                self.post_message(self.Chosen())
            self.go(row)
            self.go_across(column)

    def on_resize(self) -> None:
        self.call_after_refresh(self.reveal)

    def render_line(self, y: int) -> Strip:
        """The heads stay at the top, the rows scroll below them."""
        at = y - 1 + self.scroll_offset.y
        line: Line = []
        if y == 0:
            line = self._heads()
        elif at < len(self.heat.rows):
            line = self._line(self.heat.rows[at], at)
        elif at == len(self.heat.rows) + 1 and self.heat.rising:
            legend = _("+ rising: three days running, or three in seven days")
            line = [Span(" " * (self._layout.sku + 3)), Span(legend, "quiet")]
        return strip(line, self.size.width, palette_of(self.app), "page")

    def _heads(self) -> Line:
        if not self.heat.rows:
            return []
        line = [Span(" " * (_MARGIN + self._layout.sku + 2))]
        line += [Span(fit(name, _COLUMN - 2, right=True) + "  ", "quiet") for name in self._names]
        line += [Span(fit(_("sum"), _SUM, right=True), "quiet"), Span(fit(_("change"), _CHANGE, right=True), "quiet")]
        if self._layout.average:
            line.append(Span(fit(_("average"), _AVERAGE, right=True), "quiet"))
        return line

    def _line(self, row: HeatRow, at: int) -> Line:
        here = at == self.cursor
        mark = Span(f"{CURSOR} " if here else "  ", "accent_bold")
        line = [mark, Span(fit(row.sku, self._layout.sku) + "  ", "strong" if here else "text")]
        for column, cell in enumerate(row.cells):
            line += [self._cell(cell, here and column == self.column), Span(" ")]
        line.append(Span(fit(str(row.sum), _SUM, right=True), "text"))
        line.append(Span(fit(change(row.change), _CHANGE, right=True), "soon_bold" if row.rising else "quiet"))
        if self._layout.average:
            line.append(Span(fit(mean(row.mean4), _AVERAGE, right=True), "text"))
        return line

    def _cell(self, cell: Cell, here: bool) -> Span:
        text = str(cell.count) if cell.count else "."
        text = f"{text}+" if cell.rising else f"{text} "
        if here:
            # Without colour the cursor stands in brackets.
            plain = palette_of(self.app).no_colour
            return Span(f"[{text:>5}]".rjust(_COLUMN - 1) if plain else text.rjust(_COLUMN - 1), "on_accent", "accent")
        role = "title" if cell.rising else "strong" if cell.heat >= 3 else "text" if cell.count else "faint"
        return Span(text.rjust(_COLUMN - 1), role, f"heat{cell.heat}" if cell.heat else None)
