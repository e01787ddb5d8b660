"""Textual's driver for Unix terminals, with what it lacks.

It reads by `Reader`; a fault of its thread is a fault of the app; it writes to the terminal of standard output, and
to one that is gone without a word; its size is the terminal's, whatever the environment says; the program ends when
nobody is there any more, and a terminal that another has stopped and continued is restored to what it was at first.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import termios
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, cast

from textual import constants
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from workbench.ui.terminal.decoding import decoder, encoding
from workbench.ui.terminal.reader import Reader

if TYPE_CHECKING:
    from typing import Protocol

    class Ending(Protocol):
        """An app that can be told to end."""

        def end(self, status: int) -> None:
            """End with this exit status."""


#: Seconds until Esc alone is Esc: a sequence comes over a network in pieces.
HERE, REMOTE = 0.1, 0.4
#: Seconds between two looks whether the thread shall end.
_LOOK = 0.1
#: Kitty: only what would be ambiguous comes as a sequence, so that a character is a character.
_DISAMBIGUATE = "\x1b[>1u"
#: What `stop_application_mode` writes, for an end at once.
_RESTORE = (
    b"\x1b[?2004l\x1b[?7h\x1b[?2048l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)


def escape_delay(environ: Mapping[str, str] = os.environ) -> float:
    """Seconds until Esc alone is Esc: what ESCDELAY says, longer over ssh."""
    if "ESCDELAY" in environ:
        return constants.ESCAPE_DELAY
    return REMOTE if environ.get("SSH_TTY") or environ.get("SSH_CONNECTION") else HERE


class Output:
    """The terminal as a file. Once it is gone, nothing is written any more and nothing is raised."""

    def __init__(self, file: TextIOWrapper) -> None:
        self._file = file
        self.gone = False

    def write(self, text: str) -> None:
        """Write, as long as somebody is there."""
        if not self.gone:
            try:
                self._file.write(text)
            except UnicodeError:
                codec = self._file.encoding
                self._file.write(text.encode(codec, "replace").decode(codec))
            except (OSError, ValueError):
                self.gone = True

    def flush(self) -> None:
        """Hand over what was written."""
        try:
            if not self.gone:
                self._file.flush()
        except (OSError, ValueError):
            self.gone = True

    def fileno(self) -> int:
        """The number of the file."""
        return self._file.fileno()

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self._file.isatty()


class TerminalDriver(LinuxDriver):
    """The driver of every app of ours on Unix."""

    #: What the terminal was before anything was changed.
    _first: list[Any] | None = None

    def __init__(self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None):
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        # Standard output is a terminal, or there are no screens; the faults of a program may go to a file.
        self._output = Output(cast("TextIOWrapper", sys.__stdout__))
        self._file = cast("TextIOWrapper", self._output)

    def _get_terminal_size(self) -> tuple[int, int]:
        """(columns, rows) of the terminal itself."""
        for fileno in (self._output.fileno(), self.fileno):
            with suppress(OSError):
                columns, rows = os.get_terminal_size(fileno)
                if columns and rows:
                    return columns, rows
        return 80, 24

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        kitty, constants.DISABLE_KITTY_KEY = not constants.DISABLE_KITTY_KEY, True  # type: ignore[misc]
        try:
            super().start_application_mode()  # type: ignore[no-untyped-call]
        finally:
            constants.DISABLE_KITTY_KEY = not kitty  # type: ignore[misc]
        if self._first is None:
            self._first = self.attrs_before
        self.attrs_before = self._first
        if kitty:
            self.write(_DISAMBIGUATE)
            self.flush()

    def _sigcont_application(self, *_: object) -> None:
        """Go on. Where another stopped the program, the thread still reads and the terminal may have changed."""
        if self._auto_restart:
            if self._key_thread is not None and self._key_thread.is_alive():
                self._must_signal_resume = True
                self.suspend_application_mode()
            self.resume_application_mode()

    def release(self) -> None:
        """Restore the terminal without waiting for anything: the program ends now."""
        fileno = self._output.fileno()
        with suppress(termios.error, OSError):
            if self._first is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self._first)
            os.set_blocking(fileno, False)
            os.write(fileno, _RESTORE)
            os.set_blocking(fileno, True)

    def _run_input_thread(self) -> None:
        """The thread. What fails in it ends the app as anything else does that nobody foresaw."""
        try:
            self.run_input_thread()
        except Exception as error:  # noqa: BLE001 - it is raised again by the app, outside of the screens
            self._tell(partial(self._app._handle_exception, error))

    def run_input_thread(self) -> None:
        """Read until the driver is told to stop, or nobody is there any more."""
        reader = Reader(self._debug, delay=escape_delay())
        decode = decoder(encoding()).decode
        while not self.exit_event.is_set():
            due = reader.due
            if select.select([self.fileno], [], [], _LOOK if due is None else min(due, _LOOK))[0]:
                try:
                    data = os.read(self.fileno, 1 << 12)
                except BlockingIOError:
                    continue
                except OSError:
                    data = b""
                if not data:
                    self._tell(partial(cast("Ending", self._app).end, 128 + signal.SIGHUP))
                    return
                for event in reader.feed(decode(data)):
                    self.process_message(event)
            for event in reader.tick():
                self.process_message(event)

    def _tell(self, what: partial[None]) -> None:
        """Do it in the thread of the app, unless that has ended meanwhile."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(what)
