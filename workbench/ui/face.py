"""What every app of ours is: our themes in it, none of Textual's palette, no traceback on the screen, one door of keys.

Every key comes through `on_event`. There one with ctrl, alt or meta loses the character that it may have brought, so
that nothing below takes it for the plain one (`workbench.ui.keys.pressed`); an app goes on in `take`.
"""

from __future__ import annotations

import os
import sys
from typing import Any, TypeVar

from textual import constants, events, on
from textual.app import App
from textual.driver import Driver
from textual.geometry import Offset
from textual.reactive import Reactive
from textual.screen import Screen
from textual.theme import Theme

from workbench.ui.keys import plainly
from workbench.ui.terminal.columns import placed
from workbench.ui.terminal.signals import ToldToEnd, heeded
from workbench.ui.theme import DARK, THEMES, fallbacks

Result = TypeVar("Result")


class Face(App[Result]):
    """The base of the screens and of the pages outside them."""

    TITLE = "workbench"
    ENABLE_COMMAND_PALETTE = False
    #: Ours from the beginning: assigned to an app that has begun with another, it would have all styles read once more.
    theme: Reactive[str] = Reactive(DARK, init=False)
    _named: tuple[str, Theme] | None = None
    _variables: tuple[Theme, dict[str, str]] | None = None

    def __init__(self) -> None:
        for name in ("COLUMNS", "LINES"):
            # Exported by a shell they tell what a terminal was like once, and Rich believes them.
            os.environ.pop(name, None)
        super().__init__()
        self.animation_level = "none"
        #: The exit status where the program was told to end from outside.
        self.ended = 0

    def get_driver_class(self) -> type[Driver]:
        """Our driver; on Windows Textual's, which reads as ours does."""
        if constants.DRIVER is not None:
            return super().get_driver_class()
        if os.name != "nt":
            from workbench.ui.terminal.driver import TerminalDriver

            return TerminalDriver
        found = super().get_driver_class()
        from workbench.ui.terminal.reader import Reader

        # It names its parser in its module and can be told in no other way.
        sys.modules["textual.drivers.win32"].XTermParser = Reader  # type: ignore[attr-defined]
        return found

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Textual's and ours, which are there before anything is registered."""
        return {**super().available_themes, **{theme.name: theme for theme in THEMES}}

    @property
    def current_theme(self) -> Theme:
        """Looked up once: Textual asks for it in every row that it draws."""
        if self._named is None or self._named[0] != self.theme:
            self._named = self.theme, super().current_theme
        return self._named[1]

    def get_css_variables(self) -> dict[str, str]:
        """Reckoned once a theme: Textual asks for them again and again, also before the first frame."""
        theme = self.current_theme
        if self._variables is None or self._variables[0] is not theme:
            self._variables = theme, super().get_css_variables()
        self.theme_variables = self._variables[1]
        return dict(self.theme_variables)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colour roles in a theme that does not define them."""
        return fallbacks(self.current_theme)

    async def on_event(self, event: events.Event) -> None:
        """Every event passes here first."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            found = plainly(event, self.typing)
            if found is None:
                return
            event = found
        await self.take(event)

    async def take(self, event: events.Event) -> None:
        """What becomes of an event, a key being what was pressed."""
        await super().on_event(event)

    @property
    def typing(self) -> bool:
        """Whether what has the focus takes characters as text."""
        return self.focused is not None and self.focused.check_consume_key("a", "a")

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """Draw. The terminal's own cursor stands where something is typed, so that an input method writes there."""
        place = getattr(self.focused, "cursor_screen_offset", None) if self.screen_stack else None
        if isinstance(place, Offset):
            self.cursor_position = place
        super()._display(screen, placed(renderable))

    def _fatal_error(self) -> None:
        """Leave without a traceback on the screen; `shown` raises what happened, and the caller logs it."""
        self._close_messages_no_wait()

    def end(self, status: int) -> None:
        """Leave with this status: the system says so, or the terminal is gone. In order, if the app runs."""
        self.ended = self.ended or status
        if self._loop is None:
            raise ToldToEnd(status)
        self._loop.call_soon_threadsafe(self.exit, None, status)

    def shown(self) -> Result | None:
        """Run; what it ended with. Raises what nobody foresaw, or `ToldToEnd`, once the terminal is itself again."""
        with heeded(self.end, self._release):
            found = self.run()
        if self._exception is not None:
            raise self._exception
        if self.ended:
            raise ToldToEnd(self.ended)
        return found

    @on(Driver.SignalResume)
    def _resumed(self) -> None:
        """Back from the shell: the terminal shows something else."""
        self.refresh(layout=True)

    def _release(self) -> None:
        release = getattr(self._driver, "release", None)
        if release is not None:
            release()
