"""A file as a table: the header, then picked cells row by row. What kind of file it is shows in its first bytes."""

from __future__ import annotations

import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol, TypeVar

from workbench.core.saying import say
from workbench.intake.limits import MAX_BYTES, MAX_TEXT, too_large
from workbench.intake.model import RefusedFile

R = TypeVar("R")

_HEAD = 4096
#: Enough of an old compound file to hold the directory that names its streams.
_COMPOUND_HEAD = 1 << 23


class Table(Protocol):
    """An open file. Row numbers are those a spreadsheet shows: the header of an export is row 1."""

    @property
    def header(self) -> list[str]:
        """The first row that is not blank."""

    @property
    def share(self) -> float:
        """How much of the file has been read, 0 to 1."""

    @property
    def long_numbers(self) -> set[int]:
        """The positions of columns in which a number of 16 or more digits has been met; a CSV has only text."""

    def rows(
        self, positions: Sequence[int | None], times: Collection[int], make: Callable[[Iterable[Any]], R]
    ) -> Iterator[R]:
        """The rows below the header that hold something in these columns.

        `make` is given the row's number, then the stripped text of the column at each position, "" for None. `times`
        are the positions of columns that hold times: a number there is a date in days, and is given as text.
        """


def capped(cells: Iterable[str]) -> tuple[str, ...]:
    """The cells, none longer than any honest text."""
    return tuple(cell[:MAX_TEXT] for cell in cells)


def open_table(
    path: Path, known: Callable[[Sequence[str]], bool], *, glance: bool = False
) -> AbstractContextManager[Table]:
    """Open a CSV or an XLSX; `known` says whether a first row is a header that is looked for.

    With `glance` only the beginning of the file is looked at, for those who read no further. Raises `RefusedFile`
    for everything that is neither, saying what to do instead.
    """
    head, size = _look(path)
    if head.startswith(b"PK\x03\x04"):
        # Imported here: most starts read no workbook, and zipfile is slow to load.
        from workbench.intake.xlsx_file import open_xlsx

        return open_xlsx(path, known)
    _refuse_others(path, head)
    if size > MAX_BYTES:
        raise too_large()
    from workbench.intake.csv_file import open_csv

    return open_csv(path, known, glance=glance)


def _look(path: Path) -> tuple[bytes, int]:
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise RefusedFile(say("It is a folder. Name the CSV or XLSX files in it."))
        if not stat.S_ISREG(found.st_mode):
            raise RefusedFile(say("It is not a file. Name a CSV or XLSX file."))
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise RefusedFile(say("There is no such file. Check the name.")) from None
    except OSError as error:
        raise unreadable(error) from None
    if found.st_size <= _HEAD and not head.strip(b"\xef\xbb\xbf\xff\xfe\0\t\r\n "):
        raise RefusedFile(say("The file is empty. Export it again in Seller Center."))
    return head, found.st_size


def unreadable(error: OSError) -> RefusedFile:
    """The system does not let the file be read."""
    return RefusedFile(
        say("The file cannot be read: {why}. Check its permissions.", why=error.strerror or type(error).__name__)
    )


def _refuse_others(path: Path, head: bytes) -> None:
    """Refuse what is certainly no CSV, by its first bytes."""
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        with path.open("rb") as file:
            encrypted = "EncryptedPackage".encode("utf-16-le") in file.read(_COMPOUND_HEAD)
        if encrypted:
            raise RefusedFile(say("The workbook is protected by a password. Save it without one, or export it again."))
        raise RefusedFile(say("The file is an old .xls workbook. Export it again as CSV or XLSX."))
    if head.startswith(b"%PDF"):
        raise RefusedFile(say("The file is a PDF. Export it again as CSV or XLSX."))
    if text.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<script")):
        raise RefusedFile(say("The file is a web page, perhaps the login page. Export it again as CSV or XLSX."))
    if head.startswith((b"PK", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ")):
        raise RefusedFile(say("The file is an archive. Unpack it and import the CSV or XLSX inside."))
    if text.startswith((b"<?xml", b"{", b"\x89png", b"\xff\xd8\xff", b"gif8", b"sqlite format", b"\x7felf")):
        raise RefusedFile(say("The file is neither CSV nor XLSX. Export it again in Seller Center."))
