"""The line in which a list is narrowed: `/` opens it in the place of the sentence, and the list follows what is typed.

Enter keeps it, Esc leaves the list as it was. What is wrong is told behind the line, and the last good list stays.
"""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.timer import Timer
from textual.widgets import Input

from workbench.core.saying import Misuse, Saying
from workbench.i18n import _, render
from workbench.ui.list_and_detail import ListAndDetail
from workbench.ui.text import Line, Span
from workbench.ui.widgets.entry import Entry

#: Seconds without a key after which the list follows.
PAUSE = 0.05


class Narrowing(ListAndDetail):
    """A list that shows what fits its `expression`."""

    DEFAULT_CSS = "Narrowing #filter { margin-bottom: 1; } Narrowing.-flat #filter { margin-bottom: 0; }"
    #: What the line takes the place of.
    gives_way: ClassVar[str] = "#sentence"
    #: What stands in the line while it is empty.
    example: ClassVar[str] = ""
    expression = ""
    _before = ""
    _pause: Timer | None = None

    @property
    def of_all(self) -> int:
        """How many rows there are without an expression."""
        raise NotImplementedError

    def narrow(self, text: str) -> Saying | None:
        """Show what fits; or what is wrong with it, and nothing has changed."""
        before, self.expression = self.expression, text.strip()
        try:
            self.fill()
        except Misuse as misuse:
            self.expression = before
            return misuse.saying
        return None

    def narrowed_line(self) -> Line:
        """The expression, and how many fit it, in place of the sentence."""
        return [Span("/ ", "accent_bold"), Span(self.expression, "strong"), Span(f"   {self._hits()}", "quiet")]

    def _hits(self) -> str:
        return _("{n} of {all}").format(n=len(self.table.source), all=self.of_all)

    def open_filter(self) -> None:
        """Open the line."""
        if self.query("#filter"):
            return
        self._before = self.expression
        entry = Entry(
            [Span("  "), Span("/ ", "accent_bold")], self.expression, self.example, ground="page", id="filter"
        )
        self.query_one(self.gives_way).display = False
        self.bench.ahead.open_line(self.query_one("#list"), entry, before=self.gives_way)

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._follow)

    def _follow(self) -> bool:
        """What is typed so far narrows the list; whether it could."""
        wrong: Saying | None = None
        for entry in self.query("#filter").results(Entry):
            wrong = self.narrow(entry.value) if entry.value != self.expression else None
            entry.tell([Span(self._hits(), "quiet") if wrong is None else Span(render(wrong), "soon")])
        return wrong is None

    @on(Input.Submitted)
    def _keep(self, event: Input.Submitted) -> None:
        event.stop()
        if self._follow():  # what is wrong stays, with what is said of it
            self._close()

    def _close(self) -> None:
        self.query("#filter").remove()
        self.query_one(self.gives_way).display = True
        self.table.focus()
        self.draw()

    def step_back(self) -> bool:
        """The line, the detail, the selection, the expression."""
        if self.query("#filter"):
            if self.expression != self._before:
                self.narrow(self._before)
            self._close()
            return True
        if self.to_list() or self.unselect():
            return True
        if self.expression:
            self.narrow("")
            return True
        return super().step_back()
