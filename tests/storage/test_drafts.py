"""What was typed and not saved yet is kept, in a file of its own, and no longer than it is needed."""

from __future__ import annotations

import errno
import os
from datetime import UTC, datetime, timedelta

import pytest

from tests.storage.world import Ticket, act, open_store
from workbench.storage import Drafts, Files

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    return [NOW]


@pytest.fixture
def drafts(tmp_path, clock):
    return Drafts(tmp_path / "data", Files(), lambda: clock[0])


def texts(found):
    return [draft.texts for draft in found]


def test_a_text_is_there_again_for_another_process(drafts, tmp_path, clock):
    drafts.keep("note T-41", "a", {"line": "call the carrier"})
    drafts.write()
    again = Drafts(tmp_path / "data", Files(), lambda: clock[0])
    assert texts(again.of("note T-41")) == [{"line": "call the carrier"}]
    assert again.of("note T-42") == []
    mode = (tmp_path / "data/drafts.json").stat().st_mode
    assert mode & 0o777 == 0o600
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


def test_one_try_is_kept_once_and_another_beside_it(drafts):
    for text in ("c", "ca", "call"):
        drafts.keep("note", "a", {"line": text})
        drafts.write()
    drafts.keep("note", "b", {"line": "write"})
    drafts.write()
    assert texts(drafts.of("note")) == [{"line": "write"}, {"line": "call"}]
    for begun in "cde":
        drafts.keep("note", begun, {"line": begun})
        drafts.write()
    assert texts(drafts.of("note")) == [{"line": "e"}, {"line": "d"}, {"line": "c"}]


def test_what_is_emptied_or_saved_is_gone_from_the_disk(drafts, tmp_path):
    drafts.keep("note", "a", {"line": "0812345678"})
    drafts.write()
    drafts.keep("note", "a", {"line": "  "})
    drafts.write()
    assert b"0812345678" not in (tmp_path / "data/drafts.json").read_bytes()
    drafts.keep("note", "a", {"line": "0812345678"})
    drafts.write()
    drafts.drop("note")
    drafts.write()
    assert drafts.of("note") == []
    assert b"0812345678" not in (tmp_path / "data/drafts.json").read_bytes()


def test_old_ones_go_by_themselves_and_by_forget(drafts, clock):
    drafts.keep("note", "a", {"line": "old"})
    drafts.write()
    clock[0] = NOW + timedelta(days=3)
    drafts.keep("tag", "b", {"line": "new"})
    drafts.write()
    assert drafts.forget(NOW + timedelta(days=1)) == 1
    assert (drafts.of("note"), texts(drafts.of("tag"))) == ([], [{"line": "new"}])
    clock[0] = NOW + timedelta(days=18)
    assert drafts.of("tag") == []


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"note": [{"at": 1}]}', b"\xff\xfe"])
def test_a_damaged_file_is_no_draft_and_gives_way(drafts, tmp_path, damage):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/drafts.json").write_bytes(damage)
    assert drafts.of("note") == []
    drafts.keep("note", "a", {"line": "x"})
    drafts.write()
    assert texts(drafts.of("note")) == [{"line": "x"}]


@pytest.mark.parametrize("call", [os.write, os.fsync, os.replace])
def test_a_full_disk_leaves_the_last_one_whole(tmp_path, call):
    class Full(Files):
        full = False

        def call(self, function, *args):
            if self.full and function is call:
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().call(function, *args)

    files = Full()
    drafts = Drafts(tmp_path / "data", files, lambda: NOW)
    drafts.keep("note", "a", {"line": "one"})
    drafts.write()
    files.full = True
    drafts.keep("note", "a", {"line": "one more"})
    with pytest.raises(OSError, match="No space"):
        drafts.write()
    assert texts(Drafts(tmp_path / "data", Files(), lambda: NOW).of("note")) == [{"line": "one"}]
    assert os.listdir(tmp_path / "data") == ["drafts.json"]
    files.full = False
    drafts.write()
    assert texts(Drafts(tmp_path / "data", Files(), lambda: NOW).of("note")) == [{"line": "one more"}]


def test_nothing_is_written_where_nothing_is_kept(drafts, tmp_path):
    drafts.keep("note", "a", {"line": ""})
    drafts.write()
    drafts.drop("note")
    drafts.write()
    assert not (tmp_path / "data").exists()


def test_a_save_does_not_take_away_the_draft_that_is_being_written(tmp_path):
    """Another thread, or another window, saves between the writing of the file and its renaming."""
    store = open_store(tmp_path)

    class SavedMeanwhile(Files):
        def replace(self, source, target):
            act(store, "added", t1=Ticket("new"))
            super().replace(source, target)

    drafts = Drafts(tmp_path, SavedMeanwhile(), lambda: NOW)
    drafts.keep("note", "a", {"line": "call"})
    drafts.write()
    assert texts(Drafts(tmp_path, Files(), lambda: NOW).of("note")) == [{"line": "call"}]
    left = tmp_path / ".drafts.json.1.aa.tmp"
    left.write_text("half")
    os.utime(left, (0, 0))
    act(store, "added", t2=Ticket("newer"))
    assert not left.exists(), "what a killed process left long ago goes"
