"""TinyDB over the durable storage: its tables, for writing and for its queries. A call that only reads needs none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from tinydb import TinyDB
from tinydb.table import Table

from workbench.storage.durable import DurableStorage
from workbench.storage.format import Raw, opened


class RecordTable(Table):
    """A TinyDB table for queries. Its records change with `apply` alone, so that the history sees every change."""

    def apply(self, changes: Mapping[int, Raw | None]) -> None:
        """Stage many records at once, by rising id; None takes one out."""
        tables: Any = self._storage.read()
        records = dict(opened(tables.get(self.name, {})))
        for number, record in changes.items():
            if record is None:
                records.pop(number, None)
            else:
                records[number] = record
        tables[self.name] = dict(sorted(records.items()))
        self._storage.write(tables)

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        tables: Any = self._storage.read()
        records: Mapping[int, Raw] = tables.get(self.name, {})
        return {str(number): msgspec.json.decode(record) for number, record in records.items()}

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:  # noqa: ARG002
        raise RuntimeError("write through Store.transaction()")


class Database(TinyDB):
    """TinyDB with our storage and our tables."""

    table_class = RecordTable

    def __init__(self, storage: DurableStorage) -> None:
        super().__init__(storage=lambda: storage)

    def records(self, name: str) -> RecordTable:
        """A table; without TinyDB's cache of query results, which would not notice that another process wrote."""
        table = self.table(name, cache_size=0)
        assert isinstance(table, RecordTable)
        return table
