"""What was done, newest first: Enter takes back everything down to the marked line, or does it again."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from workbench.core.saying import Saying, say
from workbench.i18n import _, n_, render
from workbench.output.marks import DONE
from workbench.output.words import point
from workbench.storage import HistoryEntry
from workbench.ui.sheets.choosing import ChoosingSheet
from workbench.ui.text import Span, fit
from workbench.ui.widgets.choices import Choice, Choices
from workbench.ui.widgets.lines import Lines

_AROUND = 5


class HistorySheet(ChoosingSheet[None]):
    """The last user actions; what was taken back is grey."""

    AUTO_FOCUS = "#actions"

    def body(self) -> Iterable[Widget]:
        yield Lines([[Span("  " + _("What was done"), "title")], []], ground="sheet")
        yield Choices(id="actions")

    def draw(self) -> None:
        entries = self.session.history()
        self.draw_keys({"sheet.accept": say("take back down to here, or do again up to here")})
        now, zone = self.session.now(), self.session.zone
        choices = [self._choice(entry, point(entry.at, now, zone)) for entry in entries]
        if not choices:
            choices = [Choice([Span(_("Nothing was done yet."), "quiet")], False)]
        self.query_one(Choices).show(choices, self.room - _AROUND)

    def _choice(self, entry: HistoryEntry, when: str) -> Choice:
        role = "quiet" if entry.undone else "text"
        state = _("taken back") if entry.undone else ""
        return Choice([Span(fit(when, 11), "quiet"), Span(render(entry.text), role), Span(f"   {state}", "quiet")])

    def action_sheet_accept(self) -> None:
        """One action after the other, each a step of its own, so that each can be turned round again."""
        at, entries = self.query_one(Choices).cursor, self.session.history()
        if not entries or at < 0:
            return
        session = self.session
        if entries[at].undone:
            count = sum(entry.undone for entry in entries[at:])
            turn = session.redo
        else:
            count = sum(not entry.undone for entry in entries[: at + 1])
            turn = session.undo

        def deed() -> list[Saying]:
            return [turn() for _step in range(count)]

        self.do(deed, self._turned)

    def _turned(self, sayings: list[Saying]) -> None:
        n = len(sayings)
        text = n_("{n} step turned round.", "{n} steps turned round.", n).format(n=n)
        if self.bench.frame is not None:
            self.bench.frame.tell([Span(f"{DONE} "), Span(text)])
        self.dismiss(None)
