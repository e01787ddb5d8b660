"""The page in the place of the screens: damaged data and what gets them back, a folder that takes none, the way out."""

from __future__ import annotations

import asyncio
import errno
import os

import pytest

from tests.session import lived
from tests.session.lived import NOW
from tests.ui.robot import done, press, rows, seen
from workbench import i18n
from workbench.cli.main import run
from workbench.config import load
from workbench.core.saying import Refusal, say
from workbench.session import Options, Session, open_session
from workbench.session.violations.desk import LedgerDesk
from workbench.storage import Files
from workbench.ui.app import Workbench
from workbench.ui.outside.one_page import OnePage
from workbench.ui.outside.trouble import Trouble
from workbench.ui.text import width
from workbench.ui.theme import DARK, LIGHT


@pytest.fixture
def folder(template, tmp_path, monkeypatch):
    monkeypatch.setattr(Files, "fsync", lambda *_: None)
    return lived.copy(template, tmp_path / "home" / "shop")


@pytest.fixture
def options(folder):
    return Options(data=folder / "data", config=folder / "settings.toml", now=NOW)


@pytest.fixture
def page(options):
    """The page on what the data are now."""

    def opened(options: Options = options, theme: str = DARK) -> OnePage[Session]:
        with pytest.raises(Refusal) as caught:
            open_session(options).store.refuse_if_nowhere()
        return OnePage(Trouble(options, load(options.config), caught.value), theme)

    return opened


def cut(folder):
    """Half of the data file is gone; the half that is left."""
    data = folder / "data" / "workbench.json"
    left = data.read_bytes()[:2500]
    data.write_bytes(left)
    return left


def shown(app):
    return "\n".join(rows(app.query_one(Trouble)))


