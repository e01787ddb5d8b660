"""Taking in what `export` wrote: all records of another workbench, into a data directory that has none."""

from __future__ import annotations

from pathlib import Path

import msgspec

from workbench.core.saying import Refusal, Saying, say, say_n
from workbench.output.exports import FORM, MARK
from workbench.session.base import SessionBase
from workbench.session.crosschecks import Crosschecks
from workbench.session.tickets.tables import TICKETS
from workbench.storage import format
from workbench.storage.errors import not_read
from workbench.storage.format import Tables
from workbench.storage.meta import KEPT, META, OWN, Meta, meta_of
from workbench.storage.migrations import migrate, schema
from workbench.storage.restoring import by_month

#: Some half a million tickets; a larger file is not read into memory.
MAX_BYTES = 500_000_000
#: Nobody ever gave out so many ids.
_MAX_ID = 10**9


class _Export(msgspec.Struct):
    workbench_export: int
    schema: int
    tables: Tables
    counters: dict[str, int] = {}


class TakenOver(msgspec.Struct, frozen=True):
    """What was in the file: how many records, and how many of them tickets."""

    saying: Saying
    records: int
    tickets: int


def is_export(path: Path) -> bool:
    """Whether a file is one that `export` wrote, by its beginning."""
    try:
        if not path.is_file():  # a pipe would be waited for
            return False
        with path.open("rb") as file:
            head = file.read(200)
    except (OSError, ValueError):
        return False
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{") and f'"{MARK}"'.encode() in head


def take_over(session: SessionBase, path: Path, *, dry_run: bool = False) -> TakenOver:
    """All records of the file, as one step of undo. `Refusal` if there are records here, or the file is not whole."""
    export = _read(path)
    _refuse_if_not_empty(session, path)
    records = sum(map(len, export.tables.values()))
    saying = say_n("{file} taken in, {n} record", "{file} taken in, {n} records", records, file=path.name)
    taken = TakenOver(saying, records, len(export.tables.get(TICKETS, {})))
    if dry_run:
        return taken
    with session.saving() as tx:
        _refuse_if_not_empty(session, path)
        for month, kept in by_month(export.tables.pop(KEPT, {}).values()).items():
            tx.keep(month, kept)
        for name, table in export.tables.items():
            for number, record in table.items():
                tx.restore(name, number, record)
        for name, last in export.counters.items():
            if name not in OWN:
                tx.counters[name] = max(tx.counters.get(name, 0), min(last, _MAX_ID))
        tx.sweep()
        tx.commit_as(saying, session.now())
    return taken


def _refuse_if_not_empty(session: SessionBase, path: Path) -> None:
    store = session.store
    if any(store.table(name) or store.archived_months(name) for name in store.names()):
        raise Refusal(
            say(
                "{file} holds a whole workbench, and there are records here already. It can only be taken into an "
                "empty data directory: name one with --data.",
                file=path.name,
            )
        )


def _read(path: Path) -> _Export:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Refusal(say("{file} holds more than {limit} MB.", file=path.name, limit=MAX_BYTES // 1_000_000))
        export = msgspec.json.decode(path.read_bytes().removeprefix(b"\xef\xbb\xbf"), type=_Export)
        if export.workbench_export > FORM or export.schema > schema():
            raise Refusal(
                say("{file} was written by a newer workbench. Install that version to take it in.", file=path.name)
            )
        tables: Tables = {
            name: {number: format.examined(record) for number, record in sorted(records.items())}
            for name, records in export.tables.items()
        }
        if export.schema < schema():
            head = format.to_json(Meta(export.schema, export.counters))
            tables = migrate({META: {1: head}, **tables}, export.schema)
            export = msgspec.structs.replace(export, counters=meta_of(tables).counters)
            del tables[META]
    except OSError as error:
        raise not_read(error, path) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refusal(
            say("{file} is damaged or was changed, so nothing was taken in. Export it again.", file=path.name)
        ) from error
    _refuse_bad(path, tables)
    return msgspec.structs.replace(export, tables=tables)


def _refuse_bad(path: Path, tables: Tables) -> None:
    """Refuse the file if a record would stop a verb later."""
    checks = Crosschecks()
    for name, records in tables.items():
        for number, record in records.items():
            what = next(iter(checks.record(name, number, record)), None)
            if name in OWN or not 0 < number <= _MAX_ID:
                what = say("has an id that was never given out")
            if what is not None:
                raise Refusal(_bad(path, number, name, what))


def _bad(path: Path, number: int, table: str, what: Saying) -> Saying:
    return say(
        "{file} is refused whole: record {id} of {table} {what}. Export it again.",
        file=path.name, id=number, table=table, what=what,
    )  # fmt: skip
