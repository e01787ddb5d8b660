"""Import on the screen: from the download folder, from a path, with a preview before anything is written."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from textual import events

from tests.intake import selling
from tests.intake.builders import csv_file, returned
from tests.ui.conftest import NOW
from tests.ui.robot import bar, done, press, seen, write
from workbench.session import Options, open_session


@pytest.fixture
def downloads(samples) -> Path:
    folder = Path.home() / "Downloads"
    for name in ("returns_th.xlsx", "returns_resaved_in_excel.csv"):
        shutil.copy(samples / name, folder)
    (folder / "holiday.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    return folder


async def test_what_the_download_folder_holds_is_offered_and_known_files_are_marked(empty, open_app, downloads):
    empty.imports.apply(empty.imports.read([downloads / "returns_th.xlsx"]))
    (downloads / "returns_th.xlsx").rename(downloads / "renamed.xlsx")
    app = open_app(empty)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "i")
        text = seen(app)
        assert "renamed.xlsx" in text
        assert "returns, 60 rows" in text
        assert "known" in text, "by what is in it, not by its name"
        assert "holiday.csv   " in text, "what is no export is there, grey, with the reason"
        assert "The file is no export of" in text
        await write(pilot, "renam")
        assert "holiday.csv" not in seen(app)


async def test_nothing_is_written_before_the_second_enter(empty, open_app, downloads):
    app = open_app(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "i")
        await write(pilot, f"'{downloads}/returns_th.xlsx'\n")
        await press(pilot, "enter")
        text = seen(app)
        assert "returns, 60 rows   dates day first" in text
        assert "After it" in text
        assert "v every change" in text
        assert empty.tickets.all(archived=True) == []
        await press(pilot, "v")
        assert "new  " in seen(app)
        await press(pilot, "escape", "enter")
        count = len(empty.tickets.all(archived=True))
        assert count > 50
        assert bar(app).startswith(f"\u2713 Imported: {count} new, 0 moved on, saved.")
        await press(pilot, "u")
        assert empty.tickets.all(archived=True) == []


async def test_a_file_dropped_on_the_list_is_read(empty, open_app, downloads):
    app = open_app(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await done(pilot)
        await write(pilot, f"{downloads}/returns_th.xlsx ")
        assert "returns, 60 rows   dates day first" in seen(app)
        assert empty.tickets.all() == []


async def test_escape_leaves_the_preview_and_changes_nothing(empty, open_app, downloads):
    app = open_app(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "i")
        await write(pilot, str(downloads / "returns_th.xlsx"))
        await press(pilot, "enter", "escape")
        assert "Import \u203a" in seen(app)
        await press(pilot, "escape")
        assert app.screen is app.frame
        await write(pilot, f"{downloads}/returns_th.xlsx ")
        assert "After it" in seen(app)
        await press(pilot, "escape")
        assert app.screen is app.frame, "a file that was dropped began without a list"
        assert empty.tickets.all(archived=True) == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("returns_resaved_in_excel.csv", "Nothing was read."),
        ("nowhere.csv", "There is no file"),
        ("holiday.csv", "Seller Center"),
        (".", "It is a folder. Name the CSV or XLSX files in it."),
    ],
)
async def test_a_refused_file_is_one_sentence_in_the_sheet(empty, open_app, downloads, typed, told):
    app = open_app(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "i")
        await write(pilot, str(downloads / typed))
        await press(pilot, "enter")
        assert told in seen(app)
        assert "! " in seen(app)
        await press(pilot, "escape")
        await done(pilot)
        assert app.screen is app.frame


async def test_day_and_month_can_be_swapped_only_where_both_are_possible(empty, open_app, tmp_path):
    path = csv_file(tmp_path, [returned(Time_Requested="05/11/2026 10:00:00")])
    app = open_app(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "i")
        await write(pilot, str(path))
        await press(pilot, "enter")
        assert "dates day first (05/11/2026" in seen(app)
        assert "t swap day and month" in seen(app)
        await press(pilot, "t")
        assert "dates month first (05/11/2026" in seen(app)
        await press(pilot, "enter")
        assert [ticket.opened_at.month for ticket in empty.tickets.all(archived=True)] == [5]


async def test_a_second_enter_does_not_do_it_twice(empty, open_app):
    app = open_app(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a")
        await write(pilot, "message hello")
        await pilot.press("enter", "enter")
        await done(pilot)
        assert len(empty.tickets.all()) == 1


async def test_the_preview_names_market_and_zone_and_what_was_guessed(empty, open_app, tmp_path):
    path = csv_file(tmp_path, [returned(), returned(Return_Order_ID="403586091390996032", Return_unit_price="¥900")])
    app = open_app(empty)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "i")
        await write(pilot, str(path))
        await press(pilot, "enter")
        assert f"{empty.policy.market}, " in seen(app)
        assert "JPY, USD" in seen(app)
        assert "all its amounts are in JPY, USD" in seen(app)


async def test_a_file_that_does_not_tell_its_age_asks_for_it(empty, open_app, tmp_path):
    tomorrow = empty.now() + timedelta(hours=12)
    stamp = tomorrow.astimezone(empty.policy.export_zone)
    path = csv_file(tmp_path, [returned(Time_Requested=f"{stamp:%Y-%m-%d %H:%M:%S}")])
    app = open_app(empty)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "i")
        await write(pilot, str(path))
        await press(pilot, "enter")
        assert "Type when it was exported" in seen(app)
        assert "--as-of" not in seen(app)
        await write(pilot, "2026-11-20 09:00")
        await press(pilot, "enter")
        assert "After it" in seen(app)


@pytest.mark.parametrize("text", ["x" * 256, "/" + "x" * 256, "早" * 300, "'unclosed " * 30])
async def test_a_paste_that_is_no_path_ends_nothing(empty, open_app, text):
    app = open_app(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(events.Paste(text))
        await done(pilot)
        assert app.is_running
        await press(pilot, "i")
        await write(pilot, text)
        await press(pilot, "enter")
        assert app.is_running


@pytest.fixture
def unchosen(tmp_path):
    return open_session(Options(data=tmp_path / "unchosen", config=_config(tmp_path, "# nothing\n"), now=NOW))


def _config(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "unchosen.toml"
    path.write_text(text, encoding="utf-8")
    return path


async def test_a_market_is_proposed_by_the_file_and_confirmed_before_anything_is_shown(unchosen, open_app, downloads):
    app = open_app(unchosen)
    async with app.run_test(size=(100, 30)) as pilot:
        await write(pilot, f"{downloads}/returns_th.xlsx ")
        text = seen(app)
        assert "The amounts in it are in THB: Thailand, Bangkok time, is proposed." in text
        assert "After it" not in text
        await press(pilot, "escape")
        assert not unchosen.market_chosen
        assert unchosen.tickets.all(archived=True) == []
        await press(pilot, "escape")
        await write(pilot, f"{downloads}/returns_th.xlsx ")
        await press(pilot, "enter")
        assert "TH, Bangkok time" in seen(app)
        await press(pilot, "enter")
        assert {ticket.market for ticket in unchosen.tickets.all()} == {"TH"}
    remembered = open_session(
        Options(data=unchosen.store.directory, config=Path(unchosen.loaded.overlay.file), now=NOW)
    )
    assert remembered.policy.market == "TH"


async def test_a_file_without_a_market_asks_for_one(unchosen, open_app, tmp_path):
    path = csv_file(tmp_path, [returned(Return_unit_price="8.99")])
    app = open_app(unchosen)
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, f"{path} ")
        assert "Nothing is read in before the market is chosen" in seen(app)
        await press(pilot, "enter")
        assert not unchosen.market_chosen, "nothing is marked, so nothing is taken"
        await write(pilot, "viet")
        await press(pilot, "enter")
        await done(pilot)
        assert unchosen.policy.market == "VN"
        assert "VN, Ho Chi Minh City time" in seen(app)


async def test_after_an_import_the_cursor_is_on_the_first_new_case(shop, open_app, tmp_path):
    path = csv_file(tmp_path, [returned(), returned(Return_Order_ID="4035860913909960399")])
    before = {ticket.id for ticket in shop.tickets.all()}
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await write(pilot, f"{path} ")
        await press(pilot, "enter")
        assert bar(app).startswith("\u2713 Imported")
        new = {ticket.id for ticket in shop.tickets.all()} - before
        key = app.frame.table.key
        assert new
        assert key in new


async def test_several_files_that_are_pasted_at_once_are_looked_at_at_once(empty, open_app, tmp_path):
    """A desktop gives one path a line, as it stands: the apostrophe in one of them quotes nothing."""
    first = csv_file(tmp_path, [returned()], name="it's.csv")
    second = csv_file(tmp_path, [returned(Return_Order_ID="403586091390996032")], name="other.csv")
    app = open_app(empty)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "i")
        app.screen.focused.post_message(events.Paste(f"{first}\n{second}\n"))
        await done(pilot)
        text = seen(app)
        assert "it's.csv" in text
        assert "other.csv" in text
        assert "New              2" in text


async def test_every_row_that_was_not_read_and_every_word_nobody_knows_can_be_seen(empty, open_app, tmp_path):
    rows = [returned(Return_Order_ID=f"no {at}") for at in range(5)]
    rows.append(returned(Return_Type="Umtausch", Return_Status=""))
    path = csv_file(tmp_path, rows)
    app = open_app(empty)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "i")
        await write(pilot, str(path))
        await press(pilot, "enter")
        text = seen(app)
        assert '"Umtausch" in Return Type, no Return Status' in text
        await press(pilot, "v")
        text = seen(app)
        assert all(f'row {at}: Its Return Order ID "no {at - 2}" is not a number.' in text for at in range(2, 7))
        assert 'nobody knows "Umtausch" (1 row, Return Type)' in text


async def test_the_preview_of_a_settlement_counts_its_rows_and_speaks_of_no_cases(empty, open_app, tmp_path):
    path = selling.written(tmp_path / "income.csv", selling.SEA, [selling.sea_order(at) for at in range(3)])
    app = open_app(empty)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "i")
        await write(pilot, str(path))
        await press(pilot, "enter")
        text = seen(app)
        assert "settlement, 3 rows" in text
        assert "New              3" in text
        assert "overdue" not in text.partition("settlement, 3 rows")[2]
