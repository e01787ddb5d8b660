"""If I am away until then: what lapses, with money and points, and the least that must be done before leaving."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import ClassVar

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from workbench.core.away import Away, Lapse
from workbench.core.saying import Told, say
from workbench.core.when import parse_when
from workbench.i18n import _, language, render
from workbench.output.agenda import stake
from workbench.output.away import about, remarks, sentence, ways
from workbench.output.marks import CURSOR
from workbench.output.words import countdown, due_point, weekday
from workbench.ui.sheets.base import Sheet, told
from workbench.ui.text import Line, Span, cut, fit, shorten, wrap
from workbench.ui.widgets.entry import Entry
from workbench.ui.widgets.lines import Page

#: The rows of the sheet beside the answer.
_AROUND = 5


class AwaySheet(Sheet[None]):
    """A day is typed, the answer stands below it while typing. Enter goes to the first thing to do."""

    drafts = False
    AUTO_FOCUS = "Typed"
    keys: ClassVar[tuple[str, ...]] = ("sheet.accept", "sheet.leave")

    def __init__(self) -> None:
        super().__init__()
        self._found: Away | None = None

    def body(self) -> Iterable[Widget]:
        prompt = [Span("  " + _("If I am away until") + " ", "title"), Span(f"{CURSOR} ", "accent_bold")]
        yield Entry(prompt, self._in_two_days())
        yield Page(id="page", ground="sheet")

    def on_mount(self) -> None:
        # What is typed takes the place of the guess.
        self.query_one(Entry).typed.select_all()

    def _in_two_days(self) -> str:
        """The first guess, as people say it."""
        return weekday((self.session.now() + timedelta(days=2)).astimezone(self.session.zone).date())

    def draw(self) -> None:
        self.draw_keys({"sheet.accept": say("go to the first thing to do")})
        self._answer(self.query_one(Entry).value)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._answer(event.value)

    def _answer(self, text: str) -> None:
        lines = self._lines(text)
        page = self.query_one(Page)
        page.styles.height = max(min(len(lines), self.room - _AROUND), 1)
        page.show(lines, about=text)

    def _lines(self, text: str) -> Sequence[Line]:
        session, self._found = self.session, None
        now, zone = session.now(), session.zone
        at = parse_when(text, now, zone)
        if at is None:
            return [[Span("  " + _("a day or a time, such as: Thu, 27 Nov, tomorrow 18:00, +3d"), "quiet")]]
        try:
            found = self._found = session.away(at)
        except Told as error:
            return told(error, self.cells)
        role = "soon" if found.lapses else "text"
        head: list[Line] = [[], [Span("  " + sentence(found, zone), "title" if found.lapses else role)]]
        rows = [self._row(lapse) for lapse in found.lapses]
        notes = [Span("  " + row, "quiet") for remark in remarks(found) for row in wrap(remark, self.cells)]
        return [*head, *([[], *rows, []] if rows else []), *([note] for note in notes)]

    def _row(self, lapse: Lapse) -> Line:
        now, zone, chinese = self.session.now(), self.session.zone, language() == "zh"
        left, about_it = lapse.due_at - now, lapse.told
        late = left <= timedelta()
        name = about(about_it) if about_it.thing else about_it.name
        line: list[Span] = [
            Span("  ! " if late else "    ", "late_bold"),
            Span(fit(countdown(left), 10 if chinese else 8, right=True), "late" if late else "text"),
            Span("  " + fit(due_point(lapse.due_at, now, zone), 10 if chinese else 9, right=True)),
            Span("  " + fit(render(about_it.what), 12 if chinese else 17), "text"),
        ]
        if self.cells >= 100:
            line += [Span("  " + fit(lapse.ref, max(5, len(lapse.ref))), "quiet"), Span("  " + fit(cut(name, 13), 13))]
        line.append(Span(" " + fit(stake(about_it), 10, right=True) + "   "))
        line.append(Span(ways(lapse) or _("nothing helps now"), "bold" if lapse.ways else "quiet"))
        return shorten(line, self.cells + 2)

    def action_sheet_down(self) -> None:
        self.query_one(Page).scroll_relative(y=1, animate=False)

    def action_sheet_up(self) -> None:
        self.query_one(Page).scroll_relative(y=-1, animate=False)

    @on(Input.Submitted)
    def _go(self, event: Input.Submitted) -> None:
        """To the first that acting avoids; nothing else happens."""
        event.stop()
        if self._found is None:
            return
        first = next(iter(self._found.avoidable), None)
        self.dismiss(None)
        if first is not None:
            self.bench.open(first.due.place)
