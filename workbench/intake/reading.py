"""Reading one file: open, recognise, check the ids, fix the dates, and make sightings of its rows."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from workbench.core.saying import say
from workbench.core.time import utc
from workbench.intake.dates import Dates, settle
from workbench.intake.ids import refuse_ruined
from workbench.intake.layout import Layout, recognise_header, refuse_header
from workbench.intake.limits import MAX_ROWS, too_many_rows
from workbench.intake.model import FileKind, IntakeRules, Reading, RefusedFile
from workbench.intake.orders import Orders, is_description, read_orders
from workbench.intake.returns import Returns, read_returns
from workbench.intake.table import open_table

Progress = Callable[[int, int | None], None]

#: Rows between two reports of progress.
_STEP = 2_000
#: Rows of which the number of all rows is estimated.
_SAMPLE = 1_000
#: The market whose order export puts the month first.
_MONTH_FIRST = "US"


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
        layout, rows = _collected(path, rules, progress)
        dates = settle(
            dict.fromkeys(row[at] for at in _places(layout, layout.times) for row in rows),
            zone=rules.export_zone,
            now=utc(now),
            month_first=layout.kind == "orders" and rules.market == _MONTH_FIRST,
            day_first=day_first,
        )
        own_time = utc(as_of) if as_of is not None else _own_time(dates, utc(now))
        found: Returns | Orders
        if layout.kind == "returns":
            found = read_returns(rows, rules, dates.instants)
        else:
            rows = rows[1:] if rows and is_description(rows[0], dates.instants) else rows
            found = read_orders(rows, rules, dates.instants, own_time)
    return Reading(
        file=str(path),
        kind=layout.kind,
        rows=len(rows),
        as_of=own_time,
        date_order=dates.order,
        date_order_certain=dates.certain,
        date_example=dates.example,
        sightings=found.sightings,
        skus=found.skus,
        refused=found.refused,
        unknown=found.unknown,
        orders=found.ended if isinstance(found, Orders) else {},
    )


def recognise(path: Path, headers: Mapping[str, str] | None = None) -> tuple[FileKind, int | None] | None:
    """What kind of export `path` is and about how many rows it has, by its first rows only; None for any other file.

    `headers` are the aliases of column names.
    """
    aliases = headers or {}
    try:
        with open_table(path, lambda cells: recognise_header(cells, aliases) is not None, glance=True) as table:
            header = recognise_header(table.header, aliases)
            if header is None:
                return None
            rows = sum(1 for _ in islice(table.rows(header.positions, (), tuple), _SAMPLE))
            return header.layout.kind, rows if rows < _SAMPLE else _estimate(rows, table.share)
    except RefusedFile:
        return None


def _collected(path: Path, rules: IntakeRules, progress: Progress | None) -> tuple[Layout, list[Any]]:
    """The layout of the file, and its rows as records of it. Refused are other files, and ruined ids."""
    with open_table(path, lambda cells: recognise_header(cells, rules.headers) is not None) as table:
        header = recognise_header(table.header, rules.headers)
        if header is None:
            raise refuse_header(table.header)
        layout = header.layout
        places = dict(zip(layout.columns, header.positions, strict=True))
        times = [place for name, place in places.items() if name in layout.times and place is not None]
        rows: list[Any] = []
        for row in table.rows(header.positions, times, layout.make):
            rows.append(row)
            if len(rows) % _STEP == 0 and progress is not None:
                progress(len(rows), _estimate(len(rows), table.share))
            if len(rows) > MAX_ROWS:
                raise too_many_rows()
    if progress is not None:
        progress(len(rows), len(rows))
    refuse_ruined(
        ((layout.columns[at - 1], [row[at] for row in rows]) for at in _places(layout, layout.ids)),
        keys=layout.keys,
        long_numbers=[name for name, place in places.items() if place in table.long_numbers],
    )
    return layout, rows


def _estimate(rows: int, share: float) -> int | None:
    return round(rows / share) if share else None


def _places(layout: Layout, names: frozenset[str]) -> list[int]:
    """Where the columns stand in a record, behind its number."""
    return [at for at, name in enumerate(layout.columns, 1) if name in names]


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


def _own_time(dates: Dates, now: datetime) -> datetime:
    """The latest instant in the file's time columns that is not after now."""
    own_time = max((instant for instant in dates.instants.values() if instant <= now), default=None)
    if own_time is None:
        raise RefusedFile(say("The file holds no time, so nobody can tell how old it is. Say it with --as-of TIME."))
    return own_time
