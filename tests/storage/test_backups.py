"""Backups of each day and before each migration; a backup that is put back finds its archives."""

from __future__ import annotations

import errno
import json
import shutil

import pytest

from tests.storage.world import LONG_AGO, START, Clock, Ticket, Unsynced, act, add, objects, open_store, state
from workbench.core.saying import Refusal
from workbench.storage import migrations, verify


def backup_names(directory):
    return sorted(path.name for path in (directory / "backups").glob("*.json"))


def test_the_first_save_of_a_day_keeps_the_state_before_it(tmp_path):
    clock = Clock()
    store = open_store(tmp_path, clock)
    add(store, Ticket("first day"))
    assert not (tmp_path / "backups").exists()
    before = (tmp_path / "workbench.json").read_bytes()
    clock.days(1)
    add(store, Ticket("second day"))
    add(store, Ticket("second day, again"))
    kept = tmp_path / "backups" / "workbench-2026-11-22.json"
    assert backup_names(tmp_path) == [kept.name]
    assert kept.read_bytes() == before
    assert verify(kept) is None


def test_the_last_14_days_are_kept_also_when_the_clock_jumps(tmp_path):
    clock = Clock()
    store = open_store(tmp_path, clock)
    for _ in range(20):
        add(store, Ticket("x"))
        clock.days(1)
    assert len(backup_names(tmp_path)) == 14
    assert backup_names(tmp_path)[-1] == "workbench-2026-12-10.json"
    clock.days(-100)
    add(store, Ticket("x"))
    assert backup_names(tmp_path)[0] == "workbench-2026-09-02.json"
    assert len(state(open_store(tmp_path))["tickets"]) == 21


def test_a_backup_put_back_finds_its_archives(tmp_path):
    clock = Clock()
    store = open_store(tmp_path, clock)
    add(store, Ticket("old", closed_at=LONG_AGO), Ticket("b"))
    clock.days(1)
    kept = state(store)
    for number in range(4):  # generations rise, the first one is only in the backup
        act(store, "edited", t1=Ticket(f"edited {number}", closed_at=LONG_AGO))
        with store.transaction() as tx:
            tx.sweep()
    assert [path.name for path in (tmp_path / "archive").iterdir()] != ["2026-08.1.json"]
    shutil.copy(tmp_path / "backups" / "workbench-2026-11-22.json", tmp_path / "workbench.json")
    assert store.refresh()
    assert state(store) == state(open_store(tmp_path)) == kept
    act(store, "edited", t1=Ticket("after", closed_at=LONG_AGO))
    with store.transaction() as tx:
        tx.sweep()
    assert state(open_store(tmp_path))["tickets"][1]["title"] == "after"


def test_archives_that_no_backup_names_any_more_go(tmp_path):
    clock = Clock()
    store = open_store(tmp_path, clock)
    add(store, Ticket("old", closed_at=LONG_AGO))
    for number in range(18):
        clock.days(1)
        act(store, "edited", t1=Ticket(f"edited {number}", closed_at=LONG_AGO))
    kept = tmp_path / "backups" / "archive"
    assert len(list(kept.iterdir())) == 14
    (tmp_path / "backups" / "workbench-2026-12-05.json").write_text("{")
    clock.days(1)
    act(store, "edited", t1=Ticket("more", closed_at=LONG_AGO))
    assert len(list(kept.iterdir())) == 15  # an unreadable backup may name any of them


def test_what_spoils_an_archive_does_not_spoil_its_backup(tmp_path):
    clock = Clock()
    store = open_store(tmp_path, clock)
    add(store, Ticket("old", closed_at=LONG_AGO))
    clock.days(1)
    add(store, Ticket("x"))
    path = tmp_path / "archive" / "2026-08.1.json"
    path.write_bytes(path.read_bytes().replace(b"old", b"odd"))
    assert objects(open_store(tmp_path, clock).archived("tickets"))[1]["title"] == "old"


class FalseDisk(Unsynced):
    """A disk that says it wrote the backups and wrote something else."""

    def call(self, function, *args):
        if function.__name__ == "read" and args[1] > 100 and getattr(self, "lies", False):
            return super().call(function, *args).replace(b"first", b"furst")
        if function.__name__ == "open":
            self.lies = "backups" in str(args[0])
        return super().call(function, *args)


def test_a_backup_that_reads_back_differently_does_not_count(tmp_path):
    clock = Clock()
    store = open_store(tmp_path, clock, FalseDisk())
    add(store, Ticket("first"))
    clock.days(1)
    add(store, Ticket("second"))
    assert backup_names(tmp_path) == []
    assert "no backup of today" in store.notices[0].text
    assert list(open_store(tmp_path).table("tickets")) == [1, 2]


