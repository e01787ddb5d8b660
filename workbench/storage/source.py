"""A data file that is not the one in use: a backup, a copy from elsewhere, what a synced drive left. Only read."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from workbench.core.saying import say
from workbench.storage import format
from workbench.storage.archive import Archive
from workbench.storage.atomic import read_whole
from workbench.storage.files import Files
from workbench.storage.format import Raw, Unreadable, opened
from workbench.storage.meta import KEPT, OWN, meta_of, schema_of
from workbench.storage.migrations import migrate, schema


class Newer(Unreadable):
    """The file was written by a newer version."""


class Source:
    """The data file at `path`, in today's schema; its archives lie beside it or in the data directory `directory`.

    `OSError` if it cannot be read, `Unreadable` if it is no data file of this version or an older one.
    """

    def __init__(self, files: Files, path: Path, directory: Path) -> None:
        self.path = path
        self.data, _ = read_whole(files, path)
        tables, self.sealed = format.decode(self.data)
        found = schema_of(tables)
        if found > schema():
            raise Newer(say("was written by a newer workbench"))
        self.tables = tables if found == schema() else migrate(tables, found)
        self.meta = meta_of(self.tables)
        beside = (path.parent / "archive", directory / "archive", directory / "backups" / "archive")
        self.archive = Archive(files, path.parent, self.meta.archive, tuple(dict.fromkeys(beside)))
        beside = (path.parent / KEPT, directory / KEPT, directory / "backups" / KEPT)
        self.orders = Archive(files, path.parent, self.meta.orders, tuple(dict.fromkeys(beside)), KEPT)
        #: The orders kept that stand in the file itself: it holds everything.
        self.kept = list(self.tables.pop(KEPT, {}).values())

    def names(self) -> set[str]:
        """The tables that hold records of a domain."""
        return {*self.tables, *self.archive.names()} - set(OWN)

    def checksums(self) -> set[str]:
        """What tells the archive files apart: the same checksum is the same content."""
        return {entry.checksum for entry in self.meta.archive.values()}

    def count(self, name: str) -> int:
        """How many records of a table, or orders kept, there are; reads no archive."""
        if name == KEPT:
            return len(self.kept) + sum(entry.tables[KEPT].count for entry in self.meta.orders.values())
        archived = (entry.tables[name].count for entry in self.meta.archive.values() if name in entry.tables)
        return len(self.tables.get(name, ())) + sum(archived)

    def records(self, name: str, besides: Collection[str] = ()) -> dict[int, Raw]:
        """The records of a table, live and archived, but for those in archive files of the checksums `besides`.

        `Damaged` if one of the others is not to be found.
        """
        months = [month for month, entry in self.meta.archive.items() if entry.checksum not in besides]
        return self.archive.records(name, months) | opened(self.tables.get(name, {}))
