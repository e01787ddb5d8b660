"""A list with the detail of what is under its cursor: beside it where there is room, else below or on its own.

A screen says what stands over and under the list (`over`, `under`), the `columns`, and the `detail_of` the cursor's
row. Panes, focus, the second's tick and landing are done here; so a new list is its rows, its detail and its deeds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events, on
from textual.containers import Container, Vertical
from textual.widget import Widget

from workbench.core.place import Place
from workbench.ui.frame import Frame
from workbench.ui.text import Line
from workbench.ui.widgets.lines import Page
from workbench.ui.widgets.table import Column, Table

#: From these widths on the detail stands beside the list, which is then so wide.
WIDE, FULL, LIST_WIDE, LIST_FULL = 110, 150, 70, 102
#: The widest text of a detail on a full screen.
WIDEST = 76


class ListAndDetail(Frame):
    """A list, `#table`, and the detail, `#detail`. The class `-whole` gives the detail all rows.

    It stands first among the bases of a screen: Textual takes styles from the first one alone.
    """

    AUTO_FOCUS = "#table"
    DEFAULT_CSS = f"""
    ListAndDetail #body {{ height: 1fr; layout: vertical; }}
    ListAndDetail #list {{ height: 1fr; width: 1fr; }}
    ListAndDetail #table {{ height: 1fr; }}
    ListAndDetail #detail {{ background: $surface; display: none; height: 1fr; width: 1fr; }}
    ListAndDetail.-wide #body, ListAndDetail.-full #body {{ layout: horizontal; }}
    ListAndDetail.-wide #list {{ width: {LIST_WIDE}; }}
    ListAndDetail.-full #list {{ width: {LIST_FULL}; }}
    ListAndDetail.-wide #detail, ListAndDetail.-full #detail {{ display: block; }}
    ListAndDetail.-whole #list {{ display: none; }}
    ListAndDetail.-whole #detail {{ display: block; }}
    """
    #: Whose places the rows are; the key of a row is the id of its place.
    domain: ClassVar[str]
    #: Whether a new detail is about to be drawn.
    _stale = False

    def body(self) -> Iterable[Widget]:
        with Container(id="body"):
            with Vertical(id="list"):
                yield from self.over()
                yield Table(self.columns(), id="table")
                yield from self.under()
            yield Page(id="detail")

    # what a screen says

    def over(self) -> Iterable[Widget]:
        """What stands above the list."""
        return ()

    def under(self) -> Iterable[Widget]:
        """What stands below the list."""
        return ()

    def columns(self) -> Sequence[Column]:
        """The columns of the list in this size and the language of the moment."""
        raise NotImplementedError

    def detail_of(self, cells: int) -> tuple[Sequence[Line], object]:
        """The detail of the row under the cursor in so many cells, and what it is about."""
        raise NotImplementedError

    def draw(self) -> None:
        """Draw what depends on the size and is no row: the detail, and whatever else there is."""
        self.draw_detail()

    def moved(self) -> None:
        """The cursor stands on another row: the detail follows once the keys pause."""
        if not self._stale:
            self._stale = True
            self.call_later(self.draw_detail)

    # what is shown

    @property
    def table(self) -> Table:
        """The list."""
        return self.query_one("#table", Table)

    @property
    def detail(self) -> Page:
        """The detail."""
        return self.query_one("#detail", Page)

    @property
    def wide(self) -> bool:
        """Whether the two stand beside each other."""
        return self.size.width >= WIDE

    @property
    def list_cells(self) -> int:
        """The width of the list, also before it is laid out."""
        width = self.size.width
        return LIST_FULL if width >= FULL else LIST_WIDE if width >= WIDE else width

    @property
    def detail_cells(self) -> int:
        """The width of the text of the detail; 0 while it is not shown."""
        return self.detail.size.width

    def fit(self) -> None:
        table = self.table
        table.use(self.columns())
        if table.parted != self.wide:
            table.parted = self.wide
            table.lay_out_again()
        self.call_after_refresh(self.draw)

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def _focus_moved(self) -> None:
        self.call_after_refresh(self.draw_detail)

    @on(Page.Resized)
    def draw_detail(self) -> None:
        """Draw the detail as it is now."""
        self._stale = False
        if (cells := self.detail_cells) > 0:
            lines, about = self.detail_of(cells)
            self.detail.show(lines, about)

    def tick(self) -> None:
        self.table.tick()
        self.draw_detail()

    @on(Table.Moved)
    def _moved(self) -> None:
        self.moved()

    def land(self, place: Place) -> bool:
        row = self.table.row_of(place.id) if place.domain == self.domain else None
        if row is not None:
            self.table.go(row)
        return row is not None

    @property
    def here(self) -> Place | None:
        key = self.table.key
        return Place(self.domain, key) if isinstance(key, (int, str)) else None

    def walking(self, begins: bool) -> None:
        """Where there is no room for both, the detail takes the rows of the list meanwhile."""
        self.set_class(begins and not self.wide, "-whole")

    # from pane to pane

    def to_detail(self) -> None:
        """The focus to the detail, and back; where there is no room beside the list, on the whole screen."""
        if self.detail.has_focus:
            self.to_list()
        else:
            if not self.detail.display:
                self.add_class("-whole")
            self.detail.focus()

    def to_whole(self) -> None:
        """The detail on the whole screen, and back."""
        self.toggle_class("-whole")
        (self.detail if self.has_class("-whole") else self.table).focus()

    def to_list(self) -> bool:
        """Back to the list; False where it was not left."""
        left = self.has_class("-whole") or self.detail.has_focus
        if left:
            self.remove_class("-whole")
            self.table.focus()
        return left
