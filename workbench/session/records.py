"""A table as typed records: decoded once, and again only where the stored bytes changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

import msgspec

from workbench.core.saying import Refusal, say
from workbench.storage import Store, Transaction

T = TypeVar("T", bound=msgspec.Struct)


class Spoilt(Refusal):
    """A record that does not have the shape it must have."""


class Records(Generic[T]):
    """The records of one table. Reading is cheap until the store's `version` rises."""

    def __init__(self, store: Store, table: str, type: type[T]) -> None:
        self._store = store
        self._table = table
        self._decoder = msgspec.json.Decoder(type)
        self._raw: Mapping[int, msgspec.Raw] = {}
        self._live: dict[int, T] = {}
        self._version = -1

    def live(self) -> Mapping[int, T]:
        """What `workbench.json` holds, by id. A new mapping after each change: an old one stays as it was."""
        version = self._store.version
        if version != self._version:
            raw = self._store.table(self._table)
            known, cached = self._raw, self._live
            self._live = {
                id: cached[id] if (before := known.get(id)) is not None and _same(before, now) else self.decode(id, now)
                for id, now in raw.items()
            }
            self._raw, self._version = raw, version
        return self._live

    def archived(self) -> dict[int, T]:
        """What the archive files hold, by id; decoded anew at each call, for few look back and none for long."""
        return {id: self.decode(id, raw) for id, raw in self._store.archived(self._table).items()}

    def get(self, id: int) -> T | None:
        """The record of this id, wherever it is. No other is decoded, so a damaged one is not in its way."""
        known, cached = self._raw, self._live
        raw = self._store.table(self._table).get(id)
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
        """One record; `Spoilt` names the record that does not have the shape it must have."""
        try:
            return self._decoder.decode(raw)
        except (msgspec.ValidationError, msgspec.DecodeError) as error:
            raise Spoilt(
                say(
                    'Record {id} of "{table}" in workbench.json is damaged ({what}). '
                    "`workbench check` lists the faults, and backups/ holds yesterday's state.",
                    id=id,
                    table=self._table,
                    what=str(error),
                )
            ) from error


def _same(before: msgspec.Raw, now: msgspec.Raw) -> bool:
    return before is now or bytes(before) == bytes(now)
