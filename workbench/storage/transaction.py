"""One transaction: what is read and changed between taking the lock and the one save at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from workbench.core.saying import Saying
from workbench.storage import patches
from workbench.storage.archive import Archive, Moves
from workbench.storage.carry import carried
from workbench.storage.format import Raw, to_json
from workbench.storage.meta import OWN, ArchiveFile
from workbench.storage.patches import Patch


class Transaction:
    """Reads see what the transaction changed; nothing is in the store or on disk before `Store.transaction` ends."""

    def __init__(self, live: Mapping[str, Mapping[int, Raw]], counters: Mapping[str, int], archive: Archive) -> None:
        self.counters = dict(counters)
        self.action: tuple[Saying, datetime] | None = None
        self.sweeping = False
        self._live = live
        self._archive = archive
        self._before: dict[str, dict[int, Raw | None]] = defaultdict(dict)
        self._after: dict[str, dict[int, Raw | None]] = defaultdict(dict)
        self._asked: set[str] = set()
        self._open = True
        #: By month, what is to be kept of its orders from now on: all their records, or the file that counted before.
        self.kept: dict[str, Sequence[Raw] | ArchiveFile | None] = {}

    def get(self, table: str, number: int) -> Raw | None:
        """A record, live or archived. `Damaged` if it could be in an archive file that cannot be read."""
        after = self._after[table]
        return after[number] if number in after else self._stored(table, number)

    def touched(self, table: str) -> list[int]:
        """The ids that the transaction set or removed."""
        return list(self._after.get(table, ()))

    def numbers(self, table: str) -> list[int]:
        """The ids of the live records, as the transaction leaves them."""
        after = self._after.get(table, {})
        there = {*self._live.get(table, ()), *after}
        return sorted(number for number in there if number not in after or after[number] is not None)

    def put(self, table: str, number: int, record: msgspec.Struct | dict[str, Any]) -> None:
        """Set a whole record, which is live from then on; what the stored one holds beyond a Struct's type is kept.

        `Refusal` if a text in it cannot be written as UTF-8.
        """
        stored = self.get(table, number) if isinstance(record, msgspec.Struct) else None
        if stored is not None and isinstance(record, msgspec.Struct):
            self.restore(table, number, carried(stored, record))
        else:
            self.restore(table, number, to_json(record))

    def remove(self, table: str, number: int) -> None:
        """Take a record out, live or archived. `KeyError` if there is none."""
        if self.get(table, number) is None:
            raise KeyError((table, number))
        self.restore(table, number, None)

    def restore(self, table: str, number: int, record: Raw | None) -> None:
        """Set a record to this very JSON, or to none."""
        if not self._open or table in OWN:
            raise RuntimeError(f"table {table!r} cannot be changed here")
        before = self._before[table]
        if number not in before:
            before[number] = self._stored(table, number)
        self._after[table][number] = record
        if number > self.counters.get(table, 0):
            self.counters[table] = number

    def keep(self, month: str, records: Sequence[Raw] | ArchiveFile | None) -> None:
        """Have these be all the orders kept of a month; or those of a file that counted before; None for none."""
        if not self._open:
            raise RuntimeError("orders cannot be kept here")
        self.kept[month] = records

    def next_id(self, table: str) -> int:
        """An id that no record of the table ever had."""
        last = self.counters.get(table, 0)
        if table not in self._asked:  # a record that was added by hand may have a higher one
            self._asked.add(table)
            last = max(last, self._archive.last(table), *self._live.get(table, ()), 0)
        self.counters[table] = last + 1
        return last + 1

    def commit_as(self, saying: Saying, at: datetime) -> None:
        """Make this a user action of the history; without it the save is housekeeping, which undo does not see."""
        self.action = (saying, at)

    def sweep(self) -> None:
        """Move to the archive with this save what has been done with long enough, as the first save of a day does."""
        self.sweeping = True

    def close(self) -> None:
        """No more changes."""
        self._open = False

    def changes(self) -> dict[str, dict[int, Raw | None]]:
        """The records that are different, or were archived and become live; None for removed."""
        found = {
            table: {
                number: record
                for number, record in after.items()
                if record != self._before[table][number]
                or (record is not None and number not in self._live.get(table, {}))
            }
            for table, after in self._after.items()
        }
        return {table: records for table, records in found.items() if records}

    def way_back(self) -> dict[str, Patch]:
        """The patches from the state after the transaction to the one before it."""
        found = {
            table: patches.between((number, record, self._before[table][number]) for number, record in after.items())
            for table, after in self._after.items()
        }
        return {table: patch for table, patch in found.items() if patch != Patch()}

    def thaws(self) -> Moves:
        """What must leave the archive, because it was changed or removed."""
        moves: Moves = {}
        for table, records in self.changes().items():
            for number in records:
                if number not in self._live.get(table, {}) and self._before[table][number] is not None:
                    month = self._archive.locate(table, number)
                    assert month is not None
                    moves.setdefault(month, {}).setdefault(table, {})[number] = None
        return moves

    def before(self, moves: Moves) -> dict[str, list[Raw]]:
        """The records of the moves as they were before, by table."""
        found: dict[str, list[Raw]] = {}
        for tables in moves.values():
            for name, numbers in tables.items():
                before = (self._before[name][number] for number in numbers)
                found.setdefault(name, []).extend(raw for raw in before if raw is not None)
        return found

    def _stored(self, table: str, number: int) -> Raw | None:
        live = self._live.get(table)
        return live[number] if live and number in live else self._archive.find(table, number)
