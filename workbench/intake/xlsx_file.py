"""An XLSX export as tables, read by streaming within the limits.

Every sheet is given, in the order in which a spreadsheet shows them. A number where an id or a date should stand means
something: the id has lost its last digits, the date is counted in days.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any

from workbench.core.saying import Saying, say
from workbench.intake import sheet_xml
from workbench.intake.ids import KEPT
from workbench.intake.limits import LAST_ROW, MAX_TEXT, damaged, too_many_rows
from workbench.intake.model import RefusedFile
from workbench.intake.number_formats import Unit
from workbench.intake.printed import CELL
from workbench.intake.table import (
    HEADER_ROWS,
    Hints,
    R,
    SheetTable,
    beginnings,
    capped,
    letters_of,
    rows_inside,
    swallowed,
    too_wide,
    unreckoned,
)
from workbench.intake.workbook import Listed, Parts, Strings, no_workbook, open_parts, sheets

_TYPE = re.compile(r"""(?:^|\s)t\s*=\s*["'](\w+)["']""")
_STYLE = re.compile(r"""(?:^|\s)s\s*=\s*["'](\d{1,6})["']""", re.ASCII)
#: A number that would read as one of thousands where it is printed.
_THOUSANDTHS = re.compile(r"-?\d+\.\d{3}", re.ASCII)
#: A floating-point number longer than this has noise in its last digits.
_EXACT = 16
_NUMBER = re.compile(r"-?\d{1,20}(?:\.\d{0,40})?", re.ASCII)
#: The day that a date of 0 stands for.
_ZERO = date(1899, 12, 30)
_ZERO_1904 = date(1904, 1, 1)
_LAST_DAY = 2_900_000
#: A sheet has few different attributes; one that has a reference among them has as many as cells.
_KEPT_DECODERS = 1_000


@contextmanager
def open_xlsx(path: Path, hints: Hints) -> Iterator[_Book]:
    """Open `path`; see `table.open_book`."""
    with open_parts(path) as parts:
        yield _Book(parts, hints)


class _Book:
    """The sheets of a workbook as a `Book`."""

    encoding = None
    encoding_guessed = False

    def __init__(self, parts: Parts, hints: Hints) -> None:
        self._parts = parts
        self._hints = hints
        self._listed = sheets(parts)
        if not self._listed:
            raise no_workbook(parts.names)

    def tables(self) -> Iterator[SheetTable]:
        """The sheets that hold something."""
        zero = _ZERO_1904 if self._parts.dates_from_1904() else _ZERO
        strings = self._parts.strings()
        empty = True
        for listed in self._listed:
            sheet = _Sheet(self._parts, listed, strings, zero, self._hints)
            if sheet.header:
                empty = False
                yield sheet
        strings.finish()
        if empty:
            raise RefusedFile(say("The file is empty. Export it again in Seller Center."))


class _Sheet:
    """One sheet as a `SheetTable`."""

    def __init__(self, parts: Parts, listed: Listed, strings: Strings, zero: date, hints: Hints) -> None:
        self.name, self.visible = listed.name, listed.visible
        self._zero = zero
        self._size = parts.size(listed.part)
        self._read = 0
        self._strings = strings
        self._decoders: dict[str, Callable[[str], str]] = {}
        self._parts = parts
        self._formats: dict[str, Unit] = {}
        self._unused = set[str]()
        if parts.is_dense(listed.part):
            _count(parts.text(listed.part))
        self._merged: list[sheet_xml.Range] = []
        self.joined: list[tuple[int, int]] = []
        self._rows = sheet_xml.rows(self._counted(parts.text(listed.part)), self._unused, self._merged)
        self.long_numbers: set[int] = set()
        self.faults: dict[int, Saying] = {}
        self.shorter: dict[int, int] = {}
        self.padded = True
        self.known = False
        self.header: list[str] = []
        self.heads: list[list[str]] = []
        waiting: list[tuple[int, list[sheet_xml.Cell]]] = []
        for number, cells in self._rows:
            values = {column: self._decoder(rest)(text) for column, rest, text in cells}
            if any(values.values()):
                texts = [values.get(column, "") for column in range(max(values) + 1)]
                self.known = hints.known(texts)
                self.heads.append(beginnings(texts))
                if self.known or not self.header:
                    self.header = texts
                elif hints.exact:
                    waiting.append((number, cells))
                if self.known or len(self.heads) == HEADER_ROWS:
                    break
        self._waiting = [] if self.known else waiting

    @property
    def share(self) -> float:
        return min(self._read / self._size, 1.0) if self._size else 1.0

    def rows(
        self,
        positions: Sequence[int | None],
        times: Collection[int],
        make: Callable[[Iterable[Any]], R],
        figures: Collection[int] = (),
    ) -> Iterator[R]:
        target = {position: index for index, position in enumerate(positions) if position is not None}
        width = len(self.header)
        self._unused |= {letters_of(at) for at in range(width) if at not in target}
        blank, spare = [""] * (len(positions) + 1), len(positions)
        # By the columns of a row, which are mostly the same: what picks its cells, and blanks for those not there.
        plans: dict[tuple[int, ...], itemgetter[Any]] = {}
        strip, picked = str.strip, list[str]()
        for number, cells in chain(self._waiting, self._rows):
            columns, kinds, texts = zip(*cells, strict=True)
            plan = plans.get(columns)
            if plan is None and max(columns) < width:
                if len(plans) >= _KEPT_DECODERS:
                    plans.clear()
                places = {column: at for at, column in enumerate(columns)}
                none = len(columns)
                plans[columns] = plan = itemgetter(
                    *(none if at is None else places.get(at, none) for at in positions), none, none
                )
            if plan is not None and self._is_text(kinds, texts):
                picked = list(plan((*map(strip, texts), "")))
                picked.pop()
            else:
                picked = blank.copy()
                for column, value in self._decoded(number, cells, target, times, figures):
                    if column < width:
                        picked[target.get(column, spare)] = value
                    elif value:
                        self.faults[number] = too_wide()
            picked.pop()
            text = "".join(picked)
            if text or number in self.faults:
                if "\n" in text and any(rows_inside(cell, width) for cell in picked):
                    self.faults[number] = swallowed()
                yield make((number, *(picked if len(text) <= MAX_TEXT else capped(picked))))
        self.joined = _united(
            (first if left < at else first + 1, last)
            for first, left, last, right in self._merged
            for at in target
            if left <= at <= right and (first < last or left < at)
        )

    def _is_text(self, kinds: Sequence[str], texts: Sequence[str]) -> bool:
        """Whether all cells of a row are plain text, as mostly."""
        return (
            kinds.count(kinds[0]) == len(kinds)
            and self._decoder(kinds[0]) is _text
            and sheet_xml.is_plain("\n".join(texts))
        )

    def _decoded(
        self,
        number: int,
        cells: list[sheet_xml.Cell],
        wanted: Container[int],
        times: Container[int],
        figures: Container[int],
    ) -> Iterator[tuple[int, str]]:
        for column, rest, text in cells:
            if text == sheet_xml.UNRECKONED:
                if column in wanted:
                    self.faults[number] = unreckoned()
            elif column in wanted:
                decode = self._decoder(rest)
                value = decode(text)
                if decode is _number:
                    value = self._judged(column, value, column in times)
                    if column in figures and _NUMBER.fullmatch(value):
                        value = self._shown(rest).around(f"{value}0" if _THOUSANDTHS.fullmatch(value) else value)
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

    def _shown(self, rest: str) -> Unit:
        """What the format of a cell with these attributes shows around its number."""
        if rest not in self._formats:
            if len(self._formats) >= _KEPT_DECODERS:
                self._formats.clear()
            style, known = _STYLE.search(rest), self._parts.styles
            at = int(style[1]) if style else 0
            self._formats[rest] = known[at] if at < len(known) else Unit()
        return self._formats[rest]

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


def _united(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1]:
            found[-1] = found[-1][0], max(last, found[-1][1])
        else:
            found.append((first, last))
    return found


def _count(chunks: Iterator[str]) -> None:
    """Go through a sheet that holds suspiciously much, before anything of it is kept."""
    for count, _ in enumerate(sheet_xml.rows(chunks, set())):
        if count > LAST_ROW:
            raise too_many_rows()


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
