"""Restoring, forgetting, backing up and migrating: every call may fail or be the last, the power may go at any."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta

import msgspec
import pytest

from tests.storage.faults import Died, FaultyFiles, PowerCut
from tests.storage.test_faults import FAULTS, World, attempt, check, lived, quick_dir  # noqa: F401 - a fixture
from tests.storage.world import LONG_AGO, START, Clock, Ticket, act, add, everything, open_store
from workbench.core.saying import Refusal, say
from workbench.storage import Unconfirmed, copying, forgetting, migrations, restoring, verify
from workbench.storage.atomic import sync_directory
from workbench.storage.format import to_json

SECRET = b"geheim"


def with_copies(directory) -> Clock:
    """Three days of life, a conflict copy, a manual backup, and secrets in each of them and in the undo history."""
    clock = lived(directory)
    store = open_store(directory, clock)
    act(store, "a secret", t1=Ticket("geheim", closed_at=LONG_AGO), t3=Ticket("a secret that stays"))
    with store.maintenance() as content:
        copying.keep(content, store.files, clock())
    clock.days(1)
    act(store, "archived", t2=Ticket("geheim", closed_at=LONG_AGO + timedelta(days=40)))
    act(store, "after it", t4=Ticket("b, edited"))
    shutil.copy(directory / "workbench.json", directory / "workbench (conflicted copy).json")
    return clock


def with_leftovers(directory) -> Clock:
    """The same, and what a process that was killed left."""
    clock = with_copies(directory)
    (directory / ".workbench.json.1.aa.tmp").write_bytes(b"half a geheim")
    return clock


def scrub(table, record, reach):
    ticket = msgspec.json.decode(record, type=Ticket)
    if table != "tickets" or ticket.closed_at is None:
        return None
    return to_json(msgspec.structs.replace(ticket, title="", timeline=[]))


#: What the last run could not take away.
left = []


def forget(store):
    left[:] = ()
    left[:] = forgetting.forget(store, LONG_AGO, scrub).left


def secrets(directory):
    return [path.name for path in directory.rglob("*") if path.is_file() and SECRET in path.read_bytes()]


def restore(store):
    source = restoring.open_copy(
        store.directory / "backups" / "workbench-2026-11-22.json", store.directory, store.files
    )
    with store.transaction() as tx:
        restoring.apply(tx, restoring.changes(store, source), source)
        tx.commit_as(say("restored"), START)


@pytest.mark.parametrize("cut", [False, True])
def test_restoring_may_fail_or_be_cut_off_at_any_call(quick_dir, cut):  # noqa: F811
    world = World(quick_dir, with_copies, restore)
    through(world, quick_dir, cut)


def test_forgetting_may_fail_or_be_the_last_at_any_call_and_can_be_done_again(quick_dir):  # noqa: F811
    world = World(quick_dir, with_leftovers, forget)
    assert secrets(world.template)
    assert secrets(world.work) == []
    for at in range(len(world.calls)):
        for fault in ("EIO", "full", "die"):
            store = world.start()
            world.files.arm(at, fault)
            error = attempt(world.action, store)
            world.files.arm(None)
            there = world.on_disk()
            assert there in (world.old, world.new)
            if error is None:
                assert there == world.new
                assert secrets(world.work) == [] or left  # after the commit it is told, and no refusal any more
            elif not isinstance(error, Died):
                assert error.saying.text.endswith((".", "{backup}"))
                assert everything(store) == there
            for path in (world.work / "backups").glob("*.json"):
                assert verify(path) is None, f"{fault} at {at}"
            forget(open_store(world.work, world.clock))
            assert world.on_disk() == world.new
            assert secrets(world.work) == []


def test_the_power_may_go_while_forgetting(quick_dir):  # noqa: F811
    world = World(quick_dir, with_leftovers, forget)
    through(world, quick_dir, True)


def test_a_migration_may_be_cut_off_by_the_power(quick_dir, monkeypatch):  # noqa: F811
    def step(tables):
        for record in tables.get("tickets", {}).values():
            record["migrated"] = True

    def prepare(directory):
        clock = lived(directory)
        monkeypatch.setitem(migrations.MIGRATIONS, migrations.schema(), step)
        return clock

    world = World(quick_dir, prepare, lambda store: act(store, "saved", t3={"title": "saved"}))
    through(world, quick_dir, True)


def through(world, base, cut):
    """Each fault at each call, or the power gone at each."""
    for at in range(len(world.calls) + cut):
        for fault in ("data", "names") if cut else FAULTS:
            if not cut:
                check(world, at, fault)
                continue
            world.start()
            files = PowerCut(base / "gone")
            store = open_store(world.work, world.clock, files)
            files.arm(at, "die")
            error = attempt(world.action, store)
            files.cut(fault)
            assert world.on_disk() in ((world.new,) if error is None else (world.old, world.new)), f"{fault} at {at}"


@pytest.mark.parametrize("cut", [False, True])
def test_a_backup_is_whole_or_not_there(quick_dir, cut):  # noqa: F811
    template, work = quick_dir / "template", quick_dir / "work"
    template.mkdir()
    clock = lived(template)
    for fault in ("data", "names") if cut else FAULTS:
        at = 0
        while True:
            shutil.rmtree(work, ignore_errors=True)
            shutil.copytree(template, work)
            files = PowerCut(quick_dir / "gone") if cut else FaultyFiles()
            store = open_store(work, clock, files)
            files.arm(at, "die" if cut else fault)
            error = attempt(lambda store, files=files: keep(store, files, clock), store)
            if cut:
                files.cut(fault)
            made = [path for path in (work / "backups").glob("*T*.json") if verify(path) is not None]
            assert made == [], f"{fault} at {at}"
            assert error is not None or len(list((work / "backups").glob("*T*.json"))) == 1
            at += 1
            if len(files.calls) < at:
                break


def keep(store, files, clock):
    with store.maintenance() as content:
        copying.keep(content, files, clock())


@pytest.mark.parametrize("cut", [False, True])
def test_a_rescue_may_fail_or_be_cut_off_at_any_call(quick_dir, cut):  # noqa: F811
    """The damaged file, or the copy in its place and the damaged file beside it; never none."""
    template, work = quick_dir / "template", quick_dir / "work"
    template.mkdir()
    clock = lived(template)
    copy = "backups/workbench-2026-11-22.json"
    wanted = everything(open_store_of(template / copy, quick_dir / "wanted", clock))
    (template / "workbench.json").write_bytes(b'{"damaged')
    at = 0
    while True:
        calls = 0
        for fault in ("data", "names") if cut else FAULTS:
            shutil.rmtree(work, ignore_errors=True)
            shutil.copytree(template, work)
            files = PowerCut(quick_dir / "gone") if cut else FaultyFiles()
            source = restoring.open_copy(work / copy, work, files)
            files.arm(at, "die" if cut else fault)
            error = attempt(lambda source, files=files: restoring.rescue(source, work, clock(), files), source)
            calls = max(calls, len(files.calls))
            if cut:
                files.cut(fault)
            data = (work / "workbench.json").read_bytes()
            if data == b'{"damaged':
                assert error is not None
            else:
                assert everything(open_store(work, clock)) == wanted
                kept = [path.read_bytes() for path in work.glob("workbench.damaged-*.json")]
                assert kept == [b'{"damaged'], f"{fault} at {at}"
                assert error is None or isinstance(error, Died | Unconfirmed) or not cut
        at += 1
        if calls < at:
            break


def open_store_of(path, directory, clock):
    """The store whose data file is a copy of this backup."""
    shutil.copytree(path.parent.parent, directory)
    shutil.copy(path, directory / "workbench.json")
    return open_store(directory, clock)


def test_the_sync_of_a_directory_that_cannot_is_no_error(tmp_path):
    class Lacks(FaultyFiles):
        def call(self, function, *args):
            if function.__name__ == "fsync":
                raise OSError(22, os.strerror(22))
            return super().call(function, *args)

    sync_directory(Lacks(), tmp_path)


def test_a_fault_in_a_directory_of_memory_shows_in_a_real_one(tmp_path):
    """The harness itself: a full disk is refused, and the next try goes through."""
    files = FaultyFiles()
    store = open_store(tmp_path, Clock(), files)
    add(store, Ticket("a"))
    files.arm(0, "full")
    with pytest.raises(Refusal, match="disk is full"):
        add(store, Ticket("b"))
    files.arm(None)
    assert add(store, Ticket("b")) == [2]
