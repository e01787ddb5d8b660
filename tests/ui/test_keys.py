"""The seller's keys: the preset, keys of his own, every mistake told once, and the way out never lost."""

from __future__ import annotations

import pytest

from tests.ui.conftest import NOW
from tests.ui.robot import done, press, seen, write
from workbench.cli.main import run
from workbench.config import load
from workbench.session import Options, open_session
from workbench.ui.commands import declared, together, written
from workbench.ui.keys import PRESETS, seller_keys


@pytest.fixture
def settings(tmp_path):
    def made(text):
        path = tmp_path / "own.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return made


def test_presets_have_no_clash():
    from workbench.config.keymap import check_keymap

    for preset in PRESETS.values():
        assert (
            check_keymap({id: tuple(map(written, keys)) for id, keys in preset.items()}, declared(), together()) == []
        )


@pytest.mark.parametrize(
    ("bind", "kept", "words"),
    [
        ('"app.quit" = []', {}, "must have one"),
        ('"app.quit" = ["ctrl+m"]', {}, "arrives as enter"),
        ('"app.quti" = ["z"]', {}, 'Did you mean "app.quit"'),
        ('"ticket.note" = ["q"]', {}, 'the key of "app.quit"'),
        ('"ticket.note" = ["z"]', {"ticket.note": "z"}, ""),
        ('"ticket.note" = ["f6"]', {}, "belongs to the screens"),
        ('"ticket.note" = ["f9"]', {}, 'the key of "app.second"'),
        ('"log.week" = ["f6"]', {}, "belongs to the screens"),
        ('"log.week" = ["ctrl+y"]', {"log.week": "ctrl+y"}, ""),
        # Each of a pair that changes places stays where it was, where one of the two cannot move.
        ('"ticket.note" = ["t"]\n"ticket.tag" = ["c", "ctrl+h"]', {}, "arrives as backspace"),
        ('"ticket.note" = ["t"]\n"ticket.tag" = ["c"]', {"ticket.note": "t", "ticket.tag": "c"}, ""),
    ],
)
def test_mistakes_are_told_and_the_default_stays(settings, bind, kept, words):
    keymap, told = seller_keys(load(settings(f"[keys.bind]\n{bind}\n")).settings)
    assert keymap == kept
    from workbench.i18n import render

    said = " ".join(map(render, told))
    assert (words in said) if words else not said


def test_config_check_names_keys_and_theme_with_their_lines(settings, capsys):
    path = settings('[display]\ntheme = "gruvbxo"\n[keys.bind]\n"app.quit" = []\n')
    assert run(["--config", str(path), "config", "check"]) == 1
    out = capsys.readouterr().out
    assert "line 2, display.theme" in out
    assert "line 4, keys.bind" in out


async def test_vim_keys_and_own_keys_hold_in_the_screens(settings, open_app, tmp_path):
    path = settings('[shop]\nmarket = "TH"\n[keys]\npreset = "vim"\n[keys.bind]\n"app.quit" = ["Q"]\n')
    app = open_app(open_session(Options(data=tmp_path / "data", config=path, now=NOW)), start="today")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "l")
        assert app.current_mode == "queue"
        await press(pilot, "h")
        assert app.current_mode == "today"
        await press(pilot, "q")
        assert app.is_running
        await press(pilot, "Q")
    assert app.return_code == 0


async def test_a_theme_that_does_not_exist_is_told(shop, open_app):
    app = open_app(shop, theme="gruvbxo")
    async with app.run_test(size=(120, 36)) as pilot:
        await done(pilot)
        assert 'There is no theme "gruvbxo"' in seen(app)
        await press(pilot, "enter")
        assert "gruvbxo" not in seen(app)


async def test_the_palette_goes_to_violations_and_views(shop, open_app):
    app = open_app(shop, start="today")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "ctrl+p")
        await write(pilot, "v-12")
        await press(pilot, "enter")
        assert (app.current_mode, app.frame.current.ref) == ("ledger", "V-12")
        await press(pilot, "ctrl+p")
        await write(pilot, "view messages")
        await press(pilot, "enter")
        assert (app.current_mode, app.frame.expression) == ("queue", "kind:message or kind:bad_review")
