"""What was copied last, whole and plain, to be selected by hand where no clipboard took it."""

from __future__ import annotations

from workbench.ui.sheets.scroll import ScrollSheet
from workbench.ui.text import Line, Span, wrap


class CopiedSheet(ScrollSheet):
    """The text from the first column on, with nothing beside it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def lines(self) -> list[Line]:
        return [[Span(part, "strong")] for line in self._text.split("\n") for part in wrap(line, self.cells) or [""]]
