"""Find a command, a case, a violation, a saved view or a theme. What is typed is matched as plain text only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from workbench.core.saying import Told
from workbench.core.spelling import plain
from workbench.core.tickets.model import Ticket
from workbench.core.violations.model import Violation
from workbench.i18n import _, render
from workbench.output.violations.words import count
from workbench.output.words import thing, todo
from workbench.ui.commands import COMMANDS, Command, key_name, keys_of
from workbench.ui.sheets.base import Sheet, told
from workbench.ui.text import Span, fit
from workbench.ui.tickets.views import Saved, saved_views
from workbench.ui.widgets.choices import Choice, Choices
from workbench.ui.widgets.entry import Entry
from workbench.ui.widgets.lines import Lines

_AROUND = 6
#: How many hits are listed.
_MOST = 100
#: An id without its letter, or without its hyphen: `7`, `t7`, `v7`.
_NUMBER = re.compile(r"([tv]?)-?([0-9]{1,7})")


class Hit(NamedTuple):
    """One hit: a command, a case, a violation, a saved view, or a theme."""

    command: Command | None = None
    ticket: Ticket | None = None
    theme: str = ""
    violation: Violation | None = None
    view: Saved | None = None


class FindSheet(Sheet[None]):
    """The palette. With `cases_first` what is typed is meant as an id first."""

    drafts = False
    AUTO_FOCUS = "Typed"

    def __init__(self, *, cases_first: bool = False) -> None:
        super().__init__()
        self._cases_first = cases_first
        self._hits: list[Hit] = []

    def body(self) -> Iterable[Widget]:
        hint = _("T-7, an order id, a buyer, or a command") if self._cases_first else _("a command, an id, a buyer")
        yield Entry([Span("  "), Span(": " if self._cases_first else "\u203a ", "accent_bold")], "", hint)
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
        cases, commands = self._cases(typed), self._commands(typed)
        found = [*cases, *commands] if self._cases_first else [*commands, *cases]
        others = [*self._views(typed), *self._violations(typed), *self._themes(typed)]
        self._hits = [*found, *others][:_MOST]
        self.query_one(Choices).show([self._choice(hit) for hit in self._hits], self.room - _AROUND, 0)

    def _commands(self, typed: str) -> list[Hit]:
        words = typed.split()
        scopes = {"app", *(self.bench.frame.scopes if self.bench.frame else ())}
        found: list[Hit] = []
        seen: set[str] = set()
        for command in COMMANDS:
            text = f"{command.id} {render(command.word)} {render(command.help)}".casefold()
            if command.scope in scopes and render(command.help) not in seen and all(word in text for word in words):
                seen.add(render(command.help))
                found.append(Hit(command, None))
        return found

    def _cases(self, typed: str) -> list[Hit]:
        if not typed:
            return []
        number = _ref(typed, "t")
        exact, rest = [], []
        for ticket in self.bench.board.tickets:
            if ticket.ref.casefold() == number or typed in (ticket.order_id, ticket.external_id):
                exact.append(Hit(None, ticket))
            elif any(typed in plain(text or "").casefold() for text in _texts(ticket)):
                rest.append(Hit(None, ticket))
        return [*exact, *rest]

    def _violations(self, typed: str) -> list[Hit]:
        """Violations by id, the platform's id, or reason."""
        if not typed:
            return []
        number = _ref(typed, "v")
        exact, rest = [], []
        for violation in self.session.ledger.all():
            if violation.ref.casefold() == number or typed == violation.platform_id:
                exact.append(Hit(violation=violation))
            elif typed in plain(f"{violation.ref} {violation.platform_id or ''} {violation.reason or ''}").casefold():
                rest.append(Hit(violation=violation))
        return [*exact, *rest]

    def _views(self, typed: str) -> list[Hit]:
        """Saved views by their name, or all of them for `view`."""
        word = _("view")
        views = saved_views(self.session.settings)
        return [Hit(view=view) for view in views if typed and typed in f"{word} view {view.name}".casefold()]

    def _themes(self, typed: str) -> list[Hit]:
        """Themes by their name, or all of them for `theme`."""
        word = _("theme")
        names = sorted(self.app.available_themes)
        return [Hit(theme=name) for name in names if typed and typed in f"{word} theme {name}".casefold()]

    def _choice(self, hit: Hit) -> Choice:
        if hit.theme:
            return Choice([Span(fit(_("theme"), 10), "bold"), Span(hit.theme)])
        if hit.violation is not None:
            parts = [Span(fit(hit.violation.ref, 10), "bold"), Span(fit(count(hit.violation.points), 19))]
            return Choice([*parts, Span(hit.violation.reason or "")])
        if hit.view is not None:
            name = _("view {name}").format(name=hit.view.name)
            return Choice([Span(fit(str(hit.view.digit), 10), "bold"), Span(name)])
        if hit.command is not None:
            keys = [key_name(key) for key in keys_of(hit.command, self.bench.keymap) if key]
            key = Span(fit(keys[0] if keys else "", 10), "bold")
            return Choice([key, Span(fit(render(hit.command.help), 52)), Span(f"  {hit.command.id}", "faint")])
        ticket = hit.ticket
        assert ticket is not None
        parts = [Span(fit(ticket.ref, 10), "bold"), Span(fit(todo(ticket), 19)), Span(fit(thing(ticket), 13) + "  ")]
        return Choice([*parts, Span(fit(ticket.buyer or "", 16) + "  ", "quiet"), Span(ticket.order_id or "", "quiet")])

    def action_sheet_down(self) -> None:
        self.query_one(Choices).move(1)

    def action_sheet_up(self) -> None:
        self.query_one(Choices).move(-1)

    def on_choices_taken(self) -> None:
        self._run()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._run()

    def _run(self) -> None:
        at = self.query_one(Choices).cursor
        if at >= 0:
            hit = self._hits[at]
            self.dismiss(None)
            if hit.ticket is not None:
                self.bench.go_to(hit.ticket.id)
            elif hit.violation is not None:
                self.bench.go_to_violation(hit.violation.id)
            elif hit.view is not None:
                self.bench.go_to_view(hit.view.digit)
            elif hit.command is not None:
                self.bench.run_command(hit.command.id)
            else:
                self.bench.use_theme(hit.theme)
            return
        self._look_back(plain(self.query_one(Entry).value).strip())

    def _look_back(self, ref: str) -> None:
        """Nothing open is meant: perhaps a closed or an archived case."""
        if not ref:
            return
        violation = self.session.ledger.known(_ref(ref.casefold(), "v") if ref[:1] in "vV" else ref)
        if violation is not None:
            self.dismiss(None)
            self.bench.call_later(self._show_violation, violation.id)
            return
        desk = self.session.tickets
        self.do(lambda: desk.find(_ref(ref.casefold(), "t", ref)), self._found, self._refused)

    def _found(self, ticket: Ticket) -> None:
        self.dismiss(None)
        self.bench.go_to(ticket.id)

    async def _show_violation(self, id: int) -> None:
        from workbench.ui.violations.screen import LedgerScreen

        await self.bench.switch_mode("ledger")
        if isinstance(self.bench.frame, LedgerScreen):
            self.bench.frame.show_violation(id)

    def _refused(self, error: Told) -> None:
        rows = told(error, self.cells)
        self.query_one(Choices).show([Choice(line, False) for line in rows], len(rows))


def _ref(typed: str, letter: str, otherwise: str = "") -> str:
    """The id that is meant by `7`, `t7` or `t-7`; else what was typed."""
    found = _NUMBER.fullmatch(typed)
    return f"{letter}-{found[2]}" if found and found[1] in ("", letter) else otherwise or typed


def _texts(ticket: Ticket) -> tuple[str | None, ...]:
    """Where a case is looked for."""
    return ticket.ref, ticket.order_id, ticket.external_id, ticket.buyer, ticket.sku, ticket.product
