"""A question that is answered in one line: what was understood is read back while typing, and Enter does it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar, NamedTuple

from textual import on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input

from workbench.core.saying import Told, say
from workbench.session import Done
from workbench.ui.commands import bindings
from workbench.ui.sheets.base import Sheet, told
from workbench.ui.text import Line, Span
from workbench.ui.widgets.entry import Entry, Known
from workbench.ui.widgets.lines import Lines


class Reading(NamedTuple):
    """What a typed line means: the value (None while it is not understood), and how that is read back."""

    value: Any = None
    tail: Line = ()
    below: Sequence[Line] = ()


class OneLine(Sheet[Any]):
    """The sheet. `deed` does it with the value and returns what was saved; without one the value is the result."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("line")
    AUTO_FOCUS = "Typed"

    def __init__(
        self, prompt: str, read: Callable[[str], Reading], deed: Callable[[Any], Done] | None = None, *,
        value: str = "", placeholder: str = "", known: Known | None = None,
        complete: Callable[[str], str | None] | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self._prompt = prompt
        self._read = read
        self._deed = deed
        self._value = value
        self._placeholder = placeholder
        self._known = known
        self._complete = complete

    @property
    def keys(self) -> tuple[str, ...]:  # type: ignore[override]
        """Enter, Esc, and Tab where something can be completed."""
        return ("sheet.accept", *(("line.complete",) if self._complete else ()), "sheet.leave")

    def body(self) -> Iterable[Widget]:
        prompt = [Span(f"  {self._prompt} ", "title"), Span("\u203a ", "accent_bold")]
        yield Entry(prompt, self._value, self._placeholder, self._known)
        yield Lines(id="read", ground="sheet")

    def draw(self) -> None:
        self.draw_keys({"sheet.accept": say("save") if self._deed else say("take it")})
        self._show(self._read(self.query_one(Entry).value))

    def _show(self, reading: Reading) -> None:
        self.query_one(Entry).tell(reading.tail)
        self.query_one("#read", Lines).show(reading.below)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._show(self._read(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        reading = self._read(event.value)
        self._show(reading)
        if reading.value is None:
            return
        if self._deed is None:
            self.dismiss(reading.value)
            return
        deed, value = self._deed, reading.value
        self.do(lambda: deed(value), self._saved, self._refused)

    def _saved(self, done: Done) -> None:
        self.bench.saved(done)
        self.dismiss(done)

    def _refused(self, error: Told) -> None:
        self.query_one("#read", Lines).show(told(error, self.cells))

    def action_line_complete(self) -> None:
        typed = self.query_one(Entry).typed
        found = self._complete(typed.value[: typed.cursor_position]) if self._complete else None
        if found is not None:
            rest = typed.value[typed.cursor_position :]
            typed.value = found + rest
            typed.cursor_position = len(found)


def amber(text: str) -> Line:
    """A remark that wants attention."""
    return [Span(text, "soon")]
