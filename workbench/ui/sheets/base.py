"""A sheet: full width at the bottom edge, subject in the first line, keys in the last. Esc leaves all unchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widget import Widget

from workbench.core.saying import Saying, Told
from workbench.i18n import language, render
from workbench.ui.commands import bindings, keys_in_bar
from workbench.ui.text import Line, Span, width, wrap
from workbench.ui.theme import palette_of
from workbench.ui.widgets.bar import keys_line
from workbench.ui.widgets.lines import Lines

if TYPE_CHECKING:
    from workbench.session import Session
    from workbench.ui.app import Workbench

Result = TypeVar("Result")
Value = TypeVar("Value")
#: Rows of the screen below that a sheet always leaves in sight.
LEAVES = 8


class Sheet(ModalScreen[Result], Generic[Result]):
    """The base of all sheets. `keys` are the ids of the commands in its last line, Esc the last of them."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("sheet")
    DEFAULT_CSS = """
    Sheet { background: transparent; align: center bottom; }
    Sheet > #sheet { height: auto; background: $sheet; overflow-y: hidden; }
    """
    keys: ClassVar[tuple[str, ...]] = ("sheet.accept", "sheet.leave")
    #: Whether keys reach the focus already.
    ready = False
    _busy = False
    #: The size of the terminal for which it was drawn.
    _before: Size | None = None

    def compose(self) -> ComposeResult:
        """What the sheet shows, then its keys."""
        with Vertical(id="sheet"):
            yield Lines([[]], id="edge", ground="sheet")
            yield from self.body()
            yield Lines(id="keys", ground="sheet")

    def body(self) -> Iterable[Widget]:
        """What stands above the keys."""
        raise NotImplementedError

    @property
    def bench(self) -> Workbench:
        """The app."""
        return cast("Workbench", self.app)

    @property
    def session(self) -> Session:
        """The session of the app."""
        return self.bench.session

    @property
    def room(self) -> int:
        """The rows a sheet may take."""
        return max(self.app.size.height - LEAVES, 8)

    @property
    def cells(self) -> int:
        """The width of a line with its margins taken off."""
        return self.app.size.width - 4

    def on_screen_resume(self) -> None:
        """From now on the focus stands where it should: what was typed ahead can be typed."""
        self.call_later(self._begin)

    async def _begin(self) -> None:
        self.ready = True
        await self.bench.ahead.release()

    def on_resize(self) -> None:
        self.query_one("#sheet").styles.max_height = self.room
        if palette_of(self.app).ansi:
            self.query_one("#edge", Lines).show([[Span("\u254c" * self.app.size.width, "quiet")]])
        self.draw()
        if self._before not in (None, self.app.size):
            self.call_after_refresh(self._fit_below)
        self._before = self.app.size

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
            then(value)

        def failed(error: Told) -> None:
            self._busy = False
            # Nothing was done: no later deed moves the cursor for this one.
            self.bench.landing = None
            (refused or self.bench.refused)(error)

        self.bench.do(deed, finished, failed)

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


def in_margin(label: str, mark: str = "  ") -> Span:
    """A label as wide as the margin of a sheet, behind what stands in the column of the cursor."""
    margin = 10 if language() == "zh" else 11
    return Span(mark + label + " " * (margin - width(label)), "quiet")


def told(error: Told, cells: int) -> Sequence[Line]:
    """A refusal as amber lines in a sheet."""
    rows = wrap(render(error.saying), cells - 4)
    return [[Span("  ! " if at == 0 else "    ", "soon_bold"), Span(row, "soon")] for at, row in enumerate(rows)]
