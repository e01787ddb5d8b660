"""A page that scrolls: each second a countdown in it is drawn again, and nothing else."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App

from workbench.ui.face import Face
from workbench.ui.text import Span
from workbench.ui.widgets.lines import Page


class Watched(Page):
    """A page that says which of its visible lines it draws."""

    def render_line(self, y):
        self.app.drawn.append(y)
        return super().render_line(y)


class Scrolling(Face):
    """Forty lines in ten rows."""

    CSS = "Page { height: 10; }"
    drawn: ClassVar[list[int]] = []

    def compose(self):
        yield Watched()

    async def take(self, event):
        await App.on_event(self, event)


def lines(word):
    return [[Span(f"line {at} {word if at in (0, 12) else ''}")] for at in range(40)]


async def test_only_lines_that_changed_are_drawn_where_they_stand():
    app = Scrolling()
    async with app.run_test(size=(40, 12)) as pilot:
        page = app.query_one(Watched)
        page.show(lines("a"), about=1)
        await pilot.pause()
        page.scroll_to(y=10, animate=False, immediate=True)
        await pilot.pause()
        app.drawn.clear()
        page.show(lines("b"), about=1)
        await pilot.pause()
        assert set(app.drawn) == {2}  # the twelfth; the first is above
        assert page.render_line(2).text.rstrip() == "line 12 b"
        app.drawn.clear()
        page.show(lines("c"), about=2)
        await pilot.pause()
        assert page.scroll_offset.y == 0
        assert set(app.drawn) == set(range(10))
