"""An entry line: a prompt, what is typed, and what the program says behind it. One row, no border, steady cursor."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Self

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input

from workbench.ui.text import Line, Span, clean, line_width, shorten, width
from workbench.ui.widgets.lines import Lines

#: (begin, end) of a piece of the typed text that was understood.
Known = Callable[[str], Iterable[tuple[int, int]]]


class _Understood(Highlighter):
    """Recognised words turn bold."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def highlight(self, text: Text) -> None:
        for begin, end in self._known(text.plain):
            text.stylize("bold", begin, end)


class Typed(Input):
    """The typed text. What is pasted or dropped becomes one harmless line."""

    DEFAULT_CSS = """
    Typed, Typed:focus {
        border: none; height: 1; padding: 0; width: 1fr; background: transparent; background-tint: transparent;
    }
    Typed > .input--placeholder, Typed > .input--suggestion { color: $faint; }
    """

    #: What stands between lines that were pasted and become one.
    joint: str = " "

    def __init__(self, value: str = "", placeholder: str = "", known: Known | None = None) -> None:
        super().__init__(
            clean(value), clean(placeholder), highlighter=_Understood(known) if known else None, compact=True,
            select_on_focus=False,
        )  # fmt: skip
        self.cursor_blink = False
        #: Takes what is pasted as several lines; where it returns False, they become one.
        self.several: Callable[[str], bool] | None = None

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace a part of the text; never by control characters."""
        super().replace(clean(text), start, end)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        if self.several is None or not self.several(event.text):
            lines = [line.strip() for line in event.text.strip("\r\n").splitlines()]
            text = self.joint.join(filter(None, lines)) if len(lines) > 1 else event.text.strip("\r\n")
            self.replace(text, *self.selection)


class Tail(Lines):
    """What stands before or behind the typed text; as wide as it is."""

    DEFAULT_CSS = "Tail { width: auto; height: 1; }"

    def tell(self, line: Line) -> None:
        """Show this line instead."""
        self.styles.width = line_width(line)
        self.show([line])


class Entry(Horizontal):
    """Prompt, typed text, tail."""

    DEFAULT_CSS = "Entry { height: 1; padding: 0 2 0 0; }"

    def __init__(
        self, prompt: Line, value: str = "", placeholder: str = "", known: Known | None = None, ground: str = "sheet",
        *, id: str | None = None,
    ) -> None:  # fmt: skip
        super().__init__(id=id)
        self.typed = Typed(value, placeholder, known)
        self._prompt = Tail(ground=ground)
        self._tail = Tail(ground=ground)
        self._line = prompt
        self._told: Line = ()

    def compose(self) -> ComposeResult:
        yield self._prompt
        yield self.typed
        yield self._tail

    def on_mount(self) -> None:
        self._prompt.tell(self._line)
        self._tail.tell([])

    def focus(self, scroll_visible: bool = True) -> Self:
        """It has the focus where it is typed."""
        self.typed.focus(scroll_visible)
        return self

    @property
    def value(self) -> str:
        """What is typed."""
        return self.typed.value

    def put(self, text: str) -> None:
        """Put this in place of what is typed."""
        self.typed.value = clean(text)
        self.typed.cursor_position = len(self.typed.value)

    def tell(self, line: Line) -> bool:
        """Say something behind the typed text, which keeps the room it needs. Whether all of it is seen."""
        self._told = line
        needed = width(self.value or self.typed.placeholder) + 1
        room = self.size.width - line_width(self._line) - needed - 2
        told = line and room > 8
        # With nothing behind it, the typed text has the whole line, also for what may complete it.
        self.typed.styles.width = needed if told else "1fr"
        self._tail.tell(shorten([Span("  "), *line], room) if told else [])
        return line_width(line) + 2 <= room

    def on_resize(self) -> None:
        self.tell(self._told)
