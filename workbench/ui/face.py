"""What every app of ours is: our themes in it, none of Textual's palette, and no traceback on the screen."""

from __future__ import annotations

from typing import TypeVar

from textual.app import App

from workbench.ui.theme import THEMES, fallbacks

Result = TypeVar("Result")


class Face(App[Result]):
    """The base of the screens and of the pages outside them."""

    TITLE = "workbench"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.animation_level = "none"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colour roles in a theme that does not define them."""
        return fallbacks(self.current_theme)

    def _fatal_error(self) -> None:
        """Leave without a traceback on the screen; `shown` raises what happened, and the caller logs it."""
        self._close_messages_no_wait()

    def shown(self) -> Result | None:
        """Run; what it ended with. Raises what nobody foresaw, once the terminal is itself again."""
        found = self.run()
        if self._exception is not None:
            raise self._exception
        return found
