"""Forgetting for good: no file of the data directory holds afterwards what was to be forgotten.

Archives, backups, conflict copies and the undo history are rewritten first, `workbench.json` last: until then nothing
has changed for whoever looks, and from then on all of it has. Then the older files go. Whoever is interrupted does it
again. Undo goes back no further than to the newest action that touched something forgotten.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from workbench.core.saying import Refusal, Saying, say
from workbench.storage import backup_files, backups, conflicts, format, history
from workbench.storage.archive import Archive, Moves, named
from workbench.storage.atomic import is_temporary, sync_directory, write_whole
from workbench.storage.carry import carried
from workbench.storage.content import Content
from workbench.storage.errors import Damaged, reason
from workbench.storage.files import Files
from workbench.storage.format import Raw, Tables, Unreadable
from workbench.storage.meta import ARCHIVE, DATA, HISTORY, KEPT, META, OWN, ArchiveFile, file_name
from workbench.storage.migrations import schema
from workbench.storage.patches import Patch, Ranges
from workbench.storage.source import Source
from workbench.storage.store import Store

#: Which records are meant: those that were "done" before the day; those that had "begun"; "any", whatever it says.
Reach = Literal["done", "begun", "any"]
#: A record without what is to be forgotten (perhaps the same); None for a record of which nothing is to be forgotten.
Scrub = Callable[[str, Raw, Reach], Raw | None]
Manifest = Mapping[str, ArchiveFile]
_Covered = dict[str, set[int]]

_ARCHIVE = re.compile(r"[0-9]{4}-[0-9]{2}\..*json", re.IGNORECASE)


class Forgotten(msgspec.Struct, frozen=True):
    """How many records of each table were rewritten, how many copies of the data, and how many actions of undo went;
    and what could not be taken away afterwards, and may still hold it."""

    records: dict[str, int]
    copies: int
    actions: int
    left: tuple[Saying, ...] = ()


def forget(store: Store, before: datetime, scrub: Scrub) -> Forgotten:
    """Rewrite every file without what `scrub` takes from the records; no action older than `before` can be undone.

    `Refusal` where a file cannot be read and so cannot be rewritten: then nothing has changed.
    """
    with store.maintenance() as content:
        content.secure()
        return _Work(content, store.files, before, scrub).run()


def counted(store: Store, scrub: Scrub) -> dict[str, int]:
    """How many records in use `forget` would rewrite, by table; nothing is changed."""
    counts: Counter[str] = Counter()
    for name in sorted(store.names()):
        for records in (store.table(name), store.archived(name)):
            for record in records.values():
                after = scrub(name, record, "done")
                counts[name] += after is not None and after != record
    return {name: count for name, count in counts.items() if count}


class _Cleaned(msgspec.Struct):
    """One data file rewritten: what it holds, which archive files it names, and how much of it is different."""

    tables: Tables
    manifest: Manifest
    orders: Manifest
    covered: _Covered
    changed: Counter[str]
    actions: int
    different: bool


class _Work:
    """One run over all files, under the lock."""

    def __init__(self, content: Content, files: Files, before: datetime, scrub: Scrub) -> None:
        self._content = content
        self._directory = content.directory
        self._files = files
        self._before = before
        self._scrub = scrub
        #: By the checksum of an archive file: what is to be named instead, which records are meant, how many changed.
        self._done: dict[str, tuple[ArchiveFile, _Covered, Counter[str]]] = {}
        #: The records in use, and those among them that are meant. A copy holds them in older states.
        self._in_use: _Covered = {}
        self._meant: _Covered = {}
        #: What is being cleaned: the data in use, a copy of them, or one whose numbers mean other records.
        self._place: Literal["use", "copy", "foreign"] = "use"

    def run(self) -> Forgotten:
        content, copies = self._content, list(self._copies())
        live = self._cleaned(content.storage.tables, content.archive, content.orders)
        self._meant = live.covered
        kept: dict[str, set[str]] = {ARCHIVE: set(), KEPT: set()}
        rewritten = 0
        for copy in copies:
            archive = Archive(self._files, self._directory, copy.meta.archive)
            orders = Archive(self._files, self._directory, copy.meta.orders, folder=KEPT)
            self._place = "foreign" if copy.path.name.startswith(conflicts.MERGED) else "copy"
            cleaned = self._cleaned(copy.tables, archive, orders, damaged=True)
            if cleaned.different:
                rewritten += 1
                self._replace(copy, cleaned)
            kept[ARCHIVE] |= self._whole(cleaned.manifest)
            kept[KEPT] |= self._whole(cleaned.orders)
        if live.different:
            content.rewrite(live.tables, live.manifest, live.orders)
        orders_left = named(live.orders) | history.kept(live.tables.get(HISTORY, {}))
        left = tuple(self._remove({ARCHIVE: named(live.manifest), KEPT: orders_left}, kept))
        return Forgotten(dict(live.changed), rewritten, live.actions, left)

    def _copies(self) -> Iterator[Source]:
        """The data files beside the one in use: backups, conflict copies, damaged files that were kept."""
        unreadable = []
        for path in self._paths():
            try:
                yield Source(self._files, path, self._directory)
            except Unreadable as error:
                if error.what.text != "is empty":
                    unreadable.append(path.name)
        if unreadable:
            raise Refusal(
                say(
                    "Nothing was changed: what is in {files} cannot be read, so nothing can be forgotten there. Delete "
                    "what you do not need of it in {directory}, then try again.",
                    files=", ".join(unreadable),
                    directory=str(self._directory),
                )
            )

    def _paths(self) -> Iterator[Path]:
        for name in self._files.names(self._directory):
            if name != DATA and name.startswith(("workbench", conflicts.MERGED)) and name.endswith(".json"):
                yield self._directory / name
        for name in backup_files.names(self._files, self._directory):
            yield backup_files.folder(self._directory) / name

    def _cleaned(self, tables: Tables, archive: Archive, orders: Archive, *, damaged: bool = False) -> _Cleaned:
        """A data file without what is to be forgotten; its new archive files are written. With `damaged`, an archive
        file that is not whole stays named as it was."""
        covered: _Covered = {}
        changed: Counter[str] = Counter()
        done: Tables = {}
        for name, records in tables.items():
            done[name] = records if name in OWN else self._records(name, records, covered, changed)
        manifest = self._archives(archive, covered, changed, damaged)
        kept = self._archives(orders, covered, changed, damaged)
        actions = tables.get(HISTORY, {})
        left = self._actions(actions, covered)
        if HISTORY in done:
            done[HISTORY] = left
        moved = manifest != archive.manifest or kept != orders.manifest
        different = bool(changed) or len(left) < len(actions) or moved
        return _Cleaned(done, manifest, kept, covered, changed, len(actions) - len(left), different)

    def _records(
        self, name: str, records: Mapping[int, Raw], covered: _Covered, changed: Counter[str]
    ) -> dict[int, Raw]:
        done = dict(records)
        if self._place == "use":
            self._in_use.setdefault(name, set()).update(records)
        for number, record in records.items():
            after = self._scrub(name, record, self._reach(name, number))
            if after is not None:
                covered.setdefault(name, set()).add(number)
                if after != record:
                    done[number] = after
                    changed[name] += 1
        return done

    def _reach(self, name: str, number: int) -> Reach:
        """A copy may hold as open what was done since, and what was deleted since. Orders kept have no number."""
        if self._place == "use" or name == KEPT:
            return "done"
        if self._place == "copy" and number in self._in_use.get(name, ()):
            return "any" if number in self._meant.get(name, ()) else "done"
        return "begun"

    def _archives(self, archive: Archive, covered: _Covered, changed: Counter[str], damaged: bool) -> Manifest:
        manifest, moves = dict(archive.manifest), Moves()
        found: dict[str, tuple[_Covered, Counter[str]]] = {}
        for month, entry in archive.manifest.items():
            if entry.checksum not in self._done:
                try:
                    tables = archive.read(month)
                except Damaged:
                    if not damaged:
                        raise
                    continue
                found[month] = {}, Counter()
                done = {name: self._records(name, tables[name], *found[month]) for name in entry.tables}
                if found[month][1]:
                    moves[month] = {name: dict(records) for name, records in done.items()}
        if moves:
            manifest, failed = archive.rewritten(moves)
            for problem in failed.values():
                raise problem
        for month, (meant, count) in found.items():
            self._done[archive.manifest[month].checksum] = manifest[month], meant, count
        for month, entry in archive.manifest.items():
            if entry.checksum in self._done:
                manifest[month], meant, count = self._done[entry.checksum]
                changed.update(count)
                for name, numbers in meant.items():
                    covered.setdefault(name, set()).update(numbers)
        return manifest

    def _actions(self, table: Mapping[int, Raw], covered: _Covered) -> dict[int, Raw]:
        """The actions that can still be undone or done again: none that touched something, none before such a one."""
        meant = {name: sorted(numbers) for name, numbers in covered.items()}
        for number in sorted(table, reverse=True):
            try:
                entry = history.read(table[number])
            except Damaged:
                return {}
            touches = any(self._touches(n, patch, meant) for n, patch in entry.changes.items())
            if entry.at < self._before or touches or (entry.orders and meant.get(KEPT)):
                return {} if entry.undone else {i: record for i, record in table.items() if i > number}
        return dict(table)

    def _touches(self, name: str, patch: Patch, meant: Mapping[str, list[int]]) -> bool:
        numbers = meant.get(name, [])
        return (
            _among(patch.remove, numbers)
            or any(_among(ranges, numbers) for ranges, _ in patch.edit)
            or any(
                _among([(number, number)], numbers) or self._scrub(name, record, self._reach(name, number)) is not None
                for number, record in patch.put.items()
            )
        )

    def _replace(self, copy: Source, cleaned: _Cleaned) -> None:
        meta = msgspec.structs.replace(
            copy.meta, schema=schema(), archive=dict(cleaned.manifest), orders=dict(cleaned.orders)
        )
        tables = {**cleaned.tables, META: {1: carried(copy.tables[META][1], meta)}}
        backups.keep_archives(self._files, self._directory, cleaned.manifest)
        backups.keep_archives(self._files, self._directory, cleaned.orders, KEPT)
        write_whole(self._files, copy.path, format.encode(tables), verify=True)
        sync_directory(self._files, copy.path.parent)

    def _whole(self, manifest: Manifest) -> set[str]:
        """The names of the archive files of a copy that are what it says."""
        return {file_name(m, e.generation) for m, e in manifest.items() if self._is_done(e.checksum)}

    def _is_done(self, checksum: str) -> bool:
        return any(entry.checksum == checksum for entry, _, _ in self._done.values())

    def _remove(self, live: Mapping[str, set[str]], kept: Mapping[str, set[str]]) -> Iterator[Saying]:
        """Take away what is older, and what killed processes left; what cannot be, is told. All is saved by now."""
        place = backup_files.folder(self._directory)
        plain: list[tuple[Path, set[str] | None]] = [(self._directory, None), (place, None)]
        named = [(self._directory / folder, live[folder]) for folder in live]
        for directory, wanted in [*plain, *named, *((place / folder, kept[folder]) for folder in kept)]:
            path = directory
            try:
                gone = [
                    name
                    for name in self._files.names(directory)
                    if is_temporary(name) or (wanted is not None and _ARCHIVE.fullmatch(name) and name not in wanted)
                ]
                for name in gone:
                    path = directory / name
                    self._files.unlink(path)
                path = directory
                if gone:
                    sync_directory(self._files, directory)
            except OSError as error:
                yield say(
                    "It was forgotten in the data in use, but {path} could not be removed ({reason}) and may still "
                    "hold it. Try again.",
                    path=str(path),
                    reason=reason(error),
                )


def _among(ranges: Ranges, numbers: list[int]) -> bool:
    """Whether one of the sorted numbers is in one of the ranges."""
    for first, last in ranges:
        at = bisect_left(numbers, first)
        if at < len(numbers) and numbers[at] <= last:
            return True
    return False
