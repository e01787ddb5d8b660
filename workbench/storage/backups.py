"""Copies of the data file as it was before the first save of a day, and before each change of schema.

A backup counts once it was written, read back and found the same. The archive files it names are kept beside it, in
`backups/archive/`, for as long as a backup names them. The last 14 days are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from workbench.core.saying import say
from workbench.storage import format, mark
from workbench.storage.archive import generation_of, named
from workbench.storage.atomic import is_temporary, make_directory, read_whole, sync_directory, write_whole
from workbench.storage.backup_files import FOLDERS, HEAD, folder, names, path_of, to_go_back
from workbench.storage.files import Files
from workbench.storage.format import Tables, Unreadable
from workbench.storage.meta import ARCHIVE, ArchiveFile, Meta, file_name, meta_of

DAYS = 14


def write(files: Files, directory: Path, label: str, tables: Tables, meta: Meta) -> Path:
    """Keep `tables` as the backup of a day, or of another label; one that is there already stays."""
    path = path_of(directory, label)
    if path.name in names(files, directory):
        return path
    make_directory(files, path.parent)
    for inside in FOLDERS:
        keep_archives(files, directory, meta.manifest(inside), inside)
    write_whole(files, path, format.encode(tables), verify=True)
    sync_directory(files, path.parent)
    return path


def keep_archives(files: Files, directory: Path, manifest: Mapping[str, ArchiveFile], inside: str = ARCHIVE) -> None:
    """Have the files of a manifest beside the backups, too; those that are damaged are left out."""
    from hashlib import sha256

    kept, source = folder(directory) / inside, directory / inside
    sums = {file_name(month, entry.generation): entry.checksum for month, entry in manifest.items()}
    missing = sums.keys() - set(files.names(kept))
    if not missing:
        return
    make_directory(files, kept)
    for name in sorted(missing & set(files.names(source))):  # others are damage, told where it is read
        # A copy, not a second name: what spoils the one must not spoil the other.
        data, _ = read_whole(files, source / name)
        if sha256(data).hexdigest() == sums[name]:
            write_whole(files, kept / name, [data], verify=True)
    sync_directory(files, kept)


def prune(files: Files, directory: Path, newest: str, meta: Meta) -> None:
    """Remove daily backups beyond the last 14 days, never that of `newest`, and archives that nothing names."""
    place = folder(directory)
    for name in filter(is_temporary, files.names(place)):
        files.unlink(place / name)
    daily = [name for name in names(files, directory) if len(name) == len("workbench-2026-11-21.json")]
    for name in daily[:-DAYS]:
        if name != f"{HEAD}{newest}.json":
            files.unlink(place / name)
    kept = {inside: there for inside in FOLDERS if (there := files.names(place / inside))}
    if not kept:
        return
    try:
        metas = [meta, *(_outlined(files, place / name) for name in names(files, directory))]
    except Unreadable:
        return  # a backup that cannot be read may name any of them
    for inside, there in kept.items():
        wanted = set[str]().union(*(named(each.manifest(inside)) for each in metas))
        remove_unnamed(files, place / inside, there, wanted)


def of_later_day(files: Files, directory: Path, meta: Meta) -> tuple[Path, Meta] | None:
    """The newest backup of a day, where it is of a later day than the file that says `meta` of itself, and has given
    out numbers that the file does not know. The names tell it in nearly every case."""
    daily = [path for path in to_go_back(files, directory) if len(path.name) == len("workbench-2026-11-21.json")]
    if not daily or not meta.day or daily[0].name <= f"{HEAD}{meta.day}.json":
        return None
    return _newer(files, daily[0], meta)


def knows_more(files: Files, directory: Path, meta: Meta) -> tuple[Path, Meta] | None:
    """The newest backup, of whatever label, that has given out numbers which the file that says `meta` of itself does
    not know."""
    newest = (path for path in to_go_back(files, directory) if path.name >= f"{HEAD}{meta.day}")
    return next((found for path in newest if (found := _newer(files, path, meta))), None)


def _newer(files: Files, path: Path, meta: Meta) -> tuple[Path, Meta] | None:
    try:
        found = _outlined(files, path)
    except (OSError, Unreadable):
        return None
    return (path, found) if mark.knows_more(found.counters, meta.counters) else None


def remove_unnamed(files: Files, directory: Path, there: Iterable[str], wanted: set[str]) -> None:
    """Remove archive files that nothing names and what killed processes left; nothing that is not ours."""
    for name in there:
        if is_temporary(name) or (generation_of(name) and name not in wanted):
            files.unlink(directory / name)


class _Outline(msgspec.Struct):
    """Only the meta table of a file; the rest is skipped."""

    meta: dict[int, msgspec.Raw]


def _outlined(files: Files, path: Path) -> Meta:
    data, _ = read_whole(files, path)
    try:
        outline = msgspec.json.decode(data, type=_Outline)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(say("is cut off or damaged")) from error
    return meta_of({"meta": outline.meta})


def any_there(files: Files, directory: Path) -> bool:
    """Whether archives or backups lie in a directory, so that a data file must have been there."""
    archives = (*files.names(directory / "archive"), *files.names(folder(directory) / "archive"))
    return bool(names(files, directory)) or any(generation_of(name) for name in archives)
