"""An XLSX export as a table, read by streaming within the limits.

Every sheet is given, in the order in which a spreadsheet shows them. A number where an id or a date should stand means
something: the id has lost its last digits, the date is counted in days.
"""

from __future__ import annotations

import codecs
import re
import struct
import zipfile
import zlib
from array import array
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from workbench.core.saying import Saying, say
from workbench.intake import sheet_xml
from workbench.intake.ids import KEPT
from workbench.intake.limits import MAX_BYTES, MAX_ENTRIES, MAX_TEXT, damaged, too_large
from workbench.intake.model import RefusedFile
from workbench.intake.printed import CELL
from workbench.intake.table import HEADER_ROWS, Hints, R, Table, capped, rows_inside, swallowed, unreadable

_CHUNK = 1 << 19
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_STRINGS = "xl/sharedstrings.xml"
_WORKBOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_LISTED = re.compile(r"<(?:[\w.-]+:)?sheet\s([^<>]*?)/?>")
_LINK = re.compile(r"<(?:[\w.-]+:)?Relationship\s([^<>]*?)/?>")
_ATTRIBUTE = re.compile(r"""([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
#: Of the list of sheets so much is read.
_MAX_LIST = 1 << 20
_TYPE = re.compile(r"""(?:^|\s)t\s*=\s*["'](\w+)["']""")
_DATE_1904 = re.compile(r"""date1904\s*=\s*["'](?:1|true)["']""")
#: What zipfile and zlib raise for a broken archive.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError, KeyError, OverflowError,
)  # fmt: skip
#: A floating-point number longer than this has noise in its last digits.
_EXACT = 16
_NUMBER = re.compile(r"-?\d{1,20}(?:\.\d{0,40})?", re.ASCII)
#: The day that a date of 0 stands for.
_ZERO = date(1899, 12, 30)
_ZERO_1904 = date(1904, 1, 1)
_LAST_DAY = 2_900_000
#: A directory of an archive that is larger than this has far too many entries; so has one that hides its size.
_MAX_DIRECTORY = MAX_ENTRIES * 200
#: The end record of an archive with the longest comment, and the 64-bit ones before it.
_TAIL = 22 + 65_535 + 76
_KEPT_TEXTS = 100_000
#: A sheet has few different attributes; one that has a reference among them has as many as cells.
_KEPT_DECODERS = 1_000


@contextmanager
def open_xlsx(path: Path, hints: Hints) -> Iterator[_Book]:
    """Open `path`; see `table.open_book`."""
    try:
        _refuse_large_directory(path)
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise unreadable(error) from None
    except _BROKEN:
        raise _broken() from None
    with archive:
        yield _Book(_Parts(archive), hints)


class _Listed(NamedTuple):
    """A sheet as the workbook lists it, and the part that holds it."""

    name: str
    visible: bool
    part: str


class _Book:
    """The sheets of a workbook as a `Book`."""

    encoding = None
    encoding_guessed = False

    def __init__(self, parts: _Parts, hints: Hints) -> None:
        self._parts = parts
        self._hints = hints
        self._listed = _sheets(parts)
        if not self._listed:
            raise _no_workbook(parts.names)

    def tables(self) -> Iterator[Table]:
        """The sheets that hold something."""
        workbook = self._parts.beginning(_WORKBOOK)
        zero = _ZERO_1904 if _DATE_1904.search(workbook) else _ZERO
        strings = _Strings(self._parts.text(_STRINGS))
        empty = True
        for listed in self._listed:
            sheet = _Sheet(self._parts, listed, strings, zero, self._hints)
            if sheet.header:
                empty = False
                yield sheet
        strings.finish()
        if empty:
            raise RefusedFile(say("The file is empty. Export it again in Seller Center."))


def _sheets(parts: _Parts) -> list[_Listed]:
    """The sheets in the order of the workbook; where it lists none that is there, in the order of their names."""
    targets: dict[str, str] = {}
    for found in _LINK.findall(parts.beginning(_LINKS)):
        link = _attributes(found)
        target = link.get("target", "").replace("\\", "/")
        targets[link.get("id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    names = set(parts.names)
    listed: list[_Listed] = []
    for found in _LISTED.findall(parts.beginning(_WORKBOOK)):
        sheet = _attributes(found)
        part = next((targets.get(value, "") for key, value in sheet.items() if key.endswith(":id")), "").lower()
        if part in names and _SHEET.fullmatch(part) and part not in {other.part for other in listed}:
            hidden = sheet.get("state", "visible").lower() != "visible"
            listed.append(_Listed(sheet_xml.unescaped(sheet.get("name", "")), not hidden, part))
    return listed or [_Listed("", True, name) for name in parts.names if _SHEET.fullmatch(name)]


def _attributes(text: str) -> dict[str, str]:
    return {name.lower(): double or single for name, double, single in _ATTRIBUTE.findall(text)}


class _Parts:
    """The parts of the archive, unpacked in pieces; zipfile gives no more of a part than the size stated for it."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._infos = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in archive.infolist()}
        if sum(info.file_size for info in archive.infolist()) > MAX_BYTES:
            raise too_large()

    @property
    def names(self) -> list[str]:
        """The names in lower case, the shorter first, so that sheet2 stands before sheet10."""
        return sorted(self._infos, key=lambda name: (len(name), name))

    def size(self, name: str) -> int:
        """The stated size of a part, for showing progress only."""
        return self._infos[name].file_size

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part; nothing where there is no such part."""
        info = self._infos.get(name)
        if info is None:
            return
        if info.flag_bits & 1:
            raise RefusedFile(say("The workbook is protected by a password. Save it without one, or export it again."))
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # others can ask for much memory
            raise _broken()
        try:
            with self._archive.open(info) as part:
                while chunk := part.read(_CHUNK):
                    yield chunk
        except OSError as error:
            raise unreadable(error) from None
        except _BROKEN:
            raise _broken() from None

    def beginning(self, name: str) -> str:
        """The beginning of a part, of one that is never long."""
        found = ""
        for text in self.text(name):
            found += text
            if len(found) > _MAX_LIST:
                break
        return found

    def text(self, name: str) -> Iterator[str]:
        """A part as text: UTF-8, or UTF-16 where it has the mark of it."""
        decoder: codecs.IncrementalDecoder | None = None
        for chunk in self.chunks(name):
            if decoder is None:
                marked = chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
                decoder = codecs.getincrementaldecoder("utf-16" if marked else "utf-8-sig")()
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError:
                raise _broken() from None
            yield text.replace("\0", "\ufffd")


class _Strings:
    """The shared strings, read as far as they are asked for, kept as bytes because there may be millions."""

    def __init__(self, chunks: Iterator[str]) -> None:
        self._chunks = chunks
        self._entries = sheet_xml.strings(chunks)
        self._bytes = bytearray()
        self._ends = array("Q", [0])
        self._texts: dict[int, str] = {}

    def __getitem__(self, index: int) -> str:
        text = self._texts.get(index)
        if text is None:
            while len(self._ends) <= index + 1:
                entry = next(self._entries, None)
                if entry is None:
                    raise damaged(say("a cell points at a text that is not there."))
                self._bytes += entry[:MAX_TEXT].encode()
                self._ends.append(len(self._bytes))
            text = self._bytes[self._ends[index] : self._ends[index + 1]].decode().strip()
            if len(self._texts) >= _KEPT_TEXTS:
                self._texts.clear()
            self._texts[index] = text
        return text

    def finish(self) -> None:
        """Unpack what nobody asked for, so that the checksum holds for it too."""
        for _ in self._chunks:
            pass


class _Sheet:
    """One sheet as a `Table`."""

    def __init__(self, parts: _Parts, listed: _Listed, strings: _Strings, zero: date, hints: Hints) -> None:
        self.name, self.visible = listed.name, listed.visible
        self._zero = zero
        self._size = parts.size(listed.part)
        self._read = 0
        self._strings = strings
        self._decoders: dict[str, Callable[[str], str]] = {}
        self._unused = set[str]()
        self._rows = sheet_xml.rows(self._counted(parts.text(listed.part)), self._unused)
        self.long_numbers: set[int] = set()
        self.faults: dict[int, Saying] = {}
        self.wider: set[int] = set()
        self.known = False
        self.heads: list[list[str]] = []
        waiting: list[tuple[int, list[sheet_xml.Cell]]] = []
        for number, cells in self._rows:
            values = {column: self._decoder(rest)(text) for column, rest, text in cells}
            if any(values.values()):
                self.heads.append([values.get(column, "") for column in range(max(values) + 1)])
                self.known = hints.known(self.heads[-1])
                if self.known:
                    waiting.clear()
                    break
                waiting.append((number, cells))
                if len(waiting) == HEADER_ROWS:
                    break
        self.header: list[str] = [] if not self.heads else self.heads[-1] if self.known else self.heads[0]
        self._waiting = waiting[1:]

    @property
    def share(self) -> float:
        return min(self._read / self._size, 1.0) if self._size else 1.0

    def rows(
        self, positions: Sequence[int | None], times: Collection[int], make: Callable[[Iterable[Any]], R]
    ) -> Iterator[R]:
        target = {position: index for index, position in enumerate(positions) if position is not None}
        width = len(self.header)
        self._unused |= {sheet_xml.letters_of(at) for at in range(width) if at not in target}
        blank = [""] * len(positions)
        for number, cells in chain(self._waiting, self._rows):
            picked = blank.copy()
            for column, value in self._values(cells, target, times):
                at = target.get(column)
                if at is not None:
                    picked[at] = value
                elif column >= width and value:
                    self.faults[number] = say("It has more cells than there are headers.")
            text = "".join(picked)
            if text or number in self.faults:
                if "\n" in text and any(rows_inside(cell, width) for cell in picked):
                    self.faults[number] = swallowed()
                yield make((number, *(picked if len(text) <= MAX_TEXT else capped(picked))))

    def _values(
        self, cells: list[sheet_xml.Cell], wanted: Container[int], times: Container[int]
    ) -> Iterable[tuple[int, str]]:
        """The columns of a row with what their cells say; in one stroke where all are plain text, as mostly."""
        columns, kinds, texts = zip(*cells, strict=True)
        if len(set(kinds)) == 1 and self._decoder(kinds[0]) is _text and sheet_xml.is_plain("\n".join(texts)):
            return zip(columns, map(str.strip, texts), strict=True)
        return self._decoded(cells, wanted, times)

    def _decoded(
        self, cells: list[sheet_xml.Cell], wanted: Container[int], times: Container[int]
    ) -> Iterator[tuple[int, str]]:
        for column, rest, text in cells:
            if column in wanted:
                decode = self._decoder(rest)
                value = decode(text)
                if decode is _number:
                    value = self._judged(column, value, column in times)
                elif decode is _iso and column in times and value:
                    value = CELL + value
                yield column, value
            elif column >= len(self.header):
                yield column, text.strip()

    def _counted(self, texts: Iterator[str]) -> Iterator[str]:
        for text in texts:
            self._read += len(text)
            yield text

    def _decoder(self, rest: str) -> Callable[[str], str]:
        """How the text of a cell with these attributes is read."""
        if rest not in self._decoders:
            if len(self._decoders) >= _KEPT_DECODERS:
                self._decoders.clear()
            stated = _TYPE.search(rest)
            kind = stated[1] if stated else "n"
            self._decoders[rest] = self._shared if kind == "s" else _KINDS.get(kind, _text)
        return self._decoders[rest]

    def _shared(self, text: str) -> str:
        index = text.strip()
        if not (index.isascii() and index.isdigit()) or len(index) > _EXACT:
            raise damaged(say("a cell points at a text that is not there."))
        return self._strings[int(index)]

    def _judged(self, column: int, number: str, is_time: bool) -> str:
        """A number where a text is expected: a date in days, or an id that has lost its last digits."""
        if is_time:
            return _date(number, self._zero)
        if len(number.partition(".")[0].lstrip("-0")) > KEPT:
            self.long_numbers.add(column)
        return number


def _text(text: str) -> str:
    return sheet_xml.unescaped(text).strip()


def _iso(text: str) -> str:
    """A date that the sheet keeps as one, in ISO form."""
    return text.strip()


def _error(_text: str) -> str:
    """An error value stands for nothing."""
    return ""


def _number(text: str) -> str:
    """A number without the noise of floating point; what is none as it stands."""
    number = text.strip()
    if "." in number and len(number) > _EXACT and _NUMBER.fullmatch(number):
        return repr(float(number))
    return number


def _date(number: str, zero: date) -> str:
    """A date that the sheet keeps as a number of days, as text."""
    if not _NUMBER.fullmatch(number) or not 0 < float(number) < _LAST_DAY:
        return number
    moment = datetime.combine(zero, time()) + timedelta(seconds=round(float(number) * 86_400))
    return CELL + moment.isoformat(" ")


_KINDS: dict[str, Callable[[str], str]] = {"n": _number, "d": _iso, "e": _error}


def _refuse_large_directory(path: Path) -> None:
    """Refuse an archive whose directory alone would fill the memory; zipfile reads it whole.

    The size stands at the end of the file, where zipfile takes it from: 22 bytes and a comment, before that 76 bytes
    more where the archive is of the 64-bit kind.
    """
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _TAIL))
        tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or end + 22 > len(tail):
        raise _broken()
    (directory,) = struct.unpack_from("<I", tail, end + 12)
    long = tail.rfind(b"PK\x06\x06", 0, end)
    if long >= 0 and long + 56 <= end:
        directory = max(*struct.unpack_from("<Q", tail, long + 40), 0 if directory == 0xFFFFFFFF else directory)
    if directory > _MAX_DIRECTORY:
        raise damaged(say("the archive holds far too many entries."))


def _broken() -> RefusedFile:
    return damaged(say("the workbook cannot be unpacked."))


def _no_workbook(names: Sequence[str]) -> RefusedFile:
    if "content.xml" in names and "mimetype" in names:
        return RefusedFile(
            say("The file is an OpenDocument sheet (LibreOffice). Save it as XLSX or CSV and import that.")
        )
    if any(name.endswith(".iwa") for name in names):
        return RefusedFile(say("The file is a Numbers sheet. Export it from Numbers as CSV or XLSX and import that."))
    if any(name.startswith("xl/") for name in names):
        return RefusedFile(say("The file is a binary workbook. Export it again as CSV or XLSX."))
    return RefusedFile(say("The file is an archive. Unpack it and import the CSV or XLSX inside."))
