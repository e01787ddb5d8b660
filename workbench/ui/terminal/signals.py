"""Being told to end: the screens are taken down in order, the terminal is itself again, the status is 128 + the signal.

A second signal, or one that nothing answers within some seconds, ends the program at once, the terminal restored.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

#: Seconds in which what is being saved may be finished.
GRACE = 5.0
#: What ends a program, as far as the system knows it; what a shell told it to ignore (nohup) stays ignored.
_ENDING = ("SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT")


class ToldToEnd(SystemExit):
    """The program was told to end; its code is the exit status."""


def _raise(status: int) -> None:
    raise ToldToEnd(status)


@contextmanager
def heeded(end: Callable[[int], None] = _raise, at_once: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Within it a signal calls `end` with the exit status; where that does not help, `at_once` frees the terminal."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    grace: list[threading.Timer] = []

    def give_up(status: int) -> None:
        at_once()
        os._exit(status)

    def heard(number: int, _frame: FrameType | None) -> None:
        status = 128 + number
        if grace:
            give_up(status)
        grace.append(threading.Timer(GRACE, give_up, [status]))
        grace[0].daemon = True
        grace[0].start()
        end(status)

    before: dict[int, signal._HANDLER] = {}
    try:
        for name in _ENDING:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, heard)
        yield
    finally:
        for timer in grace:
            timer.cancel()
        for number, handler in before.items():
            signal.signal(number, handler)
