"""A CSV export as a table: encoding and delimiter are found out, broken quoting is refused, memory stays bounded.

The file is gone through once as bytes (encoding, NUL bytes, lines without an end) before a row is made of it. A row
that was shifted, cut off, or that has swallowed others is given with its fault.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import IO, Any

from workbench.core.saying import Saying, say
from workbench.intake.encodings import Survey, survey
from workbench.intake.limits import LAST_ROW, MAX_COLUMNS, MAX_TEXT, damaged, too_many_columns, too_many_rows
from workbench.intake.model import RefusedFile
from workbench.intake.table import (
    HEADER_ROWS,
    Hints,
    R,
    SheetTable,
    beginnings,
    capped,
    rows_inside,
    swallowed,
    too_short,
    too_wide,
    unreadable,
)

_HEAD = 1 << 16
_DELIMITERS = (",", ";", "\t", "|")
#: A line behind the last: where it becomes part of a cell, that cell was never closed.
_END = "\x1e\ue0fe\x1e"
_BREAK = re.compile(r"\r\n|\r|\n")

Record = tuple[int, list[str]]


@contextmanager
def open_csv(path: Path, hints: Hints) -> Iterator[CsvBook]:
    """Open `path`; see `table.open_book`."""
    try:
        raw = path.open("rb")
        found = survey(raw, glance=hints.glance, market=hints.market, words=hints.words, pages=hints.pages)
        raw.seek(0)
    except OSError as error:
        raise unreadable(error) from None
    with raw, io.TextIOWrapper(raw, found.encoding, errors=found.errors, newline="") as text:
        yield CsvBook(CsvTable(text, raw, found, hints), found)


class CsvBook:
    """The one table of a CSV."""

    def __init__(self, table: CsvTable, found: Survey) -> None:
        self._table = table
        self.encoding: str | None = found.encoding.removesuffix("-sig")
        self.encoding_guessed = found.guessed

    def tables(self) -> Iterator[SheetTable]:
        """It."""
        yield self._table


class CsvTable:
    """See `table.SheetTable`."""

    name = ""
    visible = True

    def __init__(self, text: io.TextIOWrapper, raw: IO[bytes], found: Survey, hints: Hints) -> None:
        self._raw = raw
        self._size = found.size
        self._ended = found.ended
        #: The records that stand on several lines.
        self._long = set[int]()
        self._records = _records(text, found, hints, self._long)
        self.faults: dict[int, Saying] = {}
        self.joined: list[tuple[int, int]] = []
        self.shorter: dict[int, int] = {}
        self.padded = False
        self.heads: list[list[str]] = []
        self.known = False
        waiting: list[Record] = []
        for record in self._records:
            self.known = hints.known(record[1])
            self.heads.append(beginnings(record[1]))
            if self.known:
                waiting = [record]
            elif (hints.exact or not waiting) and any(map(str.strip, record[1])):
                waiting.append(record)
            if self.known or len(self.heads) == HEADER_ROWS:
                break
        if not waiting:
            raise RefusedFile(say("The file is empty. Export it again in Seller Center."))
        self.header: list[str] = waiting[0][1]
        self._records = chain(waiting[1:], self._records)

    @property
    def long_numbers(self) -> set[int]:
        return set()

    @property
    def share(self) -> float:
        return self._raw.tell() / self._size if self._size else 1.0

    def records(self) -> Iterator[Record]:
        """The rows below the header with their numbers, their cells exactly as they stand."""
        return iter(self._records)

    def rows(
        self,
        positions: Sequence[int | None],
        times: Collection[int],  # noqa: ARG002 (a CSV has no dates in days)
        make: Callable[[Iterable[Any]], R],
        figures: Collection[int] = (),  # noqa: ARG002 (nor numbers with a format)
    ) -> Iterator[R]:
        width = len(self.header)
        pick = itemgetter(*(width if position is None else position for position in positions), width)
        strip = str.strip
        needed = max((at + 1 for at, cell in enumerate(self.header) if cell.strip()), default=0)
        blank, shift = [""] * len(positions), 0
        for counted, cells in self._records if self._ended else self._to_a_cut_end(needed):
            number = counted + shift
            if len(cells) > width:
                self.faults[number] = too_wide()
            elif len(cells) >= needed:
                self.padded = self.padded or not cells[-1]
            elif any(map(strip, cells)):
                self.shorter[number] = needed - len(cells)
                if not cells[-1].strip():
                    self.faults.setdefault(number, too_short())
            if counted in self._long and (inside := self._inside(cells)):
                # The rows in it count as rows, each with its number, as if the quotation mark had been closed.
                self.faults[number] = swallowed()
                yield make((number, *blank))
                for at in range(number + 1, number + inside + 1):
                    self.faults[at] = say("It stands inside row {row}, in an open quotation mark.", row=number)
                    yield make((at, *blank))
                shift += inside
                continue
            if len(cells) == width:
                cells.append("")
            else:  # a row that ends early is blank from there; cells behind the header's last have no name
                cells[width:] = [""] * max(width + 1 - len(cells), 1)
            picked = tuple(map(strip, pick(cells)[:-1]))
            if any(picked) or number in self.faults:
                yield make((number, *(picked if len("".join(picked)) <= MAX_TEXT else capped(picked))))

    def _inside(self, cells: Sequence[str]) -> int:
        """How many rows stand in the cells of a row."""
        return sum(rows_inside(cell, len(self.header)) for cell in cells)

    def _to_a_cut_end(self, needed: int) -> Iterator[Record]:
        """The records of a file whose last line has no end: a short one there was cut off."""
        held: Record | None = None
        for record in self._records:
            if held is not None:
                yield held
            held = record
        if held is not None:
            if len(held[1]) < needed:
                self.faults[held[0]] = say("The file ends inside it. Download the file again.")
            yield held


def _records(text: io.TextIOWrapper, found: Survey, hints: Hints, long: set[int]) -> Iterator[Record]:
    """All records with their numbers, within the limits; broken quoting is refused where it is met.

    Those on several lines are noted in `long`.
    """
    delimiter, skip, whole = _dialect(text, hints)
    lines: Iterator[str] = text
    if found.nul:
        lines = (line.replace("\0", "\ufffd") for line in text)
    for _ in range(skip):
        next(lines)
    reader = csv.reader(chain(lines, (_END,)), delimiter=delimiter, skipinitialspace=not hints.exact)
    number, line = skip, 0
    try:
        for number, cells in enumerate(reader, skip + 1):
            if cells and _END in cells[-1]:
                if len(cells) > 1 or cells[0] != _END:
                    opened = reader.line_num + skip - len(_BREAK.findall(cells[-1].partition(_END)[0]))
                    raise _unclosed(opened)
                return
            if len(cells) > MAX_COLUMNS and any(cells[MAX_COLUMNS:]):
                raise too_many_columns()
            if number > LAST_ROW and any(cells):
                raise too_many_rows()
            before, line = line, reader.line_num
            if line != before + 1:
                long.add(number)
            if whole:
                cells = _inside(cells, delimiter)  # noqa: PLW2901
            yield number, cells
    except OSError as error:
        raise unreadable(error) from None
    except csv.Error:
        raise _unclosed(number + 1) from None


def _unclosed(line: int) -> RefusedFile:
    return damaged(say("the quotation mark that opens in line {row} is not closed.", row=line))


def _inside(cells: list[str], delimiter: str) -> list[str]:
    """The cells of a line that was put into quotation marks as a whole."""
    if len(cells) != 1:
        return cells
    return next(csv.reader(cells, delimiter=delimiter, skipinitialspace=True), [])


def _dialect(text: io.TextIOWrapper, hints: Hints) -> tuple[str, int, bool]:
    """The delimiter, how many lines stand before the first record (a spreadsheet may have written `sep=;`), and
    whether every line is in quotation marks as a whole."""
    head = text.read(_HEAD)
    text.seek(0)
    hint = head.partition("\n")[0].rstrip("\r").lower()
    if hint.startswith("sep=") and len(hint) == 5:
        return hint[4], 1, False
    records = {delimiter: _first_records(head, delimiter) for delimiter in _DELIMITERS}
    for delimiter, rows in records.items():
        if any(map(hints.known, rows)):
            return delimiter, 0, False
        if any(hints.known(_inside(cells, delimiter)) for cells in rows if len(cells) == 1):
            return delimiter, 0, True
    widest = max(records, key=lambda delimiter: max(map(len, records[delimiter]), default=0))
    return widest, 0, False


def _first_records(head: str, delimiter: str) -> list[list[str]]:
    found: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter, skipinitialspace=True):
            found.append(cells)
            if len(found) == HEADER_ROWS:
                break
    except csv.Error:
        pass
    return found
