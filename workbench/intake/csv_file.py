"""A CSV export as a table: encoding and delimiter are found out, broken quoting is refused, memory stays bounded.

The file is gone through once as bytes (encoding, NUL bytes, lines without an end) before a row is made of it.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from typing import IO, Any

import msgspec

from workbench.core.saying import say
from workbench.intake.limits import LAST_ROW, MAX_COLUMNS, MAX_LINE, MAX_TEXT, damaged, too_many_columns, too_many_rows
from workbench.intake.model import RefusedFile
from workbench.intake.table import R, Table, capped, unreadable

_CHUNK = 1 << 20
_HEAD = 1 << 16
_DELIMITERS = (",", ";", "\t")
#: A file without a byte order mark and not in UTF-8 was most likely saved again by a Chinese spreadsheet.
_SECOND_GUESS = "gb18030"


class _Survey(msgspec.Struct, frozen=True):
    """What a look at all bytes shows. `nul`: there may be NUL characters in it."""

    encoding: str
    nul: bool
    size: int


@contextmanager
def open_csv(path: Path, known: Callable[[Sequence[str]], bool], *, glance: bool) -> Iterator[Table]:
    """Open `path`; see `table.open_table`."""
    try:
        raw = path.open("rb")
    except OSError as error:
        raise unreadable(error) from None
    with raw:
        survey = _survey(raw, glance)
        raw.seek(0)
        with io.TextIOWrapper(raw, survey.encoding, errors="replace", newline="") as text:
            yield _CsvTable(text, raw, survey, known)


class _CsvTable:
    def __init__(
        self, text: io.TextIOWrapper, raw: IO[bytes], survey: _Survey, known: Callable[[Sequence[str]], bool]
    ) -> None:
        self._raw = raw
        self._size = survey.size
        delimiter, skip = _dialect(text, known)
        lines: Iterator[str] = text
        if survey.nul:
            lines = (line.replace("\0", "\ufffd") for line in text)
        for _ in range(skip):
            next(lines)
        self._reader = _guarded(csv.reader(lines, delimiter=delimiter), first=skip + 1)
        self.header: list[str] = next((cells for _, cells in self._reader if any(cell.strip() for cell in cells)), [])
        if not self.header:
            raise RefusedFile(say("The file is empty. Export it again in Seller Center."))

    @property
    def long_numbers(self) -> set[int]:
        return set()

    @property
    def share(self) -> float:
        return self._raw.tell() / self._size if self._size else 1.0

    def rows(
        self,
        positions: Sequence[int | None],
        times: Collection[int],  # noqa: ARG002 (a CSV has no dates in days)
        make: Callable[[Iterable[Any]], R],
    ) -> Iterator[R]:
        width = len(self.header)
        pick = itemgetter(*(width if position is None else position for position in positions), width)
        strip = str.strip
        for number, cells in self._reader:
            # A row that ends early is blank from there; cells behind the header's last have no name.
            cells[width:] = [""] * max(width + 1 - len(cells), 1)
            picked = tuple(map(strip, pick(cells)[:-1]))
            if any(picked):
                yield make((number, *(picked if len("".join(picked)) <= MAX_TEXT else capped(picked))))


def _guarded(reader: Iterator[list[str]], first: int) -> Iterator[tuple[int, list[str]]]:
    """The records with their numbers, within the limits; broken quoting is refused where it is met."""
    number = first - 1
    try:
        for number, cells in enumerate(reader, first):
            if len(cells) > MAX_COLUMNS:
                raise too_many_columns()
            if number > LAST_ROW:
                raise too_many_rows()
            yield number, cells
    except OSError as error:
        raise unreadable(error) from None
    except csv.Error:
        raise damaged(say("a quotation mark is not closed in row {row}.", row=number + 1)) from None


def _survey(raw: IO[bytes], glance: bool) -> _Survey:
    """Find the encoding: by the byte order mark, else UTF-8 or GB18030, whichever has no fault in it."""
    head = raw.read(4)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        guesses = []
        encoding = "utf-16"
    else:
        guesses = ["utf-8-sig", _SECOND_GUESS]
        encoding = "utf-8-sig"
    faultless = {guess: codecs.getincrementaldecoder(guess)() for guess in guesses}
    nul = encoding == "utf-16"
    size = raw.seek(0, io.SEEK_END)
    line = 0
    raw.seek(0)
    while chunk := raw.read(_CHUNK):
        nul = nul or b"\0" in chunk
        end = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        line = line + len(chunk) if end < 0 else len(chunk) - end
        if line > MAX_LINE:
            raise damaged(say("a line has no end."))
        for guess, decoder in list(faultless.items()):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                del faultless[guess]
        if glance:
            break
    if encoding not in faultless and _SECOND_GUESS in faultless and not head.startswith(codecs.BOM_UTF8):
        encoding = _SECOND_GUESS
    return _Survey(encoding, nul, size)


def _dialect(text: io.TextIOWrapper, known: Callable[[Sequence[str]], bool]) -> tuple[str, int]:
    """The delimiter, and how many lines stand before the header: a spreadsheet may have written `sep=;`."""
    head = text.read(_HEAD)
    text.seek(0)
    hint = head.partition("\n")[0].rstrip("\r").lower()
    if hint.startswith("sep=") and len(hint) == 5:
        return hint[4], 1
    headers = {delimiter: _first_record(head, delimiter) for delimiter in _DELIMITERS}
    return next(
        (delimiter for delimiter, cells in headers.items() if known(cells)),
        max(headers, key=lambda delimiter: len(headers[delimiter])),
    ), 0


def _first_record(head: str, delimiter: str) -> list[str]:
    try:
        records = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
        return next((cells for cells in records if any(cell.strip() for cell in cells)), [])
    except csv.Error:
        return []
