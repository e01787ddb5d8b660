"""Find a command, whatever a room finds, or a theme. What is typed is matched as plain text only."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from workbench.core.place import Place
from workbench.core.saying import Refusal, Told, say
from workbench.core.spelling import plain
from workbench.i18n import _, render
from workbench.output.marks import CURSOR
from workbench.ui.commands import commands, key_name, keys_of
from workbench.ui.room import Command, Hit
from workbench.ui.rooms import rooms
from workbench.ui.sheets.base import told
from workbench.ui.sheets.choosing import ChoosingSheet
from workbench.ui.text import Span, fit
from workbench.ui.widgets.choices import Choice, Choices
from workbench.ui.widgets.entry import Entry
from workbench.ui.widgets.lines import Lines

if TYPE_CHECKING:
    from workbench.ui.bench import Bench

_AROUND = 6
#: How many hits are listed.
_MOST = 100


class FindSheet(ChoosingSheet[None]):
    """The palette. With `cases_first` what is typed is meant as an id first."""

    drafts = False
    AUTO_FOCUS = "Typed"

    def __init__(self, *, cases_first: bool = False) -> None:
        super().__init__()
        self._cases_first = cases_first
        self._hits: list[Hit] = []

    def body(self) -> Iterable[Widget]:
        hint = _("T-7, an order id, a buyer, or a command") if self._cases_first else _("a command, an id, a buyer")
        yield Entry([Span("  "), Span(": " if self._cases_first else f"{CURSOR} ", "accent_bold")], "", hint)
        yield Lines([[]], ground="sheet")
        yield Choices(id="hits", focusable=False)

    def draw(self) -> None:
        self.draw_keys()
        self._find(self.query_one(Entry).value)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._find(event.value)

    def _find(self, text: str) -> None:
        typed = plain(text).strip().casefold()
        told_of = [hit for room in rooms() for hit in room.find(self.session, self.bench.board, typed)] if typed else []
        # What is called by its id stands before what only fits.
        told_of.sort(key=lambda hit: not hit.exact)
        known = self._commands(typed)
        found = [*told_of, *known] if self._cases_first else [*known, *told_of]
        self._hits = [*found, *self._themes(typed)][:_MOST]
        self.query_one(Choices).show([Choice(hit.line) for hit in self._hits], self.room - _AROUND, 0)

    def _commands(self, typed: str) -> list[Hit]:
        words = typed.split()
        scopes = {"app", *(self.bench.frame.scopes if self.bench.frame else ())}
        found: dict[str, Hit] = {}
        for command in commands().values():
            text = f"{command.id} {render(command.word)} {render(command.help)}".casefold()
            if command.scope in scopes and all(word in text for word in words):
                found.setdefault(render(command.help), self._command(command))
        return list(found.values())

    def _command(self, command: Command) -> Hit:
        keys = [key_name(key) for key in keys_of(command, self.bench.keymap) if key]
        key = Span(fit(keys[0] if keys else "", 10), "bold")
        line = [key, Span(fit(render(command.help), 52)), Span(f"  {command.id}", "quiet")]
        return Hit(line, lambda bench: bench.run_command(command.id))

    def _themes(self, typed: str) -> list[Hit]:
        """Themes by their name, or all of them for `theme`."""
        word = _("theme")
        names = sorted(self.app.available_themes)
        return [self._theme(name) for name in names if typed and typed in f"{word} theme {name}".casefold()]

    def _theme(self, name: str) -> Hit:

        def go(bench: Bench) -> None:
            from workbench.ui.everywhere.choosing import use_theme

            use_theme(bench, name)

        return Hit([Span(fit(_("theme"), 10), "bold"), Span(name)], go)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_sheet_accept()

    def action_sheet_accept(self) -> None:
        at = self.query_one(Choices).cursor
        if at >= 0:
            self.dismiss(None)
            self._hits[at].go(self.bench)
        elif ref := plain(self.query_one(Entry).value).strip():
            self.do(self._recall(ref), self._found, self._refused)

    def _recall(self, ref: str) -> Callable[[], Place]:
        """Nothing open is meant: perhaps something closed or archived."""

        def deed() -> Place:
            refused: Told = Refusal(say("There is nothing with the id {ref}.", ref=ref))
            for room in rooms():
                try:
                    if (place := room.recall(self.session, ref)) is not None:
                        return place
                except Told as error:
                    refused = error
            raise refused

        return deed

    def _found(self, place: Place) -> None:
        self.dismiss(None)
        self.bench.open(place)

    def _refused(self, error: Told) -> None:
        rows = told(error, self.cells)
        self.query_one(Choices).show([Choice(line, False) for line in rows], len(rows))
