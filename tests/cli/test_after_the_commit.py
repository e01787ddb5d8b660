"""What comes after the commit point never changes what is reported: the status says what happened to the data."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import msgspec
import pytest

from tests.cli.inside import call
from tests.session import lived
from tools.catalogue import ROOT
from workbench.storage import Files

DEEDS = [
    ["ticket", "add", "--kind", "message"], ["ticket", "note", "T-4", "rang", "--json"],
    ["log", "LAMP faulty it broke"], ["violation", "add", "--points", "2", "--issued", "2026-11-20"], ["undo"],
    ["forget", "--before", "2026-10-01", "--yes"], ["restore", "workbench-2026-11-23.json"],
]  # fmt: skip


@pytest.fixture
def folder(template, tmp_path):
    return lived.copy(template, tmp_path / "shop")


def outside(folder, *words, **streams):
    env = {
        "HOME": str(folder), "WORKBENCH_DATA": str(folder / "data"), "WORKBENCH_CONFIG": str(folder / "settings.toml"),
        "WORKBENCH_NOW": "2026-11-24T09:00", "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    return subprocess.run([sys.executable, "-m", "workbench", *words], env=env, timeout=60, check=False, **streams)


def saved(folder):
    return (folder / "data" / "workbench.json").read_bytes()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device here")
@pytest.mark.parametrize("deed", DEEDS, ids=lambda words: words[0])
@pytest.mark.parametrize("which", ["stdout", "stderr", "both"])
def test_a_full_stream_is_no_failure_of_what_was_saved(folder, deed, which):
    before = saved(folder)
    with open("/dev/full", "w") as full:
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        streams |= {name: full for name in ("stdout", "stderr") if which in (name, "both")}
        done = outside(folder, *deed, **streams)
    assert saved(folder) != before
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device here")
def test_the_data_go_out_where_nobody_can_be_told(folder):
    with open("/dev/full", "w") as full:
        done = outside(folder, "ticket", "add", "--kind", "message", "--json", stdout=subprocess.PIPE, stderr=full)
    assert (done.returncode, msgspec.json.decode(done.stdout)["kind"]) == (0, "message")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device here")
@pytest.mark.parametrize(
    "verb",
    [["calendar"], ["report"], ["report", "--format", "md"], ["export"], ["backup"], ["replies", "export"]],
    ids=" ".join,
)
def test_a_full_stream_is_no_failure_of_a_file_that_was_written(folder, tmp_path, verb):
    with open("/dev/full", "w") as full:
        done = outside(folder, *verb, "--output", tmp_path / "out", stdout=full, stderr=full)
    assert (done.returncode, (tmp_path / "out").exists()) == (0, True)


@pytest.mark.skipif(os.name == "nt", reason="needs a shell of Unix")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_closed_stream_is_no_failure_of_what_was_saved(folder, closed):
    env = os.environ | {
        "WORKBENCH_DATA": str(folder / "data"), "WORKBENCH_CONFIG": str(folder / "settings.toml"),
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    before = saved(folder)
    line = f'"{sys.executable}" -m workbench ticket add --kind message {closed}'
    done = subprocess.run(["sh", "-c", line], env=env, timeout=60, check=False, capture_output=True)
    assert (done.returncode, saved(folder) != before) == (0, True)
    assert b"Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize("error", [RuntimeError("rendering"), OSError(5, "Input/output error"), MemoryError()])
def test_a_failing_print_is_told_and_no_failure(folder, monkeypatch, error):
    def fails(*_args):
        raise error

    before = saved(folder)
    monkeypatch.setattr("workbench.cli.call.Call.json", fails)
    said = call(folder, "ticket", "note", "T-4", "rang", "--json")
    assert (said.status, saved(folder) != before) == (0, True)
    assert "It is saved, but cannot be shown." in said.told
    said = call(folder, "queue", "--json")
    assert said.status == 1


def test_a_refusal_before_the_commit_stays_one(folder):
    before = saved(folder)
    assert call(folder, "ticket", "note", "T-99", "rang").status == 1
    assert saved(folder) == before


def test_what_forget_cannot_take_away_afterwards_is_told(folder, monkeypatch):
    unlink = Files.unlink

    def refuses(self, path):
        if "archive" in str(path):
            raise PermissionError(13, "Permission denied", str(path))
        unlink(self, path)

    monkeypatch.setattr(Files, "unlink", refuses)
    said = call(folder, "forget", "--before", "2026-10-01", "--yes", "--json")
    assert (said.status, json.loads(said.out)["done"]) == (0, True)
    assert "could not be removed (Permission denied)" in said.told
    assert "Nothing was saved" not in said.told


def test_who_listens_and_fails_does_not_undo_the_save(folder):
    session = lived.opened(folder)
    heard = []

    def fails():
        raise RuntimeError("a screen")

    session.subscribe(fails)
    session.subscribe(lambda: heard.append(1))
    with pytest.raises(RuntimeError, match="a screen"):
        session.tickets.note([4], "rang")
    assert heard == [1]
    assert session.changed
    assert lived.opened(folder).tickets.get(4).note.endswith("rang")
