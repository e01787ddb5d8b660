"""Whole files, read and replaced: a reader sees the old file or the new one, never a mixture.

A new file is written under a unique temporary name in the same directory, synced, and renamed over the old one. The
rename is durable once `sync_directory` returned. Errors are `OSError`; the temporary file is removed then.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from workbench.storage.files import Files

_TAIL = 32  # bytes: the checksum of the seal stands there, so the tail tells two contents apart


class Signature(msgspec.Struct, frozen=True):
    """What tells that a file was replaced or written. Inode and time alone do not: both can come back in a tick."""

    device: int
    inode: int
    size: int
    mtime_ns: int
    tail: bytes


def _signature(status: os.stat_result, tail: bytes) -> Signature:
    return Signature(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, tail)


def _regular(files: Files, descriptor: int, path: Path) -> os.stat_result:
    """The status of what is a file. Pipes and devices may never end; a directory is refused when it is read."""
    status = files.status(descriptor)
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    return status


def _read_from(files: Files, descriptor: int, size: int) -> bytes:
    parts = []
    while part := files.read(descriptor, size + 1):
        parts.append(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def read_whole(files: Files, path: Path) -> tuple[bytes, Signature]:
    """The bytes of a file and its signature, of one moment."""
    descriptor = files.open_old(path)
    try:
        status = _regular(files, descriptor, path)
        data = _read_from(files, descriptor, status.st_size)
        return data, _signature(status, data[-_TAIL:])
    finally:
        files.close(descriptor)


def look(files: Files, path: Path) -> Signature | None:
    """The signature of a file without reading it all; None if it is not there."""
    try:
        descriptor = files.open_old(path)
    except FileNotFoundError:
        return None
    try:
        status = _regular(files, descriptor, path)
        files.seek(descriptor, max(0, status.st_size - _TAIL))
        return _signature(status, _read_from(files, descriptor, _TAIL))
    finally:
        files.close(descriptor)


def write_whole(files: Files, path: Path, chunks: Iterable[bytes], *, verify: bool = False) -> Signature:
    """Put the chunks in the place of `path`; with `verify`, only after they were read back and found the same.

    What is no file is not replaced by one, which root could do to the whole system: `/dev/null` takes the chunks, a
    pipe or a disk is refused.
    """
    if path.exists() and not path.is_file():
        return _write_into(files, path, chunks, verify=verify)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}.tmp")
    descriptor = files.open_new(temporary)
    tail, size, crc = b"", 0, 0
    try:
        try:
            files.belong(descriptor, path if path.exists() else path.parent)
            for chunk in chunks:
                tail = (tail + chunk[-_TAIL:])[-_TAIL:]
                if verify:
                    size, crc = size + len(chunk), zlib.crc32(chunk, crc)
                rest = memoryview(chunk)
                while rest:
                    rest = rest[files.write(descriptor, rest) :]
            files.fsync(descriptor)
            status = files.status(descriptor)
        finally:
            files.close(descriptor)
        if verify:
            found = read_whole(files, temporary)[0]
            if (len(found), zlib.crc32(found)) != (size, crc):
                raise OSError(errno.EIO, os.strerror(errno.EIO), str(temporary))
        files.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):  # the error under way says more; `is_temporary` files go at the next save
            files.unlink(temporary)
        raise
    return _signature(status, tail)


def _write_into(files: Files, path: Path, chunks: Iterable[bytes], *, verify: bool) -> Signature:
    if verify or not path.is_char_device():
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    with path.open("wb", buffering=0) as device:
        for chunk in chunks:
            rest = memoryview(chunk)
            while rest:
                rest = rest[files.write(device.fileno(), rest) :]
        return _signature(files.status(device.fileno()), b"")


def is_temporary(name: str) -> bool:
    """Whether a file of this name is one that `write_whole` left behind when its process was killed."""
    return name.startswith(".") and ".json." in name and name.endswith(".tmp")


def left_behind(files: Files, directory: Path, locked: str) -> Iterator[Path]:
    """What killed processes left in a directory: of the file `locked`, whose lock is held, all of it; of files that are
    written without one only what is older than a minute, for what is younger may be being written now."""
    for name in filter(is_temporary, files.names(directory)):
        path = directory / name
        if name.startswith(f".{locked}.") or path.stat().st_mtime < time.time() - 60:
            yield path


def sync_directory(files: Files, path: Path) -> None:
    """Make the names in a directory durable; nothing to do where the system cannot."""
    if os.name == "nt":
        return
    descriptor = files.open_old(path)
    try:
        files.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # network and FUSE file systems that lack it
            raise
    finally:
        files.close(descriptor)


def make_directory(files: Files, path: Path) -> None:
    """The directory, mode 0700, with the missing ones above it; durable."""
    if files.is_directory(path):
        return
    make_directory(files, path.parent)
    try:
        files.mkdir(path)
    except FileExistsError:  # another process was quicker
        return
    with contextlib.suppress(PermissionError):  # a directory above that may be entered but not read
        sync_directory(files, path.parent)
