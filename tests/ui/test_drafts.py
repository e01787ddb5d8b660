"""What is typed and not saved survives Esc, the end of the program and a crash, and is offered again."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from tests.ui.robot import done, press, seen, write
from workbench.session import Options, open_session
from workbench.ui.drafts import PAUSE
from workbench.ui.widgets.entry import Entry

SIZES = [(80, 24), (120, 36)]


async def rest(pilot):
    """A pause in typing, after which what is typed is on disk."""
    await asyncio.sleep(PAUSE * 1.5)
    await done(pilot)


def again(session):
    """The data as another process finds them."""
    return open_session(Options(data=session.store.directory, now=session.now() + timedelta(hours=8)))


def line(app):
    return app.screen.query_one(Entry).value


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("start", "keys"), [("queue", "a"), ("queue", "c"), ("queue", "t"), ("queue", "b"), ("ledger", "a")]
)
async def test_a_line_left_by_escape_is_offered_and_brought_back(shop, open_app, size, start, keys):
    app = open_app(shop, start)
    async with app.run_test(size=size) as pilot:
        await press(pilot, *keys)
        before = line(app)
        await press(pilot, *"abc", "space", *"def")
        await press(pilot, "escape")
        assert app.screen is app.frame
        await press(pilot, *keys)
        assert line(app) == before, "nothing is put where nobody asked for it"
        assert "not saved" in seen(app)
        await press(pilot, "ctrl+r")
        assert line(app) == f"{before}abc def"
        assert "not saved," not in seen(app)


async def test_what_is_typed_is_on_disk_without_being_left(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a", *"refund")
        await rest(pilot)
        # The other process stands for this one after kill -9.
        found = again(shop)
        other = open_app(found)
        async with other.run_test(size=(80, 24)) as second:
            await press(second, "a", "ctrl+r")
            assert line(other) == "refund"


async def test_what_is_saved_or_emptied_is_offered_no_more(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "c", *"call", "enter")
        await press(pilot, "c")
        assert "not saved" not in seen(app)
        await press(pilot, *"again", "escape", "c", "ctrl+r", *["backspace"] * 9, "escape")
        await press(pilot, "c")
        assert "not saved" not in seen(app)
    assert "call" not in (shop.store.directory / "drafts.json").read_text(encoding="utf-8")


async def test_a_note_of_one_case_is_not_offered_to_another(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "c", *"call", "escape", "j", "c")
        assert "not saved" not in seen(app)


@pytest.mark.parametrize("size", SIZES)
async def test_a_form_and_a_statement_come_back_whole(shop, open_app, size):
    app = open_app(shop)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "a", "ctrl+o")
        await press(pilot, *"refund", "down", "down", *"MUG-SET-4", "escape", "escape")
        await press(pilot, "a", "ctrl+o", "ctrl+r")
        assert app.screen.query_one("#field-kind", Entry).value == "refund"
        assert app.screen.query_one("#field-sku", Entry).value == "MUG-SET-4"
        await press(pilot, "escape", "escape", "f4", "t")
        await press(pilot, *"my shop", "enter", *"did ship", "escape")
        await press(pilot, "t")
        assert "not saved" in seen(app)
        await press(pilot, "ctrl+r")
        assert app.screen.query_one("Writing").text.startswith("my shop\ndid ship")


async def test_the_end_of_the_program_keeps_the_line_of_the_log(shop, open_app):
    app = open_app(shop, "log")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *"chair")
        app.exit()
        await done(pilot)
    other = open_app(again(shop), "log")
    async with other.run_test(size=(80, 24)) as pilot:
        await done(pilot)
        assert "the key up brings it back" in seen(other)
        await press(pilot, "up")
        assert other.screen.query_one("LogLine").value == "chair"


async def test_several_pasted_lines_left_are_offered_as_several(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a")
        await write(pilot, "refund MUG-SET-4 broken\nnonsense\n\nmessage CHAIR-OAK where is it\n")
        assert "2 lines to save   1 line cannot be read and stays here" in seen(app)
        before = len(shop.tickets.all())
        await press(pilot, "escape", "a", "ctrl+r")
        assert "2 lines to save" in seen(app)
        await press(pilot, "enter")
        assert len(shop.tickets.all()) == before + 2
        assert "1 line cannot be read and stays here" in seen(app)
        await press(pilot, "escape", "u")
        assert len(shop.tickets.all()) == before, "one step of undo"


async def test_a_day_that_is_typed_takes_the_place_of_the_guess(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "A", *"Mon")
        assert line(app) == "Mon"
