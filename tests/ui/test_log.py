"""A robot user spends an evening with the Log, and looks at the week on Monday."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from textual.events import Key
from textual.keys import _character_to_key

from tests.ui.robot import bar, done, press, rows, seen, typed, write
from workbench import i18n
from workbench.core.issues.model import IssueDraft
from workbench.core.saying import Refusal, say
from workbench.session import Options
from workbench.session.demo import open_demo
from workbench.ui.text import width

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
SIZES = [(80, 24), (120, 36)]
#: What is typed for SKU and type, to be completed by Tab, then the words.
EVENING = [
    (["p"], "si", "the waist is two centimetres too small"),
    ([*"lam"], "da", "shade was cracked when I opened the box"),
    ([*"mug"], "mi", "only three cups in the box"),
    ([*"ten"], "la", "two weeks and nothing here"),
    ([*"cha"], "qu", "one leg is shorter than the others"),
    ([*"dr"], "col", "this is orange and not red"),
    (["p", "down"], "si", "too tight"),
    ([*"lam"], "qu", "flickers after an hour"),
    ([*"te"], "part", "no pegs in the bag"),
    ([*"mug"], "da", "handle broken off"),
]


@pytest.fixture
def evening(tmp_path):
    """The invented shop at 21:00 of its day, with a clock that the test moves."""
    (tmp_path / "demo").mkdir()
    session = open_demo(Options(data=tmp_path / "demo", now=NOW))
    moment = [NOW]
    session.now = lambda: moment[0]
    return session, moment


def hit(app, key):
    """A key as fast as a terminal can send it: nothing waits for what it does."""
    name = _character_to_key(key) if len(key) == 1 else key
    app.post_message(Key(name, key if len(key) == 1 else None))


def line(app):
    return app.screen.query_one("LogLine").value


def read(app):
    return rows(app.screen.query_one("#read"))[0].strip()


def today(session):
    log = session.log
    return log.tally(log.today).issues(log.today)


@pytest.mark.parametrize("size", SIZES)
async def test_a_line_is_completed_read_back_and_saved_and_the_next_is_ready(evening, open_app, size):
    session, _ = evening
    app = open_app(session, "log")
    async with app.run_test(size=size) as pilot:
        await press(pilot, *"chair", "tab", *"qu", "tab")
        assert line(app) == "CHAIR-OAK quality "
        assert read(app) == "Folding chair, oak    quality    words as in T-1    once, today"
        await press(pilot, *"two")
        assert read(app) == "Folding chair, oak    quality    once, today"
        await press(pilot, *["backspace"] * 3)
        await press(pilot, *"one", "space", *"le")
        assert read(app) == "Folding chair, oak    quality    words as in T-1    once, today"
        assert "one leg is shorter" in rows(app.screen.query_one("LogLine"))[0], "faint, ahead of the cursor"
        await press(pilot, "tab")
        assert line(app) == "CHAIR-OAK quality @T-1 one leg is shorter"
        await press(pilot, "enter")
        assert line(app) == ""
        found = today(session)[-1]
        assert (found.sku, found.type, found.words, found.ticket) == ("CHAIR-OAK", "quality", "one leg is shorter", 1)
        assert bar(app).startswith("\u2713 I-")
        assert "logged, saved." in bar(app)
        assert "7 issues today" in seen(app)
        assert "T-1 " not in "".join(row for row in rows(app.frame.table) if "Suggested" in row)
        await press(pilot, "up")
        assert line(app) == "CHAIR-OAK quality "
        await press(pilot, "up")
        assert line(app) == "CHAIR-OAK "
        await press(pilot, "up")
        assert line(app) == "PANTS-BLK-M size "


async def test_twenty_issues_take_on_average_eight_keys_more_than_their_words(evening, open_app):
    session, _ = evening
    app = open_app(session, "log")
    before = len(today(session))
    over = []
    async with app.run_test(size=(120, 36)) as pilot:
        await done(pilot)
        for sku, type, words in EVENING * 2:
            keys = [*sku, "tab", *type, "tab", *words, "enter"]
            over.append(len(keys) - len(words))
            for key in keys:
                hit(app, key)
        # One is saved behind the other, each by a worker of its own.
        for _each in EVENING * 2:
            await done(pilot)
    found = today(session)[before:]
    assert [issue.words for issue in found] == [words for _sku, _type, words in EVENING * 2]
    assert sum(over) / len(over) <= 8
    assert {(issue.sku, issue.type) for issue in found} == {
        ("PANTS-BLK-L", "size"), ("LAMP-WHT", "damaged"), ("MUG-SET-4", "missing_part"), ("TENT-2P", "late"),
        ("CHAIR-OAK", "quality"), ("DRESS-RED-S", "colour"), ("PANTS-BLK-M", "size"), ("LAMP-WHT", "quality"),
        ("TENT-2P", "missing_part"), ("MUG-SET-4", "damaged"),
    }  # fmt: skip


async def test_the_one_question_is_asked_in_the_line_and_a_digit_answers(evening, open_app):
    session, _ = evening
    app = open_app(session, "log")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, *"lam", "tab", "enter")
        assert read(app).startswith("Desk lamp, white    Which type?   4 damaged   price   8 late")
        assert len(today(session)) == 5, "nothing is guessed"
        await typed(pilot, "\uff14")
        assert line(app) == "LAMP-WHT damaged in transit "
        await press(pilot, "escape")
        assert line(app) == ""
        await write(pilot, "NEW-1 \u989c\u8272 x2 @T-3 \u592a\u6df1\u4e86 100%")
        assert read(app) == "new SKU    colour    about T-3    x2, today"
        await press(pilot, "enter")
        found = today(session)[-1]
        assert (found.sku, found.type, found.count, found.ticket) == ("NEW-1", "colour", 2, 3)
        assert found.words == "\u592a\u6df1\u4e86 100%"


@pytest.mark.parametrize("sku", ["LAMP-WHT", "CHAIR-OAK", "TENT-2P", "NEW-1"])
@pytest.mark.parametrize(
    ("digit", "type"), [("1", "size"), ("4", "damaged in transit"), ("9", "assembly or use"), ("8", "late")]
)
async def test_a_digit_means_the_same_type_for_every_sku(evening, open_app, sku, digit, type):
    session, _ = evening
    app = open_app(session, "log")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, *sku, "space", digit)
        assert line(app) == f"{sku} {type} "


@pytest.mark.parametrize(
    ("text", "first"), [("dress", "DRESS-RED-M"), ("PANTS-BLK", "PANTS-BLK-L"), ("LAPM-WHT", "LAMP-WHT")]
)
async def test_the_beginning_of_a_sku_is_asked_about_and_never_saved_as_a_new_one(evening, open_app, text, first):
    session, _ = evening
    app = open_app(session, "log")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *("space" if key == " " else key for key in f"{text} size 2 sizes too small"))
        assert line(app) == f"{text} size 2 sizes too small", "a digit among the words is no answer"
        assert read(app).startswith("not a known SKU")
        await press(pilot, "enter")
        assert read(app).startswith(f"Which SKU?   1 {first}") or first in read(app)
        assert len(today(session)) == 5
        await press(pilot, "enter")
        assert line(app) == f"{first} size 2 sizes too small"
        await press(pilot, "enter")
        assert (today(session)[-1].sku, today(session)[-1].words) == (first, "2 sizes too small")
        await write(pilot, f"{text} size w")
        await press(pilot, "enter", "ctrl+n")
        assert line(app) == f'"{text}" size w'
        assert read(app).startswith("new SKU")
        await press(pilot, "enter")
        assert today(session)[-1].sku == text
        await write(pilot, f"{text} size w")
        assert not read(app).startswith("not a known SKU"), "by now it is known"


async def test_an_evening_of_good_suggestions_is_one_key_each(evening, open_app):
    session, _ = evening
    app = open_app(session, "log")
    async with app.run_test(size=(80, 24)) as pilot:
        await done(pilot)
        assert [each.ticket for each in session.log.suggestions()] == [1, 9, 8]
        await press(pilot, "down", "delete")
        assert [each.ticket for each in session.log.suggestions()] == [1, 8]
        for _n in range(3):
            hit(app, "enter")
        await done(pilot)
        assert sorted(issue.ticket for issue in today(session)[-2:]) == [1, 8]
        assert not session.log.suggestions()
        assert len(today(session)) == 7, "a third Enter finds nothing"


async def test_a_line_is_edited_in_place_and_removed(evening, open_app):
    session, _ = evening
    session.log.add(IssueDraft(day=session.log.today, sku="CHAIR-OAK", type="other", words="two\nlines [b]"))
    app = open_app(session, "log")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "escape", "j", "j", "j", "e")
        assert line(app) == "CHAIR-OAK other two lines [b]"
        await press(pilot, "home", *["delete"] * 9, *"TENT-2P", "enter")
        changed = today(session)[-1]
        assert (changed.sku, changed.words) == ("TENT-2P", "two\nlines [b]"), "what was not touched stays exactly"
        await press(pilot, "escape", "j", "j", "j", "x")
        assert len(today(session)) == 5
        await press(pilot, "u")
        assert len(today(session)) == 6
        await press(pilot, "a", *"q")
        assert line(app) == "q"


async def test_what_cannot_be_saved_comes_back_into_the_line(evening, open_app, monkeypatch):
    session, _ = evening
    app = open_app(session, "log")

    def full(_draft):
        raise Refusal(say("Nothing was saved: the disk is full."))

    async with app.run_test(size=(120, 36)) as pilot:
        await done(pilot)
        with monkeypatch.context() as broken:
            broken.setattr(session.log, "add", full)
            await write(pilot, "LAMP-WHT price dear")
            await press(pilot, "enter")
            assert "the disk is full" in bar(app)
            assert line(app) == "LAMP-WHT price dear"
        await press(pilot, "enter")
        assert today(session)[-1].words == "dear"


async def test_the_quick_log_from_another_screen(evening, open_app):
    session, _ = evening
    app = open_app(session, "queue")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "l")
        await write(pilot, "LAMP-WHT price dear")
        await press(pilot, "enter")
        assert "logged, saved." in seen(app)
        assert today(session)[-1].type == "price"
        await press(pilot, "escape")
        assert app.screen is app.frame


async def test_the_form_takes_over_what_the_line_says(evening, open_app):
    session, _ = evening
    app = open_app(session, "log")
    async with app.run_test(size=(120, 36)) as pilot:
        await write(pilot, "LAMP-WHT price dear")
        await press(pilot, "ctrl+o", "tab", "tab", "tab", "backspace", "0", "enter")
        assert "The count is a number from 1 on." in seen(app)
        await press(pilot, "backspace", "3", "enter")
        found = today(session)[-1]
        assert (found.sku, found.type, found.words, found.count) == ("LAMP-WHT", "price", "dear", 3)
        assert line(app) == ""


async def test_the_form_goes_back_as_a_line(evening, open_app):
    session, _ = evening
    session.log.add(IssueDraft(day=session.log.today, sku="CHAIR-OAK", type="other", words="two\nlines"))
    app = open_app(session, "log")
    async with app.run_test(size=(120, 36)) as pilot:
        await write(pilot, "LAMP-WHT price dear")
        await press(pilot, "ctrl+o", "tab", "right", "down", "down", "backspace", "2", "down", *"7", "down")
        assert "Tue 24 Nov" in seen(app)
        await press(pilot, *["backspace"] * 5, *"Mon", "ctrl+o")
        assert line(app) == "2026-11-23 LAMP-WHT other x2 @T-7 dear"
        await press(pilot, "ctrl+o", "tab", *["backspace"] * 5, "ctrl+o")
        assert line(app) == "2026-11-23 LAMP-WHT x2 @T-7 dear", "what is missing stays open in the line"
        await press(pilot, "escape", "escape", "j", "j", "j", "e", "ctrl+o", "ctrl+o", "ctrl+o", "escape")
        assert line(app) == "CHAIR-OAK other two lines", "as it was"
        await press(pilot, "ctrl+o", "enter")
        assert today(session)[-1].words == "two\nlines", "what was not touched stays exactly"
        assert len(today(session)) == 6, "the line that was edited, not another one"


async def test_the_arrow_takes_the_type_that_is_being_typed_by_whatever_name(evening, open_app):
    session, _ = evening
    app = open_app(session, "log")
    async with app.run_test(size=(120, 36)) as pilot:
        await write(pilot, "LAMP-WHT dear")
        await press(pilot, "ctrl+o", "tab", *"exp", "right")
        assert app.screen.text("type") == "expensive"
        await press(pilot, "left")
        assert app.screen.text("type") == "authenticity", "the one before it"


async def test_the_quick_log_has_the_same_form(evening, open_app):
    session, _ = evening
    app = open_app(session, "queue")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "l")
        await write(pilot, "LAMP-WHT price dear")
        await press(pilot, "ctrl+o", "ctrl+o")
        assert line(app) == "LAMP-WHT price dear"
        await press(pilot, "ctrl+o", "enter")
        assert line(app) == ""
        assert today(session)[-1].words == "dear"


async def test_the_clock_counts_whole_minutes_and_keeps_its_place(evening, open_app):
    session, moment = evening
    async with open_app(session, "log").run_test(size=(120, 36)) as pilot:
        await done(pilot)
        assert "15 of 15 min left" in seen(pilot.app)
        moment[0] += timedelta(minutes=4, seconds=10)
        pilot.app._second()
        await done(pilot)
        assert "11 of 15 min left" in seen(pilot.app)
    async with open_app(session, "log").run_test(size=(120, 36)) as pilot:
        await done(pilot)
        assert "11 of 15 min left" in seen(pilot.app)
        moment[0] += timedelta(minutes=11)
        pilot.app._second()
        await done(pilot)
        assert "15 minutes: enough for today." in seen(pilot.app)
        await write(pilot, "LAMP-WHT price dear")
        await press(pilot, "enter")
        assert today(session)[-1].words == "dear", "it never interrupts"


async def test_an_evening_with_nothing_wrong(empty, open_app):
    app = open_app(empty, "log")
    async with app.run_test(size=(80, 24)) as pilot:
        await done(pilot)
        assert "No issues yet today." in seen(app)
        await press(pilot, "ctrl+g")
        assert "Nothing wrong today." in seen(app)
        assert empty.log.streak() == 1


@pytest.mark.parametrize("size", SIZES)
async def test_the_week_its_cells_and_a_decision(evening, open_app, size):
    session, moment = evening
    app = open_app(session, "log")
    async with app.run_test(size=size) as pilot:
        await press(pilot, "f9")
        assert "Week 47: 24 issues, 22 the week before. 2 rise." in seen(app)
        assert "4 this week, 1 last week, 1.25 on average" in seen(app)
        assert "new chart by Fri 27 Nov   shown again next Monday" in seen(app)
        await press(pilot, "down", "right")
        assert "LAMP-WHT  damaged in transit  3 this week" in seen(app)
        await press(pilot, "d")
        await write(pilot, "stronger box by Fri 4 Dec")
        await press(pilot, "enter")
        assert session.log.decisions(("LAMP-WHT", "damaged"))[0].by == date(2026, 12, 4)
        assert "stronger box by Fri 4 Dec" in seen(app)
        await press(pilot, "enter")
        assert "the box was wet" in seen(app)
        await press(pilot, "escape", "greater_than_sign")
        assert "stronger box by Fri 4 Dec   3 then, 1 now" in seen(app)
        await press(pilot, "less_than_sign", "less_than_sign")
        assert "Week 46: 22 issues" in seen(app)
        await press(pilot, "f9")
        assert app.frame.entry.line.has_focus
    moment[0] += timedelta(days=6)
    app = open_app(session, "log")
    async with app.run_test(size=size) as pilot:
        await done(pilot)
        assert "Week 48:" in seen(app), "on Mondays the week opens by itself"
        await press(pilot, "escape")
        assert app.frame.entry.line.has_focus


async def test_a_decision_is_taken_out_and_undo_brings_it_back(shop, open_app):
    app = open_app(shop, "log")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "f9")
        pair = app.frame.week.pair
        before = shop.log.decisions(pair)
        assert before
        for left in range(len(before), 0, -1):
            assert len(shop.log.decisions(pair)) == left
            await press(pilot, "x")
        assert shop.log.decisions(pair) == []
        await press(pilot, "x")
        assert "Nothing is decided here." in bar(app)
        await press(pilot, "u")
        assert shop.log.decisions(pair) == before[-1:]
        assert app.frame.on_week


async def test_a_running_week_that_stands_alone_is_shown_and_f5_leads_to_the_line(empty, open_app):
    app = open_app(empty, "log")
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "CHAIR-OAK quality wobbles")
        await press(pilot, "enter", "f9")
        assert "Week 48: 1 issue," in seen(app)
        await press(pilot, "less_than_sign")
        assert "Week 47:" in seen(app)
        assert "> running week" in bar(app)
        await press(pilot, "greater_than_sign")
        assert "running week" not in bar(app)
        await press(pilot, "f5")
        assert app.frame.entry.line.has_focus
        assert not app.frame.on_week


async def test_the_report_is_written_without_names_where_wanted(evening, open_app, tmp_path):
    session, _ = evening
    app = open_app(session, "log")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "f9", "e", *["ctrl+u"])
        await write(pilot, str(tmp_path / "week.html"))
        await press(pilot, "ctrl+t", "enter")
        page = (tmp_path / "week.html").read_text(encoding="utf-8")
        assert "PANTS-BLK-L" in page
        assert "boonmee" not in page
        assert "The report is in" in bar(app)


async def test_the_report_takes_the_place_of_no_data_file(evening, open_app, tmp_path):
    session, _ = evening
    data = session.store.directory / "workbench.json"
    before = data.read_bytes()
    link = tmp_path / "week.html"
    link.symlink_to(data)
    app = open_app(session, "log")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "f9", "e", *["ctrl+u"])
        await write(pilot, str(link))
        await press(pilot, "enter")
        assert "is one of the data files of workbench" in " ".join(seen(app).split())
    assert link.is_symlink()
    assert data.read_bytes() == before


HOSTILE = (
    "[bold]x",
    "a\x1b[31mred",
    "\u202eevil\u2066",
    "two\nlines\tand",
    "=1+1",
    "x" * 300,
    "\U0001f469\u200d\U0001f467",
)


async def test_hostile_words_are_shown_harmlessly_and_kept_exactly(empty, open_app):
    for text in HOSTILE:
        empty.log.add(IssueDraft(day=empty.log.today, sku=text, type="size", words=text))
    app = open_app(empty, "log")
    async with app.run_test(size=(120, 36)) as pilot:
        for keys in (("escape",), ("f9",), ("greater_than_sign",), ("enter",), ("escape", "d"), ("escape", "f9")):
            await press(pilot, *keys)
            assert not set(seen(app)) & set("\x1b\t\u202e\u2066\u200d")
    assert sorted(issue.words for issue in today(empty)) == sorted(HOSTILE)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (160, 48)])
async def test_it_speaks_chinese_and_fits(evening, open_app, size):
    session, _ = evening
    i18n.use("zh")
    app = open_app(session, "log")
    async with app.run_test(size=size) as pilot:
        await press(pilot, *"lam", "tab", "1", "f9", "f9")
        for row in rows(app.frame.table):
            assert width(row) <= size[0]


@pytest.mark.parametrize(
    ("size", "keys", "theme"),
    [
        ((80, 24), (), "workbench-dark"),
        ((120, 36), (*"chair", "tab", *"qu", "tab", *"one"), "workbench-dark"),
        ((120, 36), ("f9",), "workbench-light"),
        ((80, 24), ("f9", "down", "right"), "workbench-dark"),
    ],
    ids=("log-narrow", "log-typing", "week-light", "week-narrow"),
)
def test_look(shop, open_app, snap_compare, size, keys, theme):
    async def settle(pilot):
        await press(pilot, *keys)

    assert snap_compare(open_app(shop, "log", theme), terminal_size=size, run_before=settle)
