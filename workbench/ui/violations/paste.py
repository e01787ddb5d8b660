"""Several pasted violations: how each line is read stands there before Enter saves them all in one step of undo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from textual.widget import Widget

from workbench.core.saying import Told, say
from workbench.core.violations.evidence import find_reason
from workbench.core.violations.line import read_line
from workbench.core.violations.paste import Pasted
from workbench.i18n import _, n_, pick, render
from workbench.output.violations.words import count, day
from workbench.session import Done, Session
from workbench.ui.sheets.base import told
from workbench.ui.sheets.scroll import ScrollSheet
from workbench.ui.text import Line, Span, cut, fit, shorten
from workbench.ui.widgets.lines import Lines


def read_pasted(session: Session, text: str) -> list[Pasted]:
    """Every line: as a table or with its date in front, else as the entry line reads it."""
    desk = session.ledger
    rows = desk.read(text)
    return [row if row.draft is not None else _typed(session, row) for row in rows]


def _typed(session: Session, row: Pasted) -> Pasted:
    """A line that has its date behind, as it is typed; it must name its day."""
    desk = session.ledger
    typed = read_line(row.text, desk.rules, desk.shop, session.now())
    if typed.draft is None:
        return msgspec.structs.replace(row, problem=typed.problem) if typed.known else row
    if not typed.dated:
        return row
    return Pasted(row.row, row.text, typed.draft, remark=typed.remark)


class PasteSheet(ScrollSheet):
    """The lines as they are read."""

    keys = ("sheet.accept", "sheet.leave")
    around = 6

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self._rows: list[Pasted] = []

    def body(self) -> Iterable[Widget]:
        self._rows = read_pasted(self.session, self._text)
        yield Lines(id="subject", ground="sheet")
        yield from super().body()

    def draw(self) -> None:
        super().draw()
        self.draw_keys({"sheet.accept": say("save all") if self._drafts else say("nothing to save")})
        self.query_one("#subject", Lines).show([self._subject(), []])

    @property
    def _drafts(self) -> list[Pasted]:
        return [row for row in self._rows if row.draft is not None]

    def _subject(self) -> Line:
        good, bad = len(self._drafts), len(self._rows) - len(self._drafts)
        text = n_("{n} violation to add", "{n} violations to add", good).format(n=good)
        line = [Span("  " + text, "title")]
        if bad:
            more = n_("{n} line cannot be read and stays out", "{n} lines cannot be read and stay out", bad)
            line.append(Span("   " + more.format(n=bad), "soon"))
        return line

    def lines(self) -> Sequence[Line]:
        found: list[Line] = []
        for row in self._rows:
            front = Span("  " + fit(str(row.row), 4, right=True) + "  ", "quiet")
            found.append(shorten([front, *self._row(row)], self.cells + 2))
        return found

    def _row(self, row: Pasted) -> list[Span]:
        if row.draft is None:
            problem = render(row.problem) if row.problem else ""
            return [Span("! ", "soon_bold"), Span(cut(row.text, 30) + "   ", "quiet"), Span(problem, "soon")]
        known = find_reason(self.session.ledger.rules, row.draft.reason)
        draft, now, zone = row.draft, self.session.now(), self.session.zone
        line = [
            Span("\u2713 "), Span(fit(count(draft.points), 11), "strong"),
            Span(fit(day(draft.issued_at, now, zone), 13)), Span(pick(known.name) if known else draft.reason or ""),
        ]  # fmt: skip
        if row.remark is not None:
            line.append(Span("   " + render(row.remark), "soon"))
        elif draft.note:
            line.append(Span("   " + _('"{words}"').format(words=draft.note), "quiet"))
        return line

    def action_sheet_accept(self) -> None:
        drafts = [row.draft for row in self._drafts if row.draft is not None]
        if drafts:
            self.bench.do(lambda: self.session.ledger.add_many(drafts), self._saved, self._refused)

    def _saved(self, done: Done) -> None:
        self.bench.saved(done)
        self.dismiss(None)

    def _refused(self, error: Told) -> None:
        self.query_one("#subject", Lines).show([*told(error, self.cells), []])
