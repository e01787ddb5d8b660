"""What is written to the terminal: columns, its own cursor, sixteen colours; and Textual's private names we lean on."""

from __future__ import annotations

import re

import pytest
from rich.color import Color, ColorSystem
from rich.console import Console
from rich.segment import Segment
from textual.app import App
from textual.color import Color as Shade
from textual.geometry import Region
from textual.strip import Strip

from tests.ui.robot import done, press
from workbench.ui.terminal.columns import LayoutUpdate, placed
from workbench.ui.theme import ROLES, THEMES, Palette, contrast

_RGB = ["#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5",
        "#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff"]  # fmt: skip


def test_each_part_of_a_row_names_its_column():
    rows = [
        [Strip([Segment("ab\U0001f9f5")]), Strip([Segment("pane")])],
        [Strip([Segment("wxyz")]), Strip([Segment("more")])],
    ]
    text = placed(LayoutUpdate(rows, Region(2, 5, 8, 2))).render_segments(Console())
    assert text == "\x1b[6;3Hab\U0001f9f5\x1b[7Gpane\x1b[7;3Hwxyz\x1b[7Gmore"


async def test_a_whole_screen_is_drawn_so(shop, open_app, monkeypatch):
    drawn = []
    monkeypatch.setattr(App, "_display", lambda self, screen, what: drawn.append(what))
    async with open_app(shop).run_test(size=(150, 36)) as pilot:
        await done(pilot)
        text = "".join(what.render_segments(pilot.app.console) for what in drawn if hasattr(what, "render_segments"))
    assert re.search(r"\x1b\[\d+G", text)


@pytest.mark.parametrize(("start", "keys"), [
    ("queue", ("slash",)), ("queue", ("a",)), ("queue", ("c",)), ("log", ()), ("today", ("i",)), ("today", ("ctrl+p",)),
    ("ledger", ("a",)), ("ledger", ("t",)),
])  # fmt: skip
async def test_the_terminals_cursor_stands_where_is_typed_before_the_first_key(shop, open_app, start, keys):
    app = open_app(shop, start)
    async with app.run_test(size=(120, 36)) as pilot:
        await done(pilot)
        await press(pilot, *keys)
        assert app.cursor_position == app.focused.cursor_screen_offset
        assert app.cursor_position.y > 0
        await pilot.resize_terminal(80, 24)
        await done(pilot)
        assert app.cursor_position == app.focused.cursor_screen_offset
        assert app.focused.region.contains_point(app.cursor_position)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("role", [role for role in ROLES if role != "on_accent"])
def test_all_is_read_under_the_cursor_of_a_terminal_with_sixteen_colours(theme, role):
    class Dressed(App):
        def __init__(self):
            super().__init__()
            self.register_theme(theme)
            self.theme = theme.name

    style = Palette(Dressed().get_css_variables(), ansi=False, no_colour=False, sixteen=True).style(role, "row")
    numbers = [Color.parse(each.name).downgrade(ColorSystem.STANDARD).number for each in (style.color, style.bgcolor)]
    assert contrast(*(Shade.parse(_RGB[number]) for number in numbers)) >= 3.9
