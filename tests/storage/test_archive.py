"""The archive: moved once a day or on demand, found again, taken out when changed, never silently empty."""

from __future__ import annotations

import json
import os
from datetime import timedelta

import pytest

from tests.storage.world import LONG_AGO, Clock, Ticket, act, add, objects, open_store, state
from workbench.core.saying import say
from workbench.storage import Damaged

OLD = Ticket("old", closed_at=LONG_AGO)


def archive_files(directory):
    return sorted(path.name for path in (directory / "archive").iterdir())


def with_archive(tmp_path):
    """One record of August and one of September archived, one live."""
    clock = Clock()
    store = open_store(tmp_path, clock)
    add(store, OLD, Ticket("old too", closed_at=LONG_AGO + timedelta(days=40)), Ticket("live"))
    return store, clock


def test_the_first_save_of_a_day_moves_what_closed_long_ago_by_utc_month(tmp_path):
    store, _ = with_archive(tmp_path)
    assert objects(store.table("tickets")) == {3: {"title": "live"}}
    assert store.archived_months("tickets") == ["2026-08", "2026-09"]
    assert list(store.archived("tickets", ["2026-09"])) == [2]
    assert archive_files(tmp_path) == ["2026-08.1.json", "2026-09.1.json"]
    assert objects({1: open_store(tmp_path).find_archived("tickets", 1)})[1]["title"] == "old"
    assert store.find_archived("tickets", 3) is None
    assert store.find_archived("skus", 1) is None


def test_the_month_is_that_of_utc(tmp_path):
    store = open_store(tmp_path)
    add(store, {"title": "x", "closed_at": "2026-09-01T06:00:00+07:00"})
    assert store.archived_months("tickets") == ["2026-08"]


def test_later_saves_of_the_day_move_nothing_unless_asked(tmp_path):
    store, _ = with_archive(tmp_path)
    (number,) = add(store, OLD)
    assert list(store.table("tickets")) == [3, number]
    with store.transaction() as tx:
        tx.sweep()
    assert list(store.table("tickets")) == [3]
    assert archive_files(tmp_path) == ["2026-08.2.json", "2026-09.1.json"]
    assert state(open_store(tmp_path)).keys() == {"tickets"}


def test_the_manifest_names_generation_checksum_counts_and_ids(tmp_path):
    from hashlib import sha256

    with_archive(tmp_path)
    manifest = json.loads((tmp_path / "workbench.json").read_text())["meta"]["1"]["archive"]
    assert manifest["2026-08"] == {
        "generation": 1,
        "checksum": sha256((tmp_path / "archive" / "2026-08.1.json").read_bytes()).hexdigest(),
        "tables": {"tickets": {"count": 1, "first": 1, "last": 1}},
    }


def test_a_change_takes_a_record_out_of_the_archive(tmp_path):
    store, _ = with_archive(tmp_path)
    act(store, "reopened", t1=Ticket("open again"))
    assert list(store.table("tickets")) == [1, 3]
    assert archive_files(tmp_path) == ["2026-09.1.json"]
    act(store, "the same, but live", t2=objects(store.archived("tickets"))[2])
    assert list(open_store(tmp_path).table("tickets")) == [1, 2, 3]
    assert dict(store.archived("tickets")) == {}


def test_nothing_leaves_the_archive_but_what_changes(tmp_path):
    """Neither what was only read, nor its neighbours in the month, nor another month, nor with an undo of others."""
    store, clock = with_archive(tmp_path)
    add(store, Ticket("old as well", closed_at=LONG_AGO))
    with store.transaction() as tx:
        tx.sweep()
    before = archive_files(tmp_path)
    with store.transaction() as tx:
        found = objects({number: tx.get("tickets", number) for number in (1, 2, 4)})
        tx.put("tickets", 3, {"title": "changed"})
        tx.put("tickets", tx.next_id("tickets"), Ticket("new"))
        tx.commit_as(say("changed"), clock.now)
    store.undo()
    store.redo()
    assert archive_files(tmp_path) == before
    assert list(store.table("tickets")) == [3, 5]
    act(store, "noted", t1=Ticket("noted", closed_at=LONG_AGO))
    assert list(store.table("tickets")) == [1, 3, 5]
    assert objects(store.archived("tickets")) == {number: found[number] for number in (2, 4)}
    assert archive_files(tmp_path) == ["2026-08.3.json", "2026-09.1.json"]


def test_an_archived_record_can_be_removed(tmp_path):
    store, _ = with_archive(tmp_path)
    act(store, "removed", t1=None)
    assert list(state(open_store(tmp_path))["tickets"]) == [2, 3]
    store.undo()
    assert list(state(open_store(tmp_path))["tickets"]) == [1, 2, 3]


def test_taken_out_and_due_again_in_one_save_goes_back_in(tmp_path):
    store, clock = with_archive(tmp_path)
    clock.days(1)
    act(store, "noted", t1=Ticket("old, noted", closed_at=LONG_AGO))
    assert objects(store.archived("tickets", ["2026-08"]))[1]["title"] == "old, noted"
    act(store, "noted", t2=Ticket("later", closed_at=LONG_AGO))
    with store.transaction() as tx:
        tx.sweep()
    assert list(state(store)["tickets"]) == [1, 2, 3]
    assert store.archived_months("tickets") == ["2026-08"]


