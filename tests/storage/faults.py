"""A file layer in which one call fails, every call from there on fails, or the process dies there."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

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


class PowerCut(FaultyFiles):
    """Remembers what is not on the disk yet, so that `cut` can take it away."""

    def __init__(self, keep: Path) -> None:
        super().__init__()
        self.keep = keep  # where replaced and removed files wait for their names to come back
        shutil.rmtree(keep, ignore_errors=True)
        keep.mkdir()
        self.opened: dict[int, str] = {}
        self.unsynced: dict[int, str] = {}  # inode: a path it had
        self.changes: list[tuple[str, Callable[[], None]]] = []  # directory, how to take its change back

    def call(self, function, *args):
        name = function.__name__
        undo = None if self.dead or len(self.calls) == self.at else self.before(name, args)
        result = super().call(function, *args)
        if name == "open":
            self.opened[result] = str(args[0])
            if not reads(name, args):
                self.unsynced[os.fstat(result).st_ino] = str(args[0])
        elif name == "replace":
            self.unsynced = {i: str(args[1]) if p == str(args[0]) else p for i, p in self.unsynced.items()}
        elif name == "fsync":
            self.unsynced.pop(os.fstat(args[0]).st_ino, None)
            self.changes = [entry for entry in self.changes if entry[0] != self.opened[args[0]]]
        if undo:
            self.changes.append((os.path.dirname(args[1] if name in {"replace", "link"} else args[0]), undo))
        return result

    def before(self, name, args):
        """How to take back the change of a name that is about to be made; None if none is."""
        if name == "open" and not reads(name, args):
            return partial(remove, args[0])
        if name == "mkdir":
            return partial(shutil.rmtree, args[0])
        if name == "link":
            return partial(remove, args[1])
        if name not in {"replace", "unlink"}:
            return None
        target = args[-1]
        kept = self.keep / f"{len(self.changes)}-{len(self.calls)}"
        if os.path.exists(target):
            os.link(target, kept)

        def back():
            if name == "replace":
                os.replace(target, args[0])
            if kept.exists():
                os.link(kept, target)

        return back

    def cut(self, lost: str) -> None:
        """The power goes: half of what was not synced of each file is lost, or the names of all that was not."""
        if lost == "data":
            for path in self.unsynced.values():
                if os.path.exists(path):
                    os.truncate(path, os.path.getsize(path) // 2)
        else:
            for _, undo in reversed(self.changes):
                undo()


def remove(path):
    if os.path.exists(path):
        os.unlink(path)


def reads(name, args):
    return name == "open" and not args[1] & os.O_CREAT
