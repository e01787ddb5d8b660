"""Copies of the data that somebody asked for: a backup of this moment beside the daily ones, or all in one file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from workbench.storage import backup_files, backups, format
from workbench.storage.atomic import sync_directory, write_whole
from workbench.storage.carry import carried
from workbench.storage.content import Content
from workbench.storage.files import Files
from workbench.storage.format import Tables, to_json
from workbench.storage.meta import KEPT, META, OWN, TALLY, record_of
from workbench.storage.migrations import schema


def keep(content: Content, files: Files, now: datetime) -> Path:
    """A verified backup of this moment in `backups/`, under its date and time. `OSError` leaves none."""
    there = backup_files.names(files, content.directory)
    label = f"{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}"
    number = 1
    while backup_files.path_of(content.directory, label).name in there:
        number += 1
        label = f"{label.partition('Z')[0]}Z-{number}"
    return backups.write(files, content.directory, label, content.on_disk, content.meta)


def write(files: Files, path: Path, tables: Tables) -> None:
    """Put the tables as a verified data file in the place of `path`."""
    write_whole(files, path, format.encode(tables), verify=True)
    sync_directory(files, path.parent)


def united(content: Content) -> Tables:
    """The tables of the content with what is archived in them and the orders kept, `meta` first, the history last."""
    live, archive = content.storage.tables, content.archive
    meta = msgspec.structs.replace(content.meta, schema=schema(), archive={}, orders={})
    stored = record_of(live)
    tables: Tables = {META: {1: to_json(meta) if stored is None else carried(stored, meta)}}
    for name in sorted({*live, *archive.names()} - set(OWN)):
        tables[name] = dict(sorted({**archive.records(name), **live.get(name, {})}.items()))
    if content.orders.manifest:
        kept = (content.orders.read(month)[KEPT].values() for month in content.orders.manifest)
        tables[KEPT] = dict(enumerate((record for month in kept for record in month), 1))
    return tables | {name: records for name, records in live.items() if name in OWN and name not in (META, TALLY)}
