"""Why: everything the rules say of a text, each with its source and day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from workbench.core.lint.model import Finding
from workbench.ui.replies import look
from workbench.ui.sheets.scroll import ScrollSheet
from workbench.ui.text import Line, Span, clean
from workbench.ui.widgets.lines import Lines


class ReplyWhy(ScrollSheet):
    """The findings of one text."""

    def __init__(self, title: str, findings: Sequence[Finding]) -> None:
        super().__init__()
        self._title, self._findings = title, findings

    def body(self) -> Iterable[Widget]:
        yield Lines([[Span("  " + clean(self._title), "title")], []], ground="sheet")
        yield from super().body()

    def lines(self) -> list[Line]:
        return look.why_lines(self._findings, self.cells)
