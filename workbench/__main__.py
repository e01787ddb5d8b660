"""`workbench` and `python -m workbench`: the command line."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Run the command line; the result is the exit status."""
    # A verb is short and a start makes no cycles worth looking for: looking costs an import of 100,000 rows a third of
    # its time. The screens switch it on again after their first frame.
    gc.disable()
    from workbench.cli.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
