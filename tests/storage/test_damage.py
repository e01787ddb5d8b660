"""A file that is not what it should be: never overwritten, never read as empty, a sentence with a way out."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from tinydb import TinyDB, where

from tests.storage.world import LONG_AGO, Clock, Ticket, act, add, objects, open_store, state
from workbench.core.saying import Refusal
from workbench.storage import Damaged, Files
from workbench.storage.atomic import look, read_whole
from workbench.storage.format import Unreadable, decode


@pytest.fixture
def lived(tmp_path):
    """A directory with two days of life: a data file, an archive, a backup."""
    clock = Clock()
    store = open_store(tmp_path, clock)
    add(store, Ticket("old", closed_at=LONG_AGO), Ticket("b"))
    clock.days(1)
    add(store, Ticket("红"))
    return tmp_path


def refused(directory):
    """The refusal to open; the file is left as it is, and the sentence names it and the backup."""
    path = directory / "workbench.json"
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(Damaged) as caught:
        open_store(directory)
    saying = caught.value.saying
    assert (path.read_bytes() if path.exists() else None) == before
    assert saying.args["path"] == str(path)
    assert saying.args.get("backup", str(path)) == str(directory / "backups" / "workbench-2026-11-22.json")
    assert "workbench restore {backup}" in saying.text
    return saying.args["what"].text


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is empty"),
        (b"\0" * 4096, "is empty"),
        (b" \n", "is empty"),
        (b"garbage", "is cut off or damaged"),
        (b"{}", "is not a data file of workbench"),
        (b"[]", "is not a data file of workbench"),
        (b'{"posts": [{"id": 1}]}', "is not a data file of workbench"),
        (b'{"_default": {"1": {"a": 1}}}', "is not a data file of workbench"),
        (b'{"meta": {"1": {"schema": "x"}}}', "is not a data file of workbench"),
        (b'{"meta": {"1": {"schema": 1}}, "tickets": {"1": 5}}', "is not a data file of workbench"),
        (b'{"meta": {"1": {"schema": 1}}, "tickets": {"a": {}}}', "is not a data file of workbench"),
        (b'{"meta": {"1": {"schema": 1, "archive": 5}}}', "has a meta record that cannot be read"),
        (b'{"meta": {"1": {"schema": 1}}, "t": {"1": {"x": "\xff"}}}', "is cut off or damaged"),
        (b'{"meta": {"1": {"schema": 1}}, "t": {"1": {"x": NaN}}', "is cut off or damaged"),
        (b'{"meta": {"1": ' + b"[" * 100_000, "is cut off or damaged"),
        (b"\xff\xfe{\0}\0", "is cut off or damaged"),
    ],
    ids=range(16),
)
def test_a_file_of_something_else_is_refused_by_name(lived, data, what):
    (lived / "workbench.json").write_bytes(data)
    assert refused(lived) == what


def test_a_file_cut_at_any_length_is_refused(lived):
    path = lived / "workbench.json"
    whole = path.read_bytes()
    for length in range(0, len(whole.rstrip()), 7):
        path.write_bytes(whole[:length])
        assert refused(lived) in {"is empty", "is cut off or damaged"}
    path.write_bytes(whole.rstrip())
    assert list(open_store(lived).table("tickets")) == [2, 3]


def test_an_archive_in_its_place_is_refused(lived):
    (lived / "workbench.json").write_bytes((lived / "archive" / "2026-08.1.json").read_bytes())
    assert refused(lived) == "is the archive of {month}, and not what belongs here"


def test_a_data_file_that_is_missing_beside_its_backups_is_not_an_empty_start(lived):
    (lived / "workbench.json").unlink()
    assert refused(lived) == "is missing, although archives or backups of it are there"


def test_a_backup_that_is_damaged_is_not_recommended(lived):
    (lived / "workbench.json").write_bytes(b"")
    (lived / "backups" / "workbench-2026-11-23.json").write_bytes(b"{")
    assert refused(lived) == "is empty"
    (lived / "backups" / "workbench-2026-11-22.json").write_bytes(b"")
    with pytest.raises(Damaged) as caught:
        open_store(lived)
    assert "there is no backup" in caught.value.saying.text


def test_a_stale_temporary_file_alone_is_an_empty_start(tmp_path):
    (tmp_path / ".workbench.json.1.aa.tmp").write_text("{")
    store = open_store(tmp_path)
    add(store, Ticket("a"))
    assert {path.name for path in tmp_path.iterdir()} == {"workbench.json", "workbench.lock", "last-save.json"}


def test_an_open_session_keeps_what_it_shows_and_refuses_to_save_over_damage(lived):
    store = open_store(lived)
    before, version = state(store), store.version
    path = lived / "workbench.json"
    path.write_bytes(path.read_bytes()[:100])
    for needing in (store.refresh, store.undo, lambda: add(store, Ticket("x"))):
        with pytest.raises(Damaged):
            needing()
    assert len(path.read_bytes()) == 100
    assert (state(store), store.version) == (before, version)
    path.unlink()
    with pytest.raises(Damaged):
        add(store, Ticket("x"))
    assert not path.exists()


def test_a_path_that_is_no_directory_is_refused(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(Refusal, match="cannot be read"):
        open_store(tmp_path / "file")


def test_a_hand_edit_is_used_told_once_and_sealed_by_the_next_save(lived):
    path = lived / "workbench.json"
    path.write_text(path.read_text("utf-8").replace('"b"', '"by hand"'), "utf-8")
    store = open_store(lived)
    assert [notice.text.partition("{path} ")[2][:11] for notice in store.notices] == ["was changed"]
    assert objects(store.table("tickets"))[2] == {"title": "by hand"}
    add(store, Ticket("c"))
    assert len(store.notices) == 1
    assert open_store(lived).notices == []


def test_a_foreign_layout_is_read_and_becomes_one_record_a_line_again(lived):
    path = lived / "workbench.json"
    before = state(open_store(lived))
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")), indent=4))
    store = open_store(lived)
    assert state(store) == before
    act(store, "edited", t2=Ticket("c"))
    assert '\n"3": {"title":"红"}\n' in path.read_text("utf-8").replace("\\u7ea2", "红")
    assert len(path.read_text("utf-8").splitlines()) < 20


def test_plain_tinydb_may_write_the_file(lived):
    path = lived / "workbench.json"
    store = open_store(lived)
    with TinyDB(path) as plain:
        plain.table("tickets").update({"title": "plain"}, where("title") == "b")
        plain.table("tickets").insert({"title": "inserted"})
    assert store.refresh()
    assert objects(store.table("tickets"))[4] == {"title": "inserted"}
    assert add(store, Ticket("next")) == [5]
    assert store.undo().text == "added"
    assert {r["title"] for r in objects(open_store(lived).table("tickets")).values()} == {"plain", "红", "inserted"}


def test_a_history_spoilt_by_hand_is_refused_when_asked_for(lived):
    path = lived / "workbench.json"
    path.write_text(path.read_text("utf-8").replace('"undone":false', '"undone":"perhaps"'), "utf-8")
    store = open_store(lived)
    for needing in (store.history, store.undo):
        with pytest.raises(Damaged, match="undo history"):
            needing()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_in_the_place_of_a_file_is_refused_and_not_waited_for(lived):
    for name in ("workbench.json", "archive/2026-08.1.json", "backups/workbench-2026-11-22.json"):
        path = lived / name
        held = path.read_bytes()
        path.unlink()
        os.mkfifo(path)
        with pytest.raises(OSError, match="not a regular file"):
            read_whole(Files(), path)
        with pytest.raises(OSError, match="not a regular file"):
            look(Files(), path)
        if name == "workbench.json":
            with pytest.raises(Refusal) as caught:
                open_store(lived)
            assert caught.value.saying.args["reason"] == "not a regular file"
        path.unlink()
        path.write_bytes(held)
    with pytest.raises(OSError, match="not a regular file"):
        read_whole(Files(), Path("/dev/zero"))
    with pytest.raises(IsADirectoryError):
        read_whole(Files(), lived)


def test_a_number_that_is_none_hides_no_doubled_name():
    with pytest.raises(Unreadable) as refusal:
        decode(b'{"meta": {"1": {"schema": 1}}, "t": {"1": {"x": NaN}, "1": {}}}')
    assert "twice" in refusal.value.what.text
