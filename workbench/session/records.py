"""A table as typed records: decoded once, and again only where the stored bytes changed. What no rule can digest is
left out and told, and all else works."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from workbench.core.saying import Refusal, Saying, say
from workbench.session.door import fault, glance
from workbench.storage import WrittenTable

if TYPE_CHECKING:
    from workbench.storage import Store, Transaction

T = TypeVar("T", bound=msgspec.Struct)


class Spoilt(Refusal):
    """A record that does not have the shape it must have."""


class Records(Generic[T]):
    """The records of one table. Reading is cheap until the store's `version` rises."""

    def __init__(self, store: Store, table: str, type: type[T]) -> None:
        self._store = store
        self._table, self._type = table, type
        self._decoder = msgspec.json.Decoder(type)
        self._raw: Mapping[int, msgspec.Raw] = {}
        self._live: dict[int, T] = {}
        self._version = -1

    def live(self) -> Mapping[int, T]:
        """What `workbench.json` holds, by id. A new mapping after each change: an old one stays as it was.

        A record that no rule can digest is left out, and told once.
        """
        version = self._store.version
        if version != self._version:
            table = self._store.table(self._table)
            if table is not self._raw:
                self._live, self._raw = self._at_once(table) or self._one_by_one(table), table
            self._version = version
        return self._live

    def _at_once(self, table: Mapping[int, msgspec.Raw]) -> dict[int, T] | None:
        """The records of a table as its file wrote it, where none is known yet and nothing is wrong with any: at every
        start that is so, and takes half the time."""
        if self._raw or not isinstance(table, WrittenTable):
            return None
        found: dict[int, Any] | None = table.decoded(self._type)
        if found is None:
            return None
        own = "id" not in self._type.__struct_fields__ or list(found) == [each.id for each in found.values()]
        return found if own and glance(self._type)(found.values()) else None

    def _one_by_one(self, table: Mapping[int, msgspec.Raw]) -> dict[int, T]:
        known, cached, live = dict(self._raw.items()), self._live, {}
        for id, now in table.items():
            before = known.get(id)
            if before is not None and id in cached and _same(before, now):
                live[id] = cached[id]
            elif (found := self._left_out(id, now)) is not None:
                live[id] = found
        return live

    def archived(self, months: Collection[str] | None = None) -> dict[int, T]:
        """What the archive files hold, or those of some months, by id; decoded anew at each call, for few look back and
        none for long. A record that no rule can digest is left out, and told once."""
        found = ((id, self._left_out(id, raw)) for id, raw in self._store.archived(self._table, months).items())
        return {id: record for id, record in found if record is not None}

    def get(self, id: int) -> T | None:
        """The record of this id, wherever it is. No other is decoded, so a damaged one is not in its way."""
        known, cached, table = self._raw, self._live, self._store.table(self._table)
        if table is known and id in cached:
            return cached[id]
        raw = table.get(id)
        if raw is None:
            raw = self._store.find_archived(self._table, id)
            return None if raw is None else self.decode(id, raw)
        before = known.get(id)
        return cached[id] if before is not None and id in cached and _same(before, raw) else self.decode(id, raw)

    def within(self, transaction: Transaction, id: int) -> T | None:
        """The record as the transaction sees it."""
        raw = transaction.get(self._table, id)
        return None if raw is None else self.decode(id, raw)

    def decode(self, id: int, raw: msgspec.Raw) -> T:
        """One record; `Spoilt` names the record that a rule could not digest, and the way out."""
        try:
            record = self._decoder.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise self._spoilt(id, say("does not have the shape it must have ({why})", why=str(error))) from error
        own, what = getattr(record, "id", id), None if glance(self._type)((record,)) else fault(record)
        if what is None and own == id:
            return record
        raise self._spoilt(id, what or say("calls itself {id}", id=own))

    def _left_out(self, id: int, raw: msgspec.Raw) -> T | None:
        """A record, or None for one that is told and left out."""
        try:
            return self.decode(id, raw)
        except Spoilt as spoilt:
            self._store.notice_once(spoilt.saying)
            return None

    def _spoilt(self, id: int, what: Saying) -> Spoilt:
        return Spoilt(
            say(
                'Record {id} of "{table}" {what}, so it is left out. `workbench check` names all such records; '
                "`workbench check --set-aside {table}/{id}` takes this one out of the way.",
                id=id,
                table=self._table,
                what=what,
            )
        )


def _same(before: msgspec.Raw, now: msgspec.Raw) -> bool:
    return before is now or bytes(before) == bytes(now)
