"""What all lists with a detail have in common: mouse, selection, the way to the detail and back."""

from __future__ import annotations

import pytest

from tests.ui.robot import bar, done, press, seen
from workbench.ui.widgets.table import Table

WIDE, NARROW = (120, 36), (80, 24)
LISTS = ("queue", "creators", "replies", "ship", "profit", "campaigns", "score")
#: The pane of those that are a second view.
PANE = {"ship": "queue", "profit": "creators", "campaigns": "plan", "score": "ledger"}


@pytest.mark.parametrize("name", LISTS)
async def test_a_click_moves_the_cursor_a_second_one_acts_and_plus_shows_the_detail_alone(whole_shop, open_app, name):
    app = open_app(whole_shop, PANE.get(name, name))
    async with app.run_test(size=NARROW) as pilot:
        await done(pilot)
        if name in PANE:
            await press(pilot, "f9")
        frame, table = app.frame, app.frame.table
        assert frame.detail.size.height >= 6
        offset = (30, table._line_of[2] - table.scroll_offset.y)
        await pilot.click("#table", offset=offset)
        await done(pilot)
        assert table.cursor == 2
        await press(pilot, "plus")
        assert not frame.query_one("#list").display
        assert frame.detail.has_focus
        await press(pilot, "escape")
        assert table.has_focus
        told, post = [], table.post_message
        table.post_message = lambda message: told.append(message) or post(message)
        await pilot.click("#table", offset=offset)
        assert any(isinstance(message, Table.Chosen) for message in told)


@pytest.mark.parametrize("size", [(80, 36), (100, 20)], ids=lambda size: "x".join(map(str, size)))
async def test_the_whole_screen_is_the_whole_screen_in_any_size(whole_shop, open_app, size):
    app = open_app(whole_shop, "queue")
    async with app.run_test(size=size) as pilot:
        await done(pilot)
        for key in ("f3", "f6", "f4", "f9"):
            await press(pilot, key, "plus")
            assert app.frame.detail.size.height >= size[1] - 4, app.frame
            await press(pilot, "escape")


async def test_deals_are_selected_like_cases_and_what_is_meant_is_done_to_all_of_them(whole_shop, open_app):
    app = open_app(whole_shop, "creators")
    async with app.run_test(size=WIDE) as pilot:
        await done(pilot)
        await press(pilot, "V")
        assert f"{len(app.frame.table.source)} selected" in bar(app)
        await press(pilot, "escape", "space", "v", "down")
        assert {deal.id for deal in app.frame.meant} == app.frame.table.picked
        assert len(app.frame.meant) == 3
        refs = [deal.ref for deal in app.frame.meant]
        await press(pilot, "D")
        assert f"{refs[0]} +2" in seen(app)
        await press(pilot, "y")
        assert not {deal.ref for deal in whole_shop.desk("creators").all()} & set(refs)
        await press(pilot, "u")
        assert {deal.ref for deal in whole_shop.desk("creators").all()} >= set(refs)
