"""A spreadsheet of the seller's own, CSV or XLSX: the columns that are asked for, by their headers.

It is opened within the limits of every file; the cells of a CSV are given exactly as they stand, blanks and line
breaks included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from workbench.core.saying import say
from workbench.intake.csv_file import CsvTable
from workbench.intake.limits import MAX_ROWS, too_many_rows
from workbench.intake.model import RefusedFile
from workbench.intake.opening import open_book
from workbench.intake.printed import CELL
from workbench.intake.table import Hints, SheetTable, joined, too_wide

F = TypeVar("F", bound=str)

Cells = dict[str, str]


class OwnSheet(msgspec.Struct, frozen=True, kw_only=True):
    """The headers of the file, and below them the rows by header: the first is row 2, one that is blank is empty.
    `workbook`: its cells have types, where those of a CSV are text."""

    headers: list[str]
    rows: list[Cells]
    workbook: bool


def read_own(
    path: Path, *, wanted: Callable[[Sequence[str]], Mapping[F, str]], needed: Sequence[F], days: Sequence[F]
) -> OwnSheet:
    """The columns that `wanted` finds among the headers of the file; `days` are those that hold dates.

    Of a workbook the first sheet that has all of `needed` is read, else its first. Raises `RefusedFile`, also where a
    row has cells that no header is above, shares a merged one or has a formula without a value, and what `wanted`
    raises for the headers.
    """

    def known(headers: Sequence[str]) -> bool:
        return set(needed) <= wanted(headers).keys() if headers else False

    with open_book(path, Hints(known=known, exact=True)) as book:
        table = _first(book.tables())
        headers = list(table.header)
        found = wanted(headers)
        places = {header: headers.index(header) for header in found.values()}
        dates = [places[found[day]] for day in days if day in found]
        rows: list[Cells] = []
        for number, cells in _rows(table, list(places.values()), dates):
            if len(rows) >= MAX_ROWS:
                raise too_many_rows()
            rows += [{}] * (number - 2 - len(rows))
            rows.append(dict(zip(places, cells, strict=True)))
        _refuse_doubtful(table, [number for number, cells in enumerate(rows, 2) if any(cells.values())])
        return OwnSheet(headers=headers, rows=rows, workbook=book.encoding is None)


def _first(tables: Iterator[SheetTable]) -> SheetTable:
    """The first sheet that is known, else the first."""
    first = next(tables)
    return first if first.known else next((table for table in tables if table.known), first)


def _refuse_doubtful(table: SheetTable, numbers: Sequence[int]) -> None:
    """Refuse the file for its first row that may not say what was meant."""
    shared = {number for number in numbers for first, last in table.joined if first <= number <= last}
    faults = dict.fromkeys(shared, joined()) | table.faults
    if faults:
        row = min(faults)
        raise RefusedFile(say("Nothing was read. Row {row}: {why}", row=row, why=faults[row]))


def _rows(table: SheetTable, places: Sequence[int], dates: Sequence[int]) -> Iterator[tuple[int, Sequence[str]]]:
    if isinstance(table, CsvTable):
        # Not `rows`, which strips the cells and cuts long ones: these words are to be kept.
        width = len(table.header)
        for number, cells in table.records():
            if any(map(str.strip, cells[width:])):
                table.faults[number] = too_wide()
            yield number, [cells[place] if place < len(cells) else "" for place in places]
        return
    for number, *cells in table.rows(places, dates, list):
        yield number, [cell.removeprefix(CELL) for cell in cells]
