"""A file as tables: the header, then picked cells row by row. What kind of file it is shows in its first bytes."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec

from workbench.core.saying import Saying, say
from workbench.intake.limits import MAX_BYTES, MAX_TEXT, too_large
from workbench.intake.model import RefusedFile

R = TypeVar("R")

_HEAD = 4096
#: Enough of an old compound file to hold the directory that names its streams.
_COMPOUND_HEAD = 1 << 23
#: The rows among which a header is looked for.
HEADER_ROWS = 30
_NAME = 100
#: A table of so few columns does not show by the separators in a line of it.
_NARROW = 4
#: A line that begins as a row of an export does.
_ROW_BEGINS = re.compile(r"""[\r\n]\s*["'=]*\d{16,}["'\s]*[,;\t|]""", re.ASCII)
_SEPARATORS = re.compile(r"[,;\t|]")
#: What browsers call a file while they still write it.
_UNFINISHED = (".crdownload", ".part", ".partial", ".download", ".opdownload", ".tmp")
_PAGE = (
    "<!doctype html", "<html", "<table", "<head", "<script", "<meta", "<body", "<style", "<div", "<title", "<link",
    "<!--", "<p", "<br", "<center", "<font", "<form", "<iframe", "mime-version:", "from: <saved by",
)  # fmt: skip


class Hints(msgspec.Struct, frozen=True, kw_only=True):
    """How a file is opened: `known` says whether a row is a header that is looked for.

    With `glance` only the beginning is looked at, for those who read no further; `exact` keeps blanks around the cells
    of a CSV. `market` and `words` help to find an encoding that is not told.
    """

    known: Callable[[Sequence[str]], bool]
    glance: bool = False
    exact: bool = False
    market: str = "generic"
    words: Collection[str] = ()


class Table(Protocol):
    """A sheet, or a CSV. Row numbers are those a spreadsheet shows: the header of an export is row 1."""

    @property
    def name(self) -> str:
        """Of the sheet; "" for a CSV."""

    @property
    def visible(self) -> bool:
        """Whether a spreadsheet shows it."""

    @property
    def header(self) -> list[str]:
        """The row that is known, of the first so many; else the first that is not blank."""

    @property
    def known(self) -> bool:
        """Whether the header is one that is looked for."""

    @property
    def heads(self) -> list[list[str]]:
        """The beginnings of the cells of the first rows, down to the header where it is known."""

    @property
    def share(self) -> float:
        """How much of the table has been read, 0 to 1."""

    @property
    def long_numbers(self) -> set[int]:
        """The positions of columns in which a number of 16 or more digits has been met; a CSV has only text."""

    @property
    def faults(self) -> dict[int, Saying]:
        """The rows given so far that cannot be trusted, by number, with the reason."""

    @property
    def wider(self) -> set[int]:
        """The rows given so far that have blank cells behind the last header."""

    def rows(
        self, positions: Sequence[int | None], times: Collection[int], make: Callable[[Iterable[Any]], R]
    ) -> Iterator[R]:
        """The rows below the header that hold something in these columns, or that have a fault.

        `make` is given the row's number, then the stripped text of the column at each position, "" for None. `times`
        are the positions of columns that hold times: a date that the workbook keeps as one is given as `printed.CELL`
        and its ISO form.
        """


class Book(Protocol):
    """An open file."""

    @property
    def encoding(self) -> str | None:
        """Of a CSV; None for a workbook."""

    @property
    def encoding_guessed(self) -> bool:
        """Whether it is not certain."""

    def tables(self) -> Iterator[Table]:
        """The sheets that hold something, in the order of the workbook; each is to be read before the next."""


def capped(cells: Iterable[str]) -> tuple[str, ...]:
    """The cells, none longer than any honest text."""
    return tuple(cell[:MAX_TEXT] for cell in cells)


def beginnings(cells: Sequence[str]) -> list[str]:
    """The cells as far as a name of a column goes: enough to tell by what a file is."""
    return [cell[:_NAME] for cell in cells]


def rows_inside(cell: str, width: int) -> int:
    """How many further rows of a table so wide a cell holds: a quotation mark opened in it and was closed elsewhere."""
    if "\n" not in cell and "\r" not in cell:
        return 0
    begun = len(_ROW_BEGINS.findall(cell))
    if begun or width <= _NARROW:
        return begun
    return sum(len(_SEPARATORS.findall(line)) * 2 >= width for line in cell.splitlines()[1:])


def too_wide() -> Saying:
    """The sentence for a row that is longer than the header."""
    return say(
        "It has more cells than there are headers: a separator in a text moved those behind it. Export the file again."
    )


def swallowed() -> Saying:
    """The sentence for it."""
    return say(
        "It holds the rows below it: a quotation mark that opens in it is closed too late. Export the file again."
    )


def open_book(path: Path, hints: Hints) -> AbstractContextManager[Book]:
    """Open a CSV or an XLSX. Raises `RefusedFile` for everything that is neither, saying what to do instead."""
    head, size = _look(path)
    if head.startswith(b"PK\x03\x04"):
        # Imported here: most starts read no workbook, and zipfile is slow to load.
        from workbench.intake.xlsx_file import open_xlsx

        return open_xlsx(path, hints)
    _refuse_others(path, head)
    if size > MAX_BYTES:
        raise too_large()
    from workbench.intake.csv_file import open_csv

    return open_csv(path, hints)


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
    if path.suffix.lower() in _UNFINISHED:
        raise RefusedFile(say("The browser is still writing the file. Wait until the download is done."))
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
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16" if wide else "utf-8-sig", "replace").lstrip("\ufeff \t\r\n").lower()
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        with path.open("rb") as file:
            encrypted = "EncryptedPackage".encode("utf-16-le") in file.read(_COMPOUND_HEAD)
        if encrypted:
            raise RefusedFile(say("The workbook is protected by a password. Save it without one, or export it again."))
        raise RefusedFile(say("The file is an old .xls workbook. Export it again as CSV or XLSX."))
    if head.startswith(b"%PDF"):
        raise RefusedFile(say("The file is a PDF. Export it again as CSV or XLSX."))
    if text.startswith("<?xml") and "<workbook" in text:
        raise RefusedFile(say("The file is an XML workbook. Open it in a spreadsheet and save it as XLSX."))
    if text.startswith(_PAGE) or (text.startswith("<?xml") and "<html" in text):
        raise RefusedFile(say("The file is a web page, perhaps the login page. Export it again as CSV or XLSX."))
    if head.startswith((b"PK", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ")):
        raise RefusedFile(say("The file is an archive. Unpack it and import the CSV or XLSX inside."))
    if text.startswith(("<", "{", "sqlite format")) or head.startswith(
        (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF")
    ):
        raise RefusedFile(say("The file is neither CSV nor XLSX. Export it again in Seller Center."))
