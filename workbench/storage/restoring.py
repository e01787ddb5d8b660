"""Going back to a copy of the data: as one step of undo where there is something to go back from, else by rescue.

Where the data file in use is whole, the copy is a change like any other: records come in, go, and change, and undo
brings the state before back exactly. Where it is damaged there is nothing to undo to; then the damaged file is kept
aside under another name, and the copy takes its place together with its own history.
"""

from __future__ import annotations

import contextlib
import errno
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from workbench.core.saying import Refusal, Saying, say
from workbench.storage import format, mark
from workbench.storage.archive import Archive, Moves, generation_of
from workbench.storage.atomic import make_directory, read_whole, sync_directory, write_whole
from workbench.storage.content import data_file
from workbench.storage.errors import Damaged, not_read, not_saved, unconfirmed
from workbench.storage.files import Files
from workbench.storage.format import Raw, Unreadable, to_json
from workbench.storage.meta import HISTORY, KEPT, META, ArchiveFile, Meta, file_name
from workbench.storage.migrations import schema
from workbench.storage.source import Newer, Source
from workbench.storage.store import Store, hold
from workbench.storage.transaction import Transaction

#: By table and id: the record before and after; None is no record.
Changes = dict[str, dict[int, tuple[Raw | None, Raw | None]]]
_META_LINE = re.compile(rb'"1": (\{"schema":[^\n]*\})\n')


class Difference(msgspec.Struct, frozen=True):
    """How many records of a table come in, go and change."""

    table: str
    added: int
    removed: int
    changed: int


def open_copy(path: Path, directory: Path, files: Files | None = None) -> Source:
    """The copy to go back to; `Refusal` for what is not whole, sealed and of this version or an older one."""
    try:
        source = Source(files or Files(), path, directory)
    except OSError as error:
        raise not_read(error, path) from error
    except Unreadable as error:
        raise Refusal(_not_good(path, error.what)) from error
    if not source.sealed:
        raise Refusal(_not_good(path, say("was changed outside the program")))
    return source


def changes(store: Store, source: Source, besides: Collection[str] = ()) -> Changes:
    """What leads from the state of the store to that of the copy.

    The tables `besides` stay as they are where the store has any of their records. `Refusal` if an archive of the copy
    is not to be found, `Damaged` if one of the store is not: then `rescue` is the way.
    """
    found: Changes = {}
    for name in sorted({*store.names(), *source.names()}):
        marks, sums = store.archived_marks(name), source.checksums()
        months = [month for month, mark in marks.items() if mark not in sums]
        ours = {**store.archived(name, months), **store.table(name)}
        if name in besides and ours:
            continue
        theirs = _theirs(source, name, set(marks.values()))
        both = {number: (ours.get(number), theirs.get(number)) for number in sorted({*ours, *theirs})}
        found[name] = {number: pair for number, pair in both.items() if not _same(*pair)}
    return {name: pairs for name, pairs in found.items() if pairs}


def _theirs(source: Source, name: str, besides: Collection[str]) -> dict[int, Raw]:
    try:
        return source.records(name, besides)
    except Damaged as error:
        what = say("names an archive that is damaged or not there ({path})", path=error.saying.args["path"])
        raise Refusal(_not_good(source.path, what)) from error


def counted(found: Changes) -> list[Difference]:
    """The changes as numbers."""
    counts = []
    for name, pairs in found.items():
        added = sum(before is None for before, _ in pairs.values())
        removed = sum(after is None for _, after in pairs.values())
        counts.append(Difference(name, added, removed, len(pairs) - added - removed))
    return counts


def apply(transaction: Transaction, found: Changes, source: Source) -> None:
    """Make the changes, and give out no id again that the copy knows."""
    for name, pairs in found.items():
        for number, (_, record) in pairs.items():
            transaction.restore(name, number, record)
    for name, last in source.meta.counters.items():
        if name != HISTORY:
            transaction.counters[name] = max(transaction.counters.get(name, 0), last)
    transaction.sweep()


def orders(store: Store, source: Source) -> dict[str, Sequence[Raw] | None]:
    """The orders kept of the copy, by month, where they are others than those of the store; None where it has none.

    `Refusal` if a file of the copy is not to be found.
    """
    ours = store.kept_files()
    found: dict[str, Sequence[Raw] | None] = {}
    if source.kept:
        months = by_month(source.kept)
        theirs = {*months}
        found.update((month, rows) for month, rows in months.items() if list(store.kept(month)) != rows)
    else:
        theirs = {*source.meta.orders}
        for month, entry in source.meta.orders.items():
            if month not in ours or ours[month].checksum != entry.checksum:
                try:
                    found[month] = list(source.orders.read(month)[KEPT].values())
                except Damaged as error:
                    what = say("names an archive that is damaged or not there ({path})", path=error.saying.args["path"])
                    raise Refusal(_not_good(source.path, what)) from error
    return found | dict.fromkeys(ours.keys() - theirs)


def orders_counted(store: Store, kept: Mapping[str, Sequence[Raw] | None]) -> list[Difference]:
    """What `orders` found, as numbers of rows: each by its order and SKU."""
    added = removed = changed = 0
    for month, rows in kept.items():
        ours, theirs = _by_key(store.kept(month)), _by_key(rows or ())
        added, removed = added + len(theirs.keys() - ours), removed + len(ours.keys() - theirs)
        changed += sum(not _same(ours[key], theirs[key]) for key in ours.keys() & theirs)
    return [Difference(KEPT, added, removed, changed)] if added or removed or changed else []


