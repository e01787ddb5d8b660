"""How a kind of export is declared and recognised: by the names of its columns alone, wherever they stand.

Names are compared trimmed and case-folded, in any order; a localised name leads to the English one by the settings.
Only the columns that a layout names are ever picked: recipient, address, phone and postcode are not among them. What
a layout module looks like stands in `kinds`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from workbench.core.saying import Saying
from workbench.core.tickets.model import ShipSighting, Sighting
from workbench.intake.model import IntakeRules, OrderEnd, Refused, Unknown
from workbench.intake.money import Amounts
from workbench.intake.text import fold


class Context(msgspec.Struct, frozen=True):
    """What the rows of a file are read with.

    `instants` leads from a printed time to its instant (UTC), `guessed` says that the order of day and month in it is
    a guess; `as_of` is the file's own time; `amounts` reads the printed money of the whole file.
    """

    rules: IntakeRules
    instants: Mapping[str, datetime]
    guessed: bool
    as_of: datetime
    amounts: Amounts
    #: What the file calls the columns that stand in the layout's spare ones, in their order.
    spare: tuple[str, ...] = ()


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What the rows of one kind say.

    Tickets are handed over as `sightings`, as `orders` those that ended, as `ships` those to hand over; `skus` leads
    from an SKU to its product's name. A kind for another desk hands over `records` of
    its own, which only that desk reads.
    """

    sightings: list[Sighting] = []
    orders: dict[str, OrderEnd] = {}
    skus: dict[str, str] = {}
    records: list[Any] = []
    ships: list[ShipSighting] = []
    refused: list[Refused] = []
    unknown: list[Unknown] = []


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of export: its columns, in the order in which a row of them is picked, and the function that reads them.

    `name` is what a person calls it. `desk` names the package of the session that takes it. `make` turns a row's
    number and its picked cells into a record; `read` turns the records into what they say.
    """

    kind: str
    name: Saying
    make: Callable[[Iterable[Any]], Any]
    read: Callable[[Sequence[Any], Context], Found]
    columns: tuple[str, ...]
    #: Sets of columns, each of which alone tells this kind from every other.
    marks: tuple[tuple[str, ...], ...]
    #: Columns without which no row can be read rightly.
    needed: frozenset[str]
    #: Columns that a spreadsheet would ruin, and those of them whose numbers the platform gives.
    ids: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    #: The time that says when a row began; a row of the future is refused.
    began: str = ""
    #: Times at which something ended; none of them lies in the future.
    over: frozenset[str] = frozenset()
    #: Columns that hold printed money, and that hold a count: by them a shifted row shows.
    money: frozenset[str] = frozenset()
    counts: frozenset[str] = frozenset()
    #: The column that says in which currency the amounts of a row are.
    currency: str = ""
    #: Columns that hold a percentage.
    rates: frozenset[str] = frozenset()
    #: The column that names one case in all sheets of a workbook.
    key: str = ""
    #: Other names of columns, by the platform itself.
    spellings: Mapping[str, str] = {}
    #: Markets whose files of this kind put the month first, where nothing else decides.
    month_first: frozenset[str] = frozenset()
    #: Whether the first row may describe the columns.
    described: bool = False
    #: Whether each row has a cell for each header, however many are blank.
    filled: bool = False
    desk: str = "tickets"
    #: Whether its rows hold no time that says how old the file is; it then counts as of now.
    undated: bool = False
    #: Columns without a name of their own: into them go those of a file that no other has and that `takes` says are of
    #: the kind, for the platform invents new ones.
    spare: tuple[str, ...] = ()
    takes: Callable[[str], bool] | None = None
    #: Among several kinds that are recognised the lowest counts.
    rank: int = 50

    def places(self, names: Iterable[str]) -> list[int]:
        """Where the columns stand in a record, behind its number."""
        wanted = frozenset(names)
        return [at for at, name in enumerate(self.columns, 1) if name in wanted]


class TableHeader(msgspec.Struct, frozen=True):
    """The header of a table: its layout, and where each of the layout's columns stands, None where missing."""

    layout: Layout
    positions: tuple[int | None, ...]
    #: The columns that stand there twice.
    twice: tuple[str, ...] = ()
    #: The file's own names of what stands in the layout's spare columns.
    spare: tuple[str, ...] = ()

    def places(self, names: Collection[str]) -> list[int]:
        """Where in the file the columns of these names stand."""
        pairs = zip(self.layout.columns, self.positions, strict=True)
        return [place for name, place in pairs if name in names and place is not None]

    @property
    def missing(self) -> list[str]:
        """The needed columns that are not there, in the layout's order."""
        pairs = zip(self.layout.columns, self.positions, strict=True)
        return [name for name, position in pairs if position is None and name in self.layout.needed]


