"""A question that is answered in one line: what was understood is read back while typing, and Enter does it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

from textual import on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input

from workbench.core.saying import Told, say
from workbench.i18n import _
from workbench.output.marks import CURSOR
from workbench.session import Done
from workbench.ui.commands import bindings, keys_in_bar
from workbench.ui.sheets.base import Sheet
from workbench.ui.sheets.several import lines_of
from workbench.ui.text import Line, Span, line_width, shorten
from workbench.ui.widgets.entry import Entry, Known
from workbench.ui.widgets.lines import Lines


class Unsure(NamedTuple):
    """A word that is new, or one of these misspelt; `line` is the line with the first of them in its place."""

    word: str
    meant: Sequence[str]
    line: str


class Understood(NamedTuple):
    """What a typed line means: the value (None while it is not understood), and how that is read back.

    A `doubt` is asked about before it is done.
    """

    value: Any = None
    tail: Line = ()
    below: Sequence[Line] = ()
    doubt: Unsure | None = None


class OneLine(Sheet[Any]):
    """The sheet. `deed` does it with the value and returns what was saved; without one the value is the result."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("line")
    AUTO_FOCUS = "Typed"

    def __init__(
        self, prompt: str, read: Callable[[str], Understood], deed: Callable[[Any], Done] | None = None, *,
        value: str = "", placeholder: str = "", known: Known | None = None,
        complete: Callable[[str], str | None] | None = None, several: Callable[[str], Sheet[Any]] | None = None,
        joint: str = " ",
    ) -> None:  # fmt: skip
        super().__init__()
        self._prompt = self.subject = prompt
        self._read = read
        self._deed = deed
        self._value = value
        self._placeholder = placeholder
        self._known = known
        self._complete = complete
        self._several = several
        self._joint = joint
        #: The words that were in doubt and are meant as they stand.
        self.kept: set[str] = set()
        self._asked = ""
        #: The line that was refused, while the refusal stands below it.
        self._turned_down: str | None = None

    @property
    def place(self) -> str:
        """An answer that goes back to who asked is no draft."""
        return super().place if self._deed is not None else ""

    @property
    def keys(self) -> tuple[str, ...]:  # type: ignore[override]
        """Enter, Esc, and Tab where something can be completed."""
        return ("sheet.accept", *(("line.complete",) if self._complete else ()), "sheet.leave")

    def body(self) -> Iterable[Widget]:
        prompt = [Span(f"  {self._prompt} ", "title"), Span(f"{CURSOR} ", "accent_bold")]
        entry = Entry(prompt, self._value, self._placeholder, self._known)
        entry.typed.several = self._pasted if self._several else None
        entry.typed.joint = self._joint
        yield entry
        yield Lines(id="read", ground="sheet")

    def _pasted(self, text: str) -> bool:
        """Several lines pasted into one are shown one by one, each as it is read."""
        if self._several is None or len(lines_of(text)) < 2:
            return False
        several = self._several(text)
        self.dismiss(None)
        self.app.push_screen(several)
        return True

    def put_texts(self, texts: Mapping[str, str]) -> None:
        if not self._pasted("\n".join(texts.values())):
            super().put_texts(texts)

    def draw(self) -> None:
        self.draw_keys({"sheet.accept": say("save") if self._deed else say("take it")})
        self._show(self._read(self.query_one(Entry).value))

    def _show(self, reading: Understood) -> None:
        self.query_one(Entry).tell(reading.tail)
        self.query_one("#read", Lines).show(reading.below)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._turned_down not in (None, event.value):
            self._turned_down = None
            self.say()
        self._show(self._read(event.value))

    def refused(self, error: Told) -> None:
        """Say why this line was not done; of another line that is not true."""
        super().refused(error)
        if self.is_mounted:
            self._turned_down = self.query_one(Entry).value

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        reading = self._read(event.value)
        self._show(reading)
        if reading.value is None:
            return
        if reading.doubt is not None:
            self._ask(event.value, reading.doubt)
            return
        if self._deed is None:
            self.dismiss(reading.value)
            return
        deed, value = self._deed, reading.value
        self.do(lambda: deed(value), self._saved)

    def _ask(self, text: str, doubt: Unsure) -> None:
        """The first Enter asks, the second takes the proposal."""
        if self._asked == text:
            self.query_one(Entry).put(doubt.line)
            return
        self._asked = text
        self.query_one("#read", Lines).show([which_sku(doubt.meant, self.bench.keymap, self.cells)])

    def action_line_new(self) -> None:
        """The word in doubt is meant as it stands."""
        doubt = self._read(self.query_one(Entry).value).doubt
        if doubt is not None:
            self.kept.add(doubt.word)
            self.draw()

    def _saved(self, done: Done) -> None:
        self.bench.saved(done)
        self.dismiss(done)

    def action_line_complete(self) -> None:
        typed = self.query_one(Entry).typed
        found = self._complete(typed.value[: typed.cursor_position]) if self._complete else None
        if found is not None:
            rest = typed.value[typed.cursor_position :]
            typed.value = found + rest
            typed.cursor_position = len(found)


def which_sku(meant: Sequence[str], keymap: Mapping[str, str], cells: int) -> Line:
    """The question which SKU an unknown one means, the first of `meant` being what Enter takes."""
    (key, word), *_rest = keys_in_bar(keymap, "line.new")
    line = [
        Span("  " + _("Which SKU?") + "   ", "soon_bold"), Span(meant[0], "strong"),
        *(Span(f"   {name}", "quiet") for name in meant[1:]),
    ]  # fmt: skip
    keep = [Span(f"   {key}", "bold"), Span(f" {word}", "quiet")]
    return [*shorten(line, cells + 2 - line_width(keep)), *keep]


def amber(text: str) -> Line:
    """A remark that wants attention."""
    return [Span(text, "soon")]
