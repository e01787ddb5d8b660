"""A sheet: full width at the bottom edge, subject in the first line, keys in the last. Esc leaves all unchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widget import Widget

from workbench.core.saying import Saying, Told
from workbench.i18n import _, language, render
from workbench.output.marks import REST
from workbench.output.words import point
from workbench.storage import Draft
from workbench.ui.bench import OnBench
from workbench.ui.commands import bindings, keys_in_bar
from workbench.ui.drafts import put_texts, texts_in
from workbench.ui.text import Line, Span, clean, line_width, shorten, width, wrap
from workbench.ui.theme import palette_of
from workbench.ui.widgets.bar import keys_line
from workbench.ui.widgets.lines import Lines

Result = TypeVar("Result")
Value = TypeVar("Value")
#: Rows of the screen below that a sheet always leaves in sight.
LEAVES = 8


class Sheet(ModalScreen[Result], OnBench, Generic[Result]):
    """The base of all sheets. `keys` are the ids of the commands in its last line, Esc the last of them.

    What is typed in one and not saved is kept by itself and offered again (`workbench.ui.drafts`); what is refused is
    told in the sheet that asked, above its keys, and the text stays.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("sheet")
    DEFAULT_CSS = """
    Sheet { background: transparent; align: center bottom; }
    Sheet > #sheet { height: auto; background: $sheet; overflow-y: hidden; }
    """
    keys: ClassVar[tuple[str, ...]] = ("sheet.accept", "sheet.leave")
    #: Whether what is typed here is kept until it is saved.
    drafts: ClassVar[bool] = True
    #: Whether it has a key that, in a walk, leaves its subject as it is and goes on (`act.skip`).
    skips: ClassVar[bool] = False
    #: What this sheet is about, where there can be several of its kind: a text comes back to the same one.
    subject: str = ""
    #: Whether keys reach the focus already.
    ready = False
    _busy = False
    #: The size of the terminal for which it was drawn.
    _before: Size | None = None
    _earlier: Sequence[Draft] = ()
    _said: Sequence[Line] = ()

    def compose(self) -> ComposeResult:
        """What the sheet shows, then its keys."""
        with Vertical(id="sheet"):
            yield Lines([[]], id="edge", ground="sheet")
            yield from self.body()
            yield Lines(id="said", ground="sheet")
            yield Lines(id="keys", ground="sheet")

    def body(self) -> Iterable[Widget]:
        """What stands above the keys."""
        raise NotImplementedError

    @property
    def room(self) -> int:
        """The rows a sheet may take, without those in which something is refused or offered."""
        return max(self.app.size.height - LEAVES - len(self._said) - len(self._edge()) + 1, 8)

    @property
    def cells(self) -> int:
        """The width of a line with its margins taken off."""
        return self.app.size.width - 4

    def on_screen_resume(self) -> None:
        """From now on the focus stands where it should: what was typed ahead can be typed."""
        self.call_later(self._begin)

    async def _begin(self) -> None:
        if not self.ready:
            self._earlier = self.bench.keeper.begin(self)
            self._offer_draft()
        self.ready = True
        await self.bench.ahead.release()

    @property
    def place(self) -> str:
        """Under which name its draft is kept."""
        kind = f"{type(self).__module__.removeprefix('workbench.ui.')}.{type(self).__name__}"
        return f"{kind} {self.subject}".strip() if self.drafts else ""

    def texts(self) -> Mapping[str, str]:
        """What is typed now, by field."""
        return texts_in(self)

    def put_texts(self, texts: Mapping[str, str]) -> None:
        """Type this again."""
        put_texts(self, texts)

    def _offer_draft(self) -> None:
        """What was left unsaved here, the newest that is not in sight."""
        now = self.texts() if self._earlier else {}
        draft = next((each for each in self._earlier if each.texts != now), None)
        if draft is None:
            self.say()
            return
        when = point(draft.at, self.session.now(), self.session.zone)
        text = "  ".join(part for part in " ".join(draft.texts.values()).split("\n") if part.strip())
        (key, word), *_rest = keys_in_bar(self.bench.keymap, "sheet.draft")
        line = [Span("  " + _("not saved, {point}:").format(point=when) + " ", "quiet"), Span(clean(text))]
        back = [Span(f"   {key}", "bold"), Span(f" {word}", "quiet")]
        self.say([[*shorten(line, self.cells + 2 - line_width(back)), *back]])

    def say(self, lines: Sequence[Line] = ()) -> None:
        """Say this above the keys until something else is said."""
        if lines != self._said:
            self._said = lines
            self.query_one("#said", Lines).show(lines)
            self.draw()

    def refused(self, error: Told) -> None:
        """Say in this sheet why it was not done."""
        if self.is_mounted:
            self.say(told(error, self.cells))

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close; what was typed is kept unless it was saved or handed on as the `result`."""
        self.bench.keeper.over(self, saved=result is not None)
        return super().dismiss(result)

    def action_sheet_draft(self) -> None:
        """Bring back what was typed here and not saved; once more, what was typed before that."""
        now = self.texts()
        at = next((at for at, each in enumerate(self._earlier) if each.texts == now), -1)
        if at + 1 < len(self._earlier):
            self.bench.keeper.adopt(self, self._earlier[at + 1])
            self.put_texts(self._earlier[at + 1].texts)
            self._earlier = [*self._earlier[at + 1 :], *self._earlier[: at + 1]]
            self.say()

    def on_resize(self) -> None:
        self.query_one("#sheet").styles.max_height = self.room + len(self._said)
        self.draw_edge()
        self.draw()
        if self._before not in (None, self.app.size):
            self.call_after_refresh(self._fit_below)
        self._before = self.app.size

    def _edge(self) -> list[Line]:
        """What parts it from the screen below: in a walk what was saved last, and the way."""
        walk = self.bench.walk
        if walk is not None and self.bench.screen_stack[1:2] == [self]:
            return walk.heading(self.cells)
        return [[Span(REST * self.app.size.width, "quiet")] if palette_of(self.app).ansi else []]

    def draw_edge(self) -> None:
        """Show the edge as it is now."""
        self.query_one("#edge", Lines).show(self._edge())

    def _fit_below(self) -> None:
        """The screen below is laid out by the sheet's layout, which comes after its own resize."""
        if self.bench.frame is not None:
            self.bench.frame.fit()

    def draw(self) -> None:
        """Show everything as it is now; called again when the width changes."""
        self.draw_keys()

    def draw_keys(self, words: dict[str, Saying] | None = None) -> None:
        """The keys in the last line, with other `words` where a command means something special here."""
        shown = keys_in_bar(self.bench.keymap, *self.keys)
        named = {id: render(word) for id, word in (words or {}).items()}
        pairs = [(key, named.get(id, word)) for id, (key, word) in zip(self.keys, shown, strict=True)]
        self.query_one("#keys", Lines).show([[], keys_line(pairs, self.app.size.width)])

    def do(
        self, deed: Callable[[], Value], then: Callable[[Value], None], refused: Callable[[Told], None] | None = None
    ) -> None:
        """Do a deed; while it lasts, another Enter does not do it a second time."""
        if self._busy:
            return
        self._busy = True

        def finished(value: Value) -> None:
            self._busy = False
            self.bench.keeper.saved(self)
            if self._said and self.is_mounted:
                self.say()
            then(value)

        def failed(error: Told) -> None:
            self._busy = False
            # Nothing was done: no later deed moves the cursor for this one.
            self.bench.landing = None
            (refused or self.refused)(error)

        self.bench.do(deed, finished, failed)

    def action_act_skip(self) -> None:
        """In a walk: leave this as it is and take the next line."""
        if self.bench.walk is not None:
            self.bench.walk.skip()
        self.dismiss(None)

    def action_sheet_leave(self) -> None:
        self.dismiss(None)

    def action_sheet_accept(self) -> None:
        """Take what is marked."""

    def action_sheet_down(self) -> None:
        """One line down."""

    def action_sheet_up(self) -> None:
        """One line up."""


def labelled(label: str, line: Line) -> Line:
    """A line with its label in the margin."""
    return [in_margin(label), *line]


def in_margin(label: str, mark: str = "  ", least: int = 0) -> Span:
    """A label as wide as the margin of a sheet, and at `least` so wide, behind what stands in the column of the
    cursor."""
    margin = max(10 if language() == "zh" else 11, least)
    return Span(mark + label + " " * (margin - width(label)), "quiet")


def told(error: Told, cells: int) -> Sequence[Line]:
    """A refusal as amber lines in a sheet."""
    rows = wrap(render(error.saying), cells - 4)
    return [[Span("  ! " if at == 0 else "    ", "soon_bold"), Span(row, "soon")] for at, row in enumerate(rows)]
