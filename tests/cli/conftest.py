"""The program as a script calls it: a subprocess with its own data directory, a fixed clock and no home."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = Path(__file__).parent / "samples"


class Shop:
    """One data directory and its settings."""

    def __init__(self, folder: Path, market: str) -> None:
        self.data = folder / "data"
        self.config = folder / "settings.toml"
        self.config.write_text(f'[shop]\nmarket = "{market}"\n', encoding="utf-8")
        self.now = "2026-11-24T09:00"

    def run(
        self, *words: str, status: int = 0, stdout=subprocess.PIPE, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run the program; its exit status must be `status`."""
        env = {
            "PATH": os.environ["PATH"], "HOME": str(self.data.parent), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1",
            "WORKBENCH_DATA": str(self.data), "WORKBENCH_CONFIG": str(self.config), "WORKBENCH_NOW": self.now,
            "WORKBENCH_LANG": "en", **environment,
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "workbench", *map(str, words)], env=env, stdout=stdout, stderr=subprocess.PIPE,
            encoding="utf-8", timeout=60,
            check=False,
        )  # fmt: skip
        assert done.returncode == status, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr
        return done

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
