"""The lines of the log behind one number of the week, with the buyers' words in full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from workbench.output.words import long_date
from workbench.ui.issues.cell import CellFacts
from workbench.ui.sheets.scroll import ScrollSheet
from workbench.ui.text import Line, Span, fit, wrap
from workbench.ui.widgets.lines import Lines


class LinesSheet(ScrollSheet):
    """By day, as they were logged."""

    around = 6

    def __init__(self, found: CellFacts) -> None:
        super().__init__()
        self._found = found

    def body(self) -> Iterable[Widget]:
        title = [Span(f"  {self._found.sku}  {self._found.title}", "title"), Span(f"   {self._found.count}", "quiet")]
        yield Lines([title, []], ground="sheet")
        yield from super().body()

    def lines(self) -> Sequence[Line]:
        lines: list[Line] = []
        day = None
        for issue in self._found.issues:
            name = long_date(issue.day) if issue.day != day else ""
            day = issue.day
            about = [f"x{issue.count}"] if issue.count > 1 else []
            about += [f"T-{issue.ticket}"] if issue.ticket is not None else []
            for at, text in enumerate(wrap(issue.words, self.cells - 32)):
                front = [Span("  " + fit(name if at == 0 else "", 13), "quiet")]
                back = [Span("   " + " ".join(about), "quiet")] if about and at == 0 else []
                lines.append([*front, Span(text), *back])
        return lines
