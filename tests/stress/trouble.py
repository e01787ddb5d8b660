"""The troubles, each as one function: it makes the trouble, checks what was promised, and says what it saw."""

from __future__ import annotations

import json
import os
import random
import re
import resource
import shutil
import subprocess
import time
from collections import Counter
from pathlib import Path

from tests.stress.workers import Worker, bound_by_modes, lost, screen, script, start, verb
from workbench.session.safety.desk import check

#: A lock that outlives its holder would make the next save wait this long.
_AT_ONCE = 3.0
_READING = (["queue"], ["today"], ["history"], ["ledger"], ["issues"], ["report"], ["ticket", "show", "T-1"])


def kills(folder: Path, rounds: int) -> str:
    """`kill -9` while verbs save one after the other: what was reported is there, the file is whole, the lock free."""
    saved = slowest = 0.0
    work = folder / "0"
    for turn in range(rounds):
        if turn % 40 == 0:
            work = folder / str(turn)
            start(work)
        worker = Worker(script(work, f"r{turn}"))
        said = [worker.first()]
        time.sleep(random.random() * 0.05)
        said += worker.kill()
        assert not lost(work, said), (turn, lost(work, said))
        saved += len(said)
        began = time.monotonic()
        status, _, told = verb(work, "ticket", "note", "T-1", f"after {turn}")
        assert status == 0, told
        slowest = max(slowest, time.monotonic() - began)
        assert slowest < _AT_ONCE, "a lock was left behind"
        if turn % 10 == 0:
            assert check(work / "data").problems == []
    assert check(work / "data").problems == []
    return f"{rounds} kills, {saved:.0f} saves reported, none lost; the next save took at most {slowest * 1000:.0f} ms"


def race(folder: Path, seconds: float) -> str:
    """Two screens and four scripts write at once: no update is lost, no id given out twice, no lock is left."""
    start(folder)
    works = [screen(folder, f"s{n}") for n in range(2)] + [script(folder, f"v{n}") for n in range(4)]
    workers = [Worker(work) for work in works]
    time.sleep(seconds)
    said = [line for worker in workers for line in worker.kill()]
    refused = [line for line in said if line.startswith("refused")]
    assert all("another workbench is saving" in line for line in refused), refused[:3]
    missing = lost(folder, said)
    assert not missing, missing[:5]
    ids = [line for line in said if line.startswith("add")]
    assert len(set(ids)) == len(ids), "an id was given out twice"
    began = time.monotonic()
    assert verb(folder, "ticket", "note", "T-1", "after")[0] == 0
    assert time.monotonic() - began < _AT_ONCE, "a lock was left behind"
    assert check(folder / "data").problems == []
    return (
        f"{len(said) - len(refused)} saves by six writers, none lost, {len(refused)} refused because another was saving"
    )


def full_disk(folder: Path) -> str:
    """A disk that fills up while tickets come in: one sentence, nothing lost; room again, and it goes on."""
    mounted = _mounted(folder)
    try:
        start(folder)
        (folder / "data" / "backups").mkdir()
        said: list[str] = []
        limit = resource.getrlimit(resource.RLIMIT_FSIZE)
        if not mounted:
            resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, limit[1]))
        try:
            status = 0
            while status == 0:
                status, out, told = verb(folder, "ticket", "add", "--kind", "other", "--note", "x" * 400, "--json")
                said += [f"add {json.loads(out)['id']}"] if status == 0 else []
            assert status == 1
            assert ("disk is full" if mounted else "could not be written") in told, told
            assert told.count("\n") == 1, told
            for words in _READING:
                assert verb(folder, *words)[0] == 0
            assert not lost(folder, said)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        if mounted:
            subprocess.run(["mount", "-o", "remount,size=2m", str(folder)], check=True)
        assert verb(folder, "ticket", "note", "T-1", "after")[0] == 0
        assert check(folder / "data").problems == []
        assert not [name for name in os.listdir(folder / "data") if name.endswith(".tmp")]
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)
    return (
        f"full after {len(said)} tickets ({'a small disk' if mounted else 'a limit on the size of files'}), none lost"
    )


