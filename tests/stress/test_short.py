"""Every trouble in its short form; `make stress` has the long one."""

from __future__ import annotations

import os

import pytest

from tests.stress.__main__ import troubles

TROUBLES = troubles(short=True)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the processes are forked")
@pytest.mark.parametrize("name", TROUBLES)
def test_trouble(name, tmp_path, monkeypatch):
    for variable in ("WORKBENCH_DATA", "WORKBENCH_CONFIG", "WORKBENCH_LANG", "HOME"):
        monkeypatch.setenv(variable, os.environ.get(variable, ""))  # put back afterwards
    monkeypatch.delenv("WORKBENCH_NOW", raising=False)
    assert TROUBLES[name](tmp_path / "shop")
