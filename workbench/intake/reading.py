"""Reading one file: open, recognise its sheets, check the ids, fix the dates, and let each kind read its rows.

Every row is accounted for: it is read, it is among the refused, or the file is refused whole.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from workbench.core.saying import Saying, say
from workbench.core.time import utc
from workbench.intake.dates import Dates, refuse_mixed, settle
from workbench.intake.ids import cleaned, is_id, refuse_ruined
from workbench.intake.kinds import layouts
from workbench.intake.layout import Context, Found, Header, recognise_header
from workbench.intake.limits import MAX_ROWS, too_many_rows
from workbench.intake.model import IntakeRules, NoOwnTime, Reading, Refused, RefusedFile, SheetRead, Unknown
from workbench.intake.money import Amounts
from workbench.intake.others import missing, refuse_header
from workbench.intake.rows import Counts, unread
from workbench.intake.table import Hints, Table, open_book
from workbench.intake.text import BLANK

Progress = Callable[[int, int | None], None]

#: Rows between two reports of progress.
_STEP = 2_000
#: Rows of which the number of all rows is estimated.
_SAMPLE = 1_000
_SLACK = timedelta(days=1)


class _Piece:
    """The rows of one sheet."""

    def __init__(self, name: str, header: Header, table: Table) -> None:
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


def read(
    path: Path,
    *,
    rules: IntakeRules,
    now: datetime,
    as_of: datetime | None = None,
    day_first: bool | None = None,
    progress: Progress | None = None,
) -> Reading:
    """What the export file `path` says, at the instant `now`.

    `as_of` states the file's own time, `day_first` the order of day and month where both are possible. `progress` is
    called with the rows read and an estimate of all rows; it may raise `Stopped`. Raises `RefusedFile`.
    """
    with _without_collector():
        file = _File(path, rules, progress)
        return file.reading(utc(now), utc(as_of) if as_of is not None else None, day_first)


def recognise(path: Path, headers: Mapping[str, str] | None = None) -> tuple[str, int | None] | None:
    """What kind of export `path` is and about how many rows it has, by its first rows only; None for any other file.

    `headers` are the aliases of column names.
    """
    try:
        return look(path, headers)
    except RefusedFile:
        return None


def look(path: Path, headers: Mapping[str, str] | None = None) -> tuple[str, int | None]:
    """As `recognise`; raises `RefusedFile` with the reason for any other file."""
    known = _known(headers or {})
    heads: list[list[str]] = []
    with open_book(path, Hints(known=lambda cells: known(cells) is not None, glance=True)) as book:
        for table in book.tables():
            heads += table.heads
            header = known(table.header) if table.known and table.visible else None
            if header is not None:
                rows = sum(1 for _ in islice(table.rows(header.positions, (), tuple), _SAMPLE))
                return header.layout.kind, rows if rows < _SAMPLE else _estimate(rows, table.share)
    raise refuse_header(heads, layouts(), headers or {})


def _known(aliases: Mapping[str, str]) -> Callable[[Sequence[str]], Header | None]:
    return lambda cells: recognise_header(cells, layouts(), aliases)


class _File:
    """The file while it is read."""

    def __init__(self, path: Path, rules: IntakeRules, progress: Progress | None) -> None:
        self._path = path
        self._rules = rules
        self._progress = progress
        self._done = 0
        self.sheets: list[SheetRead] = []
        self.pieces: list[_Piece] = []
        known, heads, hidden = _known(rules.headers), list[list[str]](), ""
        hints = Hints(
            known=lambda cells: known(cells) is not None, market=rules.market, words=(*rules.status, *rules.types)
        )
        with open_book(path, hints) as book:
            for table in book.tables():
                header = known(table.header) if table.known else None
                if header is not None and table.visible:
                    if header.missing:
                        raise missing(header.missing, table.header)
                    self.pieces.append(self._collected(table, header))
                    self.sheets.append(SheetRead(table.name, header.layout.kind, len(self.pieces[-1].rows), True))
                    continue
                heads += table.heads
                hidden = hidden or (table.name if header is not None else "")
                self.sheets.append(SheetRead(table.name, header.layout.kind if header else None, None, False))
            self.encoding, self.encoding_guessed = book.encoding, book.encoding_guessed
        if self.encoding is not None:
            self.sheets = []
        if not self.pieces and hidden:
            raise RefusedFile(say('The sheet "{name}" is hidden. Show it in a spreadsheet and save.', name=hidden))
        if not self.pieces:
            raise refuse_header(heads, layouts(), rules.headers)
        if progress is not None:
            progress(self._done, self._done)

    def reading(self, now: datetime, as_of: datetime | None, day_first: bool | None) -> Reading:
        """What the pieces say together."""
        kinds: dict[str, list[_Piece]] = {}
        for piece in self.pieces:
            kinds.setdefault(piece.layout.kind, []).append(piece)
        parts = [_Kind(pieces, self._rules, now, day_first) for pieces in kinds.values()]
        rows = sum(part.count for part in parts)
        owned = [own for part in parts if (own := part.own_time) is not None]
        own_time = as_of if as_of is not None else max(owned, default=None)
        found = [part.read(own_time or now, named=len(self.pieces) > 1) for part in parts]
        refused = [row for each in found for row in each.refused]
        repeated = sum(part.repeated for part in parts)
        if rows and len(refused) >= rows:
            first = refused[0]
            raise RefusedFile(say("No row can be read. Row {row}: {why}", row=first.row, why=first.why))
        if rows and own_time is None:
            raise NoOwnTime(say("The file holds no time, so nobody can tell how old it is."))
        dates = parts[0].dates
        spans = [span for part in parts if (span := part.span) is not None]
        return Reading(
            file=str(self._path),
            kind=self.pieces[0].layout.kind,
            rows=rows,
            as_of=own_time,
            date_order=dates.order,
            date_order_certain=all(part.dates.certain for part in parts),
            date_example=dates.example,
            sightings=[seen for each in found for seen in each.sightings],
            skus={sku: product for each in reversed(found) for sku, product in each.skus.items()},
            refused=refused,
            unknown=[word for each in found for word in each.unknown],
            orders={order: end for each in found for order, end in each.orders.items()},
            records={part.layout.desk: each.records for part, each in zip(parts, found, strict=True) if each.records},
            repeated=repeated,
            sheets=self.sheets,
            encoding=self.encoding,
            encoding_guessed=self.encoding_guessed,
            currencies=sorted({code for part in parts for code in part.amounts.currencies}),
            foreign=_foreign([part.amounts for part in parts]),
            span=(min(span[0] for span in spans), max(span[1] for span in spans)) if spans else None,
        )

    def _collected(self, table: Table, header: Header) -> _Piece:
        """The rows of a sheet as records of its layout."""
        layout, progress = header.layout, self._progress
        piece = _Piece(table.name, header, table)
        places = zip(layout.columns, header.positions, strict=True)
        times = [place for name, place in places if name in layout.times and place is not None]
        rows, before = piece.rows, self._done
        for row in table.rows(header.positions, times, layout.make):
            rows.append(row)
            if len(rows) % _STEP == 0 and progress is not None:
                progress(before + len(rows), _estimate(before + len(rows), table.share))
            if before + len(rows) > MAX_ROWS:
                raise too_many_rows()
        self._done += len(rows)
        return piece


class _Kind:
    """All sheets of one kind: their dates are of one order, their ids are judged together."""

    def __init__(self, pieces: list[_Piece], rules: IntakeRules, now: datetime, day_first: bool | None) -> None:
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
        good: list[tuple[_Piece, list[Any]]] = []
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
        self._measure(rows)
        refused = sorted([*refused, *more], key=lambda each: each.row) if len(kept) == 1 else [*refused, *more]
        return msgspec.structs.replace(found, refused=refused, unknown=[*found.unknown, *self._times(rows)])

    def _faults(self, piece: _Piece) -> dict[int, Saying]:
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
        counts = Counts()
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

    def _latest(self, good: list[tuple[_Piece, list[Any]]]) -> list[list[Any]]:
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


def _clean_ids(pieces: list[_Piece]) -> None:
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


def _drop_description(piece: _Piece) -> None:
    """The first row describes the columns, as in the XLSX export of orders, instead of being one of them."""
    layout = piece.layout
    if not layout.described or not piece.rows:
        return
    first = piece.rows[0]
    key, began = (first[layout.places([name])[0]] for name in (layout.key, layout.began))
    if key and not is_id(key) and not any(character.isdigit() for character in began):
        piece.rows.pop(0)


def _foreign(amounts: Sequence[Amounts]) -> list[str]:
    """The currencies of a file none of whose amounts is in the market's."""
    said = [each for each in amounts if each.any]
    return (
        sorted({code for each in said for code in each.foreign}) if said and all(each.foreign for each in said) else []
    )


def _estimate(rows: int, share: float) -> int | None:
    return round(rows / share) if share else None


@contextmanager
def _without_collector() -> Iterator[None]:
    """A hundred thousand records and not one cycle: the collector would only walk through them again and again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
