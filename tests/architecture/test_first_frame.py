"""What the first frame loads: what is asked, done and told later comes with the first key that needs it."""

from __future__ import annotations

import ast
import os
import subprocess
import sys

from tools.catalogue import ROOT

FIRST_FRAME = """
import asyncio, sys
from workbench import spare
spare.load()
spare.load_textual()
from workbench.cli.call import Call
from workbench.ui.app import Workbench

class Shown(Workbench):
    def _display(self, screen, renderable):
        super()._display(screen, renderable)
        if "brief" in vars(self.board):
            print(*sys.modules)
            self.exit()

asyncio.run(Shown(Call(None).opened()).run_async(headless=True, size=(120, 36)))
"""
#: What a shop with nothing but cases needs none of: domains without a record, rules of what may be done, words of
#: what is opened, and the ways of writing.
NOT_THERE = (
    "workbench.cli.verbs", "workbench.config.message_tables", "workbench.config.points_tables",
    "workbench.core.issues", "workbench.core.orders", "workbench.core.promotions", "workbench.core.rates",
    "workbench.core.violations", "workbench.core.tickets.days", "workbench.core.tickets.filter",
    "workbench.core.tickets.merge", "workbench.core.tickets.messages", "workbench.core.tickets.stages",
    "workbench.core.workdays", "workbench.output.away", "workbench.output.holidays", "workbench.output.json",
    "workbench.output.reasons", "workbench.output.tickets.table", "workbench.session.choices",
    "workbench.session.issues.tables", "workbench.session.tables", "workbench.session.tickets.response",
    "workbench.session.violations.desk", "workbench.storage.copying", "workbench.storage.database",
    "workbench.storage.outbox", "workbench.ui.moved", "workbench.ui.terminal.sequences",
)  # fmt: skip


def run(code, folder, *words):
    env = {"HOME": str(folder), "WORKBENCH_DATA": str(folder / "data"), "WORKBENCH_NOW": "2026-11-24T09:00Z",
           "WORKBENCH_CONFIG": str(folder / "settings.toml"), "PATH": os.environ["PATH"],
           "PYTHONPATH": str(ROOT)}  # fmt: skip
    done = subprocess.run(
        [sys.executable, *code, *words], env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def put_off():
    """The modules that others have loaded with the first deed."""
    for path in (ROOT / "workbench").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="later"), args=[ast.Constant(value=str(name))]):
                    yield name
    from workbench.storage import _LATER

    yield from (f"workbench.storage.{name}" for name in _LATER.values())


def test_the_first_frame_loads_only_what_it_shows(tmp_path):
    (tmp_path / "settings.toml").write_text('[shop]\nmarket = "TH"\n', encoding="utf-8")
    add = ["-m", "workbench", "ticket", "add", "--kind", "return_refund", "--sku", "SKU-1"]
    run(add, tmp_path)
    loaded = run(["-c", FIRST_FRAME], tmp_path)
    assert "workbench.ui.today.screen" in loaded
    beside = (*NOT_THERE, *put_off())
    assert "workbench.core.tickets.moves" in beside
    assert [name for name in loaded if any(name == each or name.startswith(f"{each}.") for each in beside)] == []
