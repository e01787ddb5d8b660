"""The program as a script calls it, with its own data directory, a fixed clock and no home.

Within the test's own process, which is thirty times as fast; tests of what only a process has (its streams, its end,
its start) start one by `Shop.process`.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import pytest

from tests.cli.inside import run_with

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = Path(__file__).parent / "samples"


class Ran(NamedTuple):
    """How a call ended."""

    returncode: int
    stdout: str
    stderr: str


class Shop:
    """One data directory and its settings."""

    def __init__(self, folder: Path, market: str) -> None:
        self.data = folder / "data"
        self.config = folder / "settings.toml"
        self.config.write_text(f'[shop]\nmarket = "{market}"\n', encoding="utf-8")
        self.now = "2026-11-24T09:00"

    def run(self, *words: str, status: int = 0, **environment: str) -> Ran:
        """Run the program; its exit status must be `status`."""
        with mock.patch.object(sys, "stdin", io.StringIO()):
            said = run_with(self.environment(environment), *map(str, words))
        return self._ended(words, status, Ran(said.status, said.out, said.told))

    def process(self, *words: str, status: int = 0, stdout=subprocess.PIPE, **environment: str) -> Ran:
        """The same in a process of its own; `stdout` may be a file."""
        call = [sys.executable, "-m", "workbench", *map(str, words)]
        done = subprocess.run(
            call, env=self.environment(environment), stdout=stdout, stderr=subprocess.PIPE, encoding="utf-8",
            timeout=60, check=False,
        )  # fmt: skip
        return self._ended(words, status, Ran(done.returncode, done.stdout, done.stderr))

    def environment(self, more: Mapping[str, str]) -> dict[str, str]:
        """What the program finds around it."""
        return {
            "PATH": os.environ["PATH"], "HOME": str(self.data.parent), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1",
            "WORKBENCH_DATA": str(self.data), "WORKBENCH_CONFIG": str(self.config), "WORKBENCH_NOW": self.now,
            "WORKBENCH_LANG": "en", **more,
        }  # fmt: skip

    def _ended(self, words, status: int, ran: Ran) -> Ran:
        assert ran.returncode == status, f"{words}: {ran.returncode}\n{ran.stdout}\n{ran.stderr}"
        assert "Traceback" not in ran.stderr
        return ran

    def json(self, *words: str, status: int = 0, **environment: str):
        """Run with `--json` and read what it prints."""
        return json.loads(self.run(*words, "--json", status=status, **environment).stdout)

    def add(self, kind: str = "refund_only", **fields: str):
        """A ticket by hand."""
        options = [part for name, value in fields.items() for part in (f"--{name}", value)]
        return self.json("ticket", "add", "--kind", kind, *options)


@pytest.fixture
def shop(tmp_path):
    return Shop(tmp_path, "TH")


@pytest.fixture
def us_shop(tmp_path):
    return Shop(tmp_path, "US")
