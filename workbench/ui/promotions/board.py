"""The board as it is drawn: a row a SKU, its stretches on grounds by tool, a cursor that goes from piece to piece."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from workbench.core.promotions.board import BoardRow, Stretch, placed
from workbench.core.promotions.model import Tool
from workbench.i18n import _
from workbench.output.marks import CURSOR, FILLED
from workbench.ui.commands import bindings
from workbench.ui.text import Line, Span, fit, strip, told_apart, width
from workbench.ui.theme import palette_of
from workbench.ui.widgets.cursor import RowCursor

#: Column of the first day, the cells of a name before it.
LEFT, NAME = 16, 13
#: A hole that begins so soon is amber.
SOON = timedelta(hours=24)
#: The letter of each tool and the ground it stands on.
LETTER: dict[Tool, str] = {
    "discount": "d", "flash": "f", "campaign": "c", "live_flash": "l", "creator_flash": "k",
    "coupon": "v", "gift": "g", "bundle": "b", "shipping": "s", "giveaway": "y",
}  # fmt: skip
GROUND: dict[Tool, str] = {"discount": "heat1", "flash": "heat2", "campaign": "heat4"}


class BoardDays(NamedTuple):
    """The days of the board: from which on, how many, how many cells each; `ends` is their end."""

    first: date
    days: int
    cells: int
    zone: tzinfo
    ends: datetime


class Drawn(NamedTuple):
    """A row as the widget draws it: the cells of each stretch, and what stands at the right."""

    row: BoardRow
    cells: Sequence[tuple[int, int]]
    beside: Line


def short(price: Decimal | None, cells: int) -> str:
    """A price as short as it is exact: `590`, `1,090`, `24.50`; where that does not fit in `cells`, `1,580k`."""
    if price is None:
        return ""
    whole = price == price.to_integral_value()
    text = f"{price.quantize(Decimal(1)):,}" if whole else f"{price:,}"
    return f"{text.removesuffix(',000')}k" if len(text) > cells and text.endswith(",000") else text


def label(row: BoardRow, each: Stretch, cells: int) -> str:
    """What a stretch says of its price, in `cells` if it can: `590`, `-10%` where it is of everything, `!720`'s figure
    in a hole."""
    if row.sku is None and each.price is not None:
        return "" if each.hole else f"-{(100 - each.price).normalize():f}%"
    return short(each.price, cells)


class PlanBoard(RowCursor, can_focus=True):
    """The rows of SKUs, with a cursor that is in a row and in a piece of it. Only what is visible is drawn."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("planboard")

    class Moved(RowCursor.Moved):
        """The cursor stands on another piece."""

    class Chosen(Message):
        """The piece under the cursor was clicked a second time."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: list[Drawn] = []
        self.piece = 0
        self.picked: set[int] = set()
        self._now: datetime | None = None
        self._names: dict[str, str] = {}

    # what is shown

    def show(self, rows: Sequence[Drawn], days: BoardDays, now: datetime) -> None:
        """Draw these rows. The cursor stays on its SKU and on the piece that stood there."""
        before = self.current
        name = self.rows[self.cursor].row.sku if self.rows else None
        self.rows, self._now, self.days = list(rows), now, days
        self._names = told_apart((each.row.sku for each in rows if each.row.sku is not None), NAME)
        self.cursor = min(self.cursor, max(len(rows) - 1, 0))
        if before is not None:
            self._find(name, before)
        elif self.rows:
            self.piece = self._first(self.rows[self.cursor].row)
        self._clamp()
        self.virtual_size = Size(self.size.width, len(self.rows))
        self.refresh()

    def _find(self, name: str | None, before: Stretch) -> None:
        for at, drawn in enumerate(self.rows):
            if drawn.row.sku == name:
                for piece, each in enumerate(drawn.row.stretches):
                    if (each.promotion, each.tool) == (before.promotion, before.tool):
                        self.cursor, self.piece = at, piece
                        return

    def _first(self, row: BoardRow) -> int:
        """The piece that runs now, else the first one to come."""
        now = self._now
        return next((at for at, each in enumerate(row.stretches) if now is None or each.ends > now), 0)

    def _clamp(self) -> None:
        if self.rows:
            self.piece = max(0, min(self.piece, len(self.rows[self.cursor].row.stretches) - 1))

    @property
    def current(self) -> Stretch | None:
        """The piece under the cursor."""
        if not self.rows:
            return None
        return self.rows[self.cursor].row.stretches[self.piece]

    @property
    def sku(self) -> str | None:
        """The SKU of the row under the cursor."""
        return self.rows[self.cursor].row.sku if self.rows else None

    def land(self, promotion: int) -> bool:
        """Put the cursor on the first piece of this promotion that is still to be seen; False where there is none."""
        for at, drawn in enumerate(self.rows):
            mine = [piece for piece, each in enumerate(drawn.row.stretches) if each.promotion == promotion]
            if mine:
                self.go(at, mine[0])
                return True
        return False

    def stops(self) -> int:
        return len(self.rows)

    def go(self, row: int, piece: int | None = None) -> None:
        """Put the cursor on a row, on the piece nearest to where it stood."""
        if not self.rows:
            return
        row = max(0, min(row, len(self.rows) - 1))
        if piece is None and row != self.cursor:
            at = self.rows[self.cursor].cells[self.piece][0]
            cells = self.rows[row].cells
            piece = min(range(len(cells)), key=lambda one: (not cells[one][0] <= at < cells[one][1],
                                                            abs(cells[one][0] - at)))  # fmt: skip
        before, self.cursor = self.cursor, row
        self.piece = self.piece if piece is None else piece
        self._clamp()
        for each in {before, row}:
            self.refresh(Region(0, each - self.scroll_offset.y, self.size.width, 1))
        self.reveal()
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        self.virtual_size = Size(self.size.width, len(self.rows))
        self.call_after_refresh(self.reveal)

    # keys

    def action_board_left(self) -> None:
        self.go(self.cursor, max(self.piece - 1, 0))

    def action_board_right(self) -> None:
        self.go(self.cursor, self.piece + 1)

    def action_board_pick(self) -> None:
        found = self.current
        if found is not None and found.promotion is not None:
            self.picked ^= {found.promotion}
            self.refresh()
            self.action_list_down()

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor to a piece, a click on it chooses it."""
        row = event.y + self.scroll_offset.y
        if row >= len(self.rows):
            return
        at, cells = event.x - LEFT, self.rows[row].cells
        piece = next((n for n, (low, high) in enumerate(cells) if low <= at < high), None)
        if row == self.cursor and piece in (None, self.piece):
            self.post_message(self.Chosen())
        else:
            self.go(row, piece)

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    # drawing

    def render_line(self, y: int) -> Strip:
        """The visible line `y`."""
        at, palette = y + self.scroll_offset.y, palette_of(self.app)
        line: Line = self._line(at) if at < len(self.rows) else []
        return strip(line, self.size.width, palette, "page")

    def _line(self, at: int) -> Line:
        drawn, marked = self.rows[at], self.has_focus and at == self.cursor
        row = drawn.row
        name = _("all SKUs") if row.sku is None else self._names[row.sku]
        if row.live:
            name = _("  in a live")
        chosen = any(each.promotion in self.picked for each in row.stretches)
        line = [
            Span(f"{CURSOR} " if marked else "  ", "accent_bold"),
            Span(fit(name, NAME), "title" if marked else "quiet" if row.live else "text"),
            Span("*" if chosen else " ", "accent"),
        ]
        end = self.days.days * self.days.cells
        done = 0
        for n, (each, (low, high)) in enumerate(zip(row.stretches, drawn.cells, strict=True)):
            if low >= high:
                continue
            line.append(Span(" " * (low - done)))
            follows = next((one for one, _high in drawn.cells[n + 1 :]), end)
            line += self._stretch(row, each, high - low, follows - low, marked=marked and n == self.piece)
            done = high
        return [*line, Span(" " * (end - done)), *drawn.beside]

    def _stretch(self, row: BoardRow, each: Stretch, cells: int, room: int, *, marked: bool) -> Line:
        palette = palette_of(self.app)
        now = self._now
        if each.hole:
            text = label(row, each, min(cells, room - 1) - 1)
            said = f"!{text}" if 1 + width(text) < room else "!"
            soon = now is not None and each.begins < now + SOON
            said = said[:cells]
            blank = Span(" " * (cells - width(said)))
            if marked:
                return [Span(said, "on_accent", "accent"), blank]
            return [Span("!", "soon_bold" if soon else "bold"), Span(said[1:], "soon" if soon else "text"), blank]
        text = label(row, each, cells - 2)
        letter = LETTER[each.tool] if each.tool is not None else ""
        said = f"{letter}{text}" if 1 + width(text) + 1 <= cells else letter
        toneless = palette.no_colour or palette.ansi
        rest = (FILLED if toneless else " ") * (cells - width(said))
        if marked:
            return [Span(said + rest, "on_accent", "accent")]
        ground = None if toneless else GROUND.get(each.tool or "discount", "heat3")
        return [Span(said[:1], "title", ground), Span(said[1:] + rest, "strong", ground)]


def drawn(rows: Sequence[BoardRow], days: BoardDays, beside: Sequence[Line]) -> list[Drawn]:
    """The rows laid out in the cells of the days."""
    return [
        Drawn(row, placed(row, days.first, days.zone, days.cells, days.days), line)
        for row, line in zip(rows, beside, strict=True)
    ]
