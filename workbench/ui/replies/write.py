"""Writing a text in several lines: Tab takes it, Esc leaves it as it was; where something was typed, Esc asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import TextArea

from workbench.core.lint.model import Finding
from workbench.i18n import _
from workbench.ui.commands import bindings
from workbench.ui.replies import look
from workbench.ui.sheets.base import Sheet
from workbench.ui.text import Span
from workbench.ui.widgets.lines import Lines
from workbench.ui.widgets.writing import Writing


class WriteSheet(Sheet[str]):
    """The text; `lint` tells of it while it is typed. Dismissed with the words, or None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("write")
    AUTO_FOCUS = "Writing"
    keys = ("write.save", "sheet.leave")

    def __init__(self, title: str, text: str, lint: Callable[[str], Sequence[Finding]] | None = None) -> None:
        super().__init__()
        self._title = self.subject = title
        self._text, self._lint = text, lint
        self._asked = False

    def body(self) -> Iterable[Widget]:
        yield Lines(id="subject", ground="sheet")
        writing = Writing(self._text, compact=True, soft_wrap=True, highlight_cursor_line=False)
        writing.cursor_blink = False
        yield writing
        yield Lines(id="findings", ground="sheet")

    def draw(self) -> None:
        self.draw_keys()
        self.query_one(Writing).styles.height = max(min(self.room - 10, 14), 3)
        self._show()

    @on(TextArea.Changed)
    def _show(self) -> None:
        self._asked = False
        text = self.query_one(Writing).text
        self.query_one("#subject", Lines).show([[Span("  " + self._title, "title")], []])
        found = [each for each in self._lint(text) if each.level != "info"] if self._lint else []
        self.query_one("#findings", Lines).show(look.blank(list(look.finding_lines(found, self.cells, 2))))

    def action_write_save(self) -> None:
        text = self.query_one(Writing).text.strip("\n")
        if text.strip():
            self.dismiss(text)

    def action_sheet_leave(self) -> None:
        """Leave it as it was; where something was typed, the second Esc does."""
        if self.query_one(Writing).text != self._text and not self._asked:
            self._asked = True
            self.say(
                [[Span("  "), Span(_("What you typed is not taken yet: Tab takes it, Esc again drops it."), "soon")]]
            )
            return
        self.dismiss(None)
