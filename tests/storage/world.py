"""A small world for the storage tests: a clock, a record type, a rule, and what can be seen of a store."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from workbench.core.saying import say
from workbench.storage import ArchiveRule, Files, Store

START = datetime(2026, 11, 21, 9, tzinfo=UTC)
LONG_AGO = datetime(2026, 8, 3, tzinfo=UTC)


class Clock:
    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def days(self, count: float) -> None:
        self.now += timedelta(days=count)


class Event(msgspec.Struct, frozen=True, omit_defaults=True):
    text: str
    who: str = "seller"


class Ticket(msgspec.Struct, frozen=True, omit_defaults=True):
    title: str
    closed_at: datetime | None = None
    tags: list[str] = []
    timeline: list[Event] = []


class _Closed(msgspec.Struct):
    closed_at: datetime | None = None


def closed(record: msgspec.Raw) -> datetime | None:
    return msgspec.json.decode(record, type=_Closed).closed_at


RULES = (ArchiveRule("tickets", closed, timedelta(days=14)),)


class Unsynced(Files):
    """The real file system without waiting for the disk, which no test can see."""

    def call(self, function, *args):
        return None if function.__name__ == "fsync" else function(*args)


def open_store(directory: Path, clock: Clock | None = None, files: Files | None = None) -> Store:
    return Store.open(directory, now=clock or Clock(), archives=lambda: RULES, files=files or Unsynced(patience=0.2))


def act(store: Store, text: str, **changes: Any) -> None:
    """One user action on the tickets: `t7={...}` puts one, `t7=None` removes one."""
    with store.transaction() as tx:
        for name, record in changes.items():
            if record is None:
                tx.remove("tickets", int(name[1:]))
            else:
                tx.put("tickets", int(name[1:]), record)
        tx.commit_as(say(text), START)


def add(store: Store, *records: Any, table: str = "tickets", text: str = "added") -> list[int]:
    with store.transaction() as tx:
        ids = [tx.next_id(table) for _ in records]
        for number, record in zip(ids, records, strict=True):
            tx.put(table, number, record)
        tx.commit_as(say(text), START)
    return ids


def objects(records: Any) -> dict[int, Any]:
    return {number: json.loads(bytes(record)) for number, record in records.items()}


def state(store: Store, *tables: str) -> dict[str, dict[int, Any]]:
    """All records, live and archived, which must not overlap; by id, tables without records left out."""
    found = {}
    for table in tables or ("tickets", "skus"):
        live, archived = objects(store.table(table)), objects(store.archived(table))
        assert not live.keys() & archived.keys()
        if both := live | archived:
            found[table] = dict(sorted(both.items()))
    return found


def actions(store: Store) -> list[tuple[str, bool]]:
    return [(entry.text.text, entry.undone) for entry in store.history()]


def kept(store: Store) -> dict[str, list[bytes]]:
    """The orders kept, by month."""
    return {month: [bytes(row) for row in store.kept(month)] for month in store.kept_files()}


def everything(store: Store) -> tuple[Any, Any, Any]:
    return state(store), actions(store), kept(store)


def leftovers(directory: Path) -> list[str]:
    return [path.name for path in directory.rglob("*.tmp")]
