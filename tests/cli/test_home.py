"""A process without a home: what the system knows of the user is his, not the root directory."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.skipif(sys.platform == "win32", reason="there it is called otherwise")
def test_an_empty_home_is_none(monkeypatch):
    def told():
        call = [sys.executable, "-m", "workbench", "config", "path"]
        return subprocess.run(call, capture_output=True, check=True, text=True).stdout

    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "WORKBENCH_DATA", "WORKBENCH_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "")
    empty = told()
    monkeypatch.delenv("HOME")
    assert empty == told()
    assert " /.config" not in empty
