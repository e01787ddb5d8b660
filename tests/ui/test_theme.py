"""The colour roles: enough contrast on every ground of our own themes, and computed ones in every other theme."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App
from textual.color import Color
from textual.filter import ANSIToTruecolor
from textual.theme import BUILTIN_THEMES

from workbench import ui
from workbench.ui.theme import DARK, ROLES, THEMES, Palette, contrast, fallbacks


def _palette(theme, **more) -> Palette:
    variables = fallbacks(theme) | theme.to_color_system().generate() | theme.variables
    return Palette(variables, **({"ansi": theme.ansi, "no_colour": False} | more))


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_our_themes_can_be_read_on_all_four_grounds(theme):
    palette = _palette(theme)
    least = {"text": 8.8, "strong": 8.8, "quiet": 4.5, "late": 4.5, "soon": 4.5, "accent": 4.5}
    for role, ratio in least.items():
        for ground in ("page", "pane", "sheet", "row"):
            style = palette.style(role, ground)
            found = contrast(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))
            assert round(found, 2) >= ratio, (role, ground, found)


def test_no_words_are_faint():
    """`faint` is for figures, gauges and empty cells: no sentence of ours is written in it."""
    sources = Path(ui.__file__).parent.rglob("*.py")
    faint = [line for path in sources for line in path.read_text("utf-8").splitlines() if '"faint"' in line]
    assert faint
    assert [line for line in faint if "_(" in line or "render(" in line or "answer." in line] == []


@pytest.mark.parametrize("theme", BUILTIN_THEMES.values(), ids=lambda theme: theme.name)
def test_every_theme_of_textual_has_every_role(theme):
    palette = _palette(theme)
    for role in ROLES:
        for ground in ("page", "pane", "sheet", "row", "picked"):
            assert palette.style(role, ground) is not None
    if not theme.ansi:
        page = Color.parse(theme.to_color_system().generate()["background"])
        for role in ("late", "soon", "quiet"):
            assert contrast(Color.parse(fallbacks(theme)[role]), page) >= 4.4


def test_without_colour_the_loudest_state_is_still_the_loudest():
    palette = _palette(THEMES[0], no_colour=True)
    countdown, soon = palette.style("late_cell", "page"), palette.style("soon", "page")
    assert countdown.reverse
    assert countdown.bold
    assert soon.bold
    assert not soon.reverse
    assert palette.style("late_cell", "page").color == palette.style("text", "page").color


def test_terminal_colours_have_no_grounds_of_their_own():
    palette = _palette(BUILTIN_THEMES["ansi-dark"])
    assert palette.style("text", "pane").bgcolor is None
    assert palette.style("text", "row").reverse
    assert palette.style("late_bold", "page").color.name == "red"


@pytest.mark.parametrize("default", ["textual-dark", "textual-light", "ansi-dark"])
async def test_our_dark_theme_is_whole_whatever_textual_begins_with(shop, open_app, monkeypatch, default):
    monkeypatch.setattr(App.theme, "_default", default)  # TEXTUAL_THEME
    app = open_app(shop)
    async with app.run_test(size=(80, 24)):
        assert app.theme == DARK
        assert app.has_class("-dark-mode")
        assert not app.has_class("-light-mode")
        assert all(filter.enabled for filter in app._filters if isinstance(filter, ANSIToTruecolor))
