"""Every call to the operating system that the storage makes.

Each goes through `Files.call`, one gate, so that a test can make any single one fail, or let the process die there. A
call that a signal interrupted (EINTR) is made again. Errors are the `OSError` of the system, never translated here.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

#: A named pipe that nobody writes to would be waited for until somebody does.
_AT_ONCE: int = getattr(os, "O_NONBLOCK", 0)
#: What a lock says that somebody holds.
_HELD = (errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES)
_NO_LINK: int = getattr(os, "O_NOFOLLOW", 0)
_BINARY: int = getattr(os, "O_BINARY", 0)  # Windows would turn line ends otherwise


class Busy(Exception):
    """Another process holds the lock and did not let go of it in time."""


class Files:
    """The real file system; `patience` is how long to wait for the lock, in seconds."""

    def __init__(self, patience: float = 5.0) -> None:
        self.patience = patience

    def call(self, function: Callable[..., T], *args: Any) -> T:
        """Do one system call; the place where tests put their faults."""
        return function(*args)

    def _do(self, function: Callable[..., T], *args: Any) -> T:
        while True:
            try:
                return self.call(function, *args)
            except InterruptedError:
                continue

    def open_old(self, path: Path) -> int:
        """A descriptor for reading; what it is of shows in its `status`, and a pipe is not waited for."""
        return self._do(os.open, path, os.O_RDONLY | _AT_ONCE | _BINARY)

    def open_new(self, path: Path) -> int:
        """A descriptor for writing a file that must not exist yet, mode 0600."""
        return self._do(os.open, path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)

    def overwrite(self, path: Path, data: bytes) -> None:
        """Write `data` over the beginning of a file, mode 0600; what stood behind it stays. Neither whole nor synced
        for sure: for what may be lost. A link is an `OSError`: it leads to what is somebody else's."""
        descriptor = self._do(os.open, path, os.O_WRONLY | os.O_CREAT | _AT_ONCE | _NO_LINK | _BINARY, 0o600)
        try:
            self.belong(descriptor, path.parent)
            self.write(descriptor, memoryview(data))
        finally:
            self.close(descriptor)

    def read(self, descriptor: int, size: int) -> bytes:
        return self._do(os.read, descriptor, size)

    def write(self, descriptor: int, data: memoryview) -> int:
        """Write some of `data`; how many bytes it took."""
        return self._do(os.write, descriptor, data)

    def seek(self, descriptor: int, position: int) -> None:
        self._do(os.lseek, descriptor, position, os.SEEK_SET)

    def fsync(self, descriptor: int) -> None:
        """Everything written to the descriptor is on the disk when this returns."""
        if sys.platform == "darwin":  # fsync alone leaves it in the drive's cache there
            import fcntl

            self._do(fcntl.fcntl, descriptor, fcntl.F_FULLFSYNC)
        else:
            self._do(os.fsync, descriptor)

    def status(self, descriptor: int) -> os.stat_result:
        return self._do(os.fstat, descriptor)

    def close(self, descriptor: int) -> None:
        # Not again after EINTR: the descriptor is gone by then, and its number may be somebody else's.
        self.call(os.close, descriptor)

    def replace(self, source: Path, target: Path) -> None:
        self._do(os.replace, source, target)

    def unlink(self, path: Path) -> None:
        self._do(os.unlink, path)

    def link(self, source: Path, target: Path) -> None:
        self._do(os.link, source, target)

    def mkdir(self, path: Path) -> None:
        """One directory, mode 0700."""
        self._do(os.mkdir, path, 0o700)
        self.belong(path, path.parent)

    def belong(self, made: int | Path, like: Path) -> None:
        """Let what root made belong to whom `like` belongs, and a file take its mode: `sudo` once must lock nobody out.

        Whoever is not root makes nothing but what is his own. What the system refuses stays root's.
        """
        if os.name == "nt" or os.geteuid() != 0:
            return
        with contextlib.suppress(OSError):
            found = os.stat(like)
            if (found.st_uid, found.st_gid) != (0, 0):
                self._do(os.chown, made, found.st_uid, found.st_gid)
            if stat.S_ISREG(found.st_mode) and stat.S_IMODE(found.st_mode) != 0o600:
                self._do(os.chmod, made, stat.S_IMODE(found.st_mode))

    def names(self, path: Path) -> list[str]:
        """The names in a directory, in order; none if it is not there."""
        try:
            return sorted(self._do(os.listdir, path))
        except FileNotFoundError:
            return []

    def listed(self, path: Path) -> list[str]:
        """As `names`, for one who only looks for a file: what is no directory, or may not be read, has none."""
        try:
            return self.names(path)
        except OSError:
            return []

    def is_directory(self, path: Path) -> bool:
        return self._do(os.path.isdir, path)

    def writable(self, path: Path) -> bool:
        """Whether files can be made in this directory or, where it is not there yet, in the next one above."""
        there = next((place for place in (path, *path.parents) if self._do(os.path.exists, place)), path)
        return self._do(os.access, there, os.W_OK | os.X_OK)

    def lock(self, path: Path) -> Callable[[], None]:
        """Take the lock between processes; the function that gives it back. `Busy` when patience ran out."""
        take = self._flock()
        if take is None:
            return self._by_library(path)
        until = time.monotonic() + self.patience
        while True:
            held = self._do(os.open, path, os.O_RDWR | os.O_CREAT | _AT_ONCE | _NO_LINK, 0o600)
            try:
                if self._took(take, held):
                    self.belong(path, path.parent)
                    return lambda: self.close(held)
            except BaseException as error:
                self.close(held)
                if isinstance(error, OSError) and error.errno == errno.ENOSYS:  # a file system without locks
                    return self._by_library(path)
                raise
            self.close(held)
            if time.monotonic() >= until:
                raise Busy
            time.sleep(0.01)

    def _took(self, take: Callable[[int], None], held: int) -> bool:
        """Whether the lock of an open file could be had at once. One that lost its name meanwhile locks nobody out."""
        try:
            self._do(take, held)
        except OSError as error:
            if error.errno in _HELD:
                return False
            raise
        return self.status(held).st_nlink > 0

    @staticmethod
    def _flock() -> Callable[[int], None] | None:
        """The system's lock of an open file, which ends with its process; None where there is none (Windows)."""
        try:
            from fcntl import LOCK_EX, LOCK_NB, flock
        except ImportError:
            return None
        return lambda held: flock(held, LOCK_EX | LOCK_NB)

    def _by_library(self, path: Path) -> Callable[[], None]:
        """The same by `filelock`, which knows the ways of other systems, and takes longer to load than a verb takes."""
        from filelock import FileLock, Timeout

        held = FileLock(path, timeout=self.patience, mode=0o600)
        try:
            self._do(held.acquire, None, 0.01)
        except Timeout as error:
            raise Busy from error
        self.belong(path, path.parent)
        return lambda: self.call(held.release)
