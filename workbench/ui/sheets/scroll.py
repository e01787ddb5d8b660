"""A sheet that only shows lines and scrolls inside: help, why, history's detail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.widget import Widget

from workbench.ui.sheets.base import Sheet
from workbench.ui.text import Line
from workbench.ui.widgets.lines import Page


class ScrollSheet(Sheet[None]):
    """`lines` are what it shows; the arrows scroll where they do not fit."""

    keys: ClassVar[tuple[str, ...]] = ("sheet.leave",)
    AUTO_FOCUS = "#page"
    #: The rows of the sheet beside the lines.
    around = 5

    def body(self) -> Iterable[Widget]:
        yield Page(id="page", ground="sheet")

    def lines(self) -> Sequence[Line]:
        """What is shown."""
        raise NotImplementedError

    def draw(self) -> None:
        self.draw_keys()
        lines, page = self.lines(), self.query_one("#page", Page)
        page.styles.height = max(min(len(lines), self.room - self.around), 1)
        page.show(lines)

    def action_sheet_down(self) -> None:
        self.query_one("#page", Page).scroll_relative(y=1, animate=False)

    def action_sheet_up(self) -> None:
        self.query_one("#page", Page).scroll_relative(y=-1, animate=False)
