"""The rows of one kind, over all sheets of a file: which can be trusted, what their times are, and what they say.

Every row is accounted for: it is read, it is among the refused, or the file is refused whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from workbench.core.saying import Saying, say
from workbench.intake.dates import Dates, refuse_mixed, settle
from workbench.intake.ids import all_digits, is_id, refuse_ruined, rounded
from workbench.intake.layout import Context, Found
from workbench.intake.model import IntakeRules, Refused, Unknown
from workbench.intake.money import Amounts
from workbench.intake.rows import Quantities, unread
from workbench.intake.sheet_rows import SheetRows
from workbench.intake.table import too_short
from workbench.intake.text import BLANK

_SLACK = timedelta(days=1)


class Kind:
    """All sheets of one kind: their dates are of one order, their ids are judged together."""

    def __init__(self, pieces: list[SheetRows], rules: IntakeRules, now: datetime, day_first: bool | None) -> None:
        self.layout = layout = pieces[0].layout
        self._pieces = pieces
        self._rules = rules
        self._now = now
        self.repeated = 0
        self.span: tuple[datetime, datetime] | None = None
        for piece in pieces:
            piece.prepare()
        self.count = sum(piece.count for piece in pieces)
        refuse_ruined(
            ((name, self._cells(name)) for name in layout.columns if name in layout.ids),
            keys=layout.keys,
            long_numbers=[name for piece in pieces for name in piece.long_numbers],
        )
        times = [name for name in layout.columns if name in layout.times]
        for piece in pieces:
            refuse_mixed((name, piece.cells(name)) for name in times)
        self.dates: Dates = settle(
            dict.fromkeys(text for name in times for text in self._cells(name)),
            zone=rules.export_zone,
            now=now,
            month_first=rules.market in layout.month_first,
            day_first=day_first,
        )
        self.amounts = Amounts(
            rules.currency,
            {text for name in layout.money for text in self._cells(name)},
            self._cells(layout.currency) if layout.currency else (),
        )

    def _cells(self, name: str) -> dict[str, None]:
        """The different cells of a column, in the order of the file."""
        if len(self._pieces) == 1:
            return self._pieces[0].cells(name)
        return dict.fromkeys(cell for piece in self._pieces for cell in piece.cells(name))

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
        # What the spare columns are called must be the same in all sheets, or nobody can tell.
        spare = self._pieces[0].spare if len({piece.spare for piece in self._pieces}) == 1 else ()
        context = Context(self._rules, self._past(), not self.dates.certain, as_of, self.amounts, spare)
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
        unknown = [*found.unknown, *self._times(rows, context.instants), *self._strange_ids(rows), *self._rounded(rows)]
        return msgspec.structs.replace(found, refused=refused, unknown=unknown)

    def _past(self) -> dict[str, datetime]:
        """The instants without those of the future in a column of what is over."""
        instants, latest = self.dates.instants, self._now + _SLACK
        ahead = {text for text, instant in instants.items() if instant > latest}
        ahead &= {text for name in self.layout.over if ahead for text in self._cells(name)}
        return {text: instant for text, instant in instants.items() if text not in ahead} if ahead else instants

    def _faults(self, piece: SheetRows) -> dict[int, Saying]:
        """The rows of a sheet that are not to be read, with the reason."""
        faults = dict(piece.faults)
        if piece.early:
            shifted, places = piece.shortened(), self.layout.places([self.layout.key])
            for row in piece.rows:
                if any(not is_id(row[at]) for at in places):
                    continue  # refused for that
                if row[0] in piece.early and (row[0] in shifted or not self._fits(row)):
                    faults.setdefault(row[0], too_short())
        if self.layout.filled:
            for number, column in piece.holes().items():
                why = say("It has no {column}, which all other rows have: its cells may have moved.", column=column)
                faults.setdefault(number, why)
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
        """Whether money, counts, times and ids of a row are where they belong."""
        counts = Quantities()
        for name, cell in zip(self.layout.columns, row[1:], strict=True):
            if cell in BLANK:
                continue
            if name in self.layout.money and self.amounts.glance(cell) is None:
                return False
            if name in self.layout.counts and counts.count(cell) is None:
                return False
            if name in self.layout.times and cell not in self.dates.instants:
                return False
            if name in self.layout.keys and not is_id(cell):
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

    def _times(self, rows: Sequence[Any], instants: Mapping[str, datetime]) -> list[Unknown]:
        """The times beside the one that a row needs, of those that are none, or lie in the future."""
        told: list[Unknown] = []
        for name in self.layout.columns:
            if name in self.layout.times and name != self.layout.began:
                told += self._counted(name, {text for text in self._cells(name) if text not in instants}, rows)
        return told

    def _strange_ids(self, rows: Sequence[Any]) -> list[Unknown]:
        """The ids beside the one that names a row, of those that the platform cannot have given."""
        told: list[Unknown] = []
        for name in self.layout.columns:
            if name in self.layout.keys and name != self.layout.key:
                cells = self._cells(name)
                if not all_digits(cells):
                    told += self._counted(name, {text for text in cells if not is_id(text)}, rows)
        return told

    def _rounded(self, rows: Sequence[Any]) -> list[Unknown]:
        """The ids that may have lost their last digits, among others that have not."""
        told: list[Unknown] = []
        for name in self.layout.columns:
            if name in self.layout.keys and (found := rounded(self._cells(name))):
                told += self._counted(name, found, rows)
        return [msgspec.structs.replace(word, rounded=True) for word in told]

    def _counted(self, name: str, strange: set[str], rows: Sequence[Any]) -> list[Unknown]:
        """How many of the rows have one of the cells in a column."""
        strange -= BLANK
        if not strange:
            return []
        at = self.layout.places([name])[0]
        return unread(Counter(row[at] for row in rows if row[at] in strange), name)
