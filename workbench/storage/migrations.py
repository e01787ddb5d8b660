"""The schema number of the data, and the steps from an older one to it; there is no way back.

To change the shape of what is stored, add a step under the number it starts from. It gets the tables with their
records decoded and changes them in place; it is given the live file and each archive file, one by one, so it must not
need both. The store runs it on reading, and with the first save after it writes a backup of the old file first. The
undo history does not survive a step of `MIGRATIONS`, because its patches are of the old shape; a table that only gets
another name, in `RENAMED`, keeps its numbers and its history, and so do the others where one goes, in `DROPPED`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from workbench.storage.format import Tables, to_json
from workbench.storage.meta import HISTORY, META

Decoded = dict[str, dict[int, dict[str, Any]]]

MIGRATIONS: dict[int, Callable[[Decoded], None]] = {}
#: By the schema number: the tables that have another name from the next one on.
RENAMED: dict[int, dict[str, str]] = {1: {"scores": "statements"}}
#: By the schema number: the tables that are no more from the next one on, as all they say is derived.
DROPPED: dict[int, frozenset[str]] = {2: frozenset(("order_days",))}


def schema() -> int:
    """The schema number this program writes."""
    return 1 + max((*MIGRATIONS, *RENAMED, *DROPPED), default=0)


def migrate(tables: Tables, start: int) -> Tables:
    """The tables of schema `start` in today's; `meta` keeps its number; the history ends where shapes changed."""
    decoded: Decoded = {
        name: {number: msgspec.json.decode(record, type=dict[str, Any]) for number, record in records.items()}
        for name, records in tables.items()
    }
    for number in range(start, schema()):
        if number in RENAMED:
            _rename(decoded, RENAMED[number])
        _drop(decoded, DROPPED.get(number, frozenset()))
        if number in MIGRATIONS:
            meta, _ = decoded.pop(META), decoded.pop(HISTORY, None)
            MIGRATIONS[number](decoded)
            decoded = {META: meta, **decoded}
    return {name: {number: to_json(record) for number, record in records.items()} for name, records in decoded.items()}


def _rename(tables: Decoded, names: dict[str, str]) -> None:
    """Other names, wherever a table is called by its own."""
    for named in _places(tables):
        for old in names.keys() & named.keys():
            named[names[old]] = named.pop(old)


def _drop(tables: Decoded, names: frozenset[str]) -> None:
    """Nothing of these tables, wherever one is called by its name."""
    for named in _places(tables):
        for old in names & named.keys():
            del named[old]


def _places(tables: Decoded) -> Iterator[dict[str, Any]]:
    """Where tables are called by their names: records, numbers given out, spans, the ways back."""
    meta = tables[META][1]
    places = [tables, meta.get("counters")]
    places += [entry.get("changes") for entry in tables.get(HISTORY, {}).values()]
    if isinstance(archive := meta.get("archive"), dict):  # else it is refused where it is read
        places += [entry.get("tables") for entry in archive.values() if isinstance(entry, dict)]
    return (named for named in places if isinstance(named, dict))
