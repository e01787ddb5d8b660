"""What happened to one thing: its answers, when it was, and the line for a reason that may take their place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from workbench.i18n import _
from workbench.output.marks import CURSOR
from workbench.session import Done
from workbench.ui.sheets.choosing import ChoosingSheet
from workbench.ui.text import Span
from workbench.ui.widgets.choices import Choices
from workbench.ui.widgets.entry import Entry
from workbench.ui.widgets.lines import Lines


class HappenedSheet(ChoosingSheet[Done]):
    """Dismissed with what was saved, or None. A sheet says what `take` does, and what a reason is asked for."""

    AUTO_FOCUS = "#answers"
    #: The keys while the answers are offered.
    offered: ClassVar[tuple[str, ...]]

    def __init__(self, id: int, ref: str) -> None:
        super().__init__()
        self._number, self.subject = id, ref
        #: When it happened, where that was not just now.
        self._at: datetime | None = None
        #: Whether the reason is asked.
        self._asking = False

    # what a sheet says

    @property
    def why(self) -> str:
        """What the reason is asked with."""
        raise NotImplementedError

    @property
    def unwritten(self) -> str:
        """What is said where none is written."""
        raise NotImplementedError

    def take(self, at: int) -> None:
        """The answer at this place was given."""
        raise NotImplementedError

    def take_because(self, reason: str) -> None:
        """The reason was given."""
        raise NotImplementedError

    # the sheet

    @property
    def keys(self) -> tuple[str, ...]:  # type: ignore[override]
        """Fewer while the reason is asked."""
        return ("sheet.accept", "sheet.leave") if self._asking else self.offered

    def body(self) -> Iterable[Widget]:
        yield Lines(id="subject", ground="sheet")
        yield Choices(id="answers")
        yield Entry([Span(f"  {self.why} ", "title"), Span(f"{CURSOR} ", "accent_bold")], id="because")

    def on_mount(self) -> None:
        self.query_one("#because").display = False

    def action_sheet_accept(self) -> None:
        at = self.answers.cursor
        if at >= 0 and not self._asking:
            self.take(at)

    def action_sheet_leave(self) -> None:
        if self._asking:
            self.ask(False)
        else:
            self.dismiss(None)

    def ask_when(self) -> None:
        """Ask when it was."""
        from workbench.ui.sheets.line import when_sheet

        def taken(at: datetime | None) -> None:
            if at is not None:
                self._at = at
                self.draw()

        self.app.push_screen(when_sheet(self.session, _("When was it"), past=True), taken)

    def ask(self, asking: bool = True) -> None:
        """Ask for the reason, or go back to the answers."""
        self._asking = asking
        entry = self.query_one("#because", Entry)
        entry.display = asking
        self.answers.display = not asking
        self.draw()
        (entry.typed if asking else self.answers).focus()

    @on(Input.Submitted)
    def _because(self, event: Input.Submitted) -> None:
        event.stop()
        if reason := event.value.strip():
            self.take_because(reason)
        else:
            self.query_one("#because", Entry).tell([Span(self.unwritten, "soon")])

    def saved(self, done: Done) -> None:
        """It is on disk: tell so and leave."""
        self.bench.saved(done)
        self.dismiss(done)
