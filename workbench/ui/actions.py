"""What the commands that work everywhere do."""

from __future__ import annotations

from collections.abc import Callable

from workbench.core.agenda import Due
from workbench.core.place import Place
from workbench.i18n import _, render
from workbench.output.marks import DONE
from workbench.session.base import Undone
from workbench.ui.bench import AnyFrame
from workbench.ui.commands import action, command
from workbench.ui.deeds import Deeds
from workbench.ui.rooms import panes, room_of, view_of
from workbench.ui.text import Span

#: What the app ends with when the invented shop is wanted instead.
DEMO = "demo"


class Actions(Deeds):
    """The actions of the scope `app`; each sheet is imported when it is first opened."""

    #: What is asked once a screen shows the place of a line, and whether a screen is on its way.
    _ask: Callable[[], None] | None = None
    _visits = False

    def open(self, place: Place) -> None:
        """Show this place, on the screen that shows it."""
        room_of(place).open(self, place)

    def act_on(self, due: Due, then: Callable[[], object] | None = None) -> None:
        """Go to where a line of the agenda opens, and ask there what was done about it; `then` go on."""

        def ask() -> None:
            if due.sheet:
                self.run_command(due.sheet)
            if then is not None:
                self.call_later(then)

        self._ask, self._visits = ask, False
        self.open(due.place)
        if not self._visits:
            self.call_later(self._act)

    def _act(self) -> None:
        """Ask about the line that was gone to, now that its place is shown."""
        ask, self._ask = self._ask, None
        if ask is not None:
            ask()

    def go_to_pane(self, id: str) -> None:
        """Go to a screen; it is told where it is there already."""
        if self.current_mode == id and self.frame is not None:
            self.frame.again()
        else:
            self.switch_mode(id)

    def visit(self, pane: str, then: Callable[[AnyFrame], object]) -> None:
        """Go to a screen, and do something there once it shows its data."""

        def landed(frame: AnyFrame) -> None:
            then(frame)
            self._act()

        async def go() -> None:
            if self.current_mode != pane:
                await self.switch_mode(pane)
            if (frame := self.frame) is not None:
                frame.call_after_refresh(landed, frame)

        self._visits = True

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

    def action_command(self, id: str) -> None:
        """What a command does that its room declares."""
        found = command(id)
        assert found.run is not None
        found.run(self)

    def action_app_second(self) -> None:
        """The second view of this screen, or the first one again."""
        frame = self.frame
        if frame is None:
            return
        view = view_of(frame.pane)
        if view is None:
            frame.tell([Span(_("This screen has no second view."), "quiet")])
        elif view.make is None:
            frame.turn_over()
        else:
            self.switch_mode(view.of if frame.on_second else view.id)

    def action_app_before(self) -> None:
        self._beside(-1)

    def action_app_after(self) -> None:
        self._beside(1)

    def _beside(self, step: int) -> None:
        ids = [pane.id for pane in panes()]
        at = ids.index(self.frame.pane) if self.frame is not None else 0
        self.switch_mode(ids[(at + step) % len(ids)])

    def action_app_help(self) -> None:
        from workbench.ui.sheets.help import HelpSheet

        if self.frame is not None:
            self.push_screen(HelpSheet(self.frame.scopes))

    def action_app_history(self) -> None:
        from workbench.ui.sheets.history import HistorySheet

        self.push_screen(HistorySheet())

    def action_app_palette(self) -> None:
        from workbench.ui.everywhere.find import FindSheet

        self.push_screen(FindSheet())

    def action_app_go(self) -> None:
        from workbench.ui.everywhere.find import FindSheet

        self.push_screen(FindSheet(cases_first=True))

    def action_app_demo(self) -> None:
        """The invented shop, as long as there are no cases of one's own."""
        if not self.session.tickets.all():
            self.exit(DEMO)

    def action_app_undo(self) -> None:
        self._turn(self.session.undo, _("Undone: {what}."))

    def action_app_redo(self) -> None:
        self._turn(self.session.redo, _("Done again: {what}."))

    def _is_there(self, place: Place) -> bool:
        """Whether what was taken back left anything to go to."""
        from workbench.session.tables import domain_of, tables

        names = [name for name, table in tables().items() if table.ref is not None and domain_of(name) == place.domain]
        return any(place.id in self.session.store.table(name) for name in names)

    def _turn(self, deed: Callable[[], Undone], text: str) -> None:
        """Take back or do again; the cursor goes to what that brought back or changed."""

        def then(turned: Undone) -> None:
            there = [place for place in turned.places if self._is_there(place)]
            if not any(map(self.show, there)) and len(there) == 1:
                self.open(there[0])
            said = [Span(f"{DONE} "), Span(text.format(what=render(turned)))]
            self.call_later(lambda: self.frame.tell(said) if self.frame is not None else None)

        self.do(deed, then)
