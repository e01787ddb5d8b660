"""The quick log: the line of the Log over any screen. Enter saves and is ready for the next, Esc goes back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from workbench.core.saying import say
from workbench.i18n import _, render
from workbench.output.marks import CURSOR, DONE
from workbench.session import Done
from workbench.ui.commands import bindings
from workbench.ui.issues.entry import LogEntry
from workbench.ui.issues.lines import short_word
from workbench.ui.sheets.base import Sheet
from workbench.ui.text import Line, Span, shorten
from workbench.ui.widgets.lines import Lines

#: How many suggestions are in sight.
_SHOWN = 3


class LogSheet(Sheet[None]):
    """The sheet."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("log")
    AUTO_FOCUS = "LogLine"
    drafts = False  # its line keeps them
    keys = ("logline.save", "line.complete", "logline.up", "log.form", "log.none", "sheet.leave")

    def __init__(self) -> None:
        super().__init__()
        self._done: Done | None = None

    def body(self) -> Iterable[Widget]:
        yield Lines(id="title", ground="sheet")
        yield LogEntry(id="entry")
        yield Lines(id="offers", ground="sheet")

    @property
    def entry(self) -> LogEntry:
        """The entry line."""
        return self.query_one(LogEntry)

    def draw(self) -> None:
        self.draw_keys({"sheet.leave": say("leave")})
        log = self.session.log
        n = log.tally(log.today).total(log.today)
        title: list[Span] = [Span("  " + _("Log"), "title"), Span("   " + _("{n} today").format(n=n), "quiet")]
        if self._done is not None:
            title.append(Span(f"   {DONE} " + _("{what}, saved.").format(what=render(self._done.saying))))
        self.query_one("#title", Lines).show([shorten(title, self.cells)])
        self.query_one("#offers", Lines).show(self._offers())

    def _offers(self) -> list[Line]:
        """The suggestions, as long as the line is empty."""
        entry = self.entry
        found = entry.suggested
        if not found or entry.line.value.strip():
            return []
        first = max(0, min(entry.mark - _SHOWN + 1, len(found) - _SHOWN))
        lines: list[Line] = []
        for at, each in enumerate(found[first : first + _SHOWN], first):
            marked = at == entry.mark
            what = f"{each.sku}  {short_word(self.session.log.types, each.type) if each.type else '?'}"
            mark = Span(f"{CURSOR} " if marked else "  ", "accent_bold")
            role = "text" if marked else "quiet"
            lines.append([mark, *shorten([Span(what, role), Span(f"  {each.words}", role)], self.cells)])
        return lines

    @on(LogEntry.Changed)
    def _changed(self) -> None:
        self.draw()

    @on(LogEntry.Logged)
    def _logged(self, event: LogEntry.Logged) -> None:
        self._done = event.done
        self.say()
        self.draw()

    @on(LogEntry.NotLogged)
    def _not_logged(self, event: LogEntry.NotLogged) -> None:
        self.refused(event.told)

    @on(LogEntry.Left)
    def _left(self) -> None:
        self.dismiss(None)

    def action_log_form(self) -> None:
        from workbench.ui.issues.form import IssueForm

        self.app.push_screen(IssueForm(self.session, self.entry.line.value, None), self.entry.formed)

    def action_log_none(self) -> None:
        self.do(self.session.log.nothing_wrong, self._none)

    def _none(self, done: Done) -> None:
        self._done = done
        self.draw()

    def action_log_week(self) -> None:
        """Not from here: the sheet is for a line."""
