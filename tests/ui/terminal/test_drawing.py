"""What is written to the terminal: columns, its own cursor, sixteen colours; and Textual's private names we lean on."""

from __future__ import annotations

import re
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import Color, ColorSystem
from rich.console import Console
from rich.segment import Segment
from textual.app import App
from textual.color import Color as Shade
from textual.geometry import Region
from textual.strip import Strip

from tests.ui.robot import done, press
from workbench.ui.terminal.columns import ChopsUpdate, LayoutUpdate, placed
from workbench.ui.text import fit
from workbench.ui.theme import ROLES, THEMES, Palette, contrast

_RGB = ["#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5",
        "#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff"]  # fmt: skip


def test_what_follows_anything_but_ascii_names_its_column():
    rows = [
        [Strip([Segment("ab\U0001f9f5")]), Strip([Segment("pane")])],
        [Strip([Segment("wxyz")]), Strip([Segment("more")])],
    ]
    text = placed(LayoutUpdate(rows, Region(2, 5, 8, 2))).render_segments(Console())
    assert text == "\x1b[6;3H    \x1b[3Gab\U0001f9f5\x1b[7Gpane\x1b[7;3Hwxyzmore"


def terminal(written: str, widths) -> list[str]:
    """The row on a terminal that takes each character for `widths` of it; `#` is what was there before."""
    cells, x = ["#"] * 80, 0
    for column, character in re.findall(r"\x1b\[(?:\d+;)?(\d+)[GH]|\x1b\[[\d;]*m|(.)", written):
        if column:
            x = int(column) - 1
        elif character:
            for at in range(widths(character)):
                cells[x + at] = character if at == 0 else ""
            x += widths(character)
    return cells


#: What terminals disagree about: emoji, spacing marks of Indic letters, quotation marks and dashes, a circled digit.
WORDS = st.text("ab \U0001f9f5\u263a\u0939\u093f\u0902\u0bcd\u0bbe\u201c\u2014\u2460\u5c3a\u7801", max_size=8)


@settings(max_examples=100)
@given(st.lists(WORDS, min_size=1, max_size=4), st.sampled_from([1, 2]), st.sampled_from([0, 1]), st.booleans())
def test_a_row_stays_in_its_columns_on_whatever_terminal(words, emoji, marks, chops):
    def widths(character: str) -> int:
        if character in "\U0001f9f5\u263a\u201c\u2014\u2460":
            return emoji
        return marks if "\u0900" <= character <= "\u0bff" and category(character)[0] == "M" else cell_len(character)

    parts = [part for each in words for part in (Segment(fit(each, 12)), Segment("|end"))]
    if chops:
        drawn = ChopsUpdate([{3: Strip(parts)}], [(0, 3, 3 + 16 * len(words))], [[3 + 16 * len(words)]])
    else:
        drawn = LayoutUpdate([[Strip(parts)]], Region(3, 0, 16 * len(words), 1))
    row = terminal(placed(drawn).render_segments(Console()), widths)
    for at in range(len(words)):
        assert row[3 + 16 * at + 12 : 3 + 16 * at + 16] == list("|end")
    assert "#" not in row[3 : 3 + 16 * len(words)], "nothing of before shows through"


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
