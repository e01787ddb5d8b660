"""A file layer in which one call fails, every call from there on fails, or the process dies there."""

from __future__ import annotations

import errno
import os

from workbench.storage import Files

FREES = {"close", "release"}  # done all the same: by the system for a dead process, and where they fail
NEVER_FAIL = {"isdir", "exists", "access"}  # they answer, they do not raise
FILLS = {"open", "write", "mkdir", "link"}  # what a full disk refuses, if it is for writing


class Died(BaseException):
    """The process was killed."""


class FaultyFiles(Files):
    """The real file system, fsync left out, until `arm` says what goes wrong at which call.

    Faults: the name of an errno (that one call), `"full"` (no space from there on), `"die"`.
    """

    def __init__(self) -> None:
        super().__init__(patience=0.2)
        self.calls: list[str] = []
        self.at: int | None = None
        self.fault = ""
        self.dead = False

    def arm(self, at: int | None, fault: str = "") -> None:
        self.calls, self.at, self.fault = [], at, fault

    def call(self, function, *args):
        name = function.__name__
        if self.dead:
            if name in FREES:
                function(*args)
            raise Died
        number = len(self.calls)
        self.calls.append(name)
        if self.at is not None and name not in NEVER_FAIL:
            if number == self.at and self.fault not in {"full", "die"}:
                if name in FREES:
                    function(*args)
                code = getattr(errno, self.fault)
                raise OSError(code, os.strerror(code))
            if number >= self.at and self.fault == "full" and name in FILLS and not reads(name, args):
                self.write_half(name, args)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if number == self.at and self.fault == "die":
            self.write_half(name, args)
            self.dead = True
            self.call(function, *args)
        return None if name == "fsync" else function(*args)

    @staticmethod
    def write_half(name, args):
        if name == "write":
            os.write(args[0], args[1][: len(args[1]) // 2])


def reads(name, args):
    return name == "open" and not args[1] & os.O_CREAT
