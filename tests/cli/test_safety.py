"""`check`, `backup`, `restore`, `export`, `forget` as a script calls them."""

from __future__ import annotations

import io
import json
import os
import shutil

import pytest

from tests.cli.inside import call
from tests.session import lived
from tests.session.lived import SECRET, holding
from workbench.storage import Files


@pytest.fixture
def folder(template, tmp_path, monkeypatch):
    monkeypatch.setattr(Files, "fsync", lambda *_: None)
    return lived.copy(template, tmp_path / "shop")


def problems(folder, status=1):
    said = call(folder, "check", "--json")
    assert said.status == status, said
    return json.loads(said.out)["problems"]


def test_check(folder):
    assert call(folder, "check") == (0, "11 records in 6 files: all in order.\n", "")
    assert problems(folder, 0) == []
    data = folder / "data" / "workbench.json"
    data.write_bytes(data.read_bytes()[:-40])
    [problem] = problems(folder)
    assert problem["file"] == str(data)
    assert "workbench restore" in problem["way_out"]
    assert (problem["table"], problem["id"]) == (None, None)
    said = call(folder, "check")
    assert (said.status, said.out.count("\n"), said.told) == (1, 1, "")
    assert call(folder, "check", "--data", str(folder / "none")) == (0, "There is no data yet.\n", "")
    assert call(folder, "check", lang="zh").status == 1


def test_backup_and_restore(folder, tmp_path):
    before = call(folder, "queue", "--all", "--json").out
    said = call(folder, "backup")
    path = said.out.strip()
    assert (said.status, path) == (0, str(folder / "data" / "backups" / "workbench-2026-11-24T020000Z.json"))
    assert call(folder, "backup", "--output", tmp_path / "all.json").out.strip() == str(tmp_path / "all.json")
    call(folder, "ticket", "note", "T-4", "more")
    call(folder, "ticket", "add", "--kind", "other")
    later = call(folder, "queue", "--all", "--json").out
    for name in (path, "workbench-2026-11-24T020000Z.json", tmp_path / "all.json"):
        shown = call(folder, "restore", name, "--dry-run")
        assert shown == (0, "tickets: 0 added, 1 removed, 1 changed\n", "Nothing was changed.\n")
        assert call(folder, "queue", "--all", "--json").out == later
        done = call(folder, "restore", name)
        assert (done.status, done.out) == (0, shown.out)
        assert "undo" in done.told
        assert call(folder, "queue", "--all", "--json").out == before
        assert call(folder, "undo").out == f"undone: restored from {os.path.basename(name)}\n"
        assert call(folder, "queue", "--all", "--json").out == later
    assert call(folder, "restore", "nowhere.json").status == 1
    assert call(folder, "restore").status == 2
    assert "nothing to back up" in call(folder, "backup", data="none").told


def test_restore_over_a_damaged_file(folder):
    data = folder / "data" / "workbench.json"
    data.write_bytes(b"")
    for verb in ("queue", "today", "history", "undo", "ledger", "backup"):
        said = call(folder, verb)
        assert (said.status, said.out) == (1, "")
        assert "workbench restore" in said.told
    backup = folder / "data" / "backups" / "workbench-2026-11-24.json"
    assert call(folder, "restore", backup, "--dry-run").status == 0
    assert data.read_bytes() == b""
    said = call(folder, "restore", backup)
    assert said.status == 0
    assert "tickets: 5 added, 0 removed, 0 changed\n" in said.out
    assert "workbench.damaged-20261124T020000Z.json" in said.told
    assert problems(folder, 0) == []
    assert len(json.loads(call(folder, "queue", "--all", "--json").out)["tickets"]) == 5


def test_export_and_import_into_an_empty_directory(folder, tmp_path):
    said = call(folder, "export", "--output", tmp_path / "out")
    assert said.status == 0
    assert sorted(os.listdir(tmp_path / "out")) == sorted(os.path.basename(line) for line in said.out.splitlines())
    path = tmp_path / "out" / "workbench-export.json"
    shown = json.loads(call(folder, "import", path, "--dry-run", "--json", data="new").out)["files"][0]
    assert not (folder / "new").exists()
    done = json.loads(call(folder, "import", path, "--json", data="new").out)["files"][0]
    assert done == shown
    assert (done["kind"], done["rows"], done["new"], done["error"]) == (None, 11, 5, None)
    for verb in (["queue", "--all"], ["queue"], ["ledger"], ["report"], ["today"], ["issues"]):
        assert call(folder, *verb, "--json", data="new").out == call(folder, *verb, "--json").out
    refused = call(folder, "import", path, "--json")
    assert refused.status == 1
    assert "empty data directory" in json.loads(refused.out)["files"][0]["error"]
    assert call(folder, "import", path, data="newer").out == "workbench-export.json taken in, 11 records\n"
    assert call(folder, "export").status == 2


def test_forget(folder):
    assert holding(folder / "data")
    looked = call(folder, "forget", "--before", "2026-10-01", "--dry-run", "--json")
    assert json.loads(looked.out) == {"counts": {"issues": 1, "tickets": 3}, "done": False}
    assert holding(folder / "data")
    said = call(folder, "forget", "--before", "2026-10-01", "--yes")
    assert said.out.startswith("Buyers' names and words are gone from: issues 1, cases 3; 2 backups rewritten.\n")
    assert "cannot be undone" in said.told
    assert holding(folder / "data") == []
    assert SECRET not in call(folder, "queue", "--all", "--json").out
    again = call(folder, "forget", "--before", "2026-10-01", "--yes")
    assert again == (0, "Buyers' names and words are gone from: nothing; 0 backups rewritten.\n", "")
    again = call(folder, "forget", "--before", "2026-10-01", "--yes", "--json")
    assert json.loads(again.out) == {"counts": {}, "done": True}
    for day in ("yesterday", "2026-13-01", "", "20261001x"):
        assert call(folder, "forget", f"--before={day}", "--yes").status == 2
    assert call(folder, "forget").status == 2


