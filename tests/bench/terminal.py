"""A program in a pseudo-terminal: how long until a text stands on the screen, until a key shows, how much memory."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path
from types import TracebackType

LABEL = """
from textual.app import App
from textual.widgets import Label
class One(App):
    def compose(self): yield Label("ready-mark")
One().run()
"""
TABLE = """
from textual.app import App
from textual.widgets import DataTable
class Hundred(App):
    def compose(self): yield DataTable(cursor_type="row")
    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns(*(f"column {n}" for n in range(8)))
        for row in range(100): table.add_row(*(f"ready-mark {row} {n}" for n in range(8)))
    def key_j(self): self.query_one(DataTable).action_cursor_down()
Hundred().run()
"""


class Terminal:
    """One run of `python ARGS` on a 120x36 terminal."""

    def __init__(self, *args: str, **environment: str) -> None:
        self._began = time.perf_counter()
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            os.environ.update(environment, TERM="xterm-256color", COLORTERM="truecolor", LINES="36", COLUMNS="120")
            os.execv(sys.executable, [sys.executable, *args])
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        os.kill(self._pid, signal.SIGKILL)
        os.close(self._fd)
        os.waitpid(self._pid, 0)

    def until(self, text: str, limit: float = 30) -> float:
        """Seconds from the start until `text` was written."""
        seen = b""
        while text.encode() not in seen:
            seen += self._read(limit)
        return time.perf_counter() - self._began

    def settle(self, quiet: float = 0.4, longest: float = 30) -> None:
        """Until nothing was written for a while, or for as long as it may take."""
        end = time.perf_counter() + longest
        while (left := end - time.perf_counter()) > 0 and select.select([self._fd], [], [], min(quiet, left))[0]:
            os.read(self._fd, 1 << 16)

    def key(self, key: str, text: str = "") -> float:
        """Seconds from a key press until the screen answers, with `text` where one is given."""
        began = time.perf_counter()
        os.write(self._fd, key.encode())
        seen = self._read(10)
        while text.encode() not in seen:
            seen += self._read(10)
        took = time.perf_counter() - began
        self.settle(0.05)
        return took

    def peak_mb(self) -> float:
        """The most memory it has held so far."""
        with open(f"/proc/{self._pid}/status", encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmHWM")) / 1024

    def processor_seconds(self) -> float:
        """What its threads have used of the processor so far."""
        tasks = Path(f"/proc/{self._pid}/task").glob("*/schedstat")
        return sum(int(task.read_text("ascii").split()[0]) for task in tasks) / 1e9

    def _read(self, limit: float) -> bytes:
        if not select.select([self._fd], [], [], limit)[0]:
            raise TimeoutError
        return os.read(self._fd, 1 << 16)