def test_verify_says_what_is_wrong(tmp_path):
    path = tmp_path / "workbench.json"
    assert verify(path).text == "cannot be read ({reason})"
    add(open_store(tmp_path), Ticket("a"))
    whole = path.read_text()
    assert verify(path) is None
    for text, what in (
        ("", "is empty"),
        (whole[:-30], "is cut off or damaged"),
        (whole.replace('"a"', '"b"'), "was changed outside the program"),
        (whole.replace('"schema":3', '"schema":4'), "was written by a newer workbench"),
        ('{"tickets": {"1": {}}}', "is not a data file of workbench"),
    ):
        path.write_text(text)
        assert verify(path).text == what


@pytest.fixture
def second_schema(monkeypatch):
    """A migration that calls the title of a ticket its name."""

    def step(tables):
        for record in tables.get("tickets", {}).values():
            record["name"] = record.pop("title")

    def apply():
        monkeypatch.setitem(migrations.MIGRATIONS, migrations.schema(), step)

    return apply


def test_a_migration_is_seen_at_once_and_saved_after_a_backup(tmp_path, second_schema):
    clock = Clock()
    store = open_store(tmp_path, clock)
    add(store, Ticket("old", closed_at=LONG_AGO), Ticket("b"))
    before = (tmp_path / "workbench.json").read_bytes()
    second_schema()
    store = open_store(tmp_path, clock)
    wanted = {"tickets": {1: {"name": "old", "closed_at": "2026-08-03T00:00:00Z"}, 2: {"name": "b"}}}
    assert state(store) == wanted
    assert (tmp_path / "workbench.json").read_bytes() == before  # reading writes nothing
    with store.transaction() as tx:
        tx.put("skus", 1, {})
    assert state(open_store(tmp_path), "tickets") == wanted
    assert json.loads((tmp_path / "workbench.json").read_text())["meta"]["1"]["schema"] == migrations.schema()
    kept = tmp_path / "backups" / "workbench-2026-11-21-schema-3.json"
    assert kept.read_bytes() == before
    with pytest.raises(Refusal):
        store.undo()  # patches of the old shape are gone
    act(store, "edited", t1={"name": "renamed"})
    assert state(open_store(tmp_path))["tickets"][1] == {"name": "renamed"}


class NoBackups(Unsynced):
    def call(self, function, *args):
        if function.__name__ in {"mkdir", "open"} and "backups" in str(args[0]):
            raise OSError(errno.ENOSPC, "No space left on device", str(args[0]))
        return super().call(function, *args)


def test_without_its_backup_a_migration_is_not_saved(tmp_path, second_schema):
    add(open_store(tmp_path), Ticket("a"))
    before = (tmp_path / "workbench.json").read_bytes()
    second_schema()
    store = open_store(tmp_path, files=NoBackups())
    with pytest.raises(Refusal, match="disk is full"):
        add(store, {"name": "b"})
    assert (tmp_path / "workbench.json").read_bytes() == before


def test_a_day_without_a_backup_is_told_and_saved_all_the_same(tmp_path):
    clock = Clock()
    store = open_store(tmp_path, clock, NoBackups())
    add(store, Ticket("a"))
    clock.days(1)
    add(store, Ticket("b"))
    assert store.notices[0].args["reason"] == "No space left on device"
    assert list(open_store(tmp_path).table("tickets")) == [1, 2]


def test_a_newer_schema_is_shown_and_not_touched(tmp_path):
    add(open_store(tmp_path), Ticket("a"))
    path = tmp_path / "workbench.json"
    path.write_text(path.read_text().replace('"schema":3', '"schema":9,"shape":{"new":1}'))
    before = path.read_bytes()
    store = open_store(tmp_path)
    assert "newer workbench" in store.readonly.text
    assert objects(store.table("tickets")) == {1: {"title": "a"}}
    for change in (lambda: add(store, Ticket("b")), store.undo):
        with pytest.raises(Refusal, match="newer workbench"):
            change()
    assert path.read_bytes() == before


def test_a_newer_version_that_wrote_meanwhile_is_not_overwritten(tmp_path):
    store = open_store(tmp_path)
    add(store, Ticket("a"))
    path = tmp_path / "workbench.json"
    path.write_text(path.read_text().replace('"schema":3', '"schema":9'))
    before = path.read_bytes()
    with pytest.raises(Refusal, match="newer workbench"):
        add(store, Ticket("b"))
    assert path.read_bytes() == before
    assert store.history()[0].at == START
