"""The checklist of a live: what is to be ready before it, what is owed after it; ticked off in place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from workbench.core.lives.model import Check, Live
from workbench.i18n import _, pick
from workbench.output.marks import DONE
from workbench.output.words import due_point, full_point
from workbench.session import Done
from workbench.ui.commands import bindings
from workbench.ui.sheets.base import Sheet
from workbench.ui.text import Line, Span, fit, shorten
from workbench.ui.widgets.choices import Choice, Choices
from workbench.ui.widgets.lines import Lines

_AROUND = 6


class CheckSheet(Sheet[None]):
    """The items of one live; stays open until it is left."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("livecheck")
    AUTO_FOCUS = "#items"
    keys: ClassVar[tuple[str, ...]] = ("sheet.accept", "live.end", "live.form", "live.delete", "sheet.leave")

    def __init__(self, id: int) -> None:
        super().__init__()
        self._number, self.subject = id, f"L-{id}"

    def body(self) -> Iterable[Widget]:
        yield Lines(id="subject", ground="sheet")
        yield Choices(id="items")

    @property
    def live(self) -> Live:
        """The live as it is now."""
        found: Live = self.session.desk("lives").get(self._number)
        return found

    @property
    def _items(self) -> tuple[Check, ...]:
        return (*self.live.before, *self.live.after)

    def draw(self) -> None:
        from workbench.core.saying import say

        self.draw_keys({"sheet.accept": say("tick, or open again")})
        self.query_one("#subject", Lines).show([self._subject(), []])
        self.query_one(Choices).show([Choice(self._line(each)) for each in self._items], self.room - _AROUND)

    def _subject(self) -> Line:
        live, now = self.live, self.session.now()
        state = {"coming": _("starts {point}"), "running": _("on air, to {point}"), "ended": _("ended {point}")}
        found = live.state(now)
        at: datetime = live.starts_at if found == "coming" else live.over_at
        line = [
            Span("  " + (live.content or live.account or live.creator or _("Live")), "title"),
            Span("   " + state[found].format(point=full_point(at, self.session.zone))),
            Span(f"   {' '.join(live.skus)}", "quiet"), Span(f"   {live.ref}", "quiet"),
        ]  # fmt: skip
        return shorten(line, self.cells + 2)

    def _line(self, check: Check) -> Line:
        live, now, zone = self.live, self.session.now(), self.session.zone
        mark = f"[{DONE}] " if check.done_at else "[ ] "
        due = live.due(check)
        when = ""
        if check.done_at is None and due is not None:
            when = _("by {point}").format(point=due_point(due, now, zone))
        before = any(each.id == check.id for each in live.before)
        role = "quiet" if check.done_at else "soon" if due is not None and due <= now else "text"
        return [
            Span(mark, role), Span(fit(pick(check.title), 46), role),
            Span(fit(_("before") if before else _("after"), 8), "quiet"), Span(when, role),
        ]  # fmt: skip

    def on_choices_taken(self) -> None:
        self.action_sheet_accept()

    def action_sheet_accept(self) -> None:
        at = self.query_one(Choices).cursor
        if at >= 0:
            item = self._items[at]
            desk, number = self.session.desk("lives"), self._number
            self.do(lambda: desk.check(number, item.id, done=item.done_at is None), self._ticked)

    def action_live_tick(self) -> None:
        self.action_sheet_accept()

    def _ticked(self, done: Done) -> None:
        self.bench.saved(done)
        self.draw()
        if all(each.done_at for each in self._items):
            self.dismiss(None)

    def action_live_end(self) -> None:
        """It ended now: what is owed after it counts from now."""
        desk, number = self.session.desk("lives"), self._number
        self.do(lambda: desk.end(number), self._ticked)

    def action_live_form(self) -> None:
        from workbench.ui.lives.form import LiveForm

        live = self.live
        self.dismiss(None)
        self.bench.push_screen(LiveForm(self.session, live))

    def action_live_delete(self) -> None:
        """Asks, and is answered by another key than the one that asked."""
        from workbench.ui.sheets.confirm import ConfirmSheet

        desk, number = self.session.desk("lives"), self._number

        def gone(done: Done) -> None:
            self.bench.saved(done)
            self.dismiss(None)

        def delete(yes: bool | None) -> None:
            if yes:
                self.do(lambda: desk.delete([number]), gone)

        question = _("Delete {ref}? Undo brings it back.").format(ref=f"L-{number}")
        self.bench.push_screen(ConfirmSheet(question), delete)

    def action_sheet_down(self) -> None:
        self.query_one(Choices).move(1)

    def action_sheet_up(self) -> None:
        self.query_one(Choices).move(-1)
