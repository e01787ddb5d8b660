"""The parts of a workbook: an archive unpacked in pieces within the limits, its list of sheets, its shared strings."""

from __future__ import annotations

import codecs
import re
import struct
import zipfile
import zlib
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from workbench.core.saying import say
from workbench.intake import sheet_xml
from workbench.intake.limits import MAX_BYTES, MAX_ENTRIES, MAX_TEXT, damaged, too_large
from workbench.intake.model import RefusedFile
from workbench.intake.number_formats import Unit, styles
from workbench.intake.table import unreadable

#: Of a part so much is unpacked at once: what is made of a piece takes ten times as much.
_CHUNK = 1 << 17
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_STRINGS = "xl/sharedstrings.xml"
_STYLES = "xl/styles.xml"
_WORKBOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_LISTED = re.compile(r"<(?:[\w.-]+:)?sheet\s([^<>]*?)/?>")
_LINK = re.compile(r"<(?:[\w.-]+:)?Relationship\s([^<>]*?)/?>")
_ATTRIBUTE = re.compile(r"""([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
#: Of the list of sheets so much is read.
_MAX_LIST = 1 << 20
_DATE_1904 = re.compile(r"""date1904\s*=\s*["'](?:1|true)["']""")
#: What zipfile and zlib raise for a broken archive.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError, KeyError, OverflowError,
)  # fmt: skip
#: A directory of an archive that is larger than this has far too many entries; so has one that hides its size.
_MAX_DIRECTORY = MAX_ENTRIES * 60
#: The end record of an archive with the longest comment, and the 64-bit ones before it.
_TAIL = 22 + 65_535 + 76
_KEPT_TEXTS = 100_000
#: A sheet of an export unpacks to ten or twenty times its size.
_DENSE = 60


@contextmanager
def open_parts(path: Path) -> Iterator[Parts]:
    """Open the archive. Raises `RefusedFile` where it is none, or would fill the memory."""
    try:
        _refuse_large_directory(path)
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise unreadable(error) from None
    except _BROKEN:
        raise _broken() from None
    with archive:
        yield Parts(archive)


class Listed(NamedTuple):
    """A sheet as the workbook lists it, and the part that holds it."""

    name: str
    visible: bool
    part: str


def sheets(parts: Parts) -> list[Listed]:
    """The sheets in the order of the workbook; where it lists none that is there, in the order of their names."""
    targets: dict[str, str] = {}
    for found in _LINK.findall(parts.beginning(_LINKS)):
        link = _attributes(found)
        target = link.get("target", "").replace("\\", "/")
        targets[link.get("id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    names = set(parts.names)
    listed: list[Listed] = []
    for found in _LISTED.findall(parts.beginning(_WORKBOOK)):
        sheet = _attributes(found)
        part = next((targets.get(value, "") for key, value in sheet.items() if key.endswith(":id")), "").lower()
        if part in names and _SHEET.fullmatch(part) and part not in {other.part for other in listed}:
            hidden = sheet.get("state", "visible").lower() != "visible"
            listed.append(Listed(sheet_xml.unescaped(sheet.get("name", "")), not hidden, part))
    return listed or [Listed("", True, name) for name in parts.names if _SHEET.fullmatch(name)]


def _attributes(text: str) -> dict[str, str]:
    return {name.lower(): double or single for name, double, single in _ATTRIBUTE.findall(text)}


class Parts:
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

    def is_dense(self, name: str) -> bool:
        """Whether a part unpacks to far more than the sheets of an export do, which hold no row twice."""
        info = self._infos[name]
        return info.file_size > _DENSE * info.compress_size

    def dates_from_1904(self) -> bool:
        """Whether its days are counted from 1904."""
        return _DATE_1904.search(self.beginning(_WORKBOOK)) is not None

    @cached_property
    def styles(self) -> list[Unit]:
        """What the style of a cell shows around its number."""
        return styles(self.text(_STYLES))

    def strings(self) -> Strings:
        """The shared strings."""
        return Strings(self.text(_STRINGS))

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
        marked = False
        for chunk in self.chunks(name):
            if decoder is None:
                marked = chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
                decoder = codecs.getincrementaldecoder("utf-16" if marked else "utf-8-sig")()
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError:
                raise _broken() from None
            # Looked for among the bytes: in a text of wide characters every other byte is one.
            yield text.replace("\0", "\ufffd") if marked or b"\0" in chunk else text


class Strings:
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


def no_workbook(names: Sequence[str]) -> RefusedFile:
    if "content.xml" in names and "mimetype" in names:
        return RefusedFile(
            say("The file is an OpenDocument sheet (LibreOffice). Save it as XLSX or CSV and import that.")
        )
    if any(name.endswith(".iwa") for name in names):
        return RefusedFile(say("The file is a Numbers sheet. Export it from Numbers as CSV or XLSX and import that."))
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return RefusedFile(say("The file is a document, not a workbook. Export it again as CSV or XLSX."))
    if any(name.startswith("xl/") for name in names):
        return RefusedFile(say("The file is a binary workbook. Export it again as CSV or XLSX."))
    return RefusedFile(say("The file is an archive. Unpack it and import the CSV or XLSX inside."))
