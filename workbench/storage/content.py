"""What a store holds in memory of its directory, how it is read, and how a transaction becomes one save.

Housekeeping rides along with a save and never stands in its way: the backup of the day and the moves to the archive
are tried, and what failed is a notice. What the change itself needs, such as taking a record out of the archive, must
succeed. Errors are those of the layers below (`OSError`, `Unreadable`, `Damaged`, `Unsynced`).
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from workbench.core.saying import Saying, say
from workbench.later import later
from workbench.storage import backup_files, backups, mark, put_back, tally
from workbench.storage.archive import Archive, ArchiveRule, Moves, due, named
from workbench.storage.atomic import left_behind
from workbench.storage.durable import DurableStorage
from workbench.storage.errors import Damaged, reason
from workbench.storage.files import Files
from workbench.storage.format import Raw, Tables, to_json
from workbench.storage.meta import (
    ARCHIVE,
    DATA,
    HISTORY,
    KEPT,
    META,
    TALLY,
    ArchiveFile,
    Meta,
    meta_of,
    record_of,
    schema_of,
)
from workbench.storage.migrations import migrate, schema
from workbench.storage.tally import Counting

if TYPE_CHECKING:
    from workbench.storage import carry, history
    from workbench.storage.database import Database
    from workbench.storage.transaction import Transaction
else:
    carry = later("workbench.storage.carry")
    history = later("workbench.storage.history")


def data_file(directory: Path) -> Path:
    """The data file of a directory; a link is followed where it leads, and never replaced."""
    path = directory / DATA
    return Path(os.path.realpath(path)) if path.is_symlink() else path


Changes = Mapping[str, Mapping[int, Raw | None]]


class Content:
    """The content of one data directory; whoever calls `save` holds the lock and has just called `reload`."""

    def __init__(
        self, directory: Path, files: Files, now: Callable[[], datetime], rules: Callable[[], Sequence[ArchiveRule]],
        counting: Callable[[], Counting | None],
    ) -> None:  # fmt: skip
        self.directory = directory
        self.storage = DurableStorage(data_file(directory), files)
        self.meta = Meta(schema())
        self.archive = Archive(files, directory, {})
        self.orders = Archive(files, directory, {}, folder=KEPT)
        self.notices: list[Saying] = []
        self.version = 0
        self._files = files
        self._now = now
        self._rules = rules
        self._counting = counting
        self._older: tuple[int, Tables] | None = None  # the file as it is on disk, until its migration is saved

    @cached_property
    def database(self) -> Database:
        """TinyDB over the storage."""
        from workbench.storage.database import Database  # reading needs none of it

        return Database(self.storage)

    def transaction(self) -> Transaction:
        """A transaction on what is in memory."""
        from workbench.storage.transaction import Transaction

        return Transaction(self.storage.tables, self.meta.counters, self.archive)

    @property
    def on_disk(self) -> Tables:
        """The tables as the file has them; before a migration is saved they are of the older schema."""
        return self._older[1] if self._older else self.storage.tables

    def reload(self) -> bool:
        """Read the file if it is another than the one in memory; whether it was. Memory is whole before and after."""
        if not self.storage.changed():
            return False
        last = mark.read(self._files, self.directory)
        tables, signature, sealed = self.storage.fetch()
        found = schema_of(tables)
        older = (found, tables) if found < schema() else None
        if older:
            tables = migrate(tables, found)
        meta = meta_of(tables)
        judged = self._files, self.directory, self.storage.path, meta, last
        if self.version:
            meta, told = put_back.in_session(*judged, self.meta, self._keep_newer)
        else:
            meta, told = put_back.at_start(*judged)
        if told is not None:
            self.notices.append(told)
        self.storage.publish(tables, signature)
        self._publish(meta, older)
        if not sealed:
            self.notices.append(
                say(
                    "{path} was changed outside the program since the last save; it is used as it is now.",
                    path=str(self.storage.path),
                )
            )
        return True

    def _keep_newer(self) -> Path:
        """A backup of what is in memory, beside a file that is older."""
        saved = self.meta.saved_at or self._now()
        label = f"{saved.astimezone(UTC):%Y-%m-%dT%H%M%SZ}-newer"
        return backups.write(self._files, self.directory, label, self.storage.tables, self.meta)

    def save(self, transaction: Transaction, turned: Mapping[int, Raw | None] | None = None) -> None:
        """Write what the transaction changed; `turned` is the entry of the history that it undid or did again."""
        now = self._now().astimezone(UTC).replace(microsecond=0)
        changes = transaction.changes()
        counters = dict(transaction.counters)
        dirty = bool(changes or turned or transaction.kept or counters != self.meta.counters)
        if not (dirty or transaction.sweeping):
            return
        first = self.meta.day != now.date().isoformat()
        self.storage.begin()
        try:
            self._stage(changes)
            self._stage({HISTORY: self._remembered(transaction, counters) if turned is None else turned})
            moves = due(self._rules(), self.storage.read(), now) if first or transaction.sweeping else {}
            if not (dirty or moves):
                return
            self._back_up(first, now)
            thaws = transaction.thaws()
            manifest, moves = self._move(thaws, moves)
            self._stage({TALLY: self._tallied(transaction, transaction.before(thaws), moves, manifest, first, now)})
            meta = Meta(schema(), counters, manifest, now, now.date().isoformat(), self._kept(transaction))
            stored = record_of(self.storage.tables)
            self._stage({META: {1: to_json(meta) if stored is None else carry.carried(stored, meta)}})
            self.storage.flush()
        finally:
            self.storage.discard()
        moved = manifest != self.meta.archive or meta.orders != self.meta.orders
        self._publish(meta, None)
        mark.leave(self._files, self.directory, meta)
        self._tidy(first, moved)

    def rewrite(self, tables: Tables, manifest: Mapping[str, ArchiveFile], orders: Mapping[str, ArchiveFile]) -> None:
        """Save other tables in the place of all, and other manifests. It leaves no history and no backup behind."""
        now = self._now().astimezone(UTC).replace(microsecond=0)
        meta = Meta(schema(), dict(self.meta.counters), dict(manifest), now, self.meta.day, dict(orders))
        stored = record_of(self.storage.tables)
        whole: Any = {**tables, META: {1: to_json(meta) if stored is None else carry.carried(stored, meta)}}
        self.storage.begin()
        try:
            self.storage.write(whole)
            self.storage.flush()
        finally:
            self.storage.discard()
        self._publish(meta, None)
        mark.leave(self._files, self.directory, meta)

    def secure(self) -> None:
        """Keep the file of an older schema, if it is one: the next save brings it to today's."""
        if self._older:
            self._back_up(False, self._now().astimezone(UTC))

    def _publish(self, meta: Meta, older: tuple[int, Tables] | None) -> None:
        self.meta, self._older = meta, older
        self.archive = self.archive.renewed(meta.archive)
        self.orders = self.orders.renewed(meta.orders)
        self.version += 1

    def _stage(self, changes: Changes) -> None:
        for name, records in changes.items():
            if records:
                self.database.records(name).apply(records)

    def _remembered(self, transaction: Transaction, counters: dict[str, int]) -> dict[int, Raw | None]:
        """What a new action changes in the history: nothing if it is housekeeping or changed nothing."""
        way_back = transaction.way_back() if transaction.action else {}
        if transaction.action is None or not (way_back or transaction.kept):
            return {}
        text, at = transaction.action
        counters[HISTORY] = counters.get(HISTORY, 0) + 1
        entry = history.UndoEntry(at, text, False, way_back, self.kept_before(transaction))
        return history.added(self.storage.tables.get(HISTORY, {}), counters[HISTORY], entry)

    def kept_before(self, transaction: Transaction) -> dict[str, ArchiveFile | None]:
        """The files of orders that count until the transaction is saved, of the months that it changes."""
        return {month: self.meta.orders.get(month) for month in transaction.kept}

    def _kept(self, transaction: Transaction) -> dict[str, ArchiveFile]:
        """The files of orders that count from now on; what the transaction keeps is written. It must succeed."""
        manifest = dict(self.meta.orders)
        moves: Moves = {}
        for month, records in transaction.kept.items():
            manifest.pop(month, None)
            if isinstance(records, ArchiveFile):
                manifest[month] = records
            elif records:
                moves[month] = {KEPT: dict(enumerate(records, 1))}
        if moves:
            written, failed = self.orders.rewritten(moves, whole=True)
            for problem in failed.values():
                raise problem
            manifest.update((month, written[month]) for month in moves)
        return dict(sorted(manifest.items()))

    def _back_up(self, first: bool, now: datetime) -> None:
        """Keep the file as it was before this save. Without its backup a migration is not saved."""
        day = now.date().isoformat()
        if self._older:
            number, tables = self._older
            backups.write(self._files, self.directory, f"{day}-schema-{number}", tables, self.meta)
        elif first and self.storage.signature is not None:
            try:
                backups.write(self._files, self.directory, day, self.storage.tables, self.meta)
            except OSError as error:
                self.notices.append(
                    say(
                        "There is no backup of today, because it could not be written ({reason}). Free some space in "
                        "{path} and check that it may be written.",
                        reason=reason(error),
                        path=str(backup_files.folder(self.directory)),
                    )
                )

    def retally(self) -> None:
        """Reckon the daily tally anew, from the archive and the orders kept."""
        counting, now = self._counting(), self._now()
        known, orders = self.storage.tables.get(TALLY, {}), self.orders.kept_by_month()
        changes = {} if counting is None else tally.anew(counting, known, self.archive, orders, counting.since(now))
        if not changes:
            return
        self.storage.begin()
        try:
            self._stage({TALLY: changes})
            self.storage.flush()
        finally:
            self.storage.discard()
        self._publish(self.meta, None)

    def _tallied(
        self,
        transaction: Transaction,
        thawed: Mapping[str, list[Raw]],
        moves: Moves,
        manifest: Mapping[str, ArchiveFile],
        first: bool,
        now: datetime,
    ) -> tally.Changes:
        """What changes of the daily tally with this save. What cannot be reckoned leaves none: then the archive is
        read where somebody asks."""
        known, kept = self.storage.tables.get(TALLY, {}), transaction.kept
        if not (first or thawed or moves or kept or self._older) or not (known or manifest or kept or self.meta.orders):
            return {}
        counting = self._counting()
        if counting is None:
            return {}
        since = counting.since(now)
        before, after = self.orders.kept_by_month(), self._kept_after(transaction)
        try:
            if (manifest or after) and tally.head_of(known) == counting.head:
                months = [
                    tally.KeptMonth(before.get(month, tuple)(), after.get(month, tuple)())
                    for month in kept if counting.counts_orders(month, since)
                ]  # fmt: skip
                with contextlib.suppress(msgspec.DecodeError):  # somebody else wrote a day
                    return tally.moved(counting, known, thawed, moves, months, since)
            return tally.anew(counting, known, self.archive.renewed(manifest), after, since)
        except (OSError, Damaged):
            return dict.fromkeys(known)

    def _kept_after(self, transaction: Transaction) -> dict[str, Callable[[], Sequence[Raw]]]:
        """The orders kept of each month once the transaction is saved."""
        found = dict(self.orders.kept_by_month())
        for month, records in transaction.kept.items():
            found.pop(month, None)
            if isinstance(records, ArchiveFile):
                found.update(self.orders.renewed({month: records}).kept_by_month())
            elif records:
                found[month] = partial(list, records)
        return found

    def _move(self, thaws: Moves, moves: Moves) -> tuple[dict[str, ArchiveFile], Moves]:
        """Write the archive files anew and take from the staged tables what is in them; the new manifest, and the moves
        that were possible."""
        if not (thaws or moves):
            return dict(self.meta.archive), {}
        if self.storage.signature is None:
            # Else a crash between archive and first save would look like a data file that was lost.
            self.storage.found({META: {1: to_json(Meta(schema()))}})
        try:
            manifest, failed = self.archive.rewritten(_merged(thaws, moves))
        except OSError as error:
            manifest, failed = dict(self.meta.archive), dict.fromkeys({**thaws, **moves}, error)
        for month, problem in failed.items():
            if month in thaws:
                raise problem
        for month, tables in moves.items():
            if month not in failed:
                self._stage({name: dict.fromkeys(records) for name, records in tables.items()})
        if failed:
            self.notices.append(_not_moved(next(iter(failed.values()))))
        return manifest, {month: tables for month, tables in moves.items() if month not in failed}

    def _tidy(self, first: bool, moved: bool) -> None:
        """Remove what nothing names any more. The save is done: what cannot be removed now is tried again."""
        files, wanted = self._files, self.meta.archive
        with contextlib.suppress(OSError):
            for path in left_behind(files, self.directory, DATA):
                files.unlink(path)
        if first or moved:
            archive, orders = self.directory / ARCHIVE, self.directory / KEPT
            with contextlib.suppress(OSError):
                backups.remove_unnamed(files, archive, files.names(archive), named(wanted))
            with contextlib.suppress(OSError, Damaged):  # a history that cannot be read may name any of them
                if there := files.names(orders):
                    kept = named(self.meta.orders) | history.kept(self.storage.tables.get(HISTORY, {}))
                    backups.remove_unnamed(files, orders, there, kept)
        if first:
            with contextlib.suppress(OSError):
                backups.prune(files, self.directory, self.meta.day, self.meta)


def _merged(thaws: Moves, moves: Moves) -> Moves:
    """Both at once; a record that was taken out, changed and is due again goes back in."""
    merged: Moves = {}
    for part in (thaws, moves):
        for month, tables in part.items():
            for name, records in tables.items():
                merged.setdefault(month, {}).setdefault(name, {}).update(records)
    return merged


def _not_moved(error: OSError | Damaged) -> Saying:
    why = error.saying if isinstance(error, Damaged) else reason(error)
    return say("Old records were not moved to the archive, they stay where they were: {reason}", reason=why)
