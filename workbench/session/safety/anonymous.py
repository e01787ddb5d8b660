"""Records as they may be given to somebody else: without buyers, creators, order numbers, and what anybody wrote.

It follows from what the tables say already: what `forget` takes of a record, whenever that was, and then every field
that is called as such things are called in all domains. So a new table is covered when it is declared. A number or a
handle that a record cannot do without gets another one in its place, the same wherever it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from workbench.output.anonymous import Mask
from workbench.session.table import Before, StoredTable
from workbench.session.tables import answering
from workbench.storage.format import Raw, to_json

#: Who it was, and by what somebody else knows it.
_WHO = ("buyer", "creator", "handle", "account", "order_id", "external_id", "platform_id", "tracking")
#: What somebody wrote, and where his files lie.
_WORDS = ("words", "note", "text", "statement", "because", "path", "record")
PRIVATE = frozenset((*_WHO, *_WORDS))
#: Of these only numbers, addresses and ids of cases go: they may be the platform's own words.
_MASKED = frozenset(("reason", "name", "why"))
#: Every day there is: whatever can be forgotten goes.
_ALWAYS = Before(date.max, datetime.max.replace(tzinfo=UTC), "any")


class Anonymous:
    """One export: what stands for what is the same in all of its records."""

    def __init__(self) -> None:
        self._stands: dict[str, str] = {}
        self._mask = Mask(())

    def tables(self, all: Mapping[str, Mapping[int, Raw]]) -> tuple[dict[str, dict[int, Raw]], dict[str, int]]:
        """The tables that this version knows, without names; and of which it leaves how many records out, because
        nobody can tell what is in them."""
        known = answering()
        found: dict[str, dict[int, Raw]] = {}
        left: dict[str, int] = {}
        for name, records in all.items():
            done = self._table(known[name], records) if name in known else {}
            if done:
                found[name] = done
            if len(done) < len(records):
                left[name] = len(records) - len(done)
        return found, left

    def record(self, table: StoredTable[Any], record: Any) -> Any:
        """One record without names."""
        taken = None if table.forget is None else table.forget.take(record, _ALWAYS)
        return self._without(record if taken is None else taken)

    def _table(self, table: StoredTable[Any], records: Mapping[int, Raw]) -> dict[int, Raw]:
        decoder = msgspec.json.Decoder(table.type)
        done: dict[int, Raw] = {}
        for number, raw in records.items():
            try:
                record = decoder.decode(raw)
            except (msgspec.DecodeError, UnicodeDecodeError):
                continue
            done[number] = to_json(self.record(table, record))
        return done

    def _without(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self._without(each) for each in value)
        if isinstance(value, dict):
            return {key: self._without(each) for key, each in value.items()}
        if not isinstance(value, msgspec.Struct):
            return value
        changes: dict[str, Any] = {}
        for field in msgspec.structs.fields(value):
            before = getattr(value, field.name)
            after = self._of(field, before)
            if after is not before:
                changes[field.name] = after
        return msgspec.structs.replace(value, **changes) if changes else value

    def _of(self, field: msgspec.structs.FieldInfo, value: Any) -> Any:
        if not isinstance(value, str):
            return self._without(value)  # what is kept by language or in a list is the shop's own
        if field.name in PRIVATE:
            if field.default is not msgspec.NODEFAULT:
                return field.default
            return self._instead(value) if field.name in _WHO else ""
        return self._mask(value) if field.name in _MASKED else value

    def _instead(self, value: str) -> str:
        return self._stands.setdefault(value, str(len(self._stands) + 1))
