"""The rows of one kind, over all sheets of a file: which can be trusted, what their times are, and what they say.

Every row is accounted for: it is read, it is among the refused, or the file is refused whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from workbench.core.saying import Saying, say
from workbench.intake.dates import Dates, refuse_mixed, settle
from workbench.intake.ids import cleaned, is_id, refuse_ruined
from workbench.intake.layout import Context, Found, TableHeader
from workbench.intake.model import IntakeRules, Refused, Unknown
from workbench.intake.money import Amounts, read_money
from workbench.intake.rows import Quantities, unread
from workbench.intake.table import SheetTable
from workbench.intake.text import BLANK

_SLACK = timedelta(days=1)


class SheetRows:
    """The rows of one sheet."""

    def __init__(self, name: str, header: TableHeader, table: SheetTable) -> None:
        self.name = name
        self.layout = header.layout
        self.rows: list[Any] = []
        self.faults: dict[int, Saying] = table.faults
        self.wider = table.wider
        self._positions = header.positions
        self._table = table

    @property
    def long_numbers(self) -> list[str]:
        """The columns in which a number stands that is too long for one."""
        pairs = zip(self.layout.columns, self._positions, strict=True)
        return [name for name, place in pairs if place in self._table.long_numbers]

    def column(self, name: str) -> list[str]:
        """The cells of a column."""
        at = self.layout.columns.index(name) + 1
        return [row[at] for row in self.rows]


class Kind:
    """All sheets of one kind: their dates are of one order, their ids are judged together."""

    def __init__(self, pieces: list[SheetRows], rules: IntakeRules, now: datetime, day_first: bool | None) -> None:
        self.layout = layout = pieces[0].layout
        self._pieces = pieces
        self._rules = rules
        self._now = now
        self.repeated = 0
        self.span: tuple[datetime, datetime] | None = None
        _clean_ids(pieces)
        for piece in pieces:
            _drop_description(piece)
        self.count = sum(len(piece.rows) for piece in pieces)
        refuse_ruined(
            (
                (name, [cell for piece in pieces for cell in piece.column(name)])
                for name in layout.columns
                if name in layout.ids
            ),
            keys=layout.keys,
            long_numbers=[name for piece in pieces for name in piece.long_numbers],
        )
        trusted = [{*piece.faults} for piece in pieces]
        columns = [layout.columns.index(name) + 1 for name in layout.columns if name in layout.times]
        for piece, faulty in zip(pieces, trusted, strict=True):
            rows = [row for row in piece.rows if row[0] not in faulty] if faulty else piece.rows
            refuse_mixed((layout.columns[at - 1], [row[at] for row in rows]) for at in columns)
        self.dates: Dates = settle(
            dict.fromkeys(
                row[at] for at in columns for piece in pieces for row in piece.rows if row[0] not in piece.faults
            ),
            zone=rules.export_zone,
            now=now,
            month_first=rules.market in layout.month_first,
            day_first=day_first,
        )
        money = [at for name in layout.money for at in layout.places([name])]
        self.amounts = Amounts(rules.currency, {row[at] for at in money for piece in pieces for row in piece.rows})

    @property
    def own_time(self) -> datetime | None:
        """The latest instant in the time columns that is not after now."""
        return max((instant for instant in self.dates.instants.values() if instant <= self._now), default=None)

    def read(self, as_of: datetime, *, named: bool) -> Found:
        """What the rows say; those that cannot be read are among the refused, with their sheet where `named`."""
        refused: list[Refused] = []
        good: list[tuple[SheetRows, list[Any]]] = []
        for piece in self._pieces:
            faults = self._faults(piece)
            refused += [Refused(number, faults[number], piece.name if named else "") for number in sorted(faults)]
            good.append((piece, [row for row in piece.rows if row[0] not in faults] if faults else piece.rows))
        kept = self._latest(good)
        rows = kept[0] if len(kept) == 1 else [row for each in kept for row in each]
        # Several sheets number their rows anew: a refusal then says in which it stands.
        context = Context(self._rules, self.dates.instants, not self.dates.certain, as_of, self.amounts)
        if len(kept) == 1:
            found = self.layout.read(rows, context)
            name = good[0][0].name if named else ""
            more = [Refused(each.row, each.why, name) for each in found.refused] if name else found.refused
        else:
            numbered = [row._replace(number=at) for at, row in enumerate(rows)]
            names = [(row[0], piece.name) for (piece, _), each in zip(good, kept, strict=True) for row in each]
            found = self.layout.read(numbered, context)
            more = [Refused(names[each.row][0], each.why, names[each.row][1]) for each in found.refused]
            # A record that says in which row it stands means that of its sheet.
            records = [
                msgspec.structs.replace(each, row=names[each.row][0]) if hasattr(each, "row") else each
                for each in found.records
            ]
            found = msgspec.structs.replace(found, records=records)
        self._measure(rows)
        refused = sorted([*refused, *more], key=lambda each: each.row) if len(kept) == 1 else [*refused, *more]
        return msgspec.structs.replace(found, refused=refused, unknown=[*found.unknown, *self._times(rows)])

    def _faults(self, piece: SheetRows) -> dict[int, Saying]:
        """The rows of a sheet that are not to be read, with the reason."""
        faults = dict(piece.faults)
        if piece.wider:
            whole = len(piece.wider) == len(piece.rows)
            for row in piece.rows:
                if row[0] in piece.wider and not (whole and self._fits(row)):
                    faults.setdefault(row[0], say("It has more cells than there are headers."))
        if self.layout.began:
            at = self.layout.places([self.layout.began])[0]
            latest, instants = self._now + _SLACK, self.dates.instants
            ahead = {text for text, instant in instants.items() if instant > latest}
            short = self.dates.short
            for row in piece.rows if ahead or short else ():
                if row[at] in ahead:
                    why = say('Its {column} "{text}" lies in the future.', column=self.layout.began, text=row[at][:40])
                    faults.setdefault(row[0], why)
                elif row[at] in short:
                    why = say('Of "{text}" nobody can tell the year from the day. Export the file again.', text=row[at])
                    faults.setdefault(row[0], why)
        return faults

    def _fits(self, row: Any) -> bool:
        """Whether money, counts and times of a row are where they belong."""
        counts = Quantities()
        for name, cell in zip(self.layout.columns, row[1:], strict=True):
            if cell in BLANK:
                continue
            if name in self.layout.money and self.amounts.money(cell) is None:
                return False
            if name in self.layout.counts and counts.count(cell) is None:
                return False
            if name in self.layout.times and cell not in self.dates.instants:
                return False
        return True

    def _latest(self, good: list[tuple[SheetRows, list[Any]]]) -> list[list[Any]]:
        """The rows of each sheet without the cases that a sheet of a later own time shows too."""
        if len(good) == 1 or not self.layout.key:
            return [rows for _, rows in good]
        at = self.layout.places([self.layout.key])[0]
        places = self.layout.places(self.layout.times)
        instants, early = self.dates.instants, datetime.min.replace(tzinfo=self._now.tzinfo)

        def own_time(rows: list[Any]) -> datetime:
            found = (instants.get(row[place]) for row in rows for place in places)
            return max((instant for instant in found if instant is not None and instant <= self._now), default=early)

        holder: dict[str, tuple[datetime, int]] = {}
        for number, (_, rows) in enumerate(good):
            own = own_time(rows)
            for key in {row[at] for row in rows}:
                holder[key] = max(holder.get(key, (early, number)), (own, number))
        kept = [
            [row for row in rows if not is_id(row[at]) or holder[row[at]][1] == number]
            for number, (_, rows) in enumerate(good)
        ]
        self.repeated = sum(len(rows) for _, rows in good) - sum(map(len, kept))
        return kept

    def _measure(self, rows: Sequence[Any]) -> None:
        """Remember from when to when the rows began."""
        if self.layout.began and rows:
            at = self.layout.places([self.layout.began])[0]
            found = [instant for text in {row[at] for row in rows} if (instant := self.dates.instants.get(text))]
            if found:
                self.span = min(found), max(found)

    def _times(self, rows: Sequence[Any]) -> list[Unknown]:
        """The times beside the one that a row needs, of those that are none."""
        told: list[Unknown] = []
        for name in self.layout.columns:
            if name in self.layout.times and name != self.layout.began:
                at = self.layout.places([name])[0]
                strange = {row[at] for row in rows}.difference(self.dates.instants, BLANK)
                if strange:
                    counted = Counter(row[at] for row in rows if row[at] in strange)
                    told += unread(counted, name)
        return told


def _clean_ids(pieces: list[SheetRows]) -> None:
    """Take off what programs put around ids, in place; hardly a file needs it."""
    for piece in pieces:
        for at in piece.layout.places(piece.layout.ids):
            cells = {row[at] for row in piece.rows}
            if "".join(cells).isdigit():
                continue
            changed = {cell: clean for cell in cells if (clean := cleaned(cell)) != cell}
            if changed:
                name = piece.rows[0]._fields[at]
                piece.rows[:] = [
                    row._replace(**{name: changed[row[at]]}) if row[at] in changed else row for row in piece.rows
                ]


def _drop_description(piece: SheetRows) -> None:
    """The first row describes the columns, as in the XLSX export of orders, instead of being one of them."""
    layout = piece.layout
    if not layout.described or not piece.rows:
        return
    first = piece.rows[0]
    if not layout.key:
        figures = [first[at] for at in layout.places(layout.money | layout.counts) if first[at] not in BLANK]
        if figures and all(_speaks(cell) for cell in figures):
            piece.rows.pop(0)
        return
    key, began = (first[layout.places([name])[0]] for name in (layout.key, layout.began))
    if key and not is_id(key) and not any(character.isdigit() for character in began):
        piece.rows.pop(0)


def _speaks(cell: str) -> bool:
    """Whether words stand where an amount or a count would."""
    return any(character.isalpha() for character in cell) and read_money(cell, None) is None
