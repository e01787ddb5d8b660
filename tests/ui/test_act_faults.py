"""The act sheet where something goes wrong: a full disk, a mixed selection, little room, another size."""

from __future__ import annotations

import pytest

from tests.ui.robot import done, press, row, rows, seen
from workbench.core.saying import Refusal, say
from workbench.ui.widgets.choices import Choices
from workbench.ui.widgets.lines import Page


def _full(*_args, **_rest):
    raise Refusal(say("The disk is full."))


async def test_a_refused_act_does_not_move_the_cursor_later(shop, open_app, monkeypatch):
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "j", "j", "enter")
        with monkeypatch.context() as disk:
            disk.setattr(shop.tickets, "act", _full)
            await press(pilot, "p")
        assert "The disk is full." in seen(app)
        assert app.landing is None
        await press(pilot, "escape")
        before = app.frame.table.key
        app.do(lambda: shop.tickets.note([before], "seen"), app.saved)
        await done(pilot)
        assert app.frame.table.key == before


async def test_in_a_mixed_selection_a_letter_stands_once_and_what_is_possible_comes_first(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "space", "space", "j", "space", "space", "space", "enter")
        answers = app.screen.query_one(Choices)
        letters = [line[2] for line in rows(answers) if line[2] != " "]
        assert len(letters) == len(set(letters))
        possible = [choice.possible for choice in answers.choices]
        assert possible == sorted(possible, reverse=True)
        assert False in possible


async def test_one_overdue_case_the_platform_decides_begins_with_what_the_platform_did(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "enter")
        assert "Inspect return" in row(app)
        answers = app.screen.query_one(Choices)
        assert answers.cursor == 0
        assert "time decided it" in rows(answers)[0]
        await press(pilot, "escape", "j", "j", "enter")
        assert "approved it" in rows(app.screen.query_one(Choices))[0], "not overdue: in the usual order"


@pytest.mark.parametrize("height", [24, 16])
async def test_an_answer_that_does_not_fit_says_so(shop, open_app, height):
    app = open_app(shop)
    async with app.run_test(size=(60, height)) as pilot:
        await press(pilot, "j", "j", "enter")
        answers = app.screen.query_one(Choices)
        room = answers.scrollable_content_region.width
        assert rows(answers)[0][:room].rstrip().endswith("~")
        assert rows(answers)[0][room:].strip() == "", "nothing under the scrollbar"


async def test_the_detail_is_laid_out_anew_under_a_sheet(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "j", "j", "enter")
        for size in ((80, 24), (160, 40), (60, 24), (120, 36)):
            await pilot.resize_terminal(*size)
            await done(pilot)
            page = app.frame.query_one("#detail", Page)
            under = rows(page)
            await press(pilot, "escape")
            app.frame.fit()
            await done(pilot)
            assert rows(page) == under, size
            await press(pilot, "enter")
