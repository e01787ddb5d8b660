"""A question that is answered by another key than the one that asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from workbench.ui.commands import bindings
from workbench.ui.sheets.base import Sheet
from workbench.ui.text import Span
from workbench.ui.widgets.lines import Lines


class ConfirmSheet(Sheet[bool]):
    """Dismissed with True for yes, else None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("confirm")
    keys = ("confirm.yes", "sheet.leave")

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def body(self) -> Iterable[Widget]:
        yield Lines([[Span(f"  {self._question}", "title")]], ground="sheet")

    def action_confirm_yes(self) -> None:
        self.dismiss(True)
