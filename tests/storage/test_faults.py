"""Every system call of every kind of save fails once, or is the last one: the old state or the new, never else."""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest

from tests.storage.faults import FREES, Died, FaultyFiles, PowerCut
from tests.storage.world import LONG_AGO, START, Clock, Event, Ticket, act, add, everything, leftovers, open_store
from workbench.core.saying import Refusal, say
from workbench.storage import Store, Unconfirmed, migrations
from workbench.storage.format import to_json

FAULTS = ("EIO", "ENOSPC", "EACCES", "EINTR", "full", "die")
OLD = [Ticket("old", closed_at=LONG_AGO + timedelta(days=40 * number)) for number in range(2)]


def lived(directory) -> Clock:
    """Three days of life: live and archived records, a backup with an archive of its own, something to redo."""
    clock = Clock()
    store = open_store(directory, clock)
    add(store, *OLD, Ticket("a"), Ticket("b"))
    clock.days(1)
    act(store, "edited", t1=Ticket("old, edited", closed_at=LONG_AGO), t3=Ticket("a", timeline=[Event("x")]))
    act(store, "to redo", t4=None)
    store.undo()
    return clock


def new_directory(directory) -> Clock:
    return Clock()


def fresh(directory) -> Clock:
    """As `lived`, on the morning after."""
    clock = lived(directory)
    clock.days(1)
    return clock


def save(store):
    act(store, "saved", t3=Ticket("saved"))


def bulk(store):
    act(store, "bulk", t3=None, t4=Ticket("changed"), **{f"t{n}": Ticket(f"new {n}") for n in range(10, 40)})


def bulk_import(store):
    with store.transaction() as tx:
        for record in (*OLD, Ticket("c")):
            tx.put("tickets", tx.next_id("tickets"), record)
        tx.commit_as(say("imported"), START)
        tx.sweep()


def move(store):
    add(store, Ticket("closed meanwhile", closed_at=LONG_AGO), text="moved")


def thaw(store):
    act(store, "reopened", t1=Ticket("open again"), t2=None)


def orders(directory) -> Clock:
    """Orders of two months, the second of them in its second generation."""
    clock = lived(directory)
    store = open_store(directory, clock)
    keep(store, {"2026-10": "a", "2026-11": "b"})
    keep(store, {"2026-11": "bc"})
    return clock


def keep(store, months):
    with store.transaction() as tx:
        for month, names in months.items():
            tx.keep(month, [to_json({"name": name}) for name in names])
        tx.put("tickets", tx.next_id("tickets"), Ticket("beside orders"))
        tx.commit_as(say("orders kept"), START)


ACTIONS = {
    "save": (lived, save),
    "first save": (new_directory, lambda store: add(store, Ticket("first"))),
    "first import": (new_directory, bulk_import),
    "bulk": (lived, bulk),
    "import": (lived, bulk_import),
    "backup and archive move": (fresh, move),
    "thaw": (lived, thaw),
    "backup and thaw": (fresh, thaw),
    "undo": (lived, Store.undo),
    "redo": (lived, Store.redo),
    "orders": (orders, lambda store: keep(store, {"2026-09": "z", "2026-10": "", "2026-11": "bcd"})),
    "undo of orders": (orders, Store.undo),
}


@pytest.fixture
def quick_dir(tmp_path):
    """A directory in memory where there is one: thousands of small copies, and fsync is left out anyway."""
    if not os.path.isdir("/dev/shm"):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir="/dev/shm") as directory:
        yield Path(directory)


class World:
    """One starting point, copied anew for each fault."""

    def __init__(self, base, prepare, action) -> None:
        self.template, self.work, self.action = base / "template", base / "work", action
        self.template.mkdir()
        self.clock = prepare(self.template)
        self.old = everything(self.look(self.template))
        self.files = FaultyFiles()
        store = self.start()
        action(store)
        self.calls = self.files.calls
        self.new = everything(self.look(self.work))
        assert self.new != self.old

    def look(self, directory):
        return open_store(directory, self.clock)

    def start(self):
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(self.template, self.work)
        self.files = FaultyFiles()
        store = open_store(self.work, self.clock, self.files)
        self.files.arm(None)
        return store

    def on_disk(self):
        return everything(self.look(self.work))


