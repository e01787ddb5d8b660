"""Several stores, several processes: no update is lost, and the lock ends with its holder."""

from __future__ import annotations

import errno
import signal
import subprocess
import sys

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.storage.world import Ticket, act, actions, add, objects, open_store, state
from workbench.core.saying import Refusal
from workbench.storage import Files
from workbench.storage.files import Busy


def test_two_stores_on_one_directory_see_each_other(tmp_path):
    one, other = open_store(tmp_path), open_store(tmp_path)
    assert add(one, Ticket("a")) == [1]
    assert add(other, Ticket("b")) == [2]
    assert add(one, Ticket("c")) == [3]
    act(other, "edited", t1=Ticket("A"))
    assert one.undo().text == "edited"
    assert state(one) == state(open_store(tmp_path))
    assert [record["title"] for record in objects(one.table("tickets")).values()] == ["a", "b", "c"]


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(st.tuples(st.booleans(), st.sampled_from(["add", "edit", "undo", "redo"])), max_size=12))
def test_two_stores_taking_turns_are_one_store(tmp_path_factory, steps):
    """What two stores do in any order is what a single one does in that order."""
    shared, single = tmp_path_factory.mktemp("shared"), tmp_path_factory.mktemp("single")
    pair, alone = (open_store(shared), open_store(shared)), open_store(single)

    def do(store, kind, mark):
        if kind == "add":
            add(store, Ticket(mark), text=mark)
        elif kind == "edit":
            act(store, mark, t1=Ticket(mark))
        else:
            try:
                (store.undo if kind == "undo" else store.redo)()
            except Refusal:
                return

    for number, (which, kind) in enumerate(steps):
        do(pair[which], kind, str(number))
        do(alone, kind, str(number))
    assert state(open_store(shared)) == state(alone)
    assert actions(open_store(shared)) == actions(alone)


WRITER = """
import sys, msgspec
from datetime import UTC, datetime
from pathlib import Path
from workbench.core.saying import say
from workbench.storage import Store

store = Store.open(Path(sys.argv[1]), now=lambda: datetime.now(UTC))
for _ in range(int(sys.argv[2])):
    with store.transaction() as tx:
        count = msgspec.json.decode(tx.get("counts", 1) or b'{"n":0}')["n"]
        tx.put("counts", 1, {"n": count + 1})
        tx.put("tickets", tx.next_id("tickets"), {"from": sys.argv[3]})
        tx.commit_as(say("counted"), datetime.now(UTC))
"""


def writer(directory, count, name):
    return subprocess.Popen([sys.executable, "-c", WRITER, str(directory), str(count), name])


def test_processes_that_write_at_once_lose_nothing(tmp_path):
    writers = [writer(tmp_path, 20, str(number)) for number in range(3)]
    assert [process.wait(timeout=60) for process in writers] == [0, 0, 0]
    store = open_store(tmp_path)
    assert objects(store.table("counts")) == {1: {"n": 60}}
    assert sorted(store.table("tickets")) == list(range(1, 61))
    assert len(store.history()) == 60


def counted(store):
    return msgspec.json.decode(store.table("counts").get(1, b'{"n":0}'))["n"]


def test_a_killed_writer_leaves_a_whole_file_and_no_lock(tmp_path):
    store = open_store(tmp_path)
    for _ in range(3):
        start = counted(store)
        process = writer(tmp_path, 100_000, "killed")
        while counted(store) < start + 5:
            store.refresh()
            assert process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
        store.refresh()
        assert len(store.table("tickets")) == counted(store)
        add(store, {"free": True}, table="skus")  # at once: the lock ended with the process


HOLDER = """
import sys
from pathlib import Path
from workbench.storage import Files
release = Files().lock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_lock_that_is_held_is_refused_with_a_sentence_and_reading_goes_on(tmp_path):
    store = open_store(tmp_path)
    add(store, Ticket("a"))
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "workbench.lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(Refusal, match="another workbench is saving"):
            add(store, Ticket("b"))
        assert list(open_store(tmp_path).table("tickets")) == [1]
    assert add(store, Ticket("b")) == [2]


class Elsewhere(Files):
    """A system without `flock`, or a file system that does not know it."""

    def __init__(self, how, patience=0.05):
        super().__init__(patience)
        self.how = how

    def _flock(self):
        def unknown(_held):
            raise OSError(errno.ENOSYS, "Function not implemented")

        return {"ours": super()._flock(), "none": None, "unknown": unknown}[self.how]


@pytest.mark.parametrize("mine", ["ours", "none", "unknown"])
@pytest.mark.parametrize("theirs", ["ours", "none", "unknown"])
def test_every_way_of_locking_knows_the_others(tmp_path, mine, theirs):
    if "unknown" in (mine, theirs):
        mine = theirs = "unknown"  # such a file system has no other way
    path = tmp_path / "workbench.lock"
    release = Elsewhere(mine).lock(path)
    with pytest.raises(Busy):
        Elsewhere(theirs).lock(path)
    release()
    Elsewhere(theirs).lock(path)()


def test_a_lock_whose_file_was_removed_is_taken_anew(tmp_path):
    path = tmp_path / "workbench.lock"

    class Removed(Files):
        gone = False

        def _took(self, take, held):
            if not self.gone:
                self.gone = True
                path.unlink()
            return super()._took(take, held)

    release = Removed(1).lock(path)
    with pytest.raises(Busy):
        Files(0.05).lock(path)
    release()


def test_a_link_in_the_place_of_the_lock_is_refused(tmp_path):
    (tmp_path / "workbench.lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic"):
        Files(0.05).lock(tmp_path / "workbench.lock")
    assert not (tmp_path / "elsewhere").exists()
