"""A widget that draws lines: the base of header, bar, detail and sheets. Only changed lines are drawn again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.filter import LineFilter
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from workbench.output.marks import EDGE
from workbench.ui.text import Line, Span, strip
from workbench.ui.theme import palette_of
from workbench.ui.widgets.ground import true_colours


class Lines(Widget):
    """Fixed lines on one ground; as high as there are lines, where its height is `auto`."""

    DEFAULT_CSS = "Lines { height: auto; width: 1fr; }"
    #: The ground of every line, as `workbench.ui.theme` names it.
    ground: ClassVar[str] = "page"

    def __init__(self, lines: Sequence[Line] = (), *, id: str | None = None, ground: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: list[Line] = list(lines)
        self._ground = ground or self.ground

    def show(self, lines: Sequence[Line]) -> None:
        """Draw these lines instead."""
        before, self._lines = self._lines, list(lines)
        if len(before) != len(self._lines):
            self.refresh(layout=True)
            return
        for y, (old, new) in enumerate(zip(before, self._lines, strict=True)):
            if old != new:
                self.refresh(Region(0, y, self.size.width, 1))

    def get_line_filters(self) -> Sequence[LineFilter]:
        return true_colours(self)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many rows as there are lines."""
        return len(self._lines)

    def render_line(self, y: int) -> Strip:
        """The line at `y`, or an empty one."""
        line = self._lines[y] if y < len(self._lines) else []
        return strip(line, self.size.width, palette_of(self.app), self._ground)


class Page(ScrollView, can_focus=True):
    """Lines that scroll: the detail, help, the steps of a deadline."""

    DEFAULT_CSS = "Page { scrollbar-size-vertical: 1; overflow-x: hidden; }"

    class Resized(Message):
        """What it shows was laid out for another size."""

    def on_resize(self) -> None:
        self.post_message(self.Resized())

    def __init__(self, *, id: str | None = None, ground: str = "pane") -> None:
        super().__init__(id=id)
        self._lines: list[Line] = []
        self._about: object = None
        self._ground = ground

    def show(self, lines: Sequence[Line], about: object = None) -> None:
        """Draw these lines instead; from the top on where they are about something else than before."""
        if about != self._about:
            self._about = about
            self.scroll_to(y=0, animate=False, force=True, immediate=True)
        before, self._lines = self._lines, list(lines)
        if before == self._lines:
            return
        self.virtual_size = Size(self.size.width, len(self._lines))
        if len(before) != len(self._lines):
            self.refresh()
            return
        for y, (old, new) in enumerate(zip(before, self._lines, strict=True)):
            if old != new:
                self.refresh_line(y)  # each second a countdown does, and the rest stays as it is

    def get_line_filters(self) -> Sequence[LineFilter]:
        return true_colours(self)

    def render_line(self, y: int) -> Strip:
        """The line at `y` of the visible part."""
        at, palette = y + self.scroll_offset.y, palette_of(self.app)
        line = self._lines[at] if at < len(self._lines) else []
        drawn = strip(line, self.size.width, palette, self._ground)
        if palette.ansi and self.region.x:
            # Where there are no tones, a line parts the pane from the list beside it.
            return Strip.join([strip([Span(EDGE, "quiet")], 1, palette, self._ground), drawn.crop(1)])
        return drawn
