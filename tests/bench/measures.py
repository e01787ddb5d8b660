"""What is measured: ours and the yardstick in turns, the median of seven rounds."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from tests.bench import worlds
from tests.bench.budgets import BESIDE, BUDGETS, Result
from tests.bench.terminal import LABEL, TABLE, Terminal
from workbench.session import Session

ROUNDS = 7
F3, F6, F7 = "\x1bOR", "\x1b[17~", "\x1b[18~"
Work = Callable[[], float]


def in_turns(*works: Work) -> list[float]:
    """The median of each, measured in turns after one round to warm up.

    The machine is shared: what else it does falls on ours and the yardstick alike, and one bad round moves no median.
    """
    times = [[work() for work in works] for _ in range(ROUNDS + 1)]
    return [statistics.median(column) for column in zip(*times[1:], strict=True)]


def result(what: str, ours: float, theirs: float) -> Result:
    return Result(BUDGETS[what], ours, theirs)


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def some(work: Work, times: int) -> float:
    """The median of some: of a single key or save the time says little."""
    return statistics.median(work() for _ in range(times))


def environment(folder: Path, now: datetime | None = worlds.NOW) -> dict[str, str]:
    """What the program is started with; without `now` its clock runs."""
    return {
        **os.environ, "WORKBENCH_DATA": str(folder / "data"), "WORKBENCH_CONFIG": str(folder / "settings.toml"),
        "WORKBENCH_LANG": "en", "HOME": str(folder), **({"WORKBENCH_NOW": now.isoformat()} if now else {}),
    }  # fmt: skip


def call(folder: Path, *words: str) -> float:
    """Seconds of one verb on the shop in `folder`, into a pipe."""
    command = [sys.executable, "-m", "workbench", *words]
    return timed(lambda: subprocess.run(command, env=environment(folder), capture_output=True, check=True))


def bare() -> float:
    return timed(lambda: subprocess.run([sys.executable, "-c", "pass"], capture_output=True, check=True))


def screens(folder: Path) -> Terminal:
    return Terminal("-m", "workbench", **environment(folder))


def first_frame(folder: Path) -> float:
    """Until Today stands."""
    with screens(folder) as terminal:
        return terminal.until("SKU-")


def then_queue(folder: Path) -> float:
    """From the key on Today until the queue stands."""
    with screens(folder) as terminal:
        terminal.until("SKU-")
        terminal.settle()
        return terminal.key(F3, "SKU-")


def label() -> float:
    with Terminal("-c", LABEL) as terminal:
        return terminal.until("ready-mark")


def frames(folder: Path, live: int, archived: int) -> Iterator[Result]:
    """The first frames of one size of shop, of Today and then of the queue."""
    shop = folder / "shop"
    worlds.shop(shop, live, archived)
    size = f"{live:,} open, {archived:,} archived"
    yield result(f"first frame, {size}", *in_turns(lambda: first_frame(shop), label))
    yield result(f"then the queue, {size}", *in_turns(lambda: then_queue(shop), label))


def frames_beside(folder: Path, live: int, archived: int) -> Iterator[Result]:
    """The first frame with full tables beside the tickets, and without them."""
    alone, full = folder / "alone", folder / "full"
    worlds.shop(alone, live, archived)
    worlds.beside(worlds.shop(full, live, archived))
    times = in_turns(lambda: first_frame(full), lambda: first_frame(alone))
    yield result(f"first frame, {live:,} open, {BESIDE}", *times)


def keys(terminal: Terminal, *pressed: str) -> float:
    """The median of the keys, each until the screen answers."""
    terminal.settle()
    return statistics.median(terminal.key(key) for key in pressed)


def key_in_list(folder: Path) -> Iterator[Result]:
    worlds.shop(folder, 10000, 100000)
    yield _keys(folder, "key to repaint, 10,000 open", [F3])


def key_in_search(folder: Path) -> Iterator[Result]:
    """Letters typed and taken back, so that the list is another one at every key."""
    worlds.beside(worlds.shop(folder, 1000, 0))
    yield _keys(folder, "key in the search, 2,000 replies", [F6, "/"], (*"size", *["\x7f"] * 4))


def key_on_board(folder: Path) -> Iterator[Result]:
    worlds.beside(worlds.shop(folder, 1000, 0), promotions=3000)
    yield _keys(folder, "key on the board, 300 SKUs, 3,000 promotions", [F7])


def _keys(folder: Path, what: str, way: list[str], pressed: tuple[str, ...] = ("j",) * 10) -> Result:
    """Keys after the `way` to a screen; the yardstick gets `j`, fewer in all than it has rows."""
    with screens(folder) as ours, Terminal("-c", TABLE) as theirs:
        ours.until("SKU-")
        theirs.until("ready-mark")
        for key in way:
            ours.settle()
            ours.key(key)
        return result(what, *in_turns(lambda: keys(ours, *pressed), lambda: keys(theirs, *["j"] * len(pressed))))


def memory(folder: Path) -> Iterator[Result]:
    """The most that is held until the queue was walked a little."""
    worlds.shop(folder, 10000, 100000)

    def ours() -> float:
        with screens(folder) as terminal:
            terminal.until("SKU-")
            terminal.settle()
            terminal.key(F3)
            keys(terminal, *["j"] * 10)
            return terminal.peak_mb()

    def theirs() -> float:
        with Terminal("-c", LABEL) as terminal:
            terminal.until("ready-mark")
            terminal.settle()
            return terminal.peak_mb()

    yield result("peak memory, 10,000 open, 100,000 archived", *in_turns(ours, theirs))


def idle(folder: Path, seconds: float = 5) -> Iterator[Result]:
    """The processor's time while nobody touches a queue whose visible rows all show seconds."""
    worlds.shop(folder, 1000, 0, due_in_minutes=9)
    with Terminal("-m", "workbench", **environment(folder, None)) as terminal:
        terminal.until("SKU-")
        terminal.settle(0.2, 2)
        terminal.key(F3)
        terminal.settle(0.2, 2)

        def busy() -> float:
            before = terminal.processor_seconds()
            terminal.settle(seconds, seconds)
            return terminal.processor_seconds() - before

        yield result("idle, 1,000 open, all rows ticking", statistics.median(busy() for _ in range(ROUNDS)), seconds)


