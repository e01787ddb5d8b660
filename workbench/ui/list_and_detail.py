"""A list with the detail of what is under its cursor: beside it where there is room, else below or on its own.

A screen says its `sentence`, the `columns`, and the `detail_of` the cursor's row; what else stands over and under the
list are `over` and `under`. Panes, focus, selection, the second's tick and landing are done here; so a new list is its
rows, its detail and its deeds.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.widget import Widget

from workbench.core.place import Place
from workbench.i18n import n_
from workbench.ui.frame import Frame
from workbench.ui.text import Line, Span, shorten, tight
from workbench.ui.widgets.ground import Ground
from workbench.ui.widgets.lines import Lines, Page
from workbench.ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from workbench.ui.widgets.table import RowSource

#: From these widths on the detail stands beside the list.
WIDE, FULL = 110, 150
#: From so many rows on there is room for empty ones.
TALL = 30
#: In so many rows a detail is told in short.
LOW = 12


class ListAndDetail(Frame):
    """A list, `#table`, and the detail, `#detail`. The class `-whole` gives the detail all rows.

    It stands first among the bases of a screen: Textual takes styles from the first one alone.
    """

    AUTO_FOCUS = "#table"
    DEFAULT_CSS = """
    ListAndDetail #body { height: 1fr; layout: vertical; margin-top: 1; }
    ListAndDetail.-flat #body { margin-top: 0; }
    ListAndDetail #list { height: 1fr; width: 1fr; }
    ListAndDetail #sentence { height: 1; margin-bottom: 1; }
    ListAndDetail.-flat #sentence { margin-bottom: 0; }
    ListAndDetail #table { height: 1fr; }
    ListAndDetail #detail { background: $surface; display: none; height: 8; width: 1fr; }
    ListAndDetail.-narrow #detail { display: block; }
    ListAndDetail.-narrow.-tall #detail { height: 12; }
    ListAndDetail.-narrow.-flat #detail { display: none; }
    ListAndDetail.-wide #body, ListAndDetail.-full #body { layout: horizontal; }
    ListAndDetail.-wide #detail, ListAndDetail.-full #detail { display: block; height: 1fr; }
    ListAndDetail.-whole #list { display: none; }
    ListAndDetail.-whole #body #detail { display: block; height: 1fr; }
    """
    #: Whose places the rows are; the key of a row is the id of its place.
    domain: ClassVar[str]
    #: How wide the list is where the detail stands beside it, and on a full screen.
    list_wide: ClassVar[int] = 70
    list_full: ClassVar[int] = 102
    #: Whether the detail stands below the list however wide the screen is.
    below: ClassVar[bool] = False
    #: The widest text of a detail where the screen is wider than two panes.
    widest: ClassVar[int] = 76
    #: Whether a new detail is about to be drawn.
    _stale = False
    #: The row from which a range is selected, and what was selected before it began; that stays selected.
    _anchor: int | None = None
    _base: frozenset[Hashable] = frozenset()

    def body(self) -> Iterable[Widget]:
        with Ground(id="body"):
            with Ground(id="list") as left:
                yield from self.over()
                yield Table(self.columns(), id="table")
                yield from self.under()
            yield self.pane_of_detail()
        self._widen(left)

    # what a screen says

    def over(self) -> Iterable[Widget]:
        """What stands above the list."""
        yield Lines(id="sentence")

    def under(self) -> Iterable[Widget]:
        """What stands below the list."""
        return ()

    def pane_of_detail(self) -> Widget:
        """What stands in the place of the detail: a page, or what has one."""
        return Page(id="detail")

    def sentence(self) -> Line:
        """The one sentence that answers why the screen was opened."""
        return ()

    def columns(self) -> Sequence[Column]:
        """The columns of the list in this size and the language of the moment."""
        raise NotImplementedError

    def detail_of(self, cells: int) -> tuple[Sequence[Line], object]:
        """The detail of the row under the cursor in so many cells, and what it is about."""
        raise NotImplementedError

    def draw(self) -> None:
        """Draw what depends on the size and is no row."""
        self.draw_sentence()
        self.draw_detail()
        self.draw_bar()

    def moved(self) -> None:
        """The cursor stands on another row: the detail follows once the keys pause."""
        if self._anchor is not None:
            first, last = sorted((self._anchor, self.table.cursor))
            self.pick(self._base | {self.table.source.key(row) for row in range(first, last + 1)})
        if not self._stale:
            self._stale = True
            self.call_later(self.draw_detail)

    def key_of(self, place: Place) -> Hashable | None:
        """The key of the row of a place; None where it has none here."""
        return place.id if place.domain == self.domain else None

    def place_of(self, key: Hashable) -> Place | None:
        """The place of the row with this key."""
        return Place(self.domain, key) if isinstance(key, (int, str)) else None

    # what is shown

    @property
    def table(self) -> Table:
        """The list."""
        return self.query_one("#table", Table)

    @property
    def front(self) -> Widget:
        """What has the focus where the detail has not."""
        return self.table

    @property
    def detail(self) -> Page:
        """The detail."""
        return self.query_one("#detail", Page)

    @property
    def wide(self) -> bool:
        """Whether the two stand beside each other."""
        return self._width >= WIDE and not self.below

    @property
    def parted(self) -> bool:
        """Whether an empty row parts the groups."""
        return self.size.height >= TALL if self.below else self.wide

    @property
    def low(self) -> bool:
        """Whether the detail has so few rows that it is told in short."""
        return self.detail.size.height <= LOW

    @property
    def _width(self) -> int:
        """The width of the screen, also before it is laid out."""
        return self.size.width or self.app.size.width

    @property
    def list_cells(self) -> int:
        """The width of the list, also before it is laid out."""
        if not self.wide:
            return self._width
        return self.list_full if self._width >= FULL else self.list_wide

    @property
    def detail_cells(self) -> int:
        """The width of the text of the detail; 0 while it is not shown."""
        cells = self.detail.size.width
        return min(cells, self.widest) if self.wide else cells

    def show(self, rows: RowSource, keep: Hashable | None = None) -> None:
        """Show these rows; the cursor goes to the key `keep`, else to where something lands, else it stays."""
        table, landing = self.table, self.bench.landing
        if keep is None and landing is not None:
            keep = self.key_of(landing)
        table.use(self.columns())
        if table.picked:
            table.picked &= {rows.key(row) for row in range(len(rows))}
        table.show(rows, table.key if keep is None else keep)

    def fit(self) -> None:
        table = self.table
        self._widen(self.query_one("#list"))
        table.use(self.columns())
        if table.parted != self.parted:
            table.parted = self.parted
            table.lay_out_again()
        self.call_after_refresh(self.draw)

    def _widen(self, left: Widget) -> None:
        left.styles.width = self.list_cells if self.wide else "1fr"

    def draw_sentence(self) -> None:
        """The sentence, and the key of the second view where it fits beside."""
        cells = self.list_cells
        line = self.with_second([Span("  "), *tight(self.sentence())], cells - 2)
        self.query_one("#sentence", Lines).show([shorten(line, cells - 1)])

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def _focus_moved(self) -> None:
        self.call_after_refresh(self.focus_moved)

    def focus_moved(self) -> None:
        """Another widget has the focus: draw what depends on it."""
        self.draw_detail()

    @on(Page.Resized)
    def draw_detail(self) -> None:
        """Draw the detail as it is now."""
        self._stale = False
        if (cells := self.detail_cells) > 0:
            lines, about = self.detail_of(cells)
            self.detail.show(lines, about)

    def tick(self) -> None:
        """The detail tells seconds where its row does."""
        if self.table.tick():
            self.draw_detail()

    @on(Table.Moved)
    def _moved(self) -> None:
        self.moved()

    def land(self, place: Place) -> bool:
        key = self.key_of(place)
        row = self.table.row_of(key) if key is not None else None
        if row is not None:
            self.table.go(row)
        return row is not None

    @property
    def here(self) -> Place | None:
        key = self.table.key
        return self.place_of(key) if key is not None else None

    def walking(self, begins: bool) -> None:
        """Where there is no room for both, the detail takes the rows of the list meanwhile."""
        self.set_class(begins and not self.wide, "-whole")

    # from pane to pane

    def action_to_detail(self) -> None:
        """The focus to the detail, and back; where there is no room beside the list, on the whole screen."""
        if self.detail.has_focus:
            self.to_list()
        else:
            if not self.detail.display:
                self.add_class("-whole")
            self.detail.focus()

    def action_to_whole(self) -> None:
        """The detail on the whole screen, and back."""
        self.toggle_class("-whole")
        (self.detail if self.has_class("-whole") else self.front).focus()

    def to_list(self) -> bool:
        """Back to the list; False where it was not left."""
        left = self.has_class("-whole") or self.detail.has_focus
        if left:
            self.remove_class("-whole")
            self.front.focus()
        return left

    def step_back(self) -> bool:
        """One step back: the detail, the selection, from the second view to the first; never out of the program."""
        if self.to_list() or self.unselect():
            return True
        if self.on_second:
            self.bench.run_command("app.second")
        return self.on_second

    def action_step_back(self) -> None:
        self.step_back()

    # selection

    def pick(self, keys: Iterable[Hashable]) -> None:
        """Select exactly these rows; the bar says how many."""
        self.table.pick(set(keys))
        self.draw_bar()

    def unselect(self) -> bool:
        """Nothing is selected any more; False where nothing was."""
        some = bool(self.table.picked) or self._anchor is not None
        self._anchor = None
        if some:
            self.pick(())
        return some

    def lead(self) -> Line:
        """`3 selected`, before the keys of the bar."""
        n = len(self.table.picked) if self.is_mounted else 0
        return [Span(n_("{n} selected", "{n} selected", n).format(n=n), "strong")] if n else ()

    def draw_bar(self, lead: Line = ()) -> None:
        super().draw_bar(lead or self.lead())

    def action_select(self) -> None:
        """The row under the cursor, or no longer."""
        if self.table.key is not None:
            self._anchor = None
            self.pick(self.table.picked ^ {self.table.key})
            self.table.action_list_down()

    def action_select_range(self) -> None:
        """From here to where the cursor goes; a second time ends it."""
        self._anchor = self.table.cursor if self._anchor is None else None
        if self._anchor is not None and self.table.key is not None:
            self._base = frozenset(self.table.picked)
            self.pick(self._base | {self.table.key})

    def action_select_all(self) -> None:
        """All rows that are shown, or none where all are selected."""
        keys: set[Hashable] = {self.table.source.key(row) for row in range(len(self.table.source))}
        self.pick(() if self.table.picked == keys else keys)