@pytest.mark.parametrize(
    ("answer", "status"), [("yes\n", 0), ("Y\n", 0), ("\n", 1), ("no\n", 1), ("", 1), ("yess\n", 1)]
)
def test_forget_asks_on_a_terminal_and_off_it_needs_a_word(folder, monkeypatch, answer, status):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    said = call(folder, "forget", "--before", "2026-10-01")
    assert (said.status, said.out) == (2, "")
    assert "--yes" in said.told
    assert holding(folder / "data")
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    monkeypatch.setattr("workbench.cli.forget._asks", lambda: True)
    said = call(folder, "forget", "--before", "2026-10-01")
    assert said.status == status
    assert "issues 1, cases 3" in said.told
    assert bool(holding(folder / "data")) == (status == 1)


def test_a_conflict_copy_is_told_by_the_next_verb(folder):
    shutil.copytree(folder / "data", folder / "there")
    call(folder, "ticket", "add", "--kind", "other", "--note", "here")
    call(folder, "ticket", "add", "--kind", "other", "--note", "there", data="there")
    name = "workbench.sync-conflict-20261120-101010-ABCDEFG.json"
    shutil.copy(folder / "there" / "workbench.json", folder / "data" / name)
    assert [os.path.basename(problem["file"]) for problem in problems(folder)] == [name]
    said = call(folder, "queue", "--json")
    assert {case["note"] for case in json.loads(said.out)["tickets"]} >= {"here", "there"}
    assert said.told.count("\n") == 1
    assert name in said.told
    assert problems(folder, 0) == []
    assert call(folder, "undo").out == f"undone: {name} merged\n"


def test_a_read_only_directory_answers_and_lets_everything_be_taken_away(folder, monkeypatch, tmp_path):
    shutil.copy(folder / "data" / "workbench.json", folder / "data" / "workbench (1).json")
    before = sorted(os.listdir(folder / "data"))
    monkeypatch.setattr(Files, "writable", lambda self, path: False)
    for verb in (["queue"], ["today"], ["history"], ["ledger"], ["issues"], ["ticket", "show", "T-1"]):
        assert call(folder, *verb).status == 0
    assert call(folder, "check").status == 1
    assert call(folder, "export", "--output", tmp_path / "out").status == 0
    assert call(folder, "backup", "--output", tmp_path / "all.json").status == 0
    backup = folder / "data" / "backups" / "workbench-2026-11-24.json"
    for verb in (["backup"], ["restore", backup], ["forget", "--before", "2026-10-01", "--yes"], ["undo"]):
        said = call(folder, *verb)
        assert said.status == 1
        assert "read-only" in said.told
    assert call(folder, "restore", backup, "--dry-run").status == 0
    assert sorted(os.listdir(folder / "data")) == before


def _held(directory):
    return {path: path.read_bytes() for path in sorted(directory.rglob("*")) if path.is_file()}


def test_nothing_is_written_over_the_data_files(folder, tmp_path):
    data, outside = folder / "data", tmp_path / "link.json"
    assert call(folder, "backup").status == 0
    outside.symlink_to(data / "workbench.json")
    (tmp_path / "in").symlink_to(data / "backups")
    names = (
        data / "workbench.json", data / "workbench.lock", data / "x" / ".." / "workbench.json", outside,
        data / "archive" / "2026-08.1.json", data / "archive" / "x", data / "backups" / "x", data / "backups",
        tmp_path / "in" / "workbench-2026-11-24.json", data / "orders" / "2026-08.1.json",
    )  # fmt: skip
    before = _held(data)
    for name in names:
        for verb in (["calendar", "--output"], ["report", "--output"], ["backup", "--output"], ["issues", "--csv"]):
            if name.is_dir() and verb[0] in ("report", "issues"):
                continue  # refused as a directory, or as ours: either
            said = call(folder, *verb, name)
            assert (said.status, said.out) == (1, ""), (verb, name)
            assert "is one of the data files of workbench. Name another one." in said.told, (verb, name)
    for place in (data / "archive", data / "backups" / "deep", tmp_path / "in"):
        said = call(folder, "export", "--output", place)
        assert (said.status, said.out) == (1, "")
        assert "is one of the data files" in said.told
    assert _held(data) == before
    assert not (data / "backups" / "deep").exists()
    assert problems(folder, 0) == []


def test_other_names_in_the_data_directory_are_free(folder):
    data = folder / "data"
    for verb, name in (("calendar", "phone.ics"), ("report", "report.txt"), ("backup", "mine.json"), ("export", "out")):
        said = call(folder, verb, "--output", data / name)
        assert said.status == 0, said
        assert (data / name).exists()
    assert call(folder, "export", "--output", data).status == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(folder, tmp_path):
    pipe, data = tmp_path / "p.csv", folder / "data" / "workbench.json"
    os.mkfifo(pipe)
    said = call(folder, "import", pipe)
    assert said.status == 1
    assert "It is not a file" in said.told
    said = call(folder, "restore", pipe)
    assert said.status == 1
    assert "cannot be read (not a regular file)" in said.told
    assert call(folder, "calendar", "--output", pipe).status == 1  # a pipe without a reader would wait for ever
    assert pipe.is_fifo()
    data.unlink()
    os.mkfifo(data)
    for verb in ("queue", "today"):
        said = call(folder, verb)
        assert (said.status, said.out) == (1, "")
        assert "workbench.json cannot be read (not a regular file)" in said.told
    assert [os.path.basename(problem["file"]) for problem in problems(folder)] == ["workbench.json"]