async def test_from_a_cut_file_to_the_queue(folder, page, open_app):
    left, app = cut(folder), page()
    async with app.run_test(size=(80, 24)) as pilot:
        await done(pilot)
        assert "! ~/shop/data/workbench.json is cut off or damaged." in shown(app)
        assert "Nothing was overwritten, and nothing is read as empty." in shown(app)
        assert "enter  Go back to the last good backup   Mon 23 Nov 09:00" in shown(app)
        await press(pilot, "c")
        assert "check finds 1 problem:" in shown(app)
        assert "! workbench.json: is cut off or damaged" in shown(app)
        await press(pilot, "enter")
        assert "Go back to the state of Mon 23 Nov 09:00?" in shown(app)
        assert "What changes with workbench-2026-11-24.json:" in shown(app)
        assert "cases          5 added" in shown(app)
        assert (folder / "data" / "workbench.json").read_bytes() == left
        await press(pilot, "y")
    session = app.return_value
    assert (folder / "data" / "workbench.damaged-20261124T020000Z.json").read_bytes() == left
    app = open_app(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await done(pilot)
        assert "The damaged data file is kept as" in seen(app)
        await press(pilot, "enter")
        assert "Answer message" in seen(app)
        assert "PANTS" in seen(app)


async def test_one_record_in_the_way_is_set_aside_and_all_else_opens(folder, page, open_app):
    data = folder / "data" / "workbench.json"
    spoilt = data.read_bytes().replace(b'"stage":"reply"', b'"stage":reply')
    data.write_bytes(spoilt)
    app = page()
    async with app.run_test(size=(80, 24)) as pilot:
        await done(pilot)
        assert "a      Set record 4 of tickets aside" in shown(app)
        assert "Go back to the last good backup" in shown(app)
        await press(pilot, "c")
        assert "workbench check --set-aside tickets/4" in " ".join(shown(app).split())
        await press(pilot, "a")
    session = app.return_value
    assert [ticket.id for ticket in session.tickets.all()] == [5]
    [kept] = (folder / "data").glob("workbench.damaged-*.json")
    assert kept.read_bytes() == spoilt
    app = open_app(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await done(pilot)
        assert "The damaged data file is kept as" in seen(app)


@pytest.mark.parametrize("key", ["escape", "q", "r", "c", "enter"])
async def test_nothing_changes_before_the_yes(folder, page, key):
    left, app = cut(folder), page()
    before = sorted(folder.rglob("*"))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", key)
        assert app.is_running
        await press(pilot, "escape", "y", "escape")
    assert app.return_value is None
    assert (folder / "data" / "workbench.json").read_bytes() == left
    assert sorted(folder.rglob("*")) == before


async def test_without_a_good_backup_none_is_offered(folder, page):
    cut(folder)
    for backup in (folder / "data" / "backups").glob("*.json"):
        backup.write_bytes(backup.read_bytes()[:-9])
    whole, app = (folder / "data" / "workbench.json").read_bytes(), page()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "y")
        assert "There is no good backup to go back to" in shown(app)
        assert "workbench --data FOLDER" in shown(app)
        assert "enter" not in shown(app)
        await press(pilot, "c")
        assert "check finds 3 problems:" in shown(app)
    assert (folder / "data" / "workbench.json").read_bytes() == whole


async def test_the_newest_backup_that_is_good_in_each_record_is_the_one(folder, page):
    from workbench.storage import format

    newest = folder / "data" / "backups" / "workbench-2026-11-24.json"
    tables, _ = format.decode(newest.read_bytes())
    tables["tickets"] = {**tables["tickets"], 4: format.to_json({"id": 4})}
    newest.write_bytes(b"".join(format.encode(tables)))
    cut(folder)
    app = page()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        assert "workbench-2026-11-23.json" in shown(app)


async def test_what_came_back_meanwhile_opens_and_is_not_replaced(folder, page):
    whole = (folder / "data" / "workbench.json").read_bytes()
    cut(folder)
    app = page()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        (folder / "data" / "workbench.json").write_bytes(whole)
        await press(pilot, "y")
        assert "is whole again" in shown(app)
        await press(pilot, "r")
    assert app.return_value.tickets.get(4).buyer == "Somchai"
    assert (folder / "data" / "workbench.json").read_bytes() == whole


async def test_what_the_first_screen_could_not_read_is_told_before_it_opens(options, monkeypatch):
    def unread(*_):
        raise Refusal(say("archive/2026-08.1.json is missing."))

    monkeypatch.setattr(LedgerDesk, "ledger", unread)
    app = OnePage(Trouble(options, load(options.config), Refusal(say("The data are damaged."))), DARK)
    async with app.run_test(size=(80, 24)) as pilot:
        await done(pilot)
        await press(pilot, "r")
        assert "archive/2026-08.1.json is missing." in shown(app)


async def test_what_is_too_high_scrolls(folder, page):
    for number in range(30):
        (folder / "data" / "backups" / f"workbench-2026-10-{number + 1:02}.json").write_bytes(b"{")
    cut(folder)
    app = page()
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, "c")
        assert "workbench.json is cut off" in shown(app)
        await press(pilot, "end")
        assert "backups/workbench-2026-10-30.json" in shown(app)
        await press(pilot, "home")
        assert "workbench.json is cut off" in shown(app)


async def test_chinese_and_a_narrow_terminal(folder, page):
    i18n.use("zh")
    cut(folder)
    app = page()
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, "c")
        for keys in ((), ("enter",)):
            await press(pilot, *keys)
            assert all(width(row.rstrip()) < 60 for row in rows(app.query_one(Trouble)))
        assert "\u5de5\u5355           \u65b0\u589e 5" in shown(app)


async def test_a_way_can_be_clicked(folder, page):
    cut(folder)
    app = page()
    async with app.run_test(size=(80, 24)) as pilot:
        await done(pilot)
        y = next(y for y, row in enumerate(rows(app.query_one(Trouble))) if "Leave" in row)
        await pilot.click(Trouble, offset=(12, y))
        await done(pilot)
        assert not app.is_running


@pytest.mark.parametrize(
    ("language", "theme", "size", "keys"),
    [
        ("en", DARK, (120, 36), ()),
        ("en", LIGHT, (80, 24), ("enter",)),
        ("zh", DARK, (80, 24), ()),
        ("zh", LIGHT, (120, 36), ("enter",)),
    ],
)
def test_look(folder, page, snap_compare, language, theme, size, keys):
    i18n.use(language)
    cut(folder)

    async def live(pilot):
        await press(pilot, *keys)

    assert snap_compare(page(theme=theme), terminal_size=size, run_before=live)


