"""An area for several lines of plain text, on the ground of what it stands in."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

# Whoever imports this does so when something is to be written: no start needs an editor of several lines.
from textual.widgets import TextArea

from workbench.ui.text import clean


class Writing(TextArea, inherit_bindings=False):
    """Several lines of plain text on the sheet's ground; what is pasted loses its control characters."""

    DEFAULT_CSS = """
    Writing, Writing:focus {
        border: none; height: 6; padding: 0 1; background: $surface; background-tint: transparent;
        scrollbar-size-vertical: 1; margin: 0 2;
    }
    """

    #: Without the function keys: those belong to the screens, and do nothing while a sheet is open.
    BINDINGS: ClassVar[list[BindingType]] = [
        each for each in TextArea.BINDINGS if not (isinstance(each, Binding) and each.key.startswith("f"))
    ]

    def __init__(self, text: str = "") -> None:
        super().__init__(text, compact=True, soft_wrap=True, highlight_cursor_line=False)
        self.cursor_blink = False

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        text = "\n".join(clean(line) for line in event.text.splitlines())
        self.replace(text, *self.selection)
