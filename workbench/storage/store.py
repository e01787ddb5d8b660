"""The store of one data directory: open, read, change in transactions, undo.

`workbench.json` is the only commit point. A transaction ends in one atomic replacement of it, synced, under a lock
between processes; what it names in `archive/` was written and synced before. An error leaves everything as it was.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from workbench.core.saying import Refusal, Saying, say
from workbench.later import later
from workbench.storage import backup_files, backups, conflicts
from workbench.storage.archive import Archive, ArchiveRule
from workbench.storage.atomic import make_directory
from workbench.storage.content import Content
from workbench.storage.durable import Unsynced
from workbench.storage.errors import Damaged, busy, damaged, not_read, not_saved, nowhere, unconfirmed
from workbench.storage.files import Busy, Files
from workbench.storage.format import Raw, Tables, Unreadable, WrittenTable, to_json
from workbench.storage.meta import HISTORY, KEPT, OWN, ArchiveFile
from workbench.storage.migrations import schema
from workbench.storage.tally import Counting

if TYPE_CHECKING:
    from workbench.storage import history
    from workbench.storage.database import RecordTable
    from workbench.storage.history import HistoryEntry, Turned
    from workbench.storage.transaction import Transaction
else:
    history = later("workbench.storage.history")

T = TypeVar("T")

LOCK = "workbench.lock"


def hold(files: Files, directory: Path) -> Callable[[], None]:
    """Take the lock of a data directory, which is made if it is not there; what gives the lock back."""
    try:
        make_directory(files, directory)
        return files.lock(directory / LOCK)
    except Busy as error:
        raise busy() from error
    except OSError as error:
        raise not_saved(error, directory) from error


class Store:
    """The data of one directory; `open` makes one. Safe for several threads, and beside other processes."""

    def __init__(self, content: Content, files: Files) -> None:
        self._content = content
        self._files = files
        self._path = content.storage.path
        self._busy = threading.Lock()
        self._noticed: list[Saying] = []

    @classmethod
    def open(
        cls,
        directory: Path,
        *,
        now: Callable[[], datetime],
        archives: Callable[[], Sequence[ArchiveRule]] = tuple,
        counting: Callable[[], Counting | None] = lambda: None,
        files: Files | None = None,
    ) -> Store:
        """The store in `directory`, which is made (0700, files 0600) with the first save if it is not there.

        `Damaged` if there is data that is not whole, `Refusal` if it cannot be read at all. Takes no lock.
        The rules of archiving, and of counting what is archived, are asked for only when something is to be archived.
        """
        files = files or Files()
        store = cls(Content(directory, files, now, archives, counting), files)
        with store._reading():
            if not store._content.reload() and backups.any_there(files, directory):
                raise Unreadable(say("is missing, although archives or backups of it are there"))
        return store

    @property
    def files(self) -> Files:
        return self._files

    @property
    def directory(self) -> Path:
        return self._content.directory

    @property
    def version(self) -> int:
        """Rises with every change of what can be read here, by this store or by another process."""
        return self._content.version

    @property
    def notices(self) -> list[Saying]:
        """What is worth telling once; whoever tells it takes it out."""
        return self._content.notices

    def notice_once(self, saying: Saying) -> None:
        """Add what is worth telling, unless it was told already."""
        if saying not in self._noticed:
            self._noticed.append(saying)
            self.notices.append(saying)

    @property
    def readonly(self) -> Saying | None:
        """Why nothing can be saved; None if it can."""
        if self._content.meta.schema > schema():
            return say(
                "{path} was written by a newer workbench: it can be looked at, but nothing can be saved. Install the "
                "newer version to go on.",
                path=str(self._path),
            )
        if not self._files.writable(self.directory):
            return say(
                "{path} is read-only: everything can be looked at, but nothing can be saved. Make it writable, or "
                "choose another directory with --data.",
                path=str(self.directory),
            )
        return None

    def refuse_if_nowhere(self) -> None:
        """`Refusal` with the reason where there is neither anything to look at nor a place for it."""
        if self.version or self._files.writable(self.directory):
            return
        try:
            make_directory(self._files, self.directory)
            self._files.lock(self.directory / LOCK)()
        except Busy:
            return  # somebody else can write there
        except OSError as error:
            raise nowhere(error, self.directory) from error

    def names(self) -> set[str]:
        """The tables of which there is anything, live or archived."""
        return {*self._content.storage.tables, *self._content.archive.names()} - set(OWN)

    def table(self, name: str) -> Mapping[int, Raw]:
        """The live records of a table by id: a picture of this moment, which no later save changes."""
        table = self._content.storage.tables.get(name, {})
        return table if isinstance(table, WrittenTable) else MappingProxyType(table)

    def documents(self, name: str) -> RecordTable:
        """The live records of a table as TinyDB has them, for its queries; slower, and not for writing."""
        return self._content.database.records(name)

    def archived(self, name: str, months: Collection[str] | None = None) -> Mapping[int, Raw]:
        """The archived records of a table, of all UTC months or of those given ("2026-08").

        `Damaged` if one of the files is not what was written.
        """
        return self._looking_back(lambda archive: archive.records(name, months))

    def archived_months(self, name: str) -> list[str]:
        """The UTC months under which records of a table are archived, in order; reads no archive file."""
        return self._content.archive.months(name)

    def archived_marks(self, name: str) -> dict[str, str]:
        """By UTC month, what changes whenever archived records of a table do; reads no archive file."""
        files = self._content.archive.manifest.items()
        return {month: file.checksum for month, file in files if name in file.tables}

    def retally(self) -> None:
        """Reckon the daily tally anew. No action of the history."""
        with self.maintenance() as content:
            content.retally()

    def find_archived(self, name: str, number: int) -> Raw | None:
        """One archived record. `Damaged` if it could be in a file that is not what was written."""
        return self._looking_back(lambda archive: archive.find(name, number))

    def kept_files(self) -> Mapping[str, ArchiveFile]:
        """The files in which orders are kept, by UTC month."""
        return MappingProxyType(self._content.orders.manifest)

    def kept(self, month: str) -> Sequence[Raw]:
        """The orders kept of a month, by the UTC month of their creation; none of a month that is not there.

        `Damaged` if the file is not what was written.
        """

        def read(_archive: Archive) -> Sequence[Raw]:
            orders = self._content.orders
            return list(orders.read(month).get(KEPT, {}).values()) if month in orders.manifest else []

        return self._looking_back(read)

    def everything(self) -> Tables:
        """All tables with all records, live and archived, as a data file of its own that names no archive."""
        from workbench.storage import copying

        with self._busy:
            try:
                return copying.united(self._content)
            except Damaged:
                with self._reading():
                    if not self._content.reload():  # another process may have written a newer generation
                        raise
                return copying.united(self._content)

    def conflict_copies(self) -> list[Path]:
        """The copies of the data file that a synced drive made beside it, of changes on another machine."""
        with contextlib.suppress(OSError):
            return conflicts.find(self._files.names(self.directory), self.directory)
        return []

    def history(self) -> list[HistoryEntry]:
        """The last 200 user actions, newest first."""
        return history.listed(self.table(HISTORY))

    def refresh(self) -> bool:
        """Read again if another process wrote; whether it did. Does nothing while this store is saving."""
        if not self._busy.acquire(blocking=False):
            return False
        try:
            with self._reading():
                return self._content.reload()
        finally:
            self._busy.release()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Change things: saved all at once on normal exit; an exception leaves memory and disk as they were.

        `Refusal` says why it could not be saved; only after `Unconfirmed` the change may be there.
        """
        with self._locked():
            transaction = self._content.transaction()
            try:
                yield transaction
            finally:
                transaction.close()
            self._save(transaction)

    def undo(self) -> Turned:
        """Take back the newest action that is not undone; what it was and touched. `Refusal` if there is none."""
        return self._turn(True, history.last_done, say("There is nothing to undo."))

    def redo(self) -> Turned:
        """Do again the action that was undone last; what it was and touched. `Refusal` if there is none."""
        return self._turn(False, history.first_undone, say("There is nothing to redo."))

    def _turn(self, undone: bool, choose: Callable[[Mapping[int, Raw]], int | None], none: Saying) -> Turned:
        from workbench.storage import patches

        with self._locked():
            number = choose(self.table(HISTORY))
            if number is None:
                raise Refusal(none)
            entry = history.read(self.table(HISTORY)[number])
            transaction = self._content.transaction()
            try:
                for name, patch in entry.changes.items():
                    for i, record in patches.apply(patch, partial(transaction.get, name)):
                        transaction.restore(name, i, record)
            except patches.MissingRecord as error:
                raise Refusal(
                    say("This cannot be taken back: a record that it changed was removed outside the history.")
                ) from error
            for month, file in entry.orders.items():
                transaction.keep(month, file)
            before = self._content.kept_before(transaction)
            turned = history.UndoEntry(entry.at, entry.text, undone, transaction.way_back(), before)
            self._save(transaction, {number: to_json(turned)})
        return history.turned(entry)

    @contextlib.contextmanager
    def maintenance(self) -> Iterator[Content]:
        """The content, locked and at its newest, for work on the files that is no transaction. Errors as of a save."""
        with self._locked(), self._saving():
            yield self._content

    def _save(self, transaction: Transaction, turned: Mapping[int, Raw] | None = None) -> None:
        with self._saving():
            self._content.save(transaction, turned)

    @contextlib.contextmanager
    def _saving(self) -> Iterator[None]:
        try:
            yield
        except Unsynced as error:
            with contextlib.suppress(Refusal), self._reading():  # the next reading tries again
                self._content.reload()
            raise unconfirmed(error.error) from error
        except OSError as error:
            raise not_saved(error, self._path) from error

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Alone among threads and processes, on the newest state."""
        self._refuse_if_readonly()
        if not self._busy.acquire(timeout=self._files.patience):
            raise busy()
        try:
            release = hold(self._files, self.directory)
            try:
                with self._reading():
                    self._content.reload()
                self._refuse_if_readonly()  # a newer version may have written in between
                yield
            finally:
                with contextlib.suppress(OSError):  # all is saved or refused by now, and the lock ends with the process
                    release()
        finally:
            self._busy.release()

    def _refuse_if_readonly(self) -> None:
        if (why := self.readonly) is not None:
            raise Refusal(why)

    @contextlib.contextmanager
    def _reading(self) -> Iterator[None]:
        """The data file cannot be read: say so, and name the way out."""
        try:
            try:
                yield
            except Unreadable as error:
                raise damaged(self._path, error.what, backup_files.newest_good(self._files, self.directory)) from error
        except OSError as error:
            raise not_read(error, self._path) from error

    def _looking_back(self, read: Callable[[Archive], T]) -> T:
        try:
            return read(self._content.archive)
        except Damaged:
            if not self.refresh():  # another process may have written a newer generation
                raise
            return read(self._content.archive)
