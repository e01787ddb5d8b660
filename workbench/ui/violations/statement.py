"""The statement of an appeal: written in lines, with the number of characters against the limit while typing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import TextArea

from workbench.core.violations.model import Violation
from workbench.i18n import _
from workbench.output.violations.words import reason
from workbench.session import Done
from workbench.ui.commands import bindings
from workbench.ui.replies.look import blank, finding_lines
from workbench.ui.sheets.base import Sheet
from workbench.ui.text import Line, Span, shorten, spread
from workbench.ui.violations.detail import length
from workbench.ui.widgets.lines import Lines
from workbench.ui.widgets.writing import Writing


class StatementSheet(Sheet[None]):
    """The draft of one appeal."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("statement")
    AUTO_FOCUS = "Writing"
    keys = ("statement.save", "sheet.leave")

    def __init__(self, violation: Violation) -> None:
        super().__init__()
        self._violation, self.subject = violation, violation.ref

    def body(self) -> Iterable[Widget]:
        yield Lines(id="subject", ground="sheet")
        yield Writing(self._violation.statement or "")
        yield Lines(id="findings", ground="sheet")

    def draw(self) -> None:
        self.draw_keys()
        self.query_one(Writing).styles.height = max(min(self.room - 10, 10), 2)
        self._show()

    @property
    def _text(self) -> str:
        return self.query_one(Writing).text

    def _subject(self) -> Line:
        title = _("Statement for {ref}").format(ref=self._violation.ref)
        named = reason(self._violation, self.session.ledger.rules)
        left = [Span("  " + title, "title"), Span(f"  {named}", "quiet")]
        right = [length(len(self._text), self.session.ledger.rules.statement_limit)]
        return spread(shorten(left, self.cells), right, self.cells + 2)

    @on(TextArea.Changed)
    def _show(self) -> None:
        self.query_one("#subject", Lines).show([self._subject(), []])
        found = [each for each in self.session.replies.lint(self._text, "appeal") if each.level != "info"]
        self.query_one("#findings", Lines).show(blank(list(finding_lines(found, self.cells, 2))))

    def action_statement_save(self) -> None:
        text, desk, id = self._text.strip(), self.session.ledger, self._violation.id
        if text == (self._violation.statement or ""):
            self.dismiss(None)
            return
        self.do(lambda: desk.statement(id, text), self._saved)

    def _saved(self, done: Done) -> None:
        self.bench.saved(done)
        self.dismiss(None)