class _Key(msgspec.Struct, frozen=True):
    order_id: str
    sku_id: str


def _by_key(rows: Iterable[Raw]) -> dict[_Key, Raw]:
    return {msgspec.json.decode(row, type=_Key): row for row in rows}


class _Created(msgspec.Struct):
    created_at: datetime


def by_month(records: Iterable[Raw]) -> dict[str, list[Raw]]:
    """Orders kept, by the UTC month of their creation."""
    found: dict[str, list[Raw]] = {}
    for record in records:
        found.setdefault(f"{msgspec.json.decode(record, type=_Created).created_at:%Y-%m}", []).append(record)
    return found


def rescue(source: Source, directory: Path, now: datetime, files: Files | None = None) -> Path | None:
    """Put the copy in the place of a data file that is damaged or missing, or names an archive that is; where the
    damaged one is kept.

    `Refusal` if the data file is whole, or nothing can be written.
    """
    files = files or Files()
    path = data_file(directory)
    if not files.writable(directory):
        raise not_saved(OSError(errno.EACCES, "Permission denied"), directory)
    release = hold(files, directory)
    try:
        damage = _damaged(files, path, directory)
        kept = None if damage is None else keep_damaged(files, path, now)
        manifest = _own_files(files, source.archive, directory)
        orders = _own_files(files, source.orders, directory)
        if source.kept:
            moves: Moves = {month: {KEPT: dict(enumerate(rows, 1))} for month, rows in by_month(source.kept).items()}
            orders, failed = Archive(files, directory, {}, folder=KEPT).rewritten(moves, whole=True)
            for problem in failed.values():
                raise problem
        counters = {**source.meta.counters}
        last_save = mark.read(files, directory)
        for known in (_counters(damage or b""), last_save.counters if last_save is not None else {}):
            counters.update((name, max(counters.get(name, 0), last)) for name, last in known.items())
        meta = Meta(schema(), counters, manifest, now, source.meta.day, orders)
        tables = {META: {1: to_json(meta)}, **{n: r for n, r in source.tables.items() if n not in (META, HISTORY)}}
        if HISTORY in source.tables:
            tables[HISTORY] = source.tables[HISTORY]
        write_whole(files, path, format.encode(tables), verify=True)
        try:
            sync_directory(files, path.parent)
        except OSError as error:
            raise unconfirmed(error) from error
        mark.leave(files, directory, meta)
    except OSError as error:
        raise not_saved(error, path) from error
    finally:
        with contextlib.suppress(OSError):  # all is done or refused by now, and the lock ends with the process
            release()
    return kept


def _not_good(path: Path, what: Saying) -> Saying:
    return say(
        "{path} {what}, so nothing was restored. Choose another backup; `workbench check` says which are good.",
        path=str(path),
        what=what,
    )


def _same(ours: Raw | None, theirs: Raw | None) -> bool:
    if ours is None or theirs is None:
        return False
    return ours == theirs or bool(msgspec.json.decode(ours) == msgspec.json.decode(theirs))


def _damaged(files: Files, path: Path, directory: Path) -> bytes | None:
    """The bytes of the damaged file; None if there is no file. `Refusal` if it is whole."""
    try:
        found = Source(files, path, directory)
        for month in found.meta.archive:
            found.archive.whole(month)
    except FileNotFoundError:
        return None
    except Damaged:
        return found.data
    except Newer as error:
        raise Refusal(say("{path} {what}. Install that version to go on.", path=str(path), what=error.what)) from error
    except Unreadable:
        return read_whole(files, path)[0]
    raise Refusal(say("Nothing was restored: {path} is whole again. Try again.", path=str(path)))


def keep_damaged(files: Files, path: Path, now: datetime) -> Path:
    """A second name for the damaged file, so that at no moment there is none."""
    kept = path.with_name(f"{path.stem}.damaged-{now:%Y%m%dT%H%M%SZ}{path.suffix}")
    try:
        files.link(path, kept)
    except FileExistsError:
        pass  # kept within the same second, by a try that failed afterwards
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
            raise
        write_whole(files, kept, [read_whole(files, path)[0]], verify=True)  # no hard links here
    return kept


def _own_files(files: Files, archive: Archive, directory: Path) -> dict[str, ArchiveFile]:
    """The copy's manifest, its files in the data directory. One that is nowhere is told when it is needed."""
    places = (directory / archive.folder, directory / "backups" / archive.folder)
    taken = [found for place in places for name in files.names(place) if (found := generation_of(name))]
    manifest = dict(archive.manifest)
    for month, entry in archive.manifest.items():
        name = file_name(month, entry.generation)
        try:
            path, data = archive.whole(month)
        except Damaged:
            continue
        if path in [place / name for place in places]:
            continue
        generation = 1 + max((g for m, g in taken if m == month), default=entry.generation - 1)
        make_directory(files, places[0])
        write_whole(files, places[0] / file_name(month, generation), [data], verify=True)
        sync_directory(files, places[0])
        manifest[month] = msgspec.structs.replace(entry, generation=generation)
    return manifest


def _counters(damage: bytes) -> Mapping[str, int]:
    """The last ids given out, where that line of the damaged file is still whole: so none is given out twice."""
    line = _META_LINE.search(damage, 0, 1_000_000)
    try:
        return msgspec.json.decode(line[1], type=Meta).counters if line else {}
    except (msgspec.DecodeError, UnicodeDecodeError):
        return {}
