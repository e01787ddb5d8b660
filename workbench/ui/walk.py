"""The walk: through every line of the agenda that presses, in its order, each with the sheet that acts on it.

It knows no domain: a line says where it opens and which command asks what was done about it. What is dealt with or
skipped leads on to the next; Esc ends the walk where the sheet has a key to skip. A line without a sheet, or with one
that knows no skipping, is shown, and the key that began the walk goes on from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.core.agenda import PRESSING, Due
from workbench.core.place import Place
from workbench.i18n import _, render
from workbench.output.agenda import headline
from workbench.output.marks import DONE
from workbench.ui.commands import keys_in_bar
from workbench.ui.text import Line, Span, shorten

if TYPE_CHECKING:
    from workbench.session import Done
    from workbench.ui.bench import Bench

#: What a line is known by, while the walk lasts.
Key = tuple[Place, str]


def walk(bench: Bench) -> None:
    """Begin a walk at the line under the cursor, else at the first; or go on with the one that rests here."""
    here = bench.frame.here if bench.frame is not None else None
    if bench.walk is not None and bench.walk.rests(here):
        bench.walk.go_on()
        return
    groups = bench.board.brief.agenda.groups
    plan = [due for group in (*PRESSING, "ask") for due in groups.get(group, ())] or bench.board.brief.agenda.lines
    if not plan:
        bench.mention([Span(_("All clear: there is nothing to do for you now."), "quiet")])
        return
    bench.walk = Walk(bench, plan)
    bench.walk.show(next((due for due in plan if due.place == here), plan[0]))


class Walk:
    """One walk through the lines of `plan`, as they stood when it began."""

    def __init__(self, bench: Bench, plan: Sequence[Due]) -> None:
        self._bench = bench
        self._plan = list(dict.fromkeys(map(_key, plan)))
        self.due = plan[0]
        #: What was saved last. The bar, where it is told elsewhere, lies under the sheet.
        self.done: Done | None = None
        self._asking = self._rests = self._skips = self._skipped = False

    # where it is

    def following(self) -> Due | None:
        """The next line of the plan that is still to be dealt with."""
        lines = self._lines()
        rest = self._plan[self._plan.index(_key(self.due)) + 1 :]
        return next((lines[key] for key in rest if key in lines), None)

    def rests(self, here: Place | None) -> bool:
        """Whether it waits, at this place or where no place is known, to be gone on with."""
        return self._rests and here in (self.due.place, None)

    def asks_about(self, place: Place) -> bool:
        """Whether the sheet that opens now is about this place."""
        return not self._rests and self.due.place == place

    def heading(self, cells: int) -> list[Line]:
        """`T-1: return accepted, saved.` and `3 of 7   then T-42, Decide return by 13:12`, in so many cells."""
        found: list[Line] = []
        if self.done is not None:
            text = _("{what}, saved.").format(what=render(self.done.saying))
            found.append([Span("  "), *shorten([Span(f"{DONE} "), Span(text, "quiet")], cells)])
        return [*found, [Span("  "), *shorten(self.way(), cells)]]

    def way(self) -> Line:
        """`3 of 7   then T-42, Decide return by 13:12`"""
        at, following = self._plan.index(_key(self.due)) + 1, self.following()
        if following is None:
            then = _("the last one")
        else:
            now, zone = self._bench.session.now(), self._bench.session.zone
            then = _("then {ref}, {what}").format(ref=following.tell().ref, what=headline(following, now, zone))
        return [Span(_("{n} of {all}").format(n=at, all=len(self._plan)), "title"), Span(f"   {then}", "quiet")]

    def _lines(self) -> dict[Key, Due]:
        return {_key(due): due for due in self._bench.board.brief.agenda.lines}

    # from line to line

    def step(self) -> Due | None:
        """To the next line, without showing it; None at the end."""
        due = self.following()
        if due is not None:
            self.due = due
        return due

    def show(self, due: Due) -> None:
        """Open the line, and its sheet over it. What is typed meanwhile waits for the sheet."""
        self.due = due
        self._asking = self._rests = self._skipped = False
        self._bench.ahead.hold()
        self._bench.act_on(due, then=self._shown)

    async def _shown(self) -> None:
        """It stands there: with its sheet, else it rests."""
        from workbench.ui.sheets.base import Sheet

        bench, sheet = self._bench, self._bench.screen
        if isinstance(sheet, Sheet):
            self._asking, self._skips = True, sheet.skips
            if bench.frame is not None:
                bench.frame.walking(True)
        else:
            self._rest()
            await bench.ahead.release()

    def go_on(self) -> None:
        """To the next line; after the last one Today says what is left at all."""
        due = self.step()
        if due is not None:
            self.show(due)
            return
        bench, done = self._bench, self.done
        self.leave()
        bench.go_to_pane("today")
        lines = bench.board.brief.agenda.lines
        if lines:
            bench.call_later(bench.show, lines[0].place)
        if done is not None:
            bench.call_later(bench.saved, done)

    def skip(self) -> None:
        """The line stays as it is: once its sheet is closed, the next one comes."""
        self._skipped = True
        self.done = None

    def leave(self) -> None:
        """The walk is over."""
        if self._bench.frame is not None:
            self._bench.frame.walking(False)
        self._asking = False
        self._bench.walk = None

    def back(self) -> None:
        """A sheet was closed."""
        if self._asking:
            self._bench.call_later(self._closed)

    def _closed(self) -> None:
        bench = self._bench
        if not self._asking or bench.screen is not bench.frame:
            return
        now = self._lines().get(_key(self.due))
        dealt = now is None or (now.at, now.asks_since) != (self.due.at, self.due.asks_since)
        if dealt or self._skipped:
            self.go_on()
        elif self._skips:
            self.leave()
        else:
            self._rest()

    def _rest(self) -> None:
        """Wait at this line for the key that goes on."""
        bench = self._bench
        self._asking, self._rests = False, True
        if bench.frame is not None:
            bench.frame.walking(False)
            key, word = keys_in_bar(bench.keymap, "app.next")[0]
            bench.frame.tell(self.way(), [Span(key, "bold"), Span(f" {word}", "quiet")])


def _key(due: Due) -> Key:
    return due.place, due.step
