"""A paste is text, whatever it contains: it presses no key and arrives in its order."""

from __future__ import annotations

import os
import sys
from threading import Event

import pytest
from textual import events

from tests.ui.robot import done, press, rows, until, write
from workbench.ui.app import Workbench
from workbench.ui.issues.sheet import LogSheet
from workbench.ui.terminal.reader import Reader

HOSTILE = "x\x1b[31mDy"


@pytest.mark.skipif(sys.platform == "win32", reason="there the console is read, which no test can fill")
def test_the_driver_of_the_app_reads_a_paste_whole(shop, open_app):
    driver = object.__new__(open_app(shop).driver_class)
    found, reading = [], os.pipe()
    driver._debug, driver.fileno, driver.exit_event = False, reading[0], Event()

    def process(event):
        found.append(event)
        if isinstance(event, events.Paste):
            driver.exit_event.set()

    driver.process_message = process
    os.write(reading[1], f"\x1b[200~{HOSTILE}\x1b[201~".encode())
    driver.run_input_thread()
    for end in reading:
        os.close(end)
    assert [event.text for event in found] == [HOSTILE]


async def sent(pilot, text: str) -> None:
    """What the terminal sends, on the way the driver takes."""
    for event in Reader().feed(text):
        pilot.app.post_message(event)
    await done(pilot)


async def test_pasting_over_the_queue_changes_nothing(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await done(pilot)
        before, cursor = shop.tickets.all(), app.frame.table.key
        await sent(pilot, f"\x1b[200~{HOSTILE}\x1b[201~")
        assert shop.tickets.all() == before
        assert (app.screen, app.frame.table.key, app.frame.table.picked) == (app.frame, cursor, set())


async def test_an_entry_line_takes_the_text_in_its_order(shop, open_app):
    app: Workbench = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "slash")
        await sent(pilot, f"\x1b[200~{HOSTILE}\x1b[201~")
        assert app.focused.value == "x?[31mDy"


@pytest.mark.parametrize("form", [False, True])
async def test_what_is_saved_over_the_quick_log_is_told_in_it(shop, open_app, form):
    """The bar, where it is told otherwise, lies under the sheet."""
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        log = shop.log
        before = log.tally(log.today).total(log.today)
        await press(pilot, "l")
        if form:
            await press(pilot, "ctrl+o")
            await write(pilot, "MUG-SET-4")
            await press(pilot, "down", *"size", "enter")
        else:
            await sent(pilot, "\x1b[200~MUG-SET-4 size too wide\nMUG-SET-4 size too high\x1b[201~")
            await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, LogSheet))
        [title] = rows(app.screen.query_one("#title"))
        now = log.tally(log.today).total(log.today)
        assert now > before
        assert f"{now} today" in title
        assert "logged, saved." in title
