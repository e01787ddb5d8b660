"""A synced drive that puts an older state of the same day back: told, and no number given twice."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from tests.storage.world import START, Clock, Ticket, add, open_store, state
from workbench.i18n import render
from workbench.storage import Files, copying, verify
from workbench.storage.mark import MARK
from workbench.storage.restoring import open_copy, rescue

DATA = "workbench.json"


@pytest.fixture
def lived(tmp_path):
    add(open_store(tmp_path), Ticket("a"), Ticket("b"))
    return tmp_path


def put_back(directory, save, clock=None):
    """A directory whose file a drive put back to the state before `save`; what a new process is told."""
    older = (directory / DATA).read_bytes()
    save(open_store(directory, clock))
    assert open_store(directory, clock).notices == []
    (directory / DATA).write_bytes(older)
    return [render(told) for told in open_store(directory, clock).notices]


def test_an_older_state_of_the_same_day_is_told_to_a_new_process_and_no_number_is_given_twice(lived):
    [told] = put_back(lived, lambda store: add(store, Ticket("newer")))
    assert "is an older state than the one last saved, 2026-11-21 09:00:00 UTC" in told
    assert "No backup has the newer records" in told
    assert add(open_store(lived), Ticket("again")) == [4]
    assert open_store(lived).notices == []
    assert state(open_store(lived))["tickets"].keys() == {1, 2, 4}


def test_the_backup_that_has_the_newer_records_is_offered(lived):
    def save(store):
        add(store, Ticket("newer"))
        with store.maintenance() as content:
            copying.keep(content, store.files, content.meta.saved_at)

    [told] = put_back(lived, save)
    backup = Path(told.rpartition(" ")[2])
    assert verify(backup) is None
    assert b"newer" in backup.read_bytes()


def test_an_undo_that_a_drive_takes_back_is_told_by_its_time(lived):
    clock = Clock(START + timedelta(hours=1))
    assert len(put_back(lived, lambda store: store.undo(), clock)) == 1


@pytest.mark.parametrize("spoiled", [b"", b"\0" * 40, b"{", b"[]\n", b'{"counters": {"tickets": "9"}}\n', None])
def test_a_mark_that_cannot_be_read_says_nothing(lived, spoiled):
    (lived / MARK).unlink()
    if spoiled is None:
        (lived / MARK).mkdir()
    else:
        (lived / MARK).write_bytes(spoiled)
    store = open_store(lived)
    assert store.notices == []
    assert add(store, Ticket("a")) == [3]
    assert open_store(lived).notices == []


def test_what_the_program_itself_puts_back_is_no_older_state(lived):
    clock = Clock(START + timedelta(hours=1))
    store = open_store(lived, clock)
    with store.maintenance() as content:
        backup = copying.keep(content, store.files, clock())
    add(store, Ticket("newer"))
    store.undo()
    store.redo()
    assert open_store(lived, clock).notices == []
    (lived / DATA).write_bytes(b"")
    rescue(open_copy(backup, lived), lived, clock())
    assert open_store(lived, clock).notices == []
    assert add(open_store(lived, clock), Ticket("again")) == [4], "the mark knew of three"


def test_the_turn_of_another_machine_is_no_older_state_and_its_conflict_copy_is_told_by_the_merge(lived):
    older, mark = (lived / DATA).read_bytes(), (lived / MARK).read_bytes()
    add(open_store(lived), Ticket("there"))
    newer = (lived / DATA).read_bytes()
    (lived / MARK).write_bytes(mark)
    assert open_store(lived).notices == [], "the file came before the mark"
    add(open_store(lived), Ticket("there, too"))
    (lived / DATA).write_bytes(older)
    (lived / "workbench (conflicted copy 2026-11-21).json").write_bytes(newer)
    store = open_store(lived)
    assert store.notices == []
    assert add(store, Ticket("here")) == [5]


@pytest.mark.parametrize("first", [DATA, MARK])
@pytest.mark.parametrize("again", [False, True], ids=["start", "session"])
def test_what_another_process_saves_while_this_one_reads_is_no_older_state(lived, first, again):
    class Between(Files):
        """Another process saves just before this one opens a file."""

        waiting = False

        def call(self, function, *args):
            if self.waiting and args[0] == lived / first:
                self.waiting = False
                add(open_store(lived), Ticket("meanwhile"))
            return super().call(function, *args)

    files = Between()
    files.waiting = not again
    store = open_store(lived, files=files)
    if again:
        add(open_store(lived), Ticket("before"))
        files.waiting = True
        store.refresh()
    assert not files.waiting
    assert store.notices == []
    store.refresh()
    assert "meanwhile" in str(state(store))


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="the system follows every link")
def test_a_link_in_the_place_of_the_mark_leads_to_nothing_that_is_written_over(lived):
    other = lived / "diary.txt"
    other.write_text("the seller's own words")
    (lived / MARK).unlink()
    (lived / MARK).symlink_to(other)
    add(open_store(lived), Ticket("newer"))
    assert other.read_text() == "the seller's own words"
    assert state(open_store(lived))["tickets"].keys() == {1, 2, 3}
