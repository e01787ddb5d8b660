"""No control or direction-changing character reaches the terminal, wherever it comes from; no buyer's word the log."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.cli.inside import call
from tests.cli.test_hostile_data import STEERS, shop  # noqa: F401 - a fixture
from tests.session import lived
from workbench.storage import Files

BAD = "a\x1b[2J\x07\u202eb\u2066\x9b31m\u200f[/]=1\udcff"
TYPED = "a\x1b[2J\x07\u202eb\u2066\x9b31m\u200f[/]=1"  # what UTF-8 can hold


@pytest.fixture
def folder(shop, tmp_path, monkeypatch):  # noqa: F811
    monkeypatch.setattr(Files, "fsync", lambda *_: None)
    return lived.copy(shop, tmp_path / "shop")


def said(folder, *words, statuses=(0, 1, 2), **more):
    found = call(folder, *words, **more)
    assert found.status in statuses, found
    assert not STEERS.search(found.out), (words, found.out)
    assert not STEERS.search(found.told), (words, found.told)
    assert "inside workbench" not in found.told, (words, found.told)
    assert "Traceback" not in found.told
    return found


def test_from_data(folder):
    fields = [
        part
        for name in ("sku", "product", "buyer", "reason", "note", "order", "external", "tag")
        for part in (f"--{name}", TYPED)
    ]
    said(folder, "ticket", "add", "--kind", "refund_only", *fields, statuses=(0,))
    said(folder, "ticket", "note", "T-6", TYPED, statuses=(0,))
    said(folder, "violation", "add", "--points", "2", "--issued", "2026-11-20", "--reason", TYPED, "--note", TYPED)
    said(folder, "violation", "evidence", "V-2", TYPED, "done")
    said(folder, "violation", "appeal", "V-2", "--because", TYPED)
    said(folder, "log", f"PANTS size {TYPED}", statuses=(0,))
    said(folder, "log", f'2026-11-18 "{TYPED}" size words')
    for verb in (
        ["queue"], ["queue", "--all"], ["today"], ["ticket", "show", "T-6"], ["why", "T-6"], ["ledger"],
        ["violation", "show", "V-2"], ["why", "V-2"], ["issues"], ["report"], ["report", "--week", "2026-W48"],
        ["report", "--format", "md"], ["report", "--format", "html"], ["history"], ["check"],
    ):  # fmt: skip
        said(folder, *verb, statuses=(0,))
        for lang in ("en", "zh"):
            said(folder, *verb, lang=lang)
    for verb in (
        ["queue"],
        ["today"],
        ["ledger"],
        ["issues"],
        ["report"],
        ["history"],
        ["ticket", "show", "T-6"],
        ["check"],
    ):
        found = said(folder, *verb, "--json", statuses=(0,))
        json.loads(found.out)
    assert json.loads(call(folder, "ticket", "show", "T-6", "--json").out)["buyer"] == TYPED


def test_from_the_names_of_files(folder, tmp_path):
    from tests.cli.test_import import export

    name = TYPED.replace("/", "|")
    good = export(tmp_path / f"{name}.csv", {})
    bad = tmp_path / f"{name}.json"
    bad.write_bytes(b"{")
    said(folder, "import", good, "--json", statuses=(0,))
    said(folder, "import", good, bad, tmp_path / "\udcff.csv", statuses=(1,))
    said(folder, "import", good, bad, tmp_path / "\udcff.csv", "--json", statuses=(1,))
    said(folder, "history", statuses=(0,))
    said(folder, "ticket", "show", "T-6", statuses=(0,))
    for verb in (["restore", bad], ["log", "--import", bad], ["violation", "add", "--file", bad]):
        said(folder, *verb, statuses=(1, 2))
    said(folder, "violation", "evidence", "V-1", "proof", "done", "--file", bad, statuses=(0,))
    said(folder, "violation", "show", "V-1", statuses=(0,))
    said(folder, "backup", "--output", tmp_path / f"{name}-backup", statuses=(0,))
    said(folder, "restore", tmp_path / f"{name}-backup", statuses=(0,))
    said(folder, "export", "--output", tmp_path / f"{name}-out", statuses=(0,))
    said(folder, "calendar", "--output", tmp_path / f"{name}.ics", statuses=(0,))
    said(folder, "report", "--output", tmp_path / f"{name}.md")


def test_from_the_data_directory_itself(folder):
    name = TYPED.replace("/", "|")
    shutil.copytree(folder / "data", folder / name)
    (folder / name / "workbench (conflict \x1b[2J\u202e).json").write_bytes(b"{")
    (folder / name / "backups" / "workbench-\x1b[2J\u202e.json").write_bytes(b"{")
    (folder / name / ".\x1b[2J.json.1.aa.tmp").write_bytes(b"")
    for verb in (
        ["queue"],
        ["check"],
        ["check", "--json"],
        ["backup"],
        ["config", "path"],
        ["config", "path", "--json"],
    ):
        said(folder, *verb, data=name)
    (folder / name / "workbench.json").write_bytes(b"")
    for verb in (
        ["queue"],
        ["check"],
        ["check", "--json"],
        ["restore", folder / name / "backups" / "workbench-2026-11-24.json"],
    ):
        said(folder, *verb, data=name)


def test_from_the_call(folder):
    for words in (
        [BAD], [f"--{BAD}"], ["queue", f"--{BAD}"], ["queue", "--filter", f"kind:{BAD}"], ["queue", "--limit", BAD],
        ["ticket", BAD], ["ticket", "show", BAD], ["ticket", "add", "--kind", BAD], ["ticket", "act", "T-4", BAD],
        ["why", BAD], ["ticket", "add", "--kind", "other", "--amount", BAD], ["ticket", "due", "T-4", BAD],
        ["ledger", "--on", BAD], ["log", BAD], ["log", f"PANTS {BAD} x"], ["report", "--week", BAD],
        ["forget", "--before", BAD, "--yes"], ["restore", BAD], ["import", BAD], ["completion", BAD],
        ["violation", "add", "--points", BAD, "--issued", "2026-11-20"], ["queue", "--now", BAD],
        ["queue", "--lang", BAD], ["queue", "--config", BAD], ["ticket", "note", "T-4", BAD],
        ["backup", "--output", f"/dev/null/{BAD}/x"], ["export", "--output", f"/dev/null/{BAD}/x"],
    ):  # fmt: skip
        said(folder, *words, statuses=(1, 2))
    said(folder, "queue", "--filter", BAD, statuses=(0,))
    said(folder, "queue", now=BAD, statuses=(2,))


def test_from_the_configuration(folder):
    escaped = json.dumps(TYPED).replace("\\udcff", "")
    (folder / "settings.toml").write_text(
        f"[shop]\nmarket = {escaped}\ntimezone = {escaped}\ncurrency = {escaped}\n[{escaped}]\n{escaped} = {escaped}\n"
        f"[[issue_types]]\nid = {escaped}\nname = {{ en = {escaped} }}\naliases = [{escaped}]\n"
        f"[intake.status]\n{escaped} = {escaped}\n[calendar]\nwrite_to = {escaped}\n",
        encoding="utf-8",
    )
    for verb in (
        ["config", "check"],
        ["config", "show"],
        ["config", "path"],
        ["queue"],
        ["issues"],
        ["ticket", "note", "T-4", "x"],
    ):
        said(folder, *verb)
        said(folder, *verb, "--json")
    (folder / "settings.toml").write_bytes(b"[shop]\nmarket = \x1b[2J\xff\n")
    for verb in (["config", "check"], ["queue"]):
        said(folder, *verb)


def test_an_error_nobody_foresaw_is_told_and_its_words_are_not_logged(folder, monkeypatch):
    from workbench.session.tickets.desk import TicketDesk

    def fail(self, *_, **__):
        try:
            raise KeyError(lived.SECRET)
        except KeyError as error:
            raise ValueError(f"{lived.SECRET} said {lived.SECRET}") from error

    monkeypatch.setattr(TicketDesk, "queue", fail)
    found = call(folder, "queue", "--filter", lived.SECRET)
    log = folder / "data" / "workbench.log"
    assert (found.status, found.out) == (1, "")
    assert found.told == f"workbench: Something went wrong inside workbench (ValueError). The details are in {log}.\n"
    text = log.read_text(encoding="utf-8")
    assert lived.SECRET not in text
    assert "builtins.KeyError" in text
    assert "test_hostile_words.py" in text
    assert log.stat().st_mode & 0o777 == 0o600
    log.write_text("x" * 1_000_001)
    call(folder, "queue")
    assert log.stat().st_size < 10_000
    log.unlink()
    log.mkdir()
    assert call(folder, "queue").told.endswith("and the log cannot be written.\n")