def test_a_clock_that_jumps_back_loses_nothing(tmp_path):
    store, clock = with_archive(tmp_path)
    for days in (-400, 1000, -3, 0):
        clock.days(days)
        add(store, Ticket("more", closed_at=clock()))
    titles = [record["title"] for _, record in sorted(state(open_store(tmp_path))["tickets"].items())]
    assert titles == ["old", "old too", "live", "more", "more", "more", "more"]


def test_the_archive_is_not_read_by_a_save_or_a_start(tmp_path):
    with_archive(tmp_path)
    for path in (tmp_path / "archive").iterdir():
        path.unlink()
    store = open_store(tmp_path)
    add(store, Ticket("more"))
    store.undo()
    assert list(store.table("tickets")) == [3]


@pytest.mark.parametrize(
    ("harm", "what"),
    [
        (lambda path: path.unlink(), "is missing"),
        (lambda path: path.write_bytes(b""), "is damaged"),
        (lambda path: path.write_bytes(path.read_bytes()[:-40]), "is damaged"),
        (lambda path: path.write_bytes(path.read_bytes().replace(b"old", b"new")), "is damaged"),
    ],
)
def test_a_damaged_archive_is_told_when_needed_and_the_rest_keeps_working(tmp_path, harm, what):
    with_archive(tmp_path)
    harm(tmp_path / "archive" / "2026-08.1.json")
    store = open_store(tmp_path)
    for needing in (
        lambda: store.archived("tickets"),
        lambda: store.find_archived("tickets", 1),
        lambda: act(store, "edited", t1=Ticket("x")),
        store.undo,
    ):
        with pytest.raises(Damaged) as caught:
            needing()
        assert caught.value.saying.args["what"].text == what
        assert "2026-08.1.json" in caught.value.saying.args["path"]
    assert list(store.archived("tickets", ["2026-09"])) == [2]
    act(store, "edited", t3=Ticket("live, edited"))
    assert objects(open_store(tmp_path).table("tickets")) == {3: {"title": "live, edited"}}


def test_a_month_that_cannot_be_rewritten_stays_live_with_a_notice(tmp_path):
    store, clock = with_archive(tmp_path)
    (tmp_path / "archive" / "2026-08.1.json").write_bytes(b"{}")
    clock.days(1)
    store = open_store(tmp_path, clock)
    add(store, OLD, Ticket("old too", closed_at=LONG_AGO + timedelta(days=41)))
    assert list(store.table("tickets")) == [3, 4]
    assert list(store.archived("tickets", ["2026-09"])) == [2, 5]
    assert [notice.text for notice in store.notices] == [
        "Old records were not moved to the archive, they stay where they were: {reason}"
    ]


def test_files_that_nobody_names_are_ignored_and_ours_among_them_removed(tmp_path):
    store, clock = with_archive(tmp_path)
    archive = tmp_path / "archive"
    ours = ["2026-08.7.json", "2025-01.1.json", ".2026-08.2.json.1.aa.tmp"]
    others = ["2026-08.1 (conflicted copy).json", "notes.txt", "2026-08.07.json"]
    for name in ours + others:
        (archive / name).write_text("{}")
    (tmp_path / ".workbench.json.12.ab.tmp").write_text("half")
    assert list(open_store(tmp_path).archived("tickets")) == [1, 2]
    clock.days(1)
    act(store, "edited", t1=Ticket("still old", closed_at=LONG_AGO))
    assert set(archive_files(tmp_path)) == {"2026-08.8.json", "2026-09.1.json", *others}
    assert not (tmp_path / ".workbench.json.12.ab.tmp").exists()


def test_a_reader_with_an_old_manifest_reads_the_new_one_when_its_file_has_gone(tmp_path):
    store, _ = with_archive(tmp_path)
    reader = open_store(tmp_path)
    act(store, "reopened", t1=Ticket("open again"))
    assert list(reader.archived("tickets")) == [2]
    assert list(reader.table("tickets")) == [1, 3]


def test_the_backup_stands_in_for_a_lost_archive_file(tmp_path):
    store, clock = with_archive(tmp_path)
    clock.days(1)
    add(store, Ticket("next day"))
    os.unlink(tmp_path / "archive" / "2026-08.1.json")
    assert list(open_store(tmp_path).archived("tickets")) == [1, 2]


@pytest.mark.parametrize("folder", ["archive", "backups/archive"])
def test_a_file_under_a_wrong_name_is_known_by_its_checksum(tmp_path, folder):
    with_archive(tmp_path)
    place = tmp_path / folder
    place.mkdir(exist_ok=True, parents=True)
    (tmp_path / "archive/2026-08.1.json").rename(place / "2066-08.1.json")
    assert objects(open_store(tmp_path).archived("tickets"))[1]["title"] == "old"


def test_what_is_lost_names_the_newest_backup_that_does_without_it(tmp_path):
    clock = Clock()
    store = open_store(tmp_path, clock)
    for turn in range(4):
        act(store, "noted", t1=Ticket(f"live {turn}"))
        if turn == 1:
            add(store, OLD)  # archived by the first save of the next day, which keeps a backup of this one
        clock.days(1)
    for path in (*tmp_path.glob("archive/2026-08*"), *tmp_path.glob("backups/archive/2026-08*")):
        path.unlink()
    with pytest.raises(Damaged) as error:
        open_store(tmp_path).archived("tickets")
    kept = [path.name for path in sorted(tmp_path.glob("backups/*.json"))]
    assert error.value.saying.args["backup"] == str(tmp_path / "backups" / kept[-2])
    assert b'"archive":{}' in (tmp_path / "backups" / kept[-2]).read_bytes()
