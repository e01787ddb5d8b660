"""The Ledger as a person uses it: what stands there at once, what a key does, and that trying leaves no trace."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from unicodedata import east_asian_width

import pytest
from textual.events import Key

from tests.ui.conftest import NOW
from tests.ui.robot import done, press, seen, write
from workbench import i18n
from workbench.core.violations.model import ViolationDraft
from workbench.session import Options, Session, open_session
from workbench.ui.app import Workbench
from workbench.ui.violations.rows import ViolationRows
from workbench.ui.widgets.entry import Entry

TINY, SMALL, WIDE, FULL = (60, 20), (80, 24), (120, 36), (160, 48)


def counting_down(tmp_path: Path) -> Session:
    """A shop in the United States, which begins with 200 and has lost 28."""
    config = tmp_path / "us.toml"
    config.write_text('[shop]\nmarket = "US"\n', encoding="utf-8")
    session = open_session(Options(data=tmp_path / "us", config=config, now=NOW))
    session.ledger.add(ViolationDraft(points=28, issued_at=NOW - timedelta(days=40), reason="late dispatch"))
    return session


def lines(app: Workbench) -> list[str]:
    """The screen as text, a row a line."""
    return ["".join(segment.text for segment in row).rstrip() for row in app.screen._compositor.render_strips()]


def compared(app: Workbench, label: str) -> list[str]:
    """What stands behind a label of the two columns."""
    line = next(line for line in lines(app) if label in line)
    return re.split(r" {2,}", line.split(label)[1].strip())


async def test_points_next_drop_and_next_appeal_stand_on_80x24(shop, open_app):
    app = open_app(shop, "ledger")
    async with app.run_test(size=SMALL) as pilot:
        await done(pilot)
        shown = lines(app)
        assert "18 of 48 points, 6 below milestone 24. 3 Dec drops to 14." in shown[2]
        assert "Ledger ▪1" in shown[0]
        row = next(line for line in shown if "V-12" in line)
        assert all(part in row for part in ("›", "Appeal", "2d 4h", "Thu 13:00", "8  Not as described", "to 25 Apr"))
        order = [line.split("V-")[1].split()[0] for line in shown[:-2] if "V-" in line]
        assert order == ["12", "9", "8", "7", "6", "5"]
        assert "Winning brings 18 to 10. Evidence 3 of 5, statement 305 of 500." in seen(app)
        assert all(len(line) <= 80 for line in shown)


async def test_no_character_of_ambiguous_width_is_drawn(shop, open_app):
    app = open_app(shop, "ledger")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "=")
        assert {c for c in seen(app) if east_asian_width(c) == "A"} == set()


async def test_what_if_shows_both_and_leaves_no_trace(shop, open_app, tmp_path):
    app = open_app(shop, "ledger")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "equals_sign")
        assert "What if V-12 is won: 10 points, 2 below milestone 12.   not saved" in seen(app)
        assert compared(app, "Below 12 from") == ["25 Apr", "now"]
        assert "V-12 brought the shop to milestone 12" in seen(app)
        await press(pilot, "down")
        assert "What if V-9 is won: 16 points" in seen(app)
        await press(pilot, "plus")
        await write(pilot, "30 prohibited product")
        await press(pilot, "enter")
        assert "What if 30 points more: the shop is revoked." in seen(app)
        assert compared(app, "Flash sale tools") == ["kept", "lost"]
        await press(pilot, "escape")
        assert "18 of 48 points" in seen(app)
        assert "not saved" not in seen(app)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


async def test_filing_with_evidence_open_asks_for_a_reason(shop, open_app):
    app = open_app(shop, "ledger")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "enter")
        assert "an answer is expected by 1 Dec" in seen(app)
        await press(pilot, "f")
        assert "2 pieces of evidence are open:" in seen(app)
        await press(pilot, "enter")
        assert shop.ledger.get(12).appeals == ()
        await write(pilot, "closes soon")
        await press(pilot, "enter")
        assert shop.ledger.get(12).appeals[0].because == "closes soon"
        assert "V-12 appealed, saved." in seen(app)
        await press(pilot, "enter", "r")
        assert shop.ledger.standing(shop.ledger.get(12)).appeal.state == "lost_first"
        await press(pilot, "u", "u")
        assert shop.ledger.get(12).appeals == ()


async def test_evidence_is_ticked_and_a_file_attached(shop, open_app, tmp_path):
    proof = tmp_path / "chat one.png"
    proof.write_bytes(b"12345")
    app = open_app(shop, "ledger")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "v", "down", "down", "down", "space")
        assert [item.done for item in shop.ledger.checklist(shop.ledger.get(12))] == [True, True, True, True, False]
        await press(pilot, "down", "f")
        await write(pilot, f"'{proof}'")
        await press(pilot, "enter")
        assert shop.ledger.open_items(shop.ledger.get(12)) == ()
        assert "chat one.png  5 bytes  sha256 5994471abb01" in seen(app)
        await press(pilot, "f")
        await write(pilot, "/no/such")
        await press(pilot, "enter")
        assert "There is no file /no/such." in seen(app)


async def test_a_statement_is_counted_while_it_is_written(shop, open_app):
    app = open_app(shop, "ledger")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "down", "t")
        assert "0 of 500 characters" in seen(app)
        await write(pilot, "Sent on time\x1b[31m\n延误，不是我们" + "x" * 480)
        assert "505 of 500 characters" in seen(app)
        app.post_message(Key("fullwidth_comma", "，"))
        await press(pilot, "ctrl+s")
        assert shop.ledger.get(9).statement == "Sent on time?[31m\n延误，不是我们" + "x" * 480 + "，"
        assert "V-9: statement written, saved." in seen(app)


async def test_a_line_is_read_back_and_saved(empty, open_app):
    app = open_app(empty, "ledger")
    async with app.run_test(size=SMALL) as pilot:
        await done(pilot)
        assert "0 of 48 points. No violations recorded." in seen(app)
        assert "a  add one, or paste several lines" in seen(app)
        await press(pilot, "a")
        await write(pilot, "8 not as des")
        await press(pilot, "tab")
        await write(pilot, "20 Nov")
        await done(pilot)
        assert "8 points   Significantly not as described" in seen(app)
        assert "Fri" not in seen(app)
        assert "20 Nov, time not known" in seen(app)
        assert "0 to 8" in seen(app)
        await press(pilot, "enter")
        (found,) = empty.ledger.all()
        assert (found.points, found.reason, found.issued_day_only) == (8, "Significantly not as described", True)
        assert "V-1 added, saved." in seen(app)


async def test_pasted_lines_show_how_they_are_read_and_save_in_one_step(empty, open_app):
    app = open_app(empty, "ledger")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "a")
        await write(pilot, "2026-11-20 4 late dispatch\n8 not as described 3 Nov\nnonsense\n2分 取消率 昨天\n")
        assert "3 lines to save   1 line cannot be read and stays here" in seen(app)
        assert empty.ledger.all() == []
        await press(pilot, "enter")
        assert [violation.points for violation in empty.ledger.all()] == [4, 8, 2]
        assert "1 line cannot be read and stays here" in seen(app), "nothing is dropped"
        assert "nonsense" in seen(app)
        await press(pilot, "enter")
        assert app.screen.query_one(Entry).value == "nonsense", "it comes into the line, to be corrected"
        await press(pilot, "home", *"4", "space", "enter")
        assert [violation.points for violation in empty.ledger.all()] == [4, 8, 2, 4]
        assert app.screen is app.frame
        await press(pilot, "u", "u")
        assert empty.ledger.all() == []


async def test_delete_asks_and_undo_comes_back_to_it(shop, open_app):
    app = open_app(shop, "ledger")
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "down", "D", "escape")
        assert len(shop.ledger.all()) == 6
        await press(pilot, "D", "y")
        assert [violation.id for violation in shop.ledger.all()] == [5, 6, 7, 8, 12]
        await press(pilot, "up", "u")
        assert app.screen.current.id == 9


async def test_a_score_that_counts_down_is_mirrored(tmp_path, open_app):
    session = counting_down(tmp_path)
    app = open_app(session, "ledger")
    async with app.run_test(size=SMALL) as pilot:
        await done(pilot)
        assert "172 points, 22 above milestone 150. 12 Apr rises to 200." in seen(app)
        await press(pilot, "s")
        await write(pilot, "160")
        await press(pilot, "enter")
        assert "160 points, 10 above milestone 150." in seen(app)


async def test_hostile_words_stay_words(empty, open_app):
    words = "[@click=app.quit]x[/] \x1b[31m \u202eabc"
    empty.ledger.add(
        ViolationDraft(points=3, issued_at=NOW - timedelta(days=1), reason=words, note=words, platform_id=words)
    )
    app = open_app(empty, "ledger")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "enter", "escape", "w")
        assert "\x1b" not in seen(app)
        assert "\u202e" not in seen(app)
        await press(pilot, "escape")
        assert "[@click=app.quit]x[/] ?[31m abc" in seen(app)


async def test_a_move_in_five_thousand_violations_draws_two_rows(empty, open_app, monkeypatch):
    empty.ledger.add_many([ViolationDraft(points=0, issued_at=NOW - timedelta(hours=h)) for h in range(5000)])
    app = open_app(empty, "ledger")
    drawn: list[int] = []
    cells = ViolationRows.cells
    async with app.run_test(size=SMALL) as pilot:
        await done(pilot)
        monkeypatch.setattr(type(app.frame), "tick", lambda _frame: None)  # a second may pass, and rows with it
        monkeypatch.setattr(ViolationRows, "cells", lambda self, row, cur: drawn.append(row) or cells(self, row, cur))
        await press(pilot, "down")
        assert set(drawn) == {0, 1}


async def test_an_id_is_gone_to_from_any_screen(shop, open_app):
    app = open_app(shop, "ledger")
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "colon")
        await write(pilot, "v-8")
        await press(pilot, "enter")
        assert app.screen.current.id == 8


async def test_the_soonest_appeal_is_named_where_it_is_not_the_first(empty, open_app):
    empty.ledger.add(ViolationDraft(points=2, issued_at=NOW - timedelta(days=29)))
    empty.ledger.add(ViolationDraft(points=12, issued_at=NOW - timedelta(days=1)))
    app = open_app(empty, "ledger")
    async with app.run_test(size=SMALL) as pilot:
        await done(pilot)
        assert "The next appeal closes" in seen(app)


@pytest.fixture
def picture(shop, open_app, snap_compare):
    """Compare a picture after some keys."""

    def compared(size, keys=(), language="en", theme="workbench-dark", session=None):
        i18n.use(language)

        async def settle(pilot):
            await done(pilot)
            await press(pilot, *keys)

        return snap_compare(open_app(session or shop, "ledger", theme), terminal_size=size, run_before=settle)

    return compared


@pytest.mark.parametrize("size", [SMALL, WIDE, FULL, TINY], ids=lambda size: "x".join(map(str, size)))
def test_ledger(picture, size):
    assert picture(size)


def test_ledger_what_if_in_light(picture):
    assert picture(WIDE, ("equals_sign",), theme="workbench-light")


def test_ledger_what_if_in_chinese(picture):
    assert picture(SMALL, ("equals_sign",), "zh")


def test_ledger_without_colour(picture, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert picture(SMALL)


def test_ledger_that_counts_down(picture, tmp_path):
    assert picture(WIDE, session=counting_down(tmp_path))


def test_ledger_act(picture):
    assert picture(WIDE, ("enter",))


def test_ledger_without_violations(picture, empty):
    assert picture(SMALL, session=empty)
