"""Reading one file: open it, recognise its sheets, collect their rows, and let each kind judge and read its own."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from workbench.core.saying import say
from workbench.core.time import utc
from workbench.intake.judged import Kind
from workbench.intake.kinds import layouts
from workbench.intake.layout import Found, TableHeader, nameless_columns, recognise_header
from workbench.intake.limits import MAX_ROWS, too_many_rows
from workbench.intake.model import FileReading, IntakeRules, NoOwnTime, Refused, RefusedFile, SheetRead
from workbench.intake.money import Amounts
from workbench.intake.opening import open_book
from workbench.intake.others import refuse_header, trusted
from workbench.intake.sheet_rows import SheetRows
from workbench.intake.table import Hints, SheetTable, letters_of

Progress = Callable[[int, int | None], None]

#: Rows between two reports of progress.
_STEP = 2_000
#: Rows of which the number of all rows is estimated.
_SAMPLE = 1_000


def read(
    path: Path,
    *,
    rules: IntakeRules,
    now: datetime,
    as_of: datetime | None = None,
    day_first: bool | None = None,
    progress: Progress | None = None,
) -> FileReading:
    """What the export file `path` says, at the instant `now`.

    `as_of` states the file's own time, `day_first` the order of day and month where both are possible. `progress` is
    called with the rows read and an estimate of all rows; it may raise `Stopped`. Raises `RefusedFile`.
    """
    with _without_collector():
        before = _state(path)
        file = _File(path, rules, progress)
        if _state(path) != before:
            raise RefusedFile(say("The file changed while it was read. Wait until the download is done."))
        return file.reading(utc(now), utc(as_of) if as_of is not None else None, day_first)


def _state(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_size, found.st_mtime_ns


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
    kind, rows = "", 0
    with open_book(path, Hints(known=lambda cells: known(cells) is not None, glance=True)) as book:
        for table in book.tables():
            heads += table.heads
            header = known(table.header) if table.known and table.visible else None
            if header is None:
                continue
            trusted(header, table.header)
            kind = kind or header.layout.kind
            there = sum(1 for _ in islice(table.rows(header.positions, (), tuple), _SAMPLE))
            rows += there
            if there == _SAMPLE:
                return kind, _estimate(rows, table.share)
    if not kind:
        raise refuse_header(heads, layouts(), headers or {})
    return kind, rows


def _known(aliases: Mapping[str, str]) -> Callable[[Sequence[str]], TableHeader | None]:
    return lambda cells: recognise_header(cells, layouts(), aliases)


class _File:
    """The file while it is read."""

    def __init__(self, path: Path, rules: IntakeRules, progress: Progress | None) -> None:
        self._path = path
        self._rules = rules
        self._progress = progress
        self._done = 0
        self.sheets: list[SheetRead] = []
        self.pieces: list[SheetRows] = []
        known, heads, hidden = _known(rules.headers), list[list[str]](), ""
        hints = Hints(
            known=lambda cells: known(cells) is not None,
            market=rules.market,
            words=(*rules.status, *rules.types),
            pages=rules.pages,
        )
        with open_book(path, hints) as book:
            for table in book.tables():
                header = known(table.header) if table.known else None
                if header is not None and table.visible:
                    trusted(header, table.header)
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

    def reading(self, now: datetime, as_of: datetime | None, day_first: bool | None) -> FileReading:
        """What the pieces say together."""
        kinds: dict[str, list[SheetRows]] = {}
        for piece in self.pieces:
            kinds.setdefault(piece.layout.kind, []).append(piece)
        parts = [Kind(pieces, self._rules, now, day_first) for pieces in kinds.values()]
        rows = sum(part.count for part in parts)
        owned = [own for part in parts if not part.layout.undated and (own := part.own_time) is not None]
        undated = all(part.layout.undated for part in parts)
        own_time = as_of if as_of is not None else max(owned, default=now if undated else None)
        found = [part.read(own_time or now, named=len(self.pieces) > 1) for part in parts]
        refused = [row for each in found for row in each.refused]
        repeated = sum(part.repeated for part in parts)
        if rows and len(refused) >= rows:
            raise _nothing_read(refused[0])
        if rows and own_time is None:
            raise NoOwnTime(say("The file holds no time, so nobody can tell how old it is."))
        dates = parts[0].dates
        spans = [span for part in parts if (span := part.span) is not None]
        return FileReading(
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
            ships=[ship for each in found for ship in each.ships],
            records=_by_desk(parts, found),
            repeated=repeated,
            twice=list(dict.fromkeys(name for piece in self.pieces for name in piece.twice)),
            nameless=[letters_of(at) for at in sorted({at for piece in self.pieces for at in piece.nameless})],
            sheets=self.sheets,
            encoding=self.encoding,
            encoding_guessed=self.encoding_guessed,
            currencies=sorted({code for part in parts for code in part.amounts.currencies}),
            foreign=_foreign([part.amounts for part in parts]),
            span=(min(span[0] for span in spans), max(span[1] for span in spans)) if spans else None,
        )

    def _collected(self, table: SheetTable, header: TableHeader) -> SheetRows:
        """The rows of a sheet as records of its layout."""
        layout, progress = header.layout, self._progress
        piece = SheetRows(table.name, header, table)
        times, figures = header.places(layout.times), header.places(layout.money | layout.rates)
        rows, before = piece.rows, self._done
        positions, make = header.positions, layout.make
        if nameless := nameless_columns(table.header):
            positions, make = (*positions, *nameless), _noting(nameless, layout.make, piece.nameless)
        for row in table.rows(positions, times, make, figures):
            rows.append(row)
            if len(rows) % _STEP == 0 and progress is not None:
                progress(before + len(rows), _estimate(before + len(rows), table.share))
            if before + len(rows) > MAX_ROWS:
                raise too_many_rows()
        self._done += len(rows)
        return piece


def _nothing_read(first: Refused) -> RefusedFile:
    return RefusedFile(
        say(
            "No row can be read. Row {row}: {why} Export the file again and import it as it is.",
            row=first.row,
            why=first.why,
        )
    )


def _noting(
    places: Sequence[int], make: Callable[[Iterable[Any]], Any], found: set[int]
) -> Callable[[Iterable[Any]], Any]:
    """`make` for rows whose last cells stand at these places, where columns have no name: those that hold something
    are noted."""

    def noting(cells: Iterable[Any]) -> Any:
        (*named,) = cells
        for place in reversed(places):
            if named.pop():
                found.add(place)
        return make(named)

    return noting


def _by_desk(parts: Sequence[Kind], found: Sequence[Found]) -> dict[str, list[Any]]:
    """What each desk takes, of all kinds that are its own."""
    taken: dict[str, list[Any]] = {}
    for part, each in zip(parts, found, strict=True):
        if each.records:
            taken.setdefault(part.layout.desk, []).extend(each.records)
    return taken


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
