"""Processes that use the program and say, on a pipe, what it reported as saved; the parent kills or joins them."""

from __future__ import annotations

import contextlib
import ctypes
import io
import json
import os
import random
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from workbench.cli.main import run
from workbench.core.saying import Refusal
from workbench.i18n import render
from workbench.session import Options, open_session

#: Of Linux's capability.h.
_CAPABILITY_VERSION_3 = 0x20080522
_DAC_READ_SEARCH = 1 << 2


class Worker:
    """A forked process running `work(say)`, where `say` sends a line; with what it sent so far."""

    def __init__(self, work: Callable[[Callable[[str], None]], None]) -> None:
        self._read, write = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            code = 1
            try:
                os.close(self._read)
                random.seed()
                work(lambda line: os.write(write, f"{line}\n".encode()) and None)
                code = 0
            except BaseException:  # noqa: BLE001 - the parent is told, whatever it is
                os.write(write, f"BROKEN {traceback.format_exc()!r}\n".encode())
            finally:
                os._exit(code)
        os.close(write)

    def first(self) -> str:
        """The first line, once it is there."""
        line = b""
        while not line.endswith(b"\n") and (byte := os.read(self._read, 1)):
            line += byte
        return line.decode().rstrip("\n")

    def kill(self) -> list[str]:
        """Kill it with no chance to do anything; the whole lines it sent."""
        os.kill(self.pid, signal.SIGKILL)
        return self.end()

    def end(self) -> list[str]:
        """Wait for it; the lines it sent."""
        data = b""
        while part := os.read(self._read, 1 << 16):
            data += part
        os.close(self._read)
        os.waitpid(self.pid, 0)
        lines = data.decode().split("\n")[:-1]
        broken = [line for line in lines if line.startswith("BROKEN")]
        assert not broken, broken[0]
        return lines


def bound_by_modes() -> None:
    """From here on this process of root may write only what modes allow, like anybody's; it can still read what root
    can, so that the program is found wherever it lies."""
    if not sys.platform.startswith("linux"):
        os.setgid(65534)
        os.setuid(65534)
        return
    libc = ctypes.CDLL(None, use_errno=True)
    head = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    held = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable: the lower 32 of each, then the higher
    if libc.capget(head, held) == 0:
        read = held[1] & _DAC_READ_SEARCH
        if libc.capset(head, (ctypes.c_uint32 * 6)(read, read, 0, 0, 0, 0)) == 0:
            return
    raise OSError(ctypes.get_errno(), "root could not give up its capabilities")


def verb(folder: Path, *words: str) -> tuple[int, str, str]:
    """One call of the program in this process: status, output, what it told."""
    os.environ.update(
        WORKBENCH_DATA=str(folder / "data"), WORKBENCH_CONFIG=str(folder / "settings.toml"), WORKBENCH_LANG="en",
        HOME=str(folder),
    )  # fmt: skip
    out, told = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(told):
        status = run(list(words))
    data, sentence = out.buffer.getvalue().decode(), told.buffer.getvalue().decode()
    assert "inside workbench" not in sentence, sentence
    assert "Traceback" not in sentence, sentence
    return status, data, sentence


def script(folder: Path, name: str) -> Callable[[Callable[[str], None]], None]:
    """A script that calls one verb after the other, each on its own: `add 7`, `note 3 word`, `log 5` were saved."""

    def work(say: Callable[[str], None]) -> None:
        number = 0
        while True:
            number += 1
            word = f"{name}-{number}"
            kind = random.choice(("add", "add", "note", "log"))
            if kind == "add":
                status, out, told = verb(folder, "ticket", "add", "--kind", "other", "--sku", word, "--json")
                saved = json.loads(out)["id"] if status == 0 else ""
            elif kind == "note":
                status, _, told = verb(folder, "ticket", "note", "T-1", word)
                saved = word
            else:
                status, _, told = verb(folder, "log", f"PANTS size {word}")
                saved = word
            say(f"{kind} {saved}" if status == 0 else f"refused {told.strip()}")

    return work


def screen(folder: Path, name: str) -> Callable[[Callable[[str], None]], None]:
    """A session that stays open, looks for changes of others and saves its own, as a screen does."""

    def work(say: Callable[[str], None]) -> None:
        session = open_session(Options(data=folder / "data", config=folder / "settings.toml"))
        number = 0
        while True:
            number += 1
            word = f"{name}-{number}"
            try:
                session.refresh()
                session.tickets.queue()
                if random.random() < 0.5:
                    (id,) = session.tickets.add(kind="other", sku=word).ids
                    say(f"add T-{id}")
                else:
                    session.tickets.note([1], word)
                    say(f"note {word}")
            except Refusal as refusal:
                say(f"refused {render(refusal.saying)}")

    return work


def start(folder: Path) -> None:
    """An empty shop with one ticket that everybody writes notes on."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.toml").write_text('[shop]\nmarket = "TH"\n', encoding="utf-8")
    status, _, told = verb(folder, "ticket", "add", "--kind", "other", "--sku", "PANTS")
    assert status == 0, told


def lost(folder: Path, lines: list[str]) -> list[str]:
    """What was reported as saved and is not there, after looking with fresh eyes."""
    session = open_session(Options(data=folder / "data", config=folder / "settings.toml"))
    tickets = {ticket.ref: ticket for ticket in session.tickets.all(archived=True)}
    notes = set((tickets["T-1"].note or "").split("\n"))
    words = {issue.words for issue in session.log.issues()}
    there = {"add": set(tickets), "note": notes, "log": words}
    pairs = [line.split(" ", 1) for line in lines if not line.startswith("refused")]
    return [f"{kind} {what}" for kind, what in pairs if what not in there[kind]]
