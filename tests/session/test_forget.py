"""After `forget` no file of the data directory holds the words any more, and nothing else has changed."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.session.lived import NOW, SECRET, holding, opened, records
from workbench.core.saying import Refusal
from workbench.i18n import render
from workbench.session import Options, open_session
from workbench.session.safety.desk import check, rescue

DAY = date(2026, 10, 1)
PRIVATE = ("buyer", "words", "note", "typed", "timeline")


def test_no_byte_of_it_is_left_in_any_file(folder):
    data = folder / "data"
    for name in ("workbench (conflicted copy).json", "merged-20261120T000000Z-workbench (1).json"):
        shutil.copy(data / "workbench.json", data / name)
    for place in (data, data / "archive", data / "backups", data / "backups" / "archive"):
        (place / ".workbench.json.77.ab.tmp").write_text(SECRET)
    (data / "archive" / "2026-06.4.json").write_text(SECRET)
    (data / "archive" / "2026-06.1 (conflicted copy).json").write_text(SECRET)
    assert len(holding(data)) > 10
    session = opened(folder)
    session.safety.backup()
    done = session.safety.forget(DAY)
    assert holding(data) == []
    assert done.records == {"tickets": 3, "issues": 1}
    assert done.copies == 5
    assert check(data).problems == []
    assert session.safety.forget(DAY) == type(done)({}, 0, 0)


def test_what_counts_stays(folder):
    before = records(opened(folder))
    queue, ledger, report = answers(opened(folder))
    opened(folder).safety.forget(DAY)
    after = records(opened(folder))
    for number, ticket in after["tickets"].items():
        for name, value in before["tickets"][number].items():
            if number > 3 or name not in PRIVATE:
                assert ticket.get(name) == value
    assert [event["what"] for event in after["tickets"][1]["timeline"]] == ["opened", "note", "closed"]
    assert after["tickets"][1]["timeline"][2]["text"] == "rejected"
    assert after["issues"][2] == before["issues"][2]
    assert {key: after["issues"][1][key] for key in ("sku", "type", "day")} == {
        key: before["issues"][1][key] for key in ("sku", "type", "day")
    }
    assert after["violations"] == before["violations"]
    assert answers(opened(folder)) == (queue, ledger, report)


def answers(session):
    return (
        [ticket.id for ticket in session.tickets.queue(closed=True)],
        session.ledger.ledger(),
        [(row.sku, row.type, row.count) for row in session.log.report()],
    )


def test_undo_goes_back_to_what_was_forgotten_and_no_further(folder):
    session = opened(folder)
    before = [entry.text.text for entry in session.history()]
    session.safety.forget(DAY)
    left = [entry.text.text for entry in session.history()]
    assert left == before[: len(left)]
    assert left[-1] == "{ref} logged", "the line of that old day is the last that touched something"
    while True:
        try:
            session.undo()
        except Refusal:
            break
    assert holding(folder / "data") == []
    for _ in left:
        session.redo()
    assert records(session)["tickets"][4]["note"] == "where is it\nrang back"


def test_deleted_records_leave_the_history_too(folder):
    session = opened(folder)
    session.tickets.delete([1])
    session.log.delete([1])
    session.undo()
    session.safety.forget(DAY)
    assert holding(folder / "data") == []
    assert session.history() == []


def test_what_is_open_or_younger_stays_whole(folder):
    session = opened(folder)
    session.tickets.reopen([1])

    done = session.safety.forget(date(2026, 8, 1))
    assert done.records == {"tickets": 1, "issues": 1}
    found = records(session)["tickets"]
    assert [found[number].get("buyer") for number in (1, 2, 3)] == [SECRET, None, SECRET]


def test_no_file_brings_it_back(folder, tmp_path):
    from tests.cli.test_import import export

    opened(folder).safety.forget(DAY)
    again = {
        "Return Order ID": "40358609139099600", "Return Status": "Completed", "Buyer Username": SECRET,
        "Buyer Note": SECRET,
        "Time Requested": "05/06/2026 10:00:00", "Refund Time": "",
    }  # fmt: skip
    session = opened(folder)
    session.imports.apply(session.imports.read([export(tmp_path / "again.csv", again)]))
    assert holding(folder / "data") == []
    assert session.tickets.get(1).buyer is None


def test_the_first_save_of_the_next_day_backs_up_what_is_left(folder):
    opened(folder).safety.forget(DAY)
    session = opened(folder, NOW + timedelta(days=1))
    session.tickets.note([4], "more")
    assert holding(folder / "data") == []
    session.safety.restore(folder / "data" / "backups" / "workbench-2026-11-23.json")
    assert session.tickets.get(1).buyer is None


def test_a_file_that_cannot_be_read_stops_it_before_anything_changes(folder):
    data = folder / "data"
    (data / "workbench.json").write_bytes((data / "workbench.json").read_bytes()[:-80])
    rescue(data, data / "backups" / "workbench-2026-11-24.json", NOW)
    before = {path: path.read_bytes() for path in data.rglob("*.json")}
    with pytest.raises(Refusal) as caught:
        opened(folder).safety.forget(DAY)
    assert "workbench.damaged-20261124T020000Z.json" in render(caught.value.saying)
    assert {path: path.read_bytes() for path in data.rglob("*.json")} == before
    (data / "workbench.damaged-20261124T020000Z.json").unlink()
    opened(folder).safety.forget(DAY)
    assert holding(data) == []


def test_a_damaged_archive_stops_it(folder):
    for path in folder.rglob("2026-07.1.json"):
        path.write_bytes(b"{")
    before = (folder / "data" / "workbench.json").read_bytes()
    with pytest.raises(Refusal, match="cannot be read"):
        opened(folder).safety.forget(DAY)
    assert (folder / "data" / "workbench.json").read_bytes() == before


def test_an_empty_directory_has_nothing_to_forget(tmp_path):
    assert opened(tmp_path).safety.forget(DAY).records == {}
    assert not (tmp_path / "data").exists()


def test_fields_of_a_later_version_go_with_the_words(folder):
    path = folder / "data" / "workbench.json"
    tables = json.loads(path.read_bytes())
    tables["issues"]["2"]["mood"] = SECRET
    path.write_text(json.dumps(tables), encoding="utf-8")
    opened(folder).safety.forget(date(2027, 1, 1))
    assert SECRET not in path.read_text(encoding="utf-8")


def day_of_shop(tmp_path, day):
    config = tmp_path / "settings.toml"
    config.write_text('[shop]\nmarket = "TH"\n')
    return open_session(Options(data=tmp_path / "data", config=config, now=datetime(2026, 11, day, 3, tzinfo=UTC)))


def test_backups_from_before_it_was_closed_hold_nothing_of_it(tmp_path):
    for name in (SECRET, f"{SECRET} deleted"):
        day_of_shop(tmp_path, 1).tickets.add(kind="message", buyer=name, note=f"call {name}")
    day_of_shop(tmp_path, 2).tickets.note([1], SECRET)
    day_of_shop(tmp_path, 3).tickets.close([1])
    day_of_shop(tmp_path, 4).tickets.delete([2])
    day_of_shop(tmp_path, 5).tickets.add(kind="message", buyer="still open")
    day_of_shop(tmp_path, 6).tickets.note([3], "waits")
    assert len(holding(tmp_path / "data")) > 3
    done = day_of_shop(tmp_path, 22).safety.forget(date(2026, 11, 10))
    assert holding(tmp_path / "data") == []
    assert done.records == {"tickets": 1}
    assert day_of_shop(tmp_path, 22).tickets.get(3).buyer == "still open"
    kept = sorted((tmp_path / "data" / "backups").glob("workbench-2026-11-06.json"))
    assert b"still open" in kept[0].read_bytes(), "what is open in use stays whole in the backups, too"
    assert check(tmp_path / "data").problems == []