def saves(folder: Path) -> Iterator[Result]:
    """One durable save in an open session against TinyDB's default storage with the same records."""
    session = worlds.shop(folder / "save", 1000, 0, actions=200)
    raw = [json.loads(bytes(record)) for record in session.store.table("tickets").values()]
    yield result("save, 1,000 live, full history", *in_turns(save(session), partial(_tinydb, folder, raw)))
    archived = worlds.shop(folder / "archived", 1000, 20000)
    yield result("save, 1,000 live, 20,000 archived", *in_turns(save(archived), partial(_tinydb, folder, raw * 21)))


def saves_by_archive(folder: Path) -> Iterator[Result]:
    few, many = worlds.shop(folder / "few", 1000, 1000), worlds.shop(folder / "many", 1000, 100000)
    yield result("save, 100,000 archived", *in_turns(save(many), save(few)))


def save(session: Session) -> Work:
    return lambda: some(lambda: timed(lambda: session.tickets.note([7], "x")), 5)


def _tinydb(folder: Path, records: list[dict[str, object]]) -> float:
    from tinydb import TinyDB

    path = folder / "plain.json"
    path.unlink(missing_ok=True)
    with TinyDB(path) as database:
        database.insert_multiple(records)
        return timed(lambda: database.insert(records[0]))


def queue_json(folder: Path) -> Iterator[Result]:
    worlds.shop(folder, 1000, 0)
    yield result("queue --json, 1,000 open", *in_turns(lambda: call(folder, "queue", "--json"), bare))


def queue_piped(folder: Path) -> Iterator[Result]:
    worlds.shop(folder, 10000, 90000)
    _task_import(folder)
    times = in_turns(lambda: call(folder, "queue"), lambda: _task(folder, "next"))
    yield result("queue, 10,000 open, 90,000 archived", *times)


def imports(folder: Path) -> Iterator[Result]:
    csv, xlsx = folder / "returns.csv", folder / "returns.xlsx"
    worlds.returns_csv(csv, 100_000)
    worlds.returns_xlsx(xlsx, 100_000)
    for file in (csv, xlsx):
        times = in_turns(partial(_import, folder, file), lambda: _task_import(folder))
        yield result(f"import, 100,000 rows of {file.suffix[1:].upper()}", *times)


def lint(folder: Path) -> Iterator[Result]:
    worlds.shop(folder, 1, 0)
    files = worlds.texts(folder / "texts", 2000, 500)
    times = in_turns(lambda: call(folder, "lint", *map(str, files)), bare)
    yield result("lint, 2,000 texts of 500 characters", *times)


def reply_use(folder: Path) -> Iterator[Result]:
    worlds.beside(worlds.shop(folder, 1000, 0))
    yield result(
        "reply use, 2,000 replies", *in_turns(lambda: call(folder, "reply", "use", "size-7", "--for", "T-7"), bare)
    )


def coverage(folder: Path) -> Iterator[Result]:
    worlds.beside(worlds.shop(folder, 1000, 0), promotions=3000)
    yield result("coverage, 300 SKUs, 3,000 promotions", *in_turns(lambda: call(folder, "coverage"), bare))


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


#: By the name on the command line; each has an empty folder of its own.
MEASURES: dict[str, Callable[[Path], Iterator[Result]]] = {
    "frames": partial(frames, live=1000, archived=20000),
    "frames-large": partial(frames, live=10000, archived=100000),
    "beside": partial(frames_beside, live=1000, archived=20000),
    "beside-large": partial(frames_beside, live=10000, archived=100000),
    "key": key_in_list,
    "search": key_in_search,
    "board": key_on_board,
    "memory": memory,
    "idle": idle,
    "saves": saves,
    "saves-by-archive": saves_by_archive,
    "queue-json": queue_json,
    "queue": queue_piped,
    "import": imports,
    "lint": lint,
    "reply-use": reply_use,
    "coverage": coverage,
}
#: Those whose yardstick is taskwarrior.
OF_TASKWARRIOR = ("queue", "import")