def attempt(action, store):
    try:
        action(store)
    except (Refusal, Died) as error:
        return error
    return None


def check(world, at, fault):
    store = world.start()
    world.files.arm(at, fault)
    error = attempt(world.action, store)
    if error is None:
        assert world.on_disk() == world.new, "saved is saved"
    elif isinstance(error, Died):
        assert world.on_disk() in (world.old, world.new)
    else:
        assert error.saying.text.endswith((".", "{backup}"))
        assert "{reason}" not in error.saying.text or error.saying.args["reason"]
        world.files.arm(None)
        if isinstance(error, Unconfirmed):
            assert world.on_disk() == everything(store) == world.new
        else:
            assert everything(store) == world.old, "memory is as it was"
            assert world.on_disk() == world.old
            world.action(store)
            assert world.on_disk() == everything(store) == world.new, "the same store can go on"
    if fault == "EINTR" and world.calls[at] not in FREES:
        assert (error, store.notices) == (None, []), "an interrupted call is made again"
    if leftovers(world.work):
        assert isinstance(error, Died), "a refusal cleans up at once"
        later = Clock(world.clock() + timedelta(days=1))
        add(open_store(world.work, later), {"n": 1}, table="later")
        assert leftovers(world.work) == []


@pytest.mark.parametrize("name", ACTIONS)
def test_any_call_may_fail_or_be_the_last(quick_dir, name):
    world = World(quick_dir, *ACTIONS[name])
    for at in range(len(world.calls)):
        for fault in FAULTS:
            try:
                check(world, at, fault)
            except BaseException as error:
                error.add_note(f"{fault} at call {at} of {world.calls}")
                raise


@pytest.mark.parametrize("name", ACTIONS)
def test_the_power_may_go_at_any_call(quick_dir, name):
    """What was written and not synced is lost, or the names that were not; what was saved stays."""
    world = World(quick_dir, *ACTIONS[name])
    for at in range(len(world.calls) + 1):
        for lost in ("data", "names"):
            world.start()
            files = PowerCut(quick_dir / "gone")
            store = open_store(world.work, world.clock, files)
            files.arm(at, "die")
            error = attempt(world.action, store)
            files.cut(lost)
            assert world.on_disk() in ((world.new,) if error is None else (world.old, world.new)), f"{lost} at {at}"


def test_a_new_directory_lasts_with_what_was_saved_in_it(quick_dir):
    files = PowerCut(quick_dir / "gone")
    store = open_store(quick_dir / "new" / "data", files=files)
    add(store, Ticket("a"))
    files.cut("names")
    assert list(open_store(quick_dir / "new" / "data").table("tickets")) == [1]


def test_a_migration_may_fail_or_be_cut_off_at_any_call(quick_dir, monkeypatch):
    def step(tables):
        for record in tables.get("tickets", {}).values():
            record["migrated"] = True

    def prepare(directory):
        clock = lived(directory)
        monkeypatch.setitem(migrations.MIGRATIONS, migrations.schema(), step)
        return clock

    world = World(quick_dir, prepare, lambda store: act(store, "saved", t3={"title": "saved"}))
    for at in range(len(world.calls)):
        for fault in FAULTS:
            check(world, at, fault)


@pytest.mark.parametrize("fault", ["EIO", "ENOSPC", "EACCES", "EINTR"])
def test_opening_and_reading_may_fail_and_say_so(tmp_path, fault):
    clock = lived(tmp_path)
    wanted = everything(open_store(tmp_path, clock))
    counting = FaultyFiles()
    everything(open_store(tmp_path, clock, counting))
    for at in range(len(counting.calls)):
        files = FaultyFiles()
        files.arm(at, fault)
        try:
            assert everything(open_store(tmp_path, clock, files)) == wanted
        except Refusal as refusal:
            assert "cannot be read" in refusal.saying.text  # noqa: PT017


def test_the_sentences_say_what_to_do(quick_dir):
    world = World(quick_dir, lived, save)
    writing = world.calls.index("write")
    for fault, words in (("ENOSPC", "Free some space"), ("EACCES", "Make it writable"), ("EIO", "Check the disk")):
        store = world.start()
        world.files.arm(writing, fault)
        with pytest.raises(Refusal, match=f"^Nothing was saved: .*{words}"):
            world.action(store)
