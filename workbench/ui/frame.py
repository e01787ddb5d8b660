"""What all screens share: the header, the bar, the message and the clock."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from workbench.i18n import _, render
from workbench.ui.board import Board
from workbench.ui.commands import BARS, keys_in_bar
from workbench.ui.text import Line, Span
from workbench.ui.theme import palette_of
from workbench.ui.widgets.bar import Bar
from workbench.ui.widgets.header import Header, Tab, header_line

if TYPE_CHECKING:
    from workbench.session import Session
    from workbench.ui.app import Workbench


class Frame(Screen[None]):
    """A screen with header and bar. `pane` is its id in the list of panes, `scopes` whose keys its bar shows."""

    pane: ClassVar[str]
    scopes: ClassVar[tuple[str, ...]]
    # Without ClassVar, as Textual declares them.
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (70, "-narrow"), (110, "-wide"), (150, "-full")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (22, "-low"), (30, "-tall")]  # noqa: RUF012

    #: The version of the board that is shown.
    _shown = -1

    def compose(self) -> ComposeResult:
        """Header, what the screen shows, bar."""
        # Textual sets these classes after a first layout, which would be thrown away.
        width, height = self.app.size
        for cells, breakpoints in ((width, self.HORIZONTAL_BREAKPOINTS), (height, self.VERTICAL_BREAKPOINTS)):
            self.add_class(max(found for found in breakpoints if found[0] <= cells)[1])
        yield Header(id="header")
        yield from self.body()
        yield Bar(id="bar")

    def body(self) -> Iterable[Widget]:
        """What stands between header and bar."""
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
    def board(self) -> Board:
        """The queue as all screens share it."""
        return self.bench.board

    @property
    def bar(self) -> Bar:
        """The last row."""
        return self.query_one("#bar", Bar)

    def on_resize(self, event: events.Resize) -> None:
        self.draw_header(event.size.width)
        self.draw_bar()
        self.fit()

    def on_paste(self, event: events.Paste) -> None:
        """A file dropped on the screen is one to import: a terminal drops its path."""
        from workbench.ui.imports.downloads import typed_paths

        if any(path.is_file() for path in typed_paths(event.text)):
            from workbench.ui.imports.sheet import ImportSheet

            event.stop()
            self.app.push_screen(ImportSheet(event.text))

    def on_screen_resume(self) -> None:
        """Whatever happened while another screen was open is shown now."""
        if self._shown != self.board.version:
            self.reload()

    def reload(self) -> None:
        """The data, the minute or the language changed: show everything as it is now."""
        self._shown = self.board.version
        self.draw_header(self.size.width)
        self.draw_bar()
        self.fill()

    def fill(self) -> None:
        """Show the data as they are now."""

    def fit(self) -> None:
        """Show the same data in another size."""

    def draw_header(self, cells: int) -> None:
        """The screens with what is urgent in them, the date, the clocks."""
        if not cells:
            return
        from workbench.ui.panes import PANES

        tabs = [Tab(render(pane.title), pane.id == self.pane, pane.urgent(self.board)) for pane in PANES]
        now, plain = self.session.now(), palette_of(self.app).no_colour
        line = header_line(tabs, now, self.session.zone, self.bench.own_zone, cells, plain, stuck=self.bench.stuck)
        header = self.query_one("#header", Header)
        header.tabs = tabs
        header.show([line])

    @on(Header.Chosen)
    def _go(self, event: Header.Chosen) -> None:
        from workbench.ui.panes import PANES

        self.bench.switch_mode(PANES[event.at].id)

    def draw_bar(self, lead: Line = ()) -> None:
        """The keys of this screen, most useful first, help last."""
        keys = keys_in_bar(self.bench.keymap, *BARS[self.pane])
        self.bar.keys(keys, lead)

    def tell(self, message: Line, hint: Line = ()) -> None:
        """Show a message in the bar."""
        self.bar.tell(message, hint)

    def empty_lines(self) -> list[Line]:
        """What an empty data directory is greeted with."""
        lines: list[Line] = [[], [Span("  "), Span(_("No cases yet."), "title")], []]
        for id, words in (
            ("app.import", _("import Seller Center files")),
            ("ticket.add", _("add a case by hand")),
            ("app.demo", _("look around in an invented shop")),
        ):
            lines.append([Span("  "), Span(f"{keys_in_bar(self.bench.keymap, id)[0][0]}  ", "bold"), Span(words)])
        return lines

    def tick(self) -> None:
        """A second went by: draw what has changed."""

    def land(self, id: int) -> None:
        """Put the cursor on the case of this number, where it is shown."""
