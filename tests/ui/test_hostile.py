"""Whatever a buyer writes is text: on every screen it has no effect, stays in its cells, and can be read."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from rich.cells import cell_len

from tests.ui.robot import done, press, rows, seen, write
from workbench.core.money import Money
from workbench.ui.widgets.table import Table

HOSTILE = [
    "[bold]x",
    "[@click=app.quit]x",
    "[/]",
    "[$error]x[/b] z [b + 3",
    "a\x1b[31mred\x1b]52;c;AAAA\x07",
    "\u202eevil\u2066 \u200fx\u200b",
    "\u7ea2\u8272\u8fde\u8863\u88d9",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f44d\U0001f3fd \u2764\ufe0f",
    "two\nlines\tand\rmore\u2028",
    "Z" + "\u0301" * 40 + "algo",
    "\u0e01\u0e32\u0e07\u0e40\u0e01\u0e07\u0e02\u0e32\u0e22\u0e32\u0e27",
    "x" * 300,
]
_STEERS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
#: Every way to a sheet or a screen from the Queue, and back.
WAYS = ("enter", "w", "e", "c", "t", "b", "s", "question_mark", "ctrl+l", "D")


@pytest.fixture
def bought(empty):
    """One case whose every text is the hostile one, with notes and tags."""

    def made(text: str) -> int:
        done = empty.tickets.add(
            kind="refund_only", sku=text, product=text, buyer=text, reason=text, words=text, order_id=text,
            external_id=text, money=Money(Decimal("249"), "THB"), tags=[text],
        )  # fmt: skip
        empty.tickets.note(done.ids, text)
        return done.ids[0]

    return made


async def test_every_hostile_text_in_list_detail_and_today(empty, bought, open_app):
    for text in HOSTILE:
        bought(text)
    app = open_app(empty)
    async with app.run_test(size=(120, 36)) as pilot:
        await done(pilot)
        for _text in HOSTILE:
            _is_harmless(app)
            await pilot.press("j")
        await press(pilot, "f2")
        _is_harmless(app)
        await press(pilot, "f3", "plus")
        _is_harmless(app)


@pytest.mark.parametrize("text", [HOSTILE[1], HOSTILE[3] + HOSTILE[4] + HOSTILE[5], HOSTILE[7]], ids=range(3))
async def test_hostile_text_in_every_sheet(empty, bought, open_app, text):
    bought(text)
    app = open_app(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await done(pilot)
        for key in WAYS:
            await press(pilot, key)
            _is_harmless(app)
            await pilot.press("escape", "escape")
        await press(pilot, "ctrl+p")
        await write(pilot, text[:20])
        _is_harmless(app)
        assert app.is_running


async def test_markup_is_shown_as_it_was_written_and_is_no_link(empty, bought, open_app):
    bought("[@click=app.quit]x[/b]")
    app = open_app(empty)
    async with app.run_test(size=(120, 36)) as pilot:
        await done(pilot)
        assert "[@click=app.quit]x[/b]" in seen(app)
        await pilot.click("#detail", offset=(14, 5))
        await pilot.click("#table", offset=(60, 0))
        await done(pilot)
        assert app.is_running


def _is_harmless(app) -> None:
    found = _STEERS.search(seen(app))
    assert not found, repr(found)
    for screen in app.screen_stack:
        for table in screen.query(Table):
            widths = {cell_len(line) for line in rows(table)}
            assert not widths or widths == {table.size.width}
