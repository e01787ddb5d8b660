"""Every command is declared once, can be run, can be found, and has keys that mean one thing."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path
from unicodedata import east_asian_width

import pytest
from rich.cells import cell_len

import workbench
from tests.ui.robot import done, press, seen, write
from workbench.config.keymap import check_keymap
from workbench.core.kinds import KINDS, STAGES
from workbench.core.tickets.stages import LETTERS, legal
from workbench.i18n import render, use
from workbench.session import Options, open_session
from workbench.ui.commands import action, bars, command, commands, declared, scopes, together
from workbench.ui.rooms import panes, rooms

UI = Path(workbench.__file__).parent / "ui"
CORE = UI.parent / "core"


def test_ids_are_unique_and_scopes_are_named():
    declared_in = [each.id for room in rooms() for each in room.commands]
    assert len(set(declared_in)) == len(declared_in)
    assert {found.scope for found in commands().values()} <= set(scopes())
    assert all(command(id) for ids in bars().values() for id in ids)


def test_no_key_means_two_things_at_the_same_time():
    defaults = {id: tuple(keys.split(",")) for id, (keys, _scope) in declared().items() if keys}
    assert check_keymap(defaults, declared(), together()) == []


def test_every_command_has_an_action():
    source = "".join(path.read_text(encoding="utf-8") for path in UI.rglob("*.py"))
    for found in commands().values():
        name = f"action_{action(found.id).partition('(')[0]}"
        assert found.run is not None or f"def {name}(" in source or f"    {name} = " in source, found.id


def test_letters_of_actions_are_fixed_unlike_in_every_stage_and_free_of_other_meanings():
    taken = {
        key for scope in ("act", "sheet") for found in commands().values() if found.scope == scope for key in found.keys
    }
    assert not set(LETTERS.values()) & (taken | set("nuwy"))
    for kind in KINDS:
        for stage in STAGES:
            offered = [found.name for found in legal(kind, stage, appealable=True) if found.name != "snooze"] + [
                "close"
            ]
            assert len({LETTERS[name] for name in offered}) == len(offered), (kind, stage, offered)


def _act_tables():
    """Every table of letters of actions, whatever domain it is of, and the module it stands in."""
    for path in sorted(CORE.glob("*/*.py")):
        if "LETTERS: " in path.read_text(encoding="utf-8"):
            name = f"{path.parent.name}.{path.stem}"
            yield pytest.param(import_module(f"workbench.core.{name}"), id=name)


@pytest.mark.parametrize("module", _act_tables())
def test_letters_of_every_act_table_are_plain_and_mean_nothing_else(module):
    held = {key for found in commands().values() if found.scope in ("act", "sheet") for key in found.keys}
    for name, letter in module.LETTERS.items():
        assert len(letter) == 1, name
        assert letter.isascii(), name
        assert letter.islower(), name
        assert letter not in held | set("nuwy"), name


def test_the_ledger_has_the_letters_of_the_queue():
    from workbench.core.violations.appeals import LETTERS as LEDGER

    assert {name: LEDGER[name] for name in ("won", "lost", "enforced", "dropped")} == {
        "won": "a", "lost": "r", "enforced": "e", "dropped": "d",
    }  # fmt: skip
    assert len(set(LEDGER.values())) == len(LEDGER), "all of them may stand in one sheet"


@pytest.mark.parametrize("start", ["today", "queue"])
async def test_help_shows_the_real_keys_of_this_screen(shop, open_app, start):
    app = open_app(shop, start=start)
    app.keymap = {"ticket.note": "ctrl+e"}
    async with app.run_test(size=(120, 60)) as pilot:
        await press(pilot, "question_mark")
        text = seen(app)
        for found in commands().values():
            if found.scope in app.frame.scopes and not found.id.startswith("queue.view"):
                assert found.help.text in text, found.id
        assert "ctrl+e" in text
        await press(pilot, "escape", "ctrl+e")
        assert "Note on T-1" in seen(app)


async def test_a_faulty_keymap_is_told_and_keeps_its_defaults(tmp_path, open_app):
    from tests.ui.conftest import NOW
    from workbench.session import Options, open_session

    config = tmp_path / "own.toml"
    config.write_text('[shop]\nmarket = "TH"\n[keys.bind]\n"ticket.nothing" = ["c"]\n', encoding="utf-8")
    app = open_app(open_session(Options(data=tmp_path / "data", config=config, now=NOW)))
    async with app.run_test(size=(120, 36)) as pilot:
        await done(pilot)
        assert "ticket.nothing" in seen(app)


def test_our_own_strings_use_no_character_of_ambiguous_width():
    words = [UI.parent / "output" / name for name in ("words.py", "sentences.py", "reasons.py")]
    for path in (*UI.rglob("*.py"), *words):
        if path.name == "text.py":
            continue  # names the characters that others write
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                wrong = [character for character in node.value if east_asian_width(character) == "A"]
                assert not wrong, (path.name, node.value, wrong)


async def test_language_and_theme_change_while_running(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "ctrl+p")
        await write(pilot, "app.language")
        await press(pilot, "enter")
        assert "\u5df2\u903e\u671f" in seen(app)
        await press(pilot, "ctrl+p")
        await write(pilot, "gruvbox")
        await press(pilot, "enter")
        assert app.theme == "gruvbox"
        drawn = app.frame.table.render_lines(app.frame.table.size.region)[0]
        page = app.theme_variables["row"].lower()
        assert {segment.style.bgcolor.name.lower() for segment in drawn} == {page}


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_a_click_on_a_title_goes_to_that_screen(shop, open_app, language):
    use(language)
    app = open_app(shop, start="today")
    async with app.run_test(size=(120, 36)) as pilot:
        await done(pilot)
        for pane in panes()[1:]:
            text = app.frame.query_one("#header").render_line(0).text
            at = cell_len(text[: text.index(render(pane.title))])
            await pilot.click("#header", offset=(at + 1, 0))
            await done(pilot)
            assert app.frame.pane == pane.id
        await pilot.click("#header", offset=(119, 0))  # the clocks lead nowhere
        await done(pilot)
        assert app.frame.pane == panes()[-1].id


async def test_market_shop_time_language_and_theme_are_remembered(empty, open_app):
    app = open_app(empty)
    async with app.run_test(size=(100, 30)) as pilot:
        for command, answer in (("app.zone", "makassar"), ("app.theme", "light")):
            await press(pilot, "ctrl+p")
            await write(pilot, command)
            await press(pilot, "enter")
            await write(pilot, answer)
            await press(pilot, "enter")
        await press(pilot, "ctrl+p")
        await write(pilot, "app.language")
        await press(pilot, "enter")
        await press(pilot, "ctrl+p")
        await write(pilot, "app.market")
        await press(pilot, "enter", "2", "enter")
        text = seen(app)
        assert 'shop.market = "TH"' in text, "the seller's own file has the last word, and its line is named"
        assert app.theme == "workbench-light"
    again = open_session(Options(data=empty.store.directory, config=Path(empty.loaded.overlay.file), now=empty.now()))
    assert again.zone.key == "Asia/Makassar"
    assert again.settings.shop.language == "zh"
    assert again.settings.display.theme == "workbench-light"
    assert empty.policy.market == "TH"


async def test_a_backup_goes_to_a_folder_that_is_remembered(shop, open_app, tmp_path):
    app = open_app(shop)
    (tmp_path / "disk").mkdir()
    async with app.run_test(size=(100, 30)) as pilot:
        for text in (str(tmp_path / "disk"), ""):
            await press(pilot, "ctrl+p")
            await write(pilot, "app.backup")
            await press(pilot, "enter")
            if text:
                await write(pilot, str(tmp_path / "none"))
                await press(pilot, "enter")
                assert "no such folder" in seen(app)
                await press(pilot, "ctrl+u")
                await write(pilot, text)
            await press(pilot, "enter")
            assert app.screen is app.frame
    assert shop.settings.backup.folder == tmp_path / "disk"
    assert len(list((tmp_path / "disk").iterdir())) >= 1
