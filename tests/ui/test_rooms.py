"""Rooms join by themselves; every place opens; keys that moved say so; undo lands on what it touched."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from tests.ui.robot import bar, press, rows, seen, write
from workbench.core.place import Place
from workbench.i18n import use
from workbench.session.tables import domain_of, tables
from workbench.ui.moved import OLD
from workbench.ui.rooms import panes, rooms, view_of
from workbench.ui.text import Span, line_width
from workbench.ui.widgets.header import Tab, header_line

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
SHOP, OWN = ZoneInfo("Asia/Bangkok"), ZoneInfo("Asia/Shanghai")
TITLES = {
    "en": ("Today", "Queue", "Ledger", "Log", "Replies", "Plan", "Creators"),
    "zh": ("今天", "工单", "违规分", "日志", "话术", "计划", "达人"),
}


def test_rooms_are_found_and_named_once():
    domains = [room.domain for room in rooms()]
    assert {"today", "tickets", "violations", "issues", "routines", "imports"} <= set(domains)
    assert len(set(domains)) == len(domains)
    assert [pane.id for pane in panes()][:4] == ["today", "queue", "ledger", "log"]
    assert [pane.key for pane in panes()] == sorted({pane.key for pane in panes()})
    assert all(view_of(room.view.of) is room.view for room in rooms() if room.view is not None), "one a pane"


def test_the_declarations_load_no_screen():
    code = (
        "import sys; from workbench.ui.commands import commands, bars, together, scopes;"
        "from workbench.ui.rooms import rooms; commands(), bars(), together(), scopes(), rooms();"
        "print([name for name in sys.modules if name.startswith('textual') or name == 'rich'"
        " or name.startswith('workbench.ui') and name.endswith(('.screen', '.sheet', '.frame'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "[]\n"


def _header(language, cells, current, late="!12"):
    use(language)
    urgent = {1: Span(late, "late_bold"), 2: Span("▪1", "soon"), 5: Span("▪2", "soon")}
    tabs = [Tab(title, at == current, urgent.get(at)) for at, title in enumerate(TITLES[language])]
    return header_line(tabs, NOW, SHOP, OWN, cells, False)


@pytest.mark.parametrize(("language", "cells", "current"), product(TITLES, (60, 72, 80, 96, 110, 120, 150), range(7)))
def test_all_seven_titles_stand_in_every_width(language, cells, current):
    line = _header(language, cells, current)
    text = "".join(span.text for span in line)
    assert all(title in text for title in TITLES[language])
    assert "!12" in text
    assert line_width(line) <= cells - 1


def test_the_date_gives_way_first_then_the_sellers_own_time():
    at = {cells: "".join(span.text for span in _header("en", cells, 1)) for cells in (120, 80)}
    assert "Tue 24 Nov   09:00 Bangkok   10:00 Shanghai" in at[120]
    assert len(at[120].rstrip()) == 118
    assert "09:00 shop" in at[80]
    assert "me" not in at[80].replace("Today", "")
    assert "Today  " in at[80], "two blanks between titles"
    chinese = "".join(span.text for span in _header("zh", 80, 5, "!6"))
    assert "09:00 店铺   10:00 " in chinese
    assert "星期" not in chinese


@pytest.mark.parametrize("key", sorted({old.key for old in OLD}))
async def test_an_old_key_tells_the_new_one_once(shop, open_app, key):
    old = next(old for old in OLD if old.key == key)
    app = open_app(shop, start=old.pane or "queue")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, key)
        assert "is now the key of" in bar(app)
        await press(pilot, key)
        assert "is now the key of" not in bar(app)


@pytest.mark.parametrize(("key", "name"), [("f6", "Replies"), ("f7", "Plan"), ("f8", "Creators")])
async def test_the_key_of_a_screen_to_come_says_so(shop, open_app, key, name):
    if any(pane.key == key for pane in panes()):
        pytest.skip("it is there")
    app = open_app(shop, start="ledger")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, key, key)
        assert f"There is no screen {name} yet." in bar(app)
        assert app.frame.pane == "ledger"


async def test_screen_keys_do_nothing_under_a_sheet(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        for opens in ("a", "i", "enter", "ctrl+p", "l"):
            await press(pilot, opens)
            sheet, before = app.screen, seen(app)
            await press(pilot, *(f"f{n}" for n in range(2, 10)))
            assert (app.screen, app.current_mode) == (sheet, "queue")
            assert seen(app) == before
            await press(pilot, "escape")
            while app.screen is not app.frame:
                await press(pilot, "escape")


async def test_the_second_view_is_named_and_its_key_goes_there_and_back(shop, open_app):
    app = open_app(shop, start="log")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot)
        assert "F9 week" in bar(app)
        await press(pilot, "f9", "f9", "f9")
        assert app.frame.on_week
        assert "F9 day" in rows(app.frame.query_one("#said"))[0]
        await press(pilot, "f9", "f2", "f9")
        assert "no second view" in bar(app)


@pytest.mark.parametrize(
    ("place", "pane"),
    [
        (Place("tickets", 3), "queue"), (Place("tickets", "closed"), "queue"), (Place("violations", 12), "ledger"),
        (Place("violations", ""), "ledger"), (Place("issues", "week"), "log"), (Place("issues", "day"), "log"),
        (Place("routines", "sku_report"), "log"), (Place("today", ""), "today"),
    ],
)  # fmt: skip
async def test_every_place_opens(shop, open_app, place, pane):
    app = open_app(shop, start="today")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot)
        app.open(place)
        await press(pilot)
        assert app.frame.pane == pane
        if isinstance(place.id, int):
            assert app.frame.current.id == place.id


async def test_undo_lands_on_what_it_touched_whatever_it_is(shop, open_app):
    violation = shop.ledger.all()[0]
    shop.ledger.edit(violation.id, note="seen")
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "u")
        assert (app.frame.pane, app.frame.current.id) == ("ledger", violation.id)
        assert "Undone" in bar(app)
        shop.tickets.note([5], "look again")
        await press(pilot, "u")
        assert (app.frame.pane, app.frame.current.id) == ("queue", 5)


async def test_the_places_of_every_domain_open_and_undo_leads_to_them(whole_shop, open_app):
    """The last live record of each table with numbers: the cursor of the screen that opens is on it."""
    asked = {}
    for table in tables().values():
        live = whole_shop.store.table(table.name)
        if table.ref is not None and live:
            asked[table.name] = Place(domain_of(table.name), max(live))
    asked["tickets"] = Place("tickets", whole_shop.tickets.queue()[-1].id)
    assert len(asked) >= 7, asked
    app = open_app(whole_shop, start="today")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot)
        for name, place in asked.items():
            app.go_to_pane("today")
            await press(pilot)
            app.open(place)
            await press(pilot)
            shown = app.frame.pane == "log" if name == "issues" else app.frame.here == place
            assert shown, (name, app.frame.pane, app.frame.here)
        (missing,) = whole_shop.desk("orders").shipping.missing()
        app.open(Place("tickets", missing.tickets[0].id))  # an order that a file no longer shows: the question about it
        await press(pilot)
        assert app.current_mode == "ship"
        assert app.frame.table.cursor == len(app.frame.table.source) - 1


async def test_undo_of_what_is_gone_then_stays_where_one_is(shop, open_app):
    done = shop.tickets.add(kind="message")
    app = open_app(shop, start="ledger")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "u")
        assert app.frame.pane == "ledger"
        await press(pilot, "U")
        assert (app.frame.pane, app.frame.current.id) == ("queue", done.ids[0])


async def test_find_puts_what_is_called_by_its_id_before_what_only_fits(shop, open_app):
    app = open_app(shop, start="today")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "colon")
        await write(pilot, "v-12")
        await press(pilot, "enter")
        assert app.frame.current.ref == "V-12"
        await press(pilot, "colon")
        await write(pilot, "t-18")
        await press(pilot, "enter")
        assert app.frame.current.ref == "T-18"
