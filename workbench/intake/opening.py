"""Opening a file: what it is shows in its first bytes, and what is neither CSV nor XLSX is refused with the way out."""

from __future__ import annotations

import re
import stat
from contextlib import AbstractContextManager
from pathlib import Path

from workbench.core.saying import say
from workbench.intake.limits import MAX_BYTES, too_large
from workbench.intake.model import RefusedFile
from workbench.intake.table import Book, Hints, unreadable

_HEAD = 4096
#: Enough of an old compound file to hold the directory that names its streams.
_COMPOUND_HEAD = 1 << 23
#: What browsers call a file while they still write it.
_UNFINISHED = (
    ".crdownload", ".part", ".partial", ".download", ".opdownload", ".tmp", ".fdmdownload", ".downloading", ".xltd",
)  # fmt: skip
#: A web page may begin with any element, one of a browser's archive with who saved it.
_PAGE = re.compile(r"<!doctype html|<!--|<[a-z][a-z0-9]*(?=[\s>/])|mime-version:|from: <saved by")


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
        if path.suffix.lower() in _UNFINISHED or (found.st_size == 0 and _is_filled(path)):
            raise RefusedFile(say("The browser is still writing the file. Wait until the download is done."))
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


def _is_filled(path: Path) -> bool:
    """Whether a browser is still filling a file of this name: it keeps the place by an empty one."""
    return any(path.with_name(path.name + suffix).exists() for suffix in _UNFINISHED)


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
    if text.startswith("<?xml") and "opendocument" in text:
        raise RefusedFile(
            say("The file is an OpenDocument sheet (LibreOffice). Save it as XLSX or CSV and import that.")
        )
    if _PAGE.match(text) or (text.startswith("<?xml") and "<html" in text):
        raise RefusedFile(say("The file is a web page, perhaps the login page. Export it again as CSV or XLSX."))
    if head.startswith((b"PK", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ")):
        raise RefusedFile(say("The file is an archive. Unpack it and import the CSV or XLSX inside."))
    if text.startswith(("<", "{", "[{", "sqlite format")) or head.startswith(
        (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"PAR1")
    ):
        raise RefusedFile(say("The file is neither CSV nor XLSX. Export it again in Seller Center."))
