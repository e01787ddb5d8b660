"""The rows of one sheet, made ready to be read: cells cleaned, what is no row of it set apart.

All is done by the columns: an export repeats itself, and each different cell is looked at once.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Collection, Mapping
from operator import itemgetter
from typing import Any

from workbench.core.saying import Saying, say
from workbench.intake.ids import all_digits, cleaned, is_id, key
from workbench.intake.layout import TableHeader
from workbench.intake.money import read_money
from workbench.intake.table import SheetTable, joined
from workbench.intake.text import BLANK, UNSAID, fold, trimmed

#: A row in which so many cells are names of columns is a header; of fewer rows nothing shows what is usual.
_NAMES = 3


class SheetRows:
    """The rows of one sheet. After `prepare` those are in `rows` that can be trusted, the others in `faults`."""

    def __init__(self, name: str, header: TableHeader, table: SheetTable) -> None:
        self.name = name
        self.layout = header.layout
        self.rows: list[Any] = []
        #: All rows, those with a fault too.
        self.count = 0
        self.faults: dict[int, Saying] = table.faults
        self.twice = header.twice
        #: Where columns without a name hold something.
        self.nameless = set[int]()
        self.spare = header.spare
        self._positions = header.positions
        self._table = table
        self._cells: dict[int, dict[str, None]] = {}

    def prepare(self) -> None:
        """Clean the cells, set apart what is no row of the sheet."""
        self._drop_description()
        self.count = len(self.rows)
        self._drop_headers()
        self._set_joined_apart()
        if self.faults:
            self.rows = [row for row in self.rows if row[0] not in self.faults]
            self._cells.clear()
        for at, name in enumerate(self.layout.columns, 1):
            self._clean(at, name)

    def _set_joined_apart(self) -> None:
        """Set apart the rows of which a cell was merged with another."""
        firsts = [first for first, _ in self._table.joined]
        for row in self.rows if firsts else ():
            at = bisect(firsts, row[0])
            if at and row[0] <= self._table.joined[at - 1][1]:
                self.faults.setdefault(row[0], joined())

    def shortened(self) -> set[int]:
        """The rows that end early and may be shifted.

        They are not where a program leaves out what is blank at the end of rows: then no row has a blank cell there, or
        most end early. Of an export a row that lacks a single cell is taken for shifted in any case.
        """
        short = {number: lack for number, lack in self._table.shorter.items() if number not in self.faults}
        if self.layout.filled or (self._table.padded and len(short) * 2 < self.count):
            return set(short)
        return {number for number, lack in short.items() if lack == 1} if self.layout.key else set()

    def holes(self) -> dict[int, str]:
        """The rows that lack one figure, and which, where every other row has it: cells that were moved leave one."""
        if len(self.rows) < _NAMES:
            return {}
        found: dict[int, list[str]] = {}
        figures = self.layout.money | self.layout.counts | self.layout.rates
        for at, name in enumerate(self.layout.columns, 1):
            if name in figures and not BLANK.isdisjoint(self._column(at)):
                blank = [row[0] for row in self.rows if row[at] in BLANK]
                if len(blank) == 1:
                    found.setdefault(blank[0], []).append(name)
        return {number: names[0] for number, names in found.items() if len(names) == 1}

    @property
    def early(self) -> Collection[int]:
        """The rows that end before the last header."""
        return self._table.shorter.keys()

    @property
    def long_numbers(self) -> list[str]:
        """The columns in which a number stands that is too long for one."""
        pairs = zip(self.layout.columns, self._positions, strict=True)
        return [name for name, place in pairs if place in self._table.long_numbers]

    def cells(self, name: str) -> dict[str, None]:
        """The different cells of a column, in the order of the file."""
        return self._column(self.layout.columns.index(name) + 1)

    def _column(self, at: int) -> dict[str, None]:
        if at not in self._cells:
            self._cells[at] = dict.fromkeys(map(itemgetter(at), self.rows))
        return self._cells[at]

    def _clean(self, at: int, name: str) -> None:
        """Take off what programs put around the cells of a column; hardly a file needs it."""
        cells = self._column(at)
        changed: dict[str, str] = {}
        if name in self.layout.ids:
            clean = key if name in self.layout.keys else cleaned
            if not all_digits(cells) or min(filter(None, cells)) < "1":
                changed = {cell: found for cell in cells if (found := clean(cell)) != cell}
        elif not "".join(cells).isascii():
            changed = {cell: found for cell in cells if (found := trimmed(cell)) != cell}
        changed |= dict.fromkeys(cells.keys() & UNSAID, "")
        if changed:
            self._replace(at, changed)

    def _replace(self, at: int, changed: Mapping[str, str]) -> None:
        make = self.layout.make
        self.rows = [
            make((*row[:at], changed[row[at]], *row[at + 1 :])) if row[at] in changed else row for row in self.rows
        ]
        del self._cells[at]

    def _drop_description(self) -> None:
        """The first row describes the columns, as in the XLSX export of orders, instead of being one of them."""
        layout = self.layout
        if not layout.described or not self.rows:
            return
        first = self.rows[0]
        if not layout.key:
            figures = [first[at] for at in layout.places(layout.money | layout.counts) if first[at] not in BLANK]
            if figures and all(_speaks(cell) for cell in figures):
                self.rows.pop(0)
            return
        id, began = (first[layout.places([name])[0]] for name in (layout.key, layout.began))
        if id and not is_id(key(id)) and not any(character.isdigit() for character in began):
            self.rows.pop(0)

    def _drop_headers(self) -> None:
        """Set apart a header that stands among the rows, where files were put one behind the other; and what is below
        one of another order, for nobody knows in which columns it stands."""
        names = {fold(name): at for at, name in enumerate(self.layout.columns, 1)}
        suspects = {cell for name in self.layout.ids for cell in self.cells(name) if not cell[:1].isdigit()}
        suspects = {cell for cell in suspects if fold(cell) in names}
        if not suspects:
            return
        other = 0
        for row in self.rows:
            number = row[0]
            if other:
                why = say("It stands below another header, that of row {row}. Import the files one by one.", row=other)
                self.faults.setdefault(number, why)
            elif not suspects.isdisjoint(row[1:]):
                places = [(at, names[fold(cell)]) for at, cell in enumerate(row[1:], 1) if fold(cell) in names]
                if len(places) >= _NAMES:
                    other = 0 if all(at == place for at, place in places) else number
                    self.faults.setdefault(number, say("It is the header once more."))


def _speaks(cell: str) -> bool:
    """Whether words stand where an amount or a count would."""
    return any(character.isalpha() for character in cell) and read_money(cell, None) is None
