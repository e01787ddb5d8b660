"""The program run within the test's own process: the same calls, a hundred times a second."""

from __future__ import annotations

import contextlib
import gc
import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from workbench import i18n
from workbench.cli.main import run


class Said(NamedTuple):
    """What came of one call."""

    status: int
    out: str
    told: str


def call(folder: Path, *words: str, now: str = "2026-11-24T09:00", data: str = "data", lang: str = "en") -> Said:
    """Run the program on the shop in `folder`; whatever the screen would show, it shows no traceback."""
    return run_with(
        {
            "HOME": str(folder), "WORKBENCH_DATA": str(folder / data),
            "WORKBENCH_CONFIG": str(folder / "settings.toml"), "WORKBENCH_NOW": now, "WORKBENCH_LANG": lang,
            "PATH": os.environ["PATH"],
        },
        *words,
    )  # fmt: skip


def run_with(env: Mapping[str, str], *words: str) -> Said:
    """Run the program in this environment, both streams into pipes."""
    out = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="")
    told = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="")
    with (
        mock.patch.dict(os.environ, env, clear=True),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(told),
    ):
        try:
            status = run([str(word) for word in words])
        except SystemExit as end:  # --help and --version
            status = int(end.code or 0)
        finally:
            gc.enable()
            i18n.use("en")
    return Said(status, _text(out), _text(told))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode()
