"""`make bench`: every budget of the design beside its yardstick, in one run on one machine.

`python -m tests.bench NAME...` measures only those of `measures.MEASURES`; `--write` takes them into `docs/bench.md`.
"""

from __future__ import annotations

import compileall
import contextlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.bench.budgets import HEAD, Result, page
from tests.bench.measures import MEASURES, OF_TASKWARRIOR

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "bench.md"


def machine(day: str) -> str:
    """On what it was measured, and when."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("textual", "tinydb", "msgspec"))
    task = shutil.which("task")
    told = (
        subprocess.run([task, "--version"], capture_output=True, text=True, check=True).stdout.strip() if task else ""
    )
    yardstick = f"taskwarrior {told}" if task else "taskwarrior is not installed, its yardsticks are left out"
    return (
        f"Measured last on {day}: {_processor()}, {os.cpu_count()} cores, {platform.system()} "
        f"{platform.release()}, Python {platform.python_version()}, {versions}; {yardstick}."
    )


def _processor() -> str:
    with contextlib.suppress(OSError), open("/proc/cpuinfo", encoding="utf-8") as file:
        for line in file:
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def main(words: list[str]) -> int:
    """Print the table. The exit status says whether every budget that was measured is met."""
    wanted = [word for word in words if word != "--write"]
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    results: list[Result] = []
    compileall.compile_dir(ROOT / "workbench", quiet=1)  # as any install leaves it
    print(f"{machine(day)}\n\n{HEAD}")
    for name in wanted or MEASURES:
        if name in OF_TASKWARRIOR and shutil.which("task") is None:
            print(f"taskwarrior is not installed: {name} is left out", file=sys.stderr)
            continue
        with tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder:
            for result in MEASURES[name](Path(folder)):
                results.append(result)
                print(result.line(day), flush=True)
    if "--write" in words:
        PAGE.write_text(page(PAGE.read_text("utf-8"), results, day, machine(day)), encoding="utf-8")
    return 0 if all(result.met for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