# a folder


async def test_a_folder_that_takes_no_data_is_named_with_the_reason(tmp_path, folder, options, page, monkeypatch):
    def refuse(_files, function, *arguments):
        if function is os.access:
            return False
        if function is os.mkdir:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(arguments[0]))
        return function(*arguments)

    new = Options(data=tmp_path / "new", config=options.config, now=NOW)
    with monkeypatch.context() as patch:
        patch.setattr(Files, "call", refuse)
        app = page(new)
        open_session(options).store.refuse_if_nowhere()  # where there are data, they are for reading
        async with app.run_test(size=(80, 24)) as pilot:
            await done(pilot)
            text = shown(app)
            assert f"new cannot be written ({os.strerror(errno.EROFS)})" in " ".join(text.split())
            assert "The folder of your data cannot be used." in text
            assert "WORKBENCH_DATA" in text
            assert "check" not in text
            await press(pilot, "enter", "c", "y", "r")
            assert "It is still so." in shown(app)
            patch.undo()
            await press(pilot, "r")
    assert app.return_value.tickets.all() == []


async def test_a_folder_below_a_file_cannot_be(tmp_path, folder, page):
    (tmp_path / "file").write_text("in the way")
    app = page(Options(data=tmp_path / "file" / "data", config=folder / "settings.toml", now=NOW))
    async with app.run_test(size=(80, 24)) as pilot:
        await done(pilot)
        assert f"cannot be read ({os.strerror(errno.ENOTDIR)})" in " ".join(shown(app).split())
        await press(pilot, "q")
    assert app.return_value is None


# the bare command


@pytest.fixture
def terminal(folder, monkeypatch):
    """The bare command on a terminal, with the keys that are pressed in each app that opens."""

    def called(*keys: tuple[type, str]) -> int:
        left = list(keys)

        def robot(app, *_arguments, **_more):
            kind, pressed = left.pop(0)
            assert isinstance(app, kind)

            async def live():
                async with app.run_test(size=(80, 24)) as pilot:
                    await done(pilot)
                    await press(pilot, *pressed.split())

            asyncio.run(live())
            return app.return_value

        for stream in ("stdin", "stdout"):
            monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True)
        monkeypatch.setattr("textual.app.App.run", robot)
        now = "2026-11-24T09:00+07:00"
        status = run(["--data", str(folder / "data"), "--config", str(folder / "settings.toml"), "--now", now])
        assert left == []
        return status

    return called


def test_leaving_says_the_sentence_with_status_1(folder, terminal, capsys):
    left = cut(folder)
    assert terminal((OnePage, "q")) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "workbench.json is cut off or damaged. Nothing was overwritten. The newest good backup is" in said.err
    assert (folder / "data" / "workbench.json").read_bytes() == left


def test_after_going_back_the_screens_open(folder, terminal):
    cut(folder)
    assert terminal((OnePage, "enter y"), (Workbench, "enter q")) == 0


def test_a_record_that_no_rule_can_digest_keeps_nothing_from_opening(folder, terminal):
    data = folder / "data" / "workbench.json"
    data.write_bytes(data.read_bytes().replace(b'"stage":"reply"', b'"stage":"rfply"'))
    assert terminal((Workbench, "enter q")) == 0


def test_the_page_speaks_the_language_of_the_settings(folder, terminal, capsys):
    (folder / "settings.toml").write_text('[shop]\nmarket = "TH"\nlanguage = "zh"\n', encoding="utf-8")
    cut(folder)
    assert terminal((OnePage, "q")) == 1
    assert i18n.language() == "zh"
    assert "\u635f\u574f" in capsys.readouterr().err


def test_data_that_are_whole_never_load_the_page(folder, terminal, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "workbench.ui.outside.trouble", None)
    assert terminal((Workbench, "q")) == 0
