"""`make stress`: every trouble in full, one line each; ends by itself after some minutes. 1 if a promise was broken."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from tests.stress import trouble


def troubles(*, short: bool) -> dict[str, Callable[[Path], str]]:
    """What is done, by name; `short` is the form that the tests run."""
    return {
        "kill -9 under load": partial(trouble.kills, rounds=25 if short else 1000),
        "two screens, four scripts": partial(trouble.race, seconds=2 if short else 60),
        "full disk": trouble.full_disk,
        "read-only directory": trouble.read_only,
        "clock that jumps": partial(trouble.clock_jumps, rounds=8 if short else 110),
        "spoiled files": partial(trouble.spoiled, rounds=18 if short else 900),
        "conflict copy": trouble.conflict_copy,
    }


def main() -> int:
    """Print a line for each."""
    parser = argparse.ArgumentParser(prog="python -m tests.stress", description=__doc__)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("names", nargs="*", help="only these")
    args = parser.parse_args()
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"{datetime.now(UTC):%Y-%m-%d}, {machine}\n")
    print("| trouble | what was seen | took |\n|---|---|---|", flush=True)
    failed = 0
    for name, make in troubles(short=args.short).items():
        if args.names and name not in args.names:
            continue
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="workbench-stress-") as folder:
            try:
                seen = make(Path(folder) / "shop")
            except Exception:  # noqa: BLE001 - the next trouble is made all the same
                failed += 1
                seen = "**broken**"
                traceback.print_exc()
        print(f"| {name} | {seen} | {time.monotonic() - began:.1f} s |", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
