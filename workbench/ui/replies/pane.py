"""The text of a reply where it stands: it is read, written in place, or asked for what nobody knows.

Tab takes what was written and Esc leaves it as it was; where something was typed, the first Esc asks. While an area is
open, what is typed is kept like all that is typed, and stands there again after a crash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from workbench.core.lint.model import Finding
from workbench.i18n import _
from workbench.output.marks import SOON
from workbench.ui.bench import OnBench
from workbench.ui.commands import bindings
from workbench.ui.replies import look
from workbench.ui.text import Line, Span, clean
from workbench.ui.widgets.entry import Entry
from workbench.ui.widgets.lines import Lines, Page

if TYPE_CHECKING:
    from textual.widgets import TextArea

    from workbench.ui.widgets.writing import Writing

#: What the rules say of a text while it is written.
Lint = Callable[[str], Iterable[Finding]]


class TextPane(Vertical, OnBench):
    """The pane: a `Page`; while it is written, an area in its place; while something is missing, a line below it."""

    DEFAULT_CSS = """
    TextPane { height: auto; width: 1fr; }
    TextPane > Writing, TextPane > Writing:focus { margin: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("write")

    class Written(Message):
        """The words were taken. Under `place` they are kept until whoever took them has saved them."""

        def __init__(self, about: object, text: str, place: str) -> None:
            super().__init__()
            self.about, self.text, self.place = about, text, place

    class AskedFor(Message):
        """The value of a field as it is typed; `taken` when it is meant."""

        def __init__(self, name: str, value: str, *, taken: bool) -> None:
            super().__init__()
            self.name, self.value, self.taken = name, value, taken

    class Left(Message):
        """It is only read again: nothing was taken."""

    def __init__(self, *, id: str | None = None, ground: str = "pane") -> None:
        super().__init__(id=id)
        self._ground = ground
        self._about: object = None
        self._before = ""
        self._lint: Lint = lambda _text: ()
        self._sure = False
        self._name: str | None = None

    def compose(self) -> ComposeResult:
        yield Lines(id="writing-title", ground=self._ground)
        yield Page(ground=self._ground)
        yield Lines(id="writing-findings", ground=self._ground)

    @property
    def page(self) -> Page:
        """What is read."""
        return self.query_one(Page)

    @property
    def area(self) -> Writing | None:
        """What is written in, while it is."""
        found = self.query("Writing")
        return cast("Writing", found.first()) if found else None

    @property
    def asked(self) -> str | None:
        """The field that is asked for."""
        return self._name

    @property
    def busy(self) -> bool:
        """Whether something is typed here."""
        return self.area is not None or self._name is not None

    # writing

    def write(self, about: object, text: str, lint: Lint, title: Line = (), rows: int | None = None) -> None:
        """Open the area with these words, in so many rows, else in all there are.

        What was typed here before a crash stands in it.
        """
        from workbench.ui.widgets.writing import Writing

        if self.busy:
            return
        self._about, self._before, self._lint, self._sure = about, text, lint, False
        self.bench.ahead.hold()
        self.query_one("#writing-title", Lines).show([[], title, []] if title else [])
        self.page.display = False
        area = Writing(text)
        area.styles.height = rows or "1fr"
        self.mount(area, after=self.page)
        self.call_after_refresh(self._begin)

    async def _begin(self) -> None:
        area = self.area
        if area is not None:
            drafts = self.bench.keeper.begin(self)
            if drafts:
                self.bench.keeper.adopt(self, drafts[0])
                area.load_text(drafts[0].texts.get("text", self._before))
            area.focus()
            self._told()
        self.call_later(self.bench.ahead.release)

    @property
    def place(self) -> str:
        """Under which name what is typed is kept."""
        return f"replies.text {self._about}" if self.area is not None else ""

    def texts(self) -> Mapping[str, str]:
        """What is typed."""
        area = self.area
        return {} if area is None else {"text": area.text}

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self._sure = False
        self._told()

    def _told(self) -> None:
        """What the rules say of the words as they are now."""
        area = self.area
        if area is not None:
            found = [each for each in self._lint(area.text) if each.level != "info" or each.allowed]
            self._say(look.blank([[], *look.finding_lines(found, self.size.width - 4, 2)] if found else []))

    def _say(self, lines: Sequence[Line]) -> None:
        self.query_one("#writing-findings", Lines).show(lines)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Its keys are its own while something is typed here."""
        if action == "write_save":
            return self.area is not None
        return self.busy if action == "write_leave" else True

    def action_write_save(self) -> None:
        """Take the words; an empty area is none."""
        area = self.area
        if area is not None and (text := area.text.strip("\n")).strip():
            about, place = self._about, self.place
            self.bench.keeper.over(self, saved=False)
            self._close()
            self.post_message(self.Written(about, text, place))

    def action_write_leave(self) -> None:
        """Leave it as it was; where something was typed, the second Esc does."""
        area = self.area
        if area is not None:
            if area.text != self._before and not self._sure:
                self._sure = True
                text = _("What you typed is not taken yet: Tab takes it, Esc again drops it.")
                self._say([[], [Span("  "), Span(text, "soon")]])
                return
            self.bench.keeper.over(self, saved=True)
        self._close()
        self.post_message(self.Left())

    def _close(self) -> None:
        self._name = None
        self.query("Writing, Entry").remove()
        self.query_one("#writing-title", Lines).show([])
        self._say([])
        self.page.display = True

    # asking

    def ask(self, name: str) -> None:
        """Put the cursor into a line for the value of this field."""
        if self.busy and self._name is None:
            return
        self.query(Entry).remove()
        self._name = name
        field = "{" + clean(name) + "}"
        prompt = [Span(f"  {SOON} ", "soon"), Span(_("{field} is not known").format(field=field) + "  ", "soon")]
        placeholder = _("type it here once, or in the settings") if name in IN_SETTINGS else _("type it here once")
        entry = Entry(prompt, placeholder=placeholder, ground=self._ground)
        self.bench.ahead.open_line(self, entry, after=self.page)

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        if self._name is not None:
            self.post_message(self.AskedFor(self._name, event.value.strip(), taken=False))

    @on(Input.Submitted)
    def _given(self, event: Input.Submitted) -> None:
        event.stop()
        name, value = self._name, event.value.strip()
        if name is not None and value:
            self._close()
            self.post_message(self.AskedFor(name, value, taken=True))


#: The fields that the settings can fill for good.
IN_SETTINGS = ("shop", "hours", "return_address")
