"""The program in a pseudo-terminal of a size, told what a terminal sends, its screen kept by reading what it writes."""

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

ALTERNATE, MOUSE = b"\x1b[?1049h", b"\x1b[?1000h"
#: Seconds for anything to happen on a machine with a lot to do.
LIMIT = 20.0


class Pseudo:
    """One run of `python -m workbench ARGS`; ends it on leaving."""

    def __init__(self, *args: str, rows: int = 24, columns: int = 80, prelude: str = "", **environment: str) -> None:
        self.written = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            # Whoever runs the tests behind its back (`make test &`) had these ignored, and so would the program.
            for name in ("SIGINT", "SIGQUIT"):
                signal.signal(getattr(signal, name), signal.SIG_DFL)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            for name in ("SSH_TTY", "SSH_CONNECTION", "NO_COLOR", "COLUMNS", "LINES", "LC_ALL", "LC_CTYPE", "ESCDELAY"):
                os.environ.pop(name, None)
            os.environ.update({"TERM": "xterm-256color", "LANG": "C.UTF-8", **environment})
            program = f"import sys; sys.argv[0] = 'workbench'; {prelude}\nfrom workbench.__main__ import main; main()"
            os.execv(sys.executable, [sys.executable, "-c", program, *args])
        self.before = termios.tcgetattr(self.fd)

    def __enter__(self) -> Pseudo:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            if os.waitpid(self.pid, os.WNOHANG)[0] == 0:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
        except ChildProcessError:
            pass
        if self.fd >= 0:
            os.close(self.fd)

    def read(self, limit: float) -> bool:
        """Read what is there; whether there was anything within the limit."""
        if not select.select([self.fd], [], [], limit)[0]:
            return False
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            data = b""
        self.written += data
        return bool(data)

    def until(self, *texts: str) -> None:
        """Until one of the texts was written."""
        end = time.monotonic() + LIMIT
        while not any(text.encode() in self.written for text in texts):
            assert time.monotonic() < end, (texts, self.written[-3000:])
            self.read(0.2)

    def settle(self, quiet: float = 0.5) -> None:
        """Until nothing was written for a while."""
        while self.read(quiet):
            pass

    def send(self, *pieces: bytes, gap: float = 0.0) -> None:
        """What the terminal sends."""
        for at, piece in enumerate(pieces):
            if at:
                time.sleep(gap)
            os.write(self.fd, piece)

    def status(self) -> int:
        """The exit status, as a shell tells it; waits for the end."""
        end = time.monotonic() + LIMIT
        while True:
            if self.fd >= 0 and not self.read(0.05):
                time.sleep(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.settle(0.05) if self.fd >= 0 else None
                return os.waitstatus_to_exitcode(status)
            assert time.monotonic() < end, self.written[-2000:]

    def hang_up(self) -> None:
        """The terminal is gone."""
        os.close(self.fd)
        self.fd = -1

    def signal(self, number: int) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    def is_itself_again(self) -> bool:
        """Whether the terminal is as it was before."""
        on, off = self.written.rfind(ALTERNATE), self.written.rfind(b"\x1b[?1049l")
        mouse, no_mouse = self.written.rfind(MOUSE), self.written.rfind(b"\x1b[?1000l")
        return off > on >= 0 and no_mouse > mouse >= 0 and termios.tcgetattr(self.fd) == self.before


def processor_seconds(pid: int) -> float:
    """How long a process has been at work."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
