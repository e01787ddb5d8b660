"""A robot user ships the orders of the day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from rich.cells import cell_len

from tests.ui.robot import bar, done, press, row, seen
from workbench import i18n
from workbench.session.orders.shipping import ShipDay
from workbench.ui.orders.folding import folds
from workbench.ui.orders.rows import ShipRows, columns


def days(shop):
    return {day.day and day.day.isoformat(): len(day.tickets) for day in shop.desk("orders").shipping.days()}


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_f9_lists_the_orders_day_by_day_with_what_to_take(whole_shop, open_app, size):
    app = open_app(whole_shop)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "f9")
        assert "12 orders to ship today, 17 by tomorrow. First at 18:00." in seen(app)
        assert row(app).startswith("\u203a Today")
        assert "12 orders" in seen(app)
        assert "18 pieces" in seen(app)
        assert "Pack 18 pieces, 12 orders" in seen(app)
        assert "6  MUG-SET-4" in seen(app)
        if size == (120, 36):
            await press(pilot, "j")
            assert "Careful" in seen(app)
            assert "4 in 7 days, Damaged in transit" in seen(app)
        await press(pilot, "f9")
        assert app.current_mode == "queue"


async def test_sent_one_by_one_by_day_and_taken_back(whole_shop, open_app):
    app = open_app(whole_shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "f9", "enter")
        assert days(whole_shop) == {"2026-11-24": 11, "2026-11-25": 5, None: 2}
        assert "1 order sent, saved." in bar(app)
        await press(pilot, "v", "enter")
        assert days(whole_shop) == {"2026-11-25": 5, None: 2}
        await press(pilot, "u", "u")
        assert days(whole_shop) == {"2026-11-24": 12, "2026-11-25": 5, None: 2}
        await press(pilot, "G")
        assert "3 no longer in the file: sent?" in row(app)
        assert "Enter: they were sent, nobody knows when." in " ".join(seen(app).split())
        await press(pilot, "enter")
        assert whole_shop.desk("orders").shipping.missing() == []
        await press(pilot, "escape")
        assert app.current_mode == "queue"


async def test_a_line_of_today_opens_the_packing_list_and_enter_takes_the_line(whole_shop, open_app):
    app = open_app(whole_shop, "today")
    async with app.run_test(size=(120, 36)) as pilot:
        await done(pilot)
        assert "12 orders to ship." in seen(app)
        while "Ship 12 orders" not in row(app):
            await press(pilot, "j")
        await press(pilot, "enter")
        assert app.current_mode == "ship"
        packing = seen(app)
        assert "Today   12 orders   18 pieces" in packing
        assert "     6  MUG-SET-4" in packing
        await press(pilot, "enter")
        assert days(whole_shop) == {"2026-11-25": 5, None: 2}
        await press(pilot, "f2")
        assert "Ship 12 orders" not in seen(app)
        await press(pilot, "u")
        assert days(whole_shop)["2026-11-24"] == 12


async def test_an_order_that_cannot_be_shipped_is_asked_about_first(whole_shop, open_app):
    app = open_app(whole_shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "f9", "x", "escape")
        assert days(whole_shop)["2026-11-24"] == 12
        await press(pilot, "x", "y")
        assert days(whole_shop)["2026-11-24"] == 11
        await press(pilot, "w")
        assert "ready to ship by" in seen(app)


def test_later_days_are_folded_only_where_not_all_have_room():
    today = date(2026, 11, 24)

    def folded(rows, *sizes, missing=0, parted=False, open=()):
        """By days after today: how many orders stay."""
        days = [ShipDay(today + timedelta(days=at), (None,) * size, 0) for at, size in enumerate(sizes)]
        cut = folds(days, missing, today, rows, parted, [today + timedelta(days=at) for at in open])
        return {(day - today).days: count for day, count in cut.items()}

    assert folded(19, 12, 5, 2) == {}
    assert folded(20, 12, 5, 2, parted=True) == {1: 3}
    assert folded(18, 12, 9, 5) == {1: 2, 2: 2}
    assert folded(20, 12, 9, 5) == {1: 4, 2: 2}
    assert folded(5, 12, 3, 9) == {2: 2}
    assert folded(5, 12, 3, 9, open=[2]) == {}
    assert folded(0, 12, 9) == {}
    for rows in range(10, 40):
        kept = folded(rows, 4, 9, 7, missing=2)
        lines = 4 + 2 + sum(kept.get(at, size - 1) + 1 for at, size in ((1, 9), (2, 7)))
        assert lines == min(max(rows, 12), 22)


async def test_a_folded_day_opens_by_enter_by_selecting_and_where_undo_lands(whole_shop, open_app):
    app = open_app(whole_shop)
    async with app.run_test(size=(120, 24)) as pilot:
        await press(pilot, "f9")
        assert "3 more until Wed 15:30" in seen(app)
        while "more until" not in row(app):
            await press(pilot, "j")
        assert "3 more until Wed 15:30" in seen(app)
        await press(pilot, "v")
        assert "5 selected" in bar(app)
        assert "more until" not in seen(app)
        await press(pilot, "enter")
        assert days(whole_shop) == {"2026-11-24": 12, None: 2}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_margin_has_room_for_the_name_of_every_day(language):
    i18n.use(language)
    now = datetime(2026, 11, 24, 2, tzinfo=UTC)
    rows = ShipRows([], [], lambda: now, UTC, timedelta(hours=4))
    width = next(column.width for column in columns() if column.name == "group")
    names = [rows.name(now.date() + timedelta(days=ahead)) for ahead in range(-40, 400)]
    assert [name for name in names if cell_len(name) > width] == []
