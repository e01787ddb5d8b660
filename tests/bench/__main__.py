"""`make bench`: every budget of the design beside its yardstick, in one run on one machine. Ratios count."""

from __future__ import annotations

import compileall
import contextlib
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from tests.bench import worlds
from tests.bench.terminal import LABEL, TABLE, Terminal
from workbench.session import Session

ROUNDS = 5
ROOT = Path(__file__).resolve().parents[2]


class Result(NamedTuple):
    """One line of the table: seconds or megabytes, ours and the yardstick's, and what is allowed."""

    what: str
    ours: float
    yardstick: str
    theirs: float
    budget: float
    unit: str = "s"

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs if self.unit == "s" else self.ours - self.theirs

    @property
    def met(self) -> bool:
        return self.ratio <= self.budget

    def line(self) -> str:
        sign, scale = ("x", 1000) if self.unit == "s" else ("MB", 1)
        shown = "ms" if self.unit == "s" else "MB"
        return (
            f"| {self.what} | {self.ours * scale:.1f} {shown} | {self.yardstick} | {self.theirs * scale:.1f} {shown} | "
            f"{self.ratio:.2f} {sign} | {self.budget} {sign} | {'met' if self.met else 'MISSED'} |"
        )


def in_turns(*works: Callable[[], float], rounds: int = ROUNDS) -> list[float]:
    """The best time of each, measured in turns after one round to warm up.

    The machine is shared: what else it does makes some rounds slower, of ours and of the yardstick alike, and none
    faster.
    """
    times = [[work() for work in works] for _ in range(rounds + 1)]
    return [min(column) for column in zip(*times[1:], strict=True)]


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def call(folder: Path, *words: str, out: int | None = subprocess.DEVNULL) -> float:
    """Seconds of one verb on the shop in `folder`."""
    command = [sys.executable, "-m", "workbench", *words]
    return timed(lambda: subprocess.run(command, env=environment(folder), stdout=out, check=True))


def environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ, "WORKBENCH_DATA": str(folder / "data"), "WORKBENCH_CONFIG": str(folder / "settings.toml"),
        "WORKBENCH_NOW": worlds.NOW.isoformat(), "WORKBENCH_LANG": "en", "HOME": str(folder),
    }  # fmt: skip


def first_frame(folder: Path) -> float:
    with Terminal("-m", "workbench", **environment(folder)) as terminal:
        return terminal.until("SKU-")


def label() -> float:
    with Terminal("-c", LABEL) as terminal:
        return terminal.until("ready-mark")


def keys(terminal: Terminal) -> float:
    """The median of some keys: of a key alone the best time says little. 80 in all, for the yardstick has 100 rows."""
    terminal.settle()
    return statistics.median(terminal.key("j") for _ in range(20))


def screens(folder: Path) -> list[Result]:
    """First frame, key to repaint and memory."""
    small, large = folder / "small", folder / "large"
    worlds.shop(small, 1000, 20000)
    worlds.shop(large, 10000, 100000)
    one, thousand, many = in_turns(label, lambda: first_frame(small), lambda: first_frame(large), rounds=9)
    results = [
        Result("first frame, 1,000 open, 20,000 archived", thousand, "one Label", one, 1.5),
        Result("first frame, 10,000 open, 100,000 archived", many, "one Label", one, 2.0),
    ]
    with Terminal("-m", "workbench", **environment(large)) as ours, Terminal("-c", TABLE) as theirs:
        ours.until("SKU-")
        theirs.until("ready-mark")
        ours.settle()
        ours.key("\x1bOR")  # F3: the queue
        key, their_key = in_turns(lambda: keys(ours), lambda: keys(theirs), rounds=3)
        results.append(Result("key to repaint, 10,000 open", key, "DataTable, 100 rows", their_key, 1.5))
        memory = ours.peak_mb()
    with Terminal("-c", LABEL) as terminal:
        terminal.until("ready-mark")
        results.append(Result("peak memory", memory, "one Label", terminal.peak_mb(), 80, "MB"))
    return results


def saves(folder: Path) -> list[Result]:
    """One durable save in an open session against TinyDB's default storage with the same records."""
    session = worlds.shop(folder / "save", 1000, 0, actions=200)
    archived = worlds.shop(folder / "save-archived", 1000, 20000)
    small, large = worlds.shop(folder / "s1", 1000, 1000), worlds.shop(folder / "s100", 1000, 100000)
    raw = [json.loads(bytes(record)) for record in session.store.table("tickets").values()]

    def save(in_session: Session) -> Callable[[], float]:
        return lambda: timed(lambda: in_session.tickets.note([7], "x"))

    ours, theirs = in_turns(save(session), lambda: _tinydb(folder, raw), rounds=15)
    with_archive, many = in_turns(save(archived), lambda: _tinydb(folder, raw * 21), rounds=5)
    few_archived, many_archived = in_turns(save(small), save(large), rounds=25)
    return [
        Result("save, 1,000 live, full history", ours, "TinyDB default, 1,000", theirs, 0.3),
        Result("save, 1,000 live, 20,000 archived", with_archive, "TinyDB default, 21,000", many, 0.05),
        Result("save, 100,000 archived", many_archived, "save, 1,000 archived", few_archived, 1.3),
    ]


