"""The log file: what nobody foresaw, with the traceback, and without a word of any buyer.

Only the places in the program and the kinds of the errors are written, never the values that an error carries.
"""

from __future__ import annotations

import os
import traceback
from datetime import UTC, datetime
from pathlib import Path

from workbench import __version__
from workbench.config import crash_file, data_dir
from workbench.config.disk import at_home

_LARGE = 1_000_000


def record(error: BaseException, data: str | None) -> Path | None:
    """Append the traceback of `error` to the log of the data directory; where that is, or None where it cannot be."""
    path = crash_file(at_home(data) if data else data_dir())
    lines = [f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} workbench {__version__}\n"]
    step: BaseException | None = error
    while step is not None:
        for frame in traceback.extract_tb(step.__traceback__):
            lines.append(f"  {frame.filename}:{frame.lineno} {frame.name}\n")
        lines.append(f"  {type(step).__module__}.{type(step).__qualname__}\n")
        step = step.__cause__ or (None if step.__suppress_context__ else step.__context__)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.exists() and path.stat().st_size > _LARGE:
            path.replace(path.with_suffix(".old.log"))
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with open(descriptor, "a", encoding="utf-8") as file:
            file.writelines(lines)
    except OSError:
        return None
    return path
