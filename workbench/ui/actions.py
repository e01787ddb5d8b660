"""What the commands that work everywhere do."""

from __future__ import annotations

from collections.abc import Callable

from workbench.core.saying import Saying
from workbench.i18n import NAMES, _, language, render, use
from workbench.ui.ahead import Ahead
from workbench.ui.bench import Bench
from workbench.ui.commands import action
from workbench.ui.frame import Frame
from workbench.ui.panes import PANES
from workbench.ui.text import Span

#: What the app ends with when the invented shop is wanted instead.
DEMO = "demo"


class Actions(Bench):
    """The actions of the scope `app`; each sheet is imported when it is first opened."""

    ahead: Ahead

    def go_to(self, id: int) -> None:
        """Show this case in the Queue, closed or not."""

        self.visit("queue", lambda frame: frame.land(id))

    def go_to_violation(self, id: int) -> None:
        """Show this violation in the Ledger."""
        from workbench.ui.violations.screen import LedgerScreen

        self.visit("ledger", lambda frame: frame.show_violation(id) if isinstance(frame, LedgerScreen) else None)

    def go_to_view(self, digit: int) -> None:
        """Show a saved view of the Queue."""
        from workbench.ui.tickets.screen import QueueScreen

        self.visit("queue", lambda frame: frame.action_queue_view(digit) if isinstance(frame, QueueScreen) else None)

    def visit(self, pane: str, then: Callable[[Frame], None]) -> None:
        """Go to a screen, and do something there once it shows its data."""

        async def go() -> None:
            if self.current_mode != pane:
                await self.switch_mode(pane)
            if (frame := self.frame) is not None:
                frame.call_after_refresh(then, frame)

        self.call_later(go)

    def run_command(self, id: str) -> None:
        """Run a command as if its key had been pressed."""

        async def run() -> None:
            frame = self.frame
            for node in (frame and frame.focused, frame, self):
                if node is not None and await self.run_action(action(id), node):
                    return

        self.call_later(run)

    def action_app_quit(self) -> None:
        self.exit()

    def action_app_suspend(self) -> None:
        """Ctrl+z, where there is a shell to go to."""
        self.action_suspend_process()

    def action_help_quit(self) -> None:
        """Ctrl+c: everything is saved already."""
        self.exit()

    def use_theme(self, name: str) -> None:
        """Another theme until the program ends, and how to keep it."""
        self.theme = name
        if self.frame is not None:
            text = _('Theme {name}. To keep it, write in the settings under [display]: theme = "{name}"')
            self.frame.tell([Span(text.format(name=name))])

    def action_app_language(self) -> None:
        """The other language, until the program ends; the settings say which one it begins with."""
        use("en" if language() == "zh" else "zh")
        self.reload()
        if self.frame is not None:
            text = _('Language {name}. To keep it, write in the settings under [shop]: language = "{id}"')
            self.frame.tell([Span(text.format(name=NAMES[language()], id=language()))])

    def action_app_today(self) -> None:
        self.switch_mode("today")

    def action_app_queue(self) -> None:
        self.switch_mode("queue")

    def action_app_ledger(self) -> None:
        self.switch_mode("ledger")

    def action_app_evening(self) -> None:
        """The Log; from its week to the line of the day."""
        from workbench.ui.issues.screen import LogScreen

        if isinstance(self.frame, LogScreen):
            self.frame.write()
        else:
            self.switch_mode("log")

    def action_app_log(self) -> None:
        """The line of the Log: there is one on the screen, or it rises as a sheet."""
        from workbench.ui.issues.screen import LogScreen

        if isinstance(self.frame, LogScreen):
            self.frame.write()
            return
        from workbench.ui.issues.sheet import LogSheet

        self.push_screen(LogSheet())

    def action_app_before(self) -> None:
        self._beside(-1)

    def action_app_after(self) -> None:
        self._beside(1)

    def _beside(self, step: int) -> None:
        ids = [pane.id for pane in PANES]
        self.switch_mode(ids[(ids.index(self.current_mode) + step) % len(ids)])

    def action_app_filter(self) -> None:
        """The filter belongs to the Queue; from anywhere else it goes there."""
        self.ahead.hold()
        self._in_queue("open_filter")

    def action_app_next(self) -> None:
        self._in_queue("walk")

    def _in_queue(self, name: str) -> None:
        async def go() -> None:
            if self.current_mode != "queue":
                await self.switch_mode("queue")
            getattr(self.frame, name)()

        self.call_later(go)

    def action_app_import(self) -> None:
        from workbench.ui.imports.sheet import ImportSheet

        self.push_screen(ImportSheet())

    def action_app_help(self) -> None:
        from workbench.ui.sheets.help import HelpSheet

        if self.frame is not None:
            self.push_screen(HelpSheet(self.frame.scopes))

    def action_app_history(self) -> None:
        from workbench.ui.sheets.history import HistorySheet

        self.push_screen(HistorySheet())

    def action_app_palette(self) -> None:
        from workbench.ui.sheets.find import FindSheet

        self.push_screen(FindSheet())

    def action_app_go(self) -> None:
        from workbench.ui.sheets.find import FindSheet

        self.push_screen(FindSheet(cases_first=True))

    def action_app_demo(self) -> None:
        """The invented shop, as long as there are no cases of one's own."""
        if not self.session.tickets.all():
            self.exit(DEMO)

    def action_app_away(self) -> None:
        from workbench.ui.sheets.away import AwaySheet

        self.push_screen(AwaySheet())

    def action_app_undo(self) -> None:
        self._turn(self.session.undo, _("Undone: {what}."))

    def action_app_redo(self) -> None:
        self._turn(self.session.redo, _("Done again: {what}."))

    def _turn(self, deed: Callable[[], Saying], text: str) -> None:
        """Take back or do again; the cursor goes to the case that came back."""
        before = {ticket.id for ticket in self.board.tickets}

        def then(what: Saying) -> None:
            back = next((ticket.id for ticket in self.board.tickets if ticket.id not in before), None)
            if self.frame is not None:
                if back is not None:
                    self.frame.land(back)
                self.frame.tell([Span("\u2713 "), Span(text.format(what=render(what)))])

        self.do(deed, then)
