"""`workbench` and `python -m workbench`: the command line."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress


def main() -> None:
    """Run the command line and end with its exit status."""
    # A verb is short and a start makes no cycles worth looking for: looking costs an import of 100,000 rows a third of
    # its time. The screens switch it on again after their first frame.
    gc.disable()
    if not os.environ.get("HOME", "x"):
        del os.environ["HOME"]  # empty it would mean the root directory, absent what the system knows
    from workbench import spare

    spare.load()
    from workbench.cli.main import run

    try:
        status = run(sys.argv[1:])
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # whoever read it may be gone, such as the terminal
            stream.flush()
    # Everything is closed and flushed; taking 10,000 tickets apart one by one would only keep the caller waiting.
    os._exit(status)


if __name__ == "__main__":
    main()
