"""The domain of CONTRIBUTING.md, put into a copy of the program: it joins with one line outside its folders."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import pytest

from tools.catalogue import ROOT

_TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
FILES = re.findall(r"`(workbench/[a-z/_]+\.py)`:\n\n```python\n(.*?)```", _TEXT, re.DOTALL)
LINE = re.search(r"with its line in `workbench/cli/verbs.py`:\n\n```\n(.*?)```", _TEXT, re.DOTALL)

_USED = """
from datetime import date

from tests.session.lived import opened
from tests.ui.robot import bar, press, rows, write
from workbench.cli.main import run
from workbench.core.place import Place
from workbench.ui.app import Workbench


async def test_an_errand_is_saved_undone_shown_and_found(tmp_path, capsys):
    session = opened(tmp_path)
    assert run(["--data", str(tmp_path / "data"), "errand", "call the courier", "--by", "2026-11-25"]) == 0
    assert capsys.readouterr().out == "E-1 added\\n"
    session.refresh()
    desk = session.desk("errands")
    desk.add("buy tape", date(2026, 11, 24))
    undone = session.undo()
    assert undone.places == (Place("errands", 2),)
    assert [errand.text for errand in desk.all()] == ["call the courier"]
    session.redo()
    assert [due.place for due in session.agenda().lines if due.step == "errand"] == [
        Place("errands", 2), Place("errands", 1),
    ]
    session.tickets.add(kind="message")
    app = Workbench(session)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot)
        assert all(app.frame.table.row_of(Place("errands", id)) is not None for id in (1, 2))
        assert "Errand" in "".join(rows(app.frame.table))
        assert "buy tape" in "".join(rows(app.frame.table))
        await press(pilot, "f3", "ctrl+p")
        await write(pilot, "e-2")
        await press(pilot, "enter")
        assert (app.frame.pane, app.frame.table.key) == ("errands", 2)
        await press(pilot, "enter")
        assert "2 done, saved." in bar(app)
        assert [due.place for due in session.agenda().lines if due.step == "errand"] == [Place("errands", 1)]
        assert [errand.id for errand in app.frame.table.source.errands] == [1]
        await press(pilot, "u")
        assert app.frame.table.key == 2
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """A copy of the program with the domain in it."""
    base = tmp_path_factory.mktemp("program")
    ignore = shutil.ignore_patterns("__pycache__", "__snapshots__")
    for name in ("workbench", "tests", "tools"):
        shutil.copytree(ROOT / name, base / name, ignore=ignore)
    for name in ("config.toml", "pyproject.toml"):
        shutil.copy(ROOT / name, base / name)
    for path, text in FILES:
        file = base / path
        file.parent.mkdir(exist_ok=True)
        (file.parent / "__init__.py").touch()
        file.write_text(text, encoding="utf-8")
    verbs = base / "workbench/cli/verbs.py"
    before = verbs.read_text(encoding="utf-8")
    verbs.write_text(before.replace("\n)\n\n\ndef find", f"\n{LINE[1]})\n\n\ndef find"), encoding="utf-8")
    (base / "tests/ui/test_errands.py").write_text(_USED, encoding="utf-8")
    return base


def ran(program, *words):
    env = {**os.environ, "PYTHONPATH": str(program)}
    call = [sys.executable, *words]
    done = subprocess.run(call, cwd=program, env=env, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_example_is_whole():
    assert {path.split("/")[1] for path, _text in FILES} == {"core", "session", "ui", "cli"}
    assert len(LINE[1].splitlines()) == 1


def test_it_is_saved_undone_shown_and_found(program):
    ran(program, "-m", "pytest", "-q", "tests/ui/test_errands.py")


def test_its_table_goes_whole_through_undo_merge_forget_check_and_export(program):
    ran(program, "-m", "pytest", "-q", "-k", "errands", "tests/session/test_tables.py")


def test_it_keeps_the_contracts(program):
    ran(program, "-m", "ruff", "check", "-q", "workbench", "--no-cache")
    ran(program, "-c", "from importlinter.cli import lint_imports_command as c; c(['--no-cache'])")
    ran(program, "-m", "mypy", "--no-incremental", "-p", "workbench.session.errands", "-p", "workbench.ui.errands",
        "-m", "workbench.cli.errands")  # fmt: skip
