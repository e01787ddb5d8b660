"""A list that draws only what is visible: ten thousand rows cost what fifty cost.

The rows come from a `RowSource`, which names a key, a group and the cells of a row when they are about to be drawn. The
widget knows the cursor, what is selected, the margin of group names and which columns fit. `tick` draws again only
the cells that have changed, so a countdown does not flicker and a full screen of them costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, TypeVar

import msgspec
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from workbench.output.marks import CURSOR
from workbench.ui.commands import bindings
from workbench.ui.text import Line, Span, fit, spread, strip, width
from workbench.ui.theme import palette_of
from workbench.ui.widgets.cursor import RowCursor

if TYPE_CHECKING:
    from typing import Protocol

    class RowSource(Protocol):
        """The rows of a table, in order. `groups` are (name, role, first row), in order, and cover all rows; a name of
        several lines goes on in the rows below. A cell runs on over those at its right that its row does not have; the
        cell `end` stands at the end of the row."""

        def __len__(self) -> int: ...
        def key(self, row: int) -> Hashable: ...
        def groups(self) -> Sequence[tuple[str, str, int]]: ...
        def cells(self, row: int, current: bool) -> dict[str, Span]: ...


K = TypeVar("K")
#: All cells of a row, and its ground.
Drawn = tuple[dict[str, Span], str]
_CURSOR, _PICKED, _NOTHING = Span(CURSOR, "accent_bold"), Span("*", "accent"), Span("")


class Column(msgspec.Struct, frozen=True):
    """One column: its name, its cells, the blanks before it, and as how manieth it goes when there is no room."""

    name: str
    width: int
    gap: int = 0
    right: bool = False
    goes: int = 0
    #: The widest it becomes where there is room to spare.
    most: int = 0


def begins(groups: Iterable[K]) -> list[tuple[K, int]]:
    """Each group in the order of the rows, with its first row; `groups` has that of every row."""
    found: list[tuple[K, int]] = []
    for row, group in enumerate(groups):
        if not found or found[-1][0] != group:
            found.append((group, row))
    return found


class Empty:
    """A source without rows."""

    def __len__(self) -> int:
        return 0

    def key(self, row: int) -> Hashable:
        raise IndexError(row)

    def groups(self) -> Sequence[tuple[str, str, int]]:
        return ()

    def cells(self, row: int, current: bool) -> dict[str, Span]:  # noqa: ARG002
        raise IndexError(row)


def fitting(columns: Sequence[Column], cells: int) -> list[Column]:
    """The columns that fit into `cells`; what goes first goes first, what can grow takes what is left."""
    shown = list(columns)
    for goes in sorted(column.goes for column in columns if column.goes):
        if _total(shown) <= cells:
            break
        shown = [column for column in shown if column.goes != goes]
    spare = cells - 1 - _total(shown)  # what grows leaves a blank before the edge
    return [_wider(column, spare) if column.most and spare > 0 else column for column in shown]


def _wider(column: Column, spare: int) -> Column:
    return msgspec.structs.replace(column, width=min(column.most, column.width + spare))


def heading(columns: Sequence[Column], names: Mapping[str, str]) -> Line:
    """The names over these columns; one that is wider than its column begins or ends beyond it."""
    text, at = "", 0
    for column in columns:
        name = names.get(column.name, "") if column.width else ""
        at += column.gap
        begins = at + column.width - width(name) if column.right else at
        at += column.width
        if name:
            text = fit(text, max(begins, width(text) + 1 if text else 0)) + name
    return [Span(text, "quiet")]


def _total(columns: Iterable[Column]) -> int:
    return sum(column.gap + column.width for column in columns)


def changed_part(columns: Sequence[Column], before: Drawn | None, now: Drawn, edge: int) -> tuple[int, int]:
    """From which cell up to which a row of these columns has changed; all of it up to the `edge` where it was not
    drawn before, or where not only cells have changed."""
    if before is None or before[1] != now[1] or before[0].keys() != now[0].keys() or "end" in now[0]:
        return 0, edge
    first, last, at, changed = edge, 0, 0, False
    for column in columns:
        begin, at = at + column.gap, at + column.gap + column.width
        if column.name in now[0]:  # else the cell before it runs on
            changed = before[0][column.name] != now[0][column.name]
        if changed:
            first, last = min(first, begin), at
    return first, max(first, last)


class Table(RowCursor, can_focus=True):
    """The list. Columns `cursor`, `group` and `picked` are its own; the others are the source's."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("list")

    class Moved(RowCursor.Moved):
        """The cursor stands on another row."""

    class Chosen(Message):
        """The row under the cursor was clicked a second time."""

    def __init__(self, columns: Sequence[Column], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.columns = columns
        self.source: RowSource = Empty()
        self.cursor = 0
        self.picked: set[Hashable] = set()
        #: Whether an empty row parts the groups.
        self.parted = False
        #: What stands in the place of the rows where there are none.
        self.empty: Sequence[Line] = ()
        #: Lines behind the last row, which the cursor does not reach.
        self.below: Sequence[Line] = ()
        #: The row with which a group begins, and the names of columns that stand above it.
        self.headed: tuple[int, Mapping[str, str]] | None = None
        #: Whether the cursor is shown.
        self.marked = True
        self._rows: list[int] = []
        self._line_of: list[int] = []
        self._group_at: dict[int, tuple[str, str]] = {}
        self._heading = -1
        self._shown: list[Column] = []
        #: What is drawn of each row, with its ground.
        self._drawn: dict[int, Drawn] = {}
        #: What was told of a row, under the cursor or not, that is about to be drawn.
        self._told: dict[tuple[int, bool], dict[str, Span]] = {}

    # what is shown

    def show(self, source: RowSource, keep: Hashable | None = None) -> None:
        """Show these rows. The cursor goes to the row with the key `keep`, else stays at its row number."""
        self.source = source
        self._lay_out()
        rows = len(source)
        at = self.row_of(keep) if keep is not None else None
        self.cursor = min(self.cursor if at is None else at, max(rows - 1, 0))
        self.refresh()
        self.reveal()
        self.post_message(self.Moved())

    def _lay_out(self) -> None:
        """Which row stands on which line: group by group, with an empty line between where groups are parted."""
        rows, groups = len(self.source), list(self.source.groups())
        self._rows, self._line_of, self._group_at, self._heading = [], [], {}, -1
        starts = [first for _name, _role, first in groups] + [rows]
        for (name, role, first), end in zip(groups, starts[1:], strict=True):
            if self.parted and self._rows:
                self._rows.append(-1)
            if self.headed is not None and self.headed[0] == first:
                self._heading = len(self._rows)
                self._rows.append(-1)
            for line, part in zip(range(end - first), name.split("\n"), strict=False):
                self._group_at[len(self._rows) + line] = part, "quiet" if line else role
            self._line_of.extend(range(len(self._rows), len(self._rows) + end - first))
            self._rows.extend(range(first, end))
        self._drawn, self._told = {}, {}
        self.virtual_size = Size(self.size.width, len(self._rows) + len(self.below))

    def on_resize(self) -> None:
        """Choose the columns anew."""
        self.use(self.columns)
        self.call_after_refresh(self.reveal)

    def use(self, columns: Sequence[Column]) -> None:
        """Draw these columns, as many of them as fit."""
        self.columns = columns
        self._shown = fitting(columns, self.size.width - 1)
        self.refresh()

    def lay_out_again(self) -> None:
        """The groups or their spacing have changed; the rows and the cursor stay."""
        self._lay_out()
        self.refresh()
        self.reveal()

    # the cursor

    @property
    def key(self) -> Hashable | None:
        """The key of the row under the cursor; None in an empty list."""
        return self.source.key(self.cursor) if len(self.source) else None

    def row_of(self, key: Hashable) -> int | None:
        """The row with this key."""
        return next((row for row in range(len(self.source)) if self.source.key(row) == key), None)

    def stops(self) -> int:
        return len(self.source)

    def lines_of(self, row: int) -> tuple[int, int]:
        line = self._line_of[row]
        return line, line

    def redraw(self, before: int, row: int) -> None:
        for each in (before, row):
            if each < len(self._line_of):
                self.refresh(Region(0, self._line_of[each] - self.scroll_offset.y, self.size.width, 1))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a click on the row under the cursor chooses it."""
        line = event.y + self.scroll_offset.y
        if line < len(self._rows) and (row := self._rows[line]) >= 0:
            if row == self.cursor:
                self.post_message(self.Chosen())
            else:
                self.go(row)

    # drawing

    def tick(self) -> bool:
        """Draw the cells of the visible rows again that have changed; whether the row under the cursor has some."""
        top, (width, height), changed, mine = self.scroll_offset.y, self.size, [], False
        self._told.clear()  # what was scrolled out of sight before it was drawn is told anew when it comes back
        for line in range(top, min(top + height, len(self._rows))):
            row = self._rows[line]
            if row < 0:
                continue
            current = self.marked and row == self.cursor
            told = self.source.cells(row, current)
            before, now = self._drawn.get(row), self._whole(row, line, line == top, told)
            if before != now:
                self._told[row, current] = told
                first, last = changed_part(self._shown, before, now, width)
                changed.append(Region(first, line - top, last - first, 1))
                mine |= row == self.cursor
        if changed:
            self.refresh(*changed)
        return mine

    def pick(self, keys: set[Hashable]) -> None:
        """Select exactly these rows."""
        self.picked = set(keys)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The visible line `y`."""
        line = y + self.scroll_offset.y
        palette, width = palette_of(self.app), self.size.width
        row = self._rows[line] if line < len(self._rows) else -1
        if row < 0:
            return strip(self._beside(line), width, palette, "page")
        current = self.marked and row == self.cursor
        told = self._told.pop((row, current), None) or self.source.cells(row, current)
        cells, ground = self._drawn[row] = self._whole(row, line, y == 0, told)
        return strip(_line(self._shown, cells, width), width, palette, ground)

    def _whole(self, row: int, line: int, first: bool, told: Mapping[str, Span]) -> Drawn:
        """All cells of a row that stands on this line, the first visible one or not, with its ground."""
        current = self.marked and row == self.cursor
        picked = bool(self.picked) and self.source.key(row) in self.picked
        own = {
            "cursor": _CURSOR if current else _NOTHING,
            "picked": _PICKED if picked else _NOTHING,
            "group": self._group(line, first),
        }
        return {**told, **own}, "row" if current else "picked" if picked else "page"

    def _beside(self, line: int) -> Line:
        """A line that is no row."""
        if self.headed is not None and line == self._heading:
            return heading(self._shown, self.headed[1])
        lines, at = (self.below, line - len(self._rows)) if self._rows else ((*self.empty, *self.below), line)
        return lines[at] if 0 <= at < len(lines) else []

    def _group(self, line: int, top: bool) -> Span:
        """The group's name, on its first line and on the first visible one."""
        if line in self._group_at:
            return Span(*self._group_at[line])
        if not top:
            return _NOTHING
        first = max((at for at in self._group_at if at <= line), default=None)
        return _NOTHING if first is None else Span(*self._group_at[first])


@lru_cache(maxsize=8192)
def _piece(cell: Span, cells: int, right: bool, gap: int) -> tuple[Span, ...]:
    """A cell in its column, from its end: the cell, and the blanks before it."""
    text = Span(fit(cell.text, cells, right), cell.role)
    return (text, Span(" " * gap)) if gap else (text,)


def _line(columns: Sequence[Column], cells: dict[str, Span], edge: int) -> Line:
    spans: list[Span] = []
    room = 0
    for column in reversed(columns):
        if (cell := cells.get(column.name)) is None:
            room += column.width + column.gap
            continue
        spans += _piece(cell, column.width + room, column.right and not room, column.gap)
        room = 0
    spans.reverse()
    if "end" in cells:
        spans[-1] = spans[-1]._replace(text=spans[-1].text.rstrip())
        return spread(spans, [cells["end"]], edge - 2)
    return spans