def _mounted(folder: Path) -> bool:
    """A small disk of its own where that is allowed."""
    folder.mkdir(parents=True)
    if os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    call = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(folder)]
    return subprocess.run(call, capture_output=True, check=False).returncode == 0


def read_only(folder: Path) -> str:
    """A directory that may only be read: every reading verb answers, every other says one sentence."""
    start(folder)
    verb(folder, "log", "PANTS size too small")
    data = folder / "data"
    for path in (*data.rglob("*"), data):
        path.chmod(0o555 if path.is_dir() else 0o444)

    def work(say) -> None:
        if os.geteuid() == 0:
            bound_by_modes()
        for words in (*_READING, ["check"]):
            status, out, told = verb(folder, *words)
            say(f"{words} {status} {told.strip()}" if status or not out else "ok")
        for words in (["ticket", "note", "T-1", "x"], ["undo"], ["backup"], ["log", "PANTS size x"]):
            status, _, told = verb(folder, *words)
            say("ok" if status == 1 and "read-only" in told and told.count("\n") == 1 else f"{words} {status} {told}")

    before = {path: path.stat().st_mtime_ns for path in data.rglob("*")}
    said = Worker(work).end()
    assert said == ["ok"] * 12, [line for line in said if line != "ok"]
    assert {path: path.stat().st_mtime_ns for path in data.rglob("*")} == before
    for path in (data, *data.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    assert verb(folder, "ticket", "note", "T-1", "x")[0] == 0
    return "8 reading verbs answered, 4 others refused with one sentence, no file touched"


def clock_jumps(folder: Path, rounds: int) -> str:
    """A clock that jumps back and forth by years: ids rise, nothing is lost, everything can be undone."""
    start(folder)
    ids = []
    for _ in range(rounds):
        now = f"20{random.randint(10, 60)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}T10:00"
        status, out, told = verb(folder, "ticket", "add", "--kind", "other", "--now", now, "--json")
        assert status == 0, told
        ids.append(int(json.loads(out)["id"][2:]))
        verb(folder, "ticket", "close", f"T-{ids[-1]}", "--now", now)
    assert ids == sorted(set(ids))
    assert check(folder / "data").problems == []
    every = json.loads(verb(folder, "queue", "--all", "--json")[1])["tickets"]
    assert {case["id"] for case in every} == {"T-1", *(f"T-{id}" for id in ids)}
    undone = 0
    while verb(folder, "undo", "--now", "2026-11-24T09:00")[0] == 0:
        undone += 1
    left = json.loads(verb(folder, "queue", "--all", "--json")[1])["tickets"]
    assert undone == min(200, 2 * rounds + 1)
    assert len(left) == max(0, 1 + rounds - undone // 2 - undone % 2)
    return f"{rounds} jumps between 2010 and 2060, {undone} actions undone"


def spoiled(folder: Path, rounds: int) -> str:
    """Files cut, emptied, flipped, swapped, newer, foreign: a sentence, nothing overwritten, and the way out works."""
    template = folder / "template"
    _lived(template)
    whole = (template / "data" / "workbench.json").read_bytes()
    harms = {
        "cut": lambda data: data[: random.randrange(len(data) - 2)],
        "zero bytes": lambda data: b"",
        "zeros": lambda data: bytes(len(data)),
        "a hole": lambda data: data[: len(data) // 3] + bytes(512) + data[len(data) // 3 + 512 :],
        "flipped": _flipped,
        "newer": lambda data: data.replace(b'"schema":3', b'"schema":9', 1),
        "another program's": lambda data: b'{"posts": [{"id": 1}]}',
        "an archive in its place": lambda data: next((template / "data" / "archive").iterdir()).read_bytes(),
        "gone": None,
    }
    seen: Counter[str] = Counter()
    for turn in range(rounds):
        name = list(harms)[turn % len(harms)]
        work = folder / "work"
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(template, work)
        path = work / "data" / "workbench.json"
        harm = harms[name]
        harmed = None if harm is None else harm(whole)
        path.unlink() if harmed is None else path.write_bytes(harmed)
        seen[_way_out(work, path, harmed)] += 1
    return f"{rounds} spoiled files: " + ", ".join(f"{count} {what}" for what, count in sorted(seen.items()))


def _flipped(data: bytes) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << random.randrange(8)]) + data[at + 1 :]


def _way_out(work: Path, path: Path, harmed: bytes | None) -> str:
    """What came of it: refused and restored, or usable and told."""
    status, out, told = verb(work, "queue", "--all", "--json", "--now", "2026-11-26T09:00")
    assert told.count("\n") >= 1, f"it is told: {harmed!r}"
    assert verb(work, "check")[0] == 1
    if status == 0:
        assert json.loads(out)["tickets"], "never an empty start"
        assert "outside the program" in told or "newer" in told, told
        return "usable and told"
    refused = [line for line in told.splitlines() if line.startswith("workbench: ")]
    assert len(refused) == 1, told
    one_record = "Record " in told or "/archive/" in told  # a flip in a name or a checksum: all else can be used
    saved = verb(work, "ticket", "note", "T-1", "x")[0] == 0
    assert one_record or not saved, told
    assert saved or (path.read_bytes() if path.exists() else None) == harmed, "nothing was overwritten"
    if "newer" in told:
        return "left to the newer version"
    way = re.search(r"workbench restore(?: (\S+\.json))?|backups/", told)
    assert way, told
    newest = sorted((work / "data" / "backups").glob("*.json"))[-1]
    backup = way[1] or str(newest)
    status, _, told = verb(work, "restore", backup)
    assert status == 0, told
    status, out, told = verb(work, "queue", "--all", "--json")
    assert status == 0, (told, harmed)
    assert len(json.loads(out)["tickets"]) == 3, "the state of that morning"
    # What was saved in between left a backup of the state with the fault, and that is told.
    assert [each for each in check(work / "data").problems if not saved or each.file.parent.name != "backups"] == []
    return "refused in part, then restored" if one_record else "refused, then restored"


def _lived(folder: Path) -> None:
    """Three days, so that there are backups and archives."""
    start(folder)
    for day in (24, 25, 26):
        now = ["--now", f"2026-11-{day}T09:00"]
        verb(folder, "ticket", "add", "--kind", "other", "--opened", "2026-08-01", "--note", "words of a buyer", *now)
        if day == 24:
            verb(folder, "ticket", "close", "T-2", "--at", "2026-08-02", *now)
        verb(folder, "log", "PANTS size too small", *now)


def conflict_copy(folder: Path) -> str:
    """Two machines on a synced drive: the copy is merged by the next verb, once, and undo takes it back."""
    _lived(folder / "here")
    shutil.copytree(folder / "here", folder / "there")
    for machine in ("here", "there"):
        for number in range(5):
            verb(folder / machine, "ticket", "add", "--kind", "other", "--note", f"{machine} {number}")
    name = "workbench (conflicted copy 2026-11-26).json"
    shutil.copy(folder / "there" / "data" / "workbench.json", folder / "here" / "data" / name)
    assert verb(folder / "here", "check")[0] == 1
    status, out, told = verb(folder / "here", "queue", "--json")
    notes = {case["note"] for case in json.loads(out)["tickets"]}
    assert {f"{machine} {number}" for machine in ("here", "there") for number in range(5)} <= notes
    assert status == 0
    assert name in told
    assert told.count("\n") == 1, told
    assert verb(folder / "here", "queue", "--json") == (0, out, "")
    assert check(folder / "here" / "data").problems == []
    assert verb(folder / "here", "undo")[0] == 0
    left = {case["note"] for case in json.loads(verb(folder / "here", "queue", "--json")[1])["tickets"]}
    assert not any(note and note.startswith("there") for note in left)
    return "5 + 5 new tickets under the same numbers, all there once"
