"""What all screens share: the header, the bar, the message and the clock."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events, on
from textual.app import ComposeResult
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from workbench.core.place import Place
from workbench.i18n import _, render
from workbench.ui.bench import AnyFrame
from workbench.ui.commands import bars, keys_in_bar
from workbench.ui.rooms import panes, rooms, view_of
from workbench.ui.text import Line, Span, line_width, spread
from workbench.ui.theme import palette_of
from workbench.ui.widgets.bar import Bar
from workbench.ui.widgets.ground import ground
from workbench.ui.widgets.header import Header, Tab, header_line


class Frame(AnyFrame):
    """A screen with header and bar."""

    # Without ClassVar, as Textual declares them.
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (70, "-narrow"), (110, "-wide"), (150, "-full")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (22, "-low"), (30, "-tall")]  # noqa: RUF012

    #: The version of the board that is shown.
    _shown = -1
    #: Whether the second view is named beside the sentence.
    _said_beside = False

    def compose(self) -> ComposeResult:
        """Header, what the screen shows, bar."""
        # Textual sets these classes after a first layout, which would be thrown away.
        width, height = self.app.size
        sizes = (width, self.HORIZONTAL_BREAKPOINTS), (height, self.VERTICAL_BREAKPOINTS)
        self.add_class(*(max(found for found in points if found[0] <= cells)[1] for cells, points in sizes))
        yield Header(id="header")
        yield from self.body()
        yield Bar(id="bar")

    def body(self) -> Iterable[Widget]:
        """What stands between header and bar."""
        raise NotImplementedError

    @property
    def bar(self) -> Bar:
        """The last row."""
        return self.query_one("#bar", Bar)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The ground under everything."""
        return ground(self, crop) or super().render_lines(crop)

    def on_resize(self, event: events.Resize) -> None:
        self.draw_header(event.size.width)
        self.draw_bar()
        self.fit()

    def on_paste(self, event: events.Paste) -> None:
        """A file dropped on the screen is one to import: a terminal drops its path."""
        from workbench.config.disk import is_file
        from workbench.config.given import given_paths, looks_like_path

        if looks_like_path(event.text) and any(map(is_file, given_paths(event.text))):
            from workbench.ui.imports.sheet import ImportSheet

            event.stop()
            self.app.push_screen(ImportSheet(event.text))

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Whatever happened while another screen was open is shown now; a walk goes on."""
        if self._shown < 0:
            event.refresh_styles = False  # it was mounted with them a moment ago
        if self.bench.walk is not None:
            self.bench.walk.back()
        if self._shown != self.board.version:
            self.reload()
        if self.bench.carried:
            self.tell([Span(self.bench.carried, "quiet")])
            self.bench.carried = ""

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
        tabs = [
            Tab(render(room.pane.title), room.pane.id == self.pane, room.number(self.board))
            for room in rooms()
            if room.pane is not None
        ]
        now, plain = self.session.now(), palette_of(self.app).no_colour
        header = self.query_one("#header", Header)
        header.tabs = tabs
        stuck = self.bench.stuck
        header.show([header_line(tabs, now, self.session.zone, self.bench.own_zone, cells, plain, stuck=stuck)])

    @on(Header.Chosen)
    def _go(self, event: Header.Chosen) -> None:
        self.bench.switch_mode(panes()[event.at].id)

    @property
    def bar_name(self) -> str:
        """Which bar is shown now: that of the pane, or of its second view."""
        view = view_of(self.pane)
        return view.id if view is not None and view.make is not None and self.on_second else self.pane

    def draw_bar(self, lead: Line = ()) -> None:
        """The keys of this screen, most useful first, help last."""
        self.bar.keys(self.keys_of_bar(self.bar_name), lead)

    def keys_of_bar(self, name: str) -> list[tuple[str, str]]:
        """(key, word) of this bar. The second view is one of the first where nothing else names it: so it stays."""
        ids = tuple(id for id in bars()[name] if id != "app.second")
        if self._second and not self._said_beside:
            ids = (*ids[:2], "app.second", *ids[2:])
        keys = keys_in_bar(self.bench.keymap, *ids)
        return [(key, self._second if id == "app.second" else word) for id, (key, word) in zip(ids, keys, strict=True)]

    @property
    def _second(self) -> str:
        """What F9 leads to from here."""
        view = view_of(self.pane)
        return "" if view is None else render(view.back if self.on_second else view.title)

    @property
    def on_second(self) -> bool:
        """Whether the second view of the pane is shown."""
        view = view_of(self.pane)
        return view is not None and self.bench.current_mode == view.id

    def turn_over(self) -> None:
        """Show the other view, where both are one screen."""

    def with_second(self, sentence: Line, cells: int) -> Line:
        """The sentence in `cells` with the second view at its right; where that does not fit, the bar has it."""
        label = [Span(keys_in_bar(self.bench.keymap, "app.second")[0][0], "bold"), Span(f" {self._second}", "quiet")]
        self._said_beside = bool(self._second) and line_width([*sentence, *label]) + 3 <= cells
        return spread(sentence, label, cells) if self._said_beside else sentence

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

    def land(self, place: Place) -> bool:  # noqa: ARG002
        """Put the cursor on this place; False where it is not shown here."""
        return False

    @property
    def here(self) -> Place | None:
        """The place under the cursor, where the screen has one."""
        return None

    def walking(self, begins: bool) -> None:
        """The sheet of a walk opens over this screen, or the walk leaves it."""

    def again(self) -> None:
        """The key that goes to this screen was pressed on it."""