def recognise_header(cells: Sequence[str], layouts: Iterable[Layout], aliases: Mapping[str, str]) -> TableHeader | None:
    """The layout of a table whose header is `cells`; None for any other row. `layouts` stand in the order of trying."""
    plain = _positions(cells)
    for layout in layouts:
        found = _named(plain, layout, aliases)
        if any(all(fold(mark) in found for mark in marks) for marks in layout.marks):
            names = [fold(cell) for cell in cells]
            twice = tuple(column for column in layout.columns if names.count(fold(column)) > 1)
            positions = tuple(_place(column, layout, found) for column in layout.columns)
            free = _spare(cells, layout, positions)
            if free:
                taken = dict(zip(layout.spare, free, strict=False))
                pairs = zip(layout.columns, positions, strict=True)
                positions = tuple(taken.get(column, position) for column, position in pairs)
            return TableHeader(layout, positions, twice, tuple(cells[at].strip() for at in free))
    return None


def _spare(cells: Sequence[str], layout: Layout, positions: Iterable[int | None]) -> list[int]:
    """Where columns stand that the layout has no name for and yet takes."""
    if layout.takes is None:
        return []
    used, names = {*positions}, set[str]()
    found: list[int] = []
    for at, cell in enumerate(cells):
        name = fold(cell)
        if at not in used and name not in names and layout.takes(name):
            found.append(at)
            names.add(name)
    return found[: len(layout.spare)]


def nameless_columns(cells: Sequence[str]) -> list[int]:
    """Where columns without a name stand between others: not the first, which numbers rows, nor behind the last."""
    named = [at for at, cell in enumerate(cells) if cell.strip()]
    return [at for at in range(1, named[-1]) if not cells[at].strip()] if named else []


def resembling(cells: Sequence[str], layouts: Iterable[Layout], aliases: Mapping[str, str]) -> TableHeader | None:
    """The layout that a header without its marks comes from: most of its needed columns are there."""
    plain = _positions(cells)
    for layout in layouts:
        found = _named(plain, layout, aliases)
        there = sum(fold(column) in found for column in layout.needed)
        if there >= 3 and there * 2 > len(layout.needed):
            return TableHeader(layout, tuple(_place(column, layout, found) for column in layout.columns))
    return None


def _positions(cells: Sequence[str]) -> dict[str, int]:
    """Where each name stands, the first of two before the second."""
    found: dict[str, int] = {}
    for position, cell in enumerate(cells):
        found.setdefault(fold(cell), position)
    found.pop("", None)
    return found


def _named(plain: dict[str, int], layout: Layout, aliases: Mapping[str, str]) -> dict[str, int]:
    """The same by the layout's names: its own spelling before an alias."""
    found = dict(plain)
    for alias, name in (*aliases.items(), *layout.spellings.items()):
        if fold(alias) in plain:
            found.setdefault(fold(name), plain[fold(alias)])
    return found


def _place(column: str, layout: Layout, found: Mapping[str, int]) -> int | None:
    """Where a column stands; a unit in brackets behind its name is no other name, but a zone behind a time is one."""
    name = fold(column)
    if name in found:
        return found[name]
    if column in layout.times:
        return None
    return next((place for other, place in found.items() if other.endswith(")") and _bare(other) == name), None)


def _bare(name: str) -> str:
    return name.partition("(")[0].strip()
