"""Copies of the data file as it was before the first save of a day, and before each change of schema.

A backup counts once it was written, read back and found the same. The archive files it names are kept beside it, in
`backups/archive/`, for as long as a backup names them. The last 14 days are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from workbench.core.saying import Saying, say
from workbench.storage import format
from workbench.storage.archive import Archive, generation_of, named
from workbench.storage.atomic import is_temporary, make_directory, read_whole, sync_directory, write_whole
from workbench.storage.errors import reason
from workbench.storage.files import Files
from workbench.storage.format import Tables, Unreadable
from workbench.storage.meta import ARCHIVE, KEPT, ArchiveFile, Meta, file_name, meta_of, schema_of
from workbench.storage.migrations import schema

DAYS = 14
#: What lies beside a data file, and is kept beside its backups.
FOLDERS = (ARCHIVE, KEPT)
_HEAD = "workbench-"


def folder(directory: Path) -> Path:
    """Where the backups of a data directory lie."""
    return directory / "backups"


def places(directory: Path) -> list[Path]:
    """The folders of ours in a data directory, whether they are there or not."""
    return [*(directory / inside for inside in FOLDERS), folder(directory)]


def names(files: Files, directory: Path) -> list[str]:
    """The backups there are, oldest first. `OSError` if nobody can tell."""
    return _backups(files.names(folder(directory)))


def to_go_back(files: Files, directory: Path) -> list[Path]:
    """The backups that can be looked at, newest first."""
    return [folder(directory) / name for name in reversed(_backups(files.listed(folder(directory))))]


def _backups(names: Iterable[str]) -> list[str]:
    return [name for name in names if name.startswith(_HEAD) and name.endswith(".json")]


def path_of(directory: Path, label: str) -> Path:
    """Where the backup of a day, or of another label, lies."""
    return folder(directory) / f"{_HEAD}{label}.json"


def write(files: Files, directory: Path, label: str, tables: Tables, meta: Meta) -> Path:
    """Keep `tables` as the backup of a day, or of another label; one that is there already stays."""
    path = path_of(directory, label)
    if path.name in names(files, directory):
        return path
    make_directory(files, path.parent)
    for folder in FOLDERS:
        keep_archives(files, directory, meta.manifest(folder), folder)
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
        if name != f"{_HEAD}{newest}.json":
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


def verify(path: Path, files: Files | None = None) -> Saying | None:
    """What is wrong with a data file or a backup, to follow its name; None if it is whole and sealed."""
    try:
        _whole(path, files or Files())
    except OSError as error:
        return say("cannot be read ({reason})", reason=reason(error))
    except Unreadable as error:
        return error.what
    return None


def _whole(path: Path, files: Files) -> Meta:
    """The meta record of a file that is whole and sealed. `OSError` or `Unreadable` for any other."""
    tables, sealed = format.decode(read_whole(files, path)[0])
    if schema_of(tables) > schema():
        raise Unreadable(say("was written by a newer workbench"))
    meta = meta_of(tables)
    if not sealed:
        raise Unreadable(say("was changed outside the program"))
    return meta


def newest_good(files: Files, directory: Path) -> Path | None:
    """The newest backup that `verify` finds nothing wrong with."""
    return next((path for path in to_go_back(files, directory) if verify(path, files) is None), None)


def beside(files: Files, directory: Path, month: str) -> Iterator[Path]:
    """The good backups that do without a lost archive of that month, newest first."""
    for path in to_go_back(files, directory):
        with suppress(OSError, Unreadable):
            manifest = _whole(path, files).archive
            if month not in manifest or Archive(files, directory, manifest).copy_of(month) is not None:
                yield path


def newest_beside(files: Files, directory: Path, month: str) -> Path | None:
    """The newest of them."""
    return next(beside(files, directory, month), None)


def any_there(files: Files, directory: Path) -> bool:
    """Whether archives or backups lie in a directory, so that a data file must have been there."""
    archives = (*files.names(directory / "archive"), *files.names(folder(directory) / "archive"))
    return bool(names(files, directory)) or any(generation_of(name) for name in archives)