def _tinydb(folder: Path, records: list[dict[str, object]]) -> float:
    from tinydb import TinyDB

    path = folder / "plain.json"
    path.unlink(missing_ok=True)
    with TinyDB(path) as database:
        database.insert_multiple(records)
        return timed(lambda: database.insert(records[0]))


def verbs(folder: Path) -> list[Result]:
    """`queue` and `import` as a script calls them."""
    small, large = folder / "q1", folder / "q10"
    worlds.shop(small, 1000, 0)
    worlds.shop(large, 10000, 90000)
    listed, bare = in_turns(lambda: call(small, "queue", "--json"), _bare, rounds=15)
    results = [Result("queue --json, 1,000 open", listed, "bare Python", bare, 10)]
    if shutil.which("task") is None:
        print("taskwarrior is not installed: its yardsticks are left out", file=sys.stderr)
        return results
    csv, xlsx = folder / "returns.csv", folder / "returns.xlsx"
    worlds.returns_csv(csv, 100_000)
    worlds.returns_xlsx(xlsx, 100_000)
    works = (lambda: _import(folder, csv)), (lambda: _import(folder, xlsx)), (lambda: _task_import(folder))
    from_csv, from_xlsx, tasks = in_turns(*works, rounds=2)
    piped, following = in_turns(lambda: call(large, "queue"), lambda: _task(folder, "next"), rounds=7)
    return [
        *results,
        Result("queue, 10,000 open, 90,000 archived", piped, "task next", following, 0.8),
        Result("import, 100,000 rows of CSV", from_csv, "task import", tasks, 1.0),
        Result("import, 100,000 rows of XLSX", from_xlsx, "task import", tasks, 1.5),
    ]


def _bare() -> float:
    return timed(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))


def _import(folder: Path, file: Path) -> float:
    empty = Path(tempfile.mkdtemp(dir=folder))
    (empty / "settings.toml").write_text(worlds.SETTINGS, encoding="utf-8")
    return call(empty, "import", str(file))


def _task_import(folder: Path) -> float:
    """taskwarrior with as many tasks: 10,000 pending of 100,000, into an empty folder."""
    file = folder / "tasks.json"
    if not file.exists():
        tasks = [
            {
                "uuid": f"00000000-0000-4000-8000-{number:012}",
                "status": "pending" if number % 10 == 0 else "completed",
                "description": f"Wide leg pants buyer_{number}", "entry": "20261101T000000Z", "due": "20261201T000000Z",
                **({} if number % 10 == 0 else {"end": "20261102T000000Z"}),
            }
            for number in range(100_000)
        ]  # fmt: skip
        file.write_text(json.dumps(tasks), encoding="utf-8")
    shutil.rmtree(folder / "task", ignore_errors=True)
    (folder / "task").mkdir()
    return _task(folder, "import", str(file))


def _task(folder: Path, *words: str) -> float:
    config = folder / "taskrc"
    config.write_text(f"data.location={folder / 'task'}\nconfirmation=no\nhooks=off\n", encoding="utf-8")
    env = {**os.environ, "TASKRC": str(config), "HOME": str(folder)}
    return timed(lambda: subprocess.run(["task", *words], env=env, capture_output=True, check=True))


def machine() -> str:
    """On what it was measured, and when."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("textual", "tinydb", "msgspec"))
    task = shutil.which("task")
    told = (
        subprocess.run([task, "--version"], capture_output=True, text=True, check=True).stdout.strip() if task else ""
    )
    yardstick = f"taskwarrior {told}" if task else "taskwarrior is not installed, its yardsticks are left out"
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d}: {_processor()}, {os.cpu_count()} cores, {platform.system()} "
        f"{platform.release()}, Python {platform.python_version()}, {versions}; {yardstick}."
    )


def _processor() -> str:
    with contextlib.suppress(OSError), open("/proc/cpuinfo", encoding="utf-8") as file:
        for line in file:
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


HEAD = "| what | ours | yardstick | its time | ratio | budget | |\n|---|---|---|---|---|---|---|"
PAGE = """# The budgets, measured

{machine}

Ours and the yardstick run in turns on the same machine, and of each the best round stands here; the ratio is what
counts. `make bench` writes this page anew.

{table}

{missed}
"""


def main() -> int:
    """Print the table; with `--write` also into `docs/bench.md`. The exit status says whether every budget is met."""
    results: list[Result] = []
    compileall.compile_dir(ROOT / "workbench", quiet=1)  # as any install leaves it
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as name:
        folder = Path(name)
        print(f"{machine()}\n\n{HEAD}")
        for measure in (screens, saves, verbs):
            for result in measure(folder):
                results.append(result)
                print(result.line(), flush=True)
    missed = [result.what for result in results if not result.met]
    if "--write" in sys.argv[1:]:
        table = "\n".join((HEAD, *(result.line() for result in results)))
        told = f"Missed here: {'; '.join(missed)}." if missed else "Every budget is met."
        page = PAGE.format(machine=machine(), table=table, missed=told)
        (ROOT / "docs" / "bench.md").write_text(page, encoding="utf-8")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
