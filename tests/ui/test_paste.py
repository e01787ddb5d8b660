"""A paste is text, whatever it contains: it presses no key and arrives in its order."""

from __future__ import annotations

import os
import sys
from threading import Event

import pytest
from textual import events

from tests.ui.robot import done, press
from workbench.ui.app import Workbench
from workbench.ui.paste import WholePastes

HOSTILE = "x\x1b[31mDy"


def told(parser: WholePastes, *chunks: str) -> list[str]:
    """What the parser made of it: keys by name, pastes as `<text>`."""
    found = [event for chunk in chunks for event in parser.feed(chunk)]
    return [event.key if isinstance(event, events.Key) else f"<{event.text}>" for event in found]


@pytest.mark.parametrize("text", [
    HOSTILE, "", "plain", "\x1b", "\x1b\x1b", "\x1b[A", "a\x1bOPb", "\x1b[200~", "\x1b[201", "\x1b[<0;1;1M",
    "\x1b[" + "9" * 50 + "D", "\u4f60\u597d\n\U0001f600", "\x1b[I", "\x1b[48;1;1;1;1t",
])  # fmt: skip
def test_a_paste_is_its_text_and_nothing_else(text):
    sent = f"j\x1b[200~{text}\x1b[201~k\x1b[A"
    assert told(WholePastes(), sent) == ["j", f"<{text}>", "k", "up"]
    assert told(WholePastes(), *sent) == ["j", f"<{text}>", "k", "up"], "one character at a time"


def test_pastes_follow_each_other_and_lose_nul():
    assert told(WholePastes(), "\x1b[200~a\0b\x1b[201~\x1b[200~c\x1b[201~") == ["<ab>", "<c>"]


def test_time_that_goes_by_within_a_paste_ends_nothing(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("textual._parser.get_time", lambda: now[0])
    parser = WholePastes()
    assert told(parser, "\x1b[200~x\x1b") == []
    now[0] += 10
    assert list(parser.tick()) == []
    assert told(parser, "[31mDy\x1b[201~") == [f"<{HOSTILE}>"]


def test_escape_alone_is_still_a_key(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("textual._parser.get_time", lambda: now[0])
    parser = WholePastes()
    assert told(parser, "\x1b") == []
    now[0] += 10
    assert [event.key for event in parser.tick()] == ["escape"]
    assert told(parser, "j") == ["j"]


@pytest.mark.parametrize("sent", ["", "\x1b", "\x1b[200~half"])
def test_the_end_of_the_input_ends_it_quietly(sent):
    parser = WholePastes()
    if sent:
        told(parser, sent)
    list(parser.feed(""))
    assert parser.is_eof


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
    for event in WholePastes().feed(text):
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
