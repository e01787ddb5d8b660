"""Several lines pasted where one is typed: how each is read stands there before Enter saves them in one step of undo.

Nothing is glued together and nothing is dropped: a line that cannot be read stays in the sheet, named, when the others
are saved, and Enter then brings it into the entry line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from textual.widget import Widget

from workbench.core.saying import say
from workbench.i18n import n_, render
from workbench.output.marks import DONE
from workbench.session import Done
from workbench.ui.sheets.scroll import ScrollSheet
from workbench.ui.text import Line, Span, clean, cut, fit, shorten
from workbench.ui.widgets.lines import Lines


class Read(NamedTuple):
    """One pasted line: what it is saved as (None where it cannot be read), and how it is read back, or why not."""

    text: str
    value: Any = None
    said: Line = ()


class LinesWay(NamedTuple):
    """What several lines are in one place: how they are read and saved, and what mends one that could not be read.

    `mend` is given the sheet and opens the line in which it is corrected.
    """

    place: str
    read: Callable[[str], Sequence[Read]]
    save: Callable[[Sequence[Any]], Done]
    mend: Callable[[SeveralSheet], None]


def lines_of(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class SeveralSheet(ScrollSheet):
    """The lines as they are read."""

    keys = ("sheet.accept", "sheet.leave")
    around = 6

    def __init__(self, text: str, way: LinesWay) -> None:
        super().__init__()
        self._text, self._way = text, way
        self.rows: list[Read] = []
        #: What was saved last.
        self.done: Done | None = None

    @property
    def place(self) -> str:
        """The same as of the line into which they were pasted."""
        return self._way.place

    def texts(self) -> Mapping[str, str]:
        # What was pasted stood nowhere before.
        return {"0": "\n".join(row.text for row in self.rows)} if self.ready else {}

    def body(self) -> Iterable[Widget]:
        self.rows = list(self._way.read(self._text))
        yield Lines(id="subject", ground="sheet")
        yield from super().body()

    @property
    def good(self) -> list[Read]:
        """Those that can be saved."""
        return [row for row in self.rows if row.value is not None]

    def draw(self) -> None:
        super().draw()
        self.draw_keys({"sheet.accept": say("save all") if self.good else say("correct the first")})
        self.query_one("#subject", Lines).show([self._subject(), []])

    def _subject(self) -> Line:
        good, bad = len(self.good), len(self.rows) - len(self.good)
        line = []
        if good:
            text = n_("{n} line to save", "{n} lines to save", good).format(n=good)
            line.append(Span("  " + text, "title"))
        if bad:
            text = n_("{n} line cannot be read and stays here", "{n} lines cannot be read and stay here", bad)
            line.append(Span(("   " if good else "  ") + text.format(n=bad), "soon" if good else "soon_bold"))
        return line

    def lines(self) -> Sequence[Line]:
        return [shorten([_number(at), *self._row(row)], self.cells + 2) for at, row in enumerate(self.rows, 1)]

    def _row(self, row: Read) -> list[Span]:
        if row.value is None:
            return [Span("! ", "soon_bold"), Span(cut(clean(row.text), 30) + "   ", "quiet"), *row.said]
        return [Span(f"{DONE} "), *row.said]

    def action_sheet_accept(self) -> None:
        """Save what can be read; where nothing can, correct the first."""
        good = self.good
        if good:
            self.do(lambda: self._way.save([row.value for row in good]), self._saved)
        else:
            self._way.mend(self)

    def _saved(self, done: Done) -> None:
        self.done = done
        self.bench.saved(done)
        self.rows = [row for row in self.rows if row.value is None]
        if not self.rows:
            self.dismiss(None)
            return
        self.draw()
        self.say([[Span(f"  {DONE} "), Span(render(done.saying))]])
        self.bench.keeper.touched()

    def mended(self, done: object) -> None:
        """The first was corrected and saved (or not: None); go on with the next."""
        if done is not None:
            del self.rows[:1]
        if self.rows:
            self.draw()
        else:
            self.dismiss(None)


def _number(at: int) -> Span:
    return Span("  " + fit(str(at), 4, right=True) + "  ", "quiet")
