"""Whether a data file is an older state that a synced drive put back: told, and no number is given out again.

Three things know better than the file: the session, which saved more; the mark of the last save; the backup of a later
day. What each knows counts on in the file's own counters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC
from pathlib import Path

import msgspec

from workbench.core.saying import Saying, say
from workbench.storage import backups, conflicts, mark
from workbench.storage.files import Files
from workbench.storage.mark import LastSave
from workbench.storage.meta import Meta

#: What a file says of itself, counting on, and what is to be told.
Judged = tuple[Meta, Saying | None]


def in_session(
    files: Files, directory: Path, path: Path, meta: Meta, last: LastSave | None, ours: Meta, keep: Callable[[], Path]
) -> Judged:
    """A file that a session finds which knows `ours`; `last` is the mark as it was before the file was read. Where it
    is older, `keep` makes what is in memory a backup."""
    if not mark.knows_more(ours.counters, meta.counters):
        if last is not None and last.ahead_of(meta):
            return _behind(files, directory, path, meta, last)
        return meta, None
    try:
        kept: Path | None = keep()
    except OSError:
        kept = None
    if kept is None:
        told = say(
            "{path} is an older state than this session saved: something put it back, such as a synced drive. The "
            "newer records could not be kept; look into backups/.",
            path=str(path),
        )
    else:
        told = say(
            "{path} is an older state than this session saved: something put it back, such as a synced drive. The "
            "newer records are kept; to bring them back: workbench restore {backup}",
            path=str(path), backup=str(kept),
        )  # fmt: skip
    return _counting_on(meta, ours.counters), told


def at_start(files: Files, directory: Path, path: Path, meta: Meta, last: LastSave | None) -> Judged:
    """A file that is read for the first time; `last` is the mark as it was before."""
    if last is not None and last.ahead_of(meta):
        return _behind(files, directory, path, meta, last)
    found = backups.of_later_day(files, directory, meta)
    if found is None:
        return meta, None
    backup, theirs = found
    told = say(
        "{path} is an older state than the backup of a later day: something put it back, such as a synced "
        "drive. To bring the newer records back: workbench restore {backup}",
        path=str(path), backup=str(backup),
    )  # fmt: skip
    return _counting_on(meta, theirs.counters), told


def _behind(files: Files, directory: Path, path: Path, meta: Meta, last: LastSave) -> Judged:
    """A file older than the last save. Where a drive left a conflict copy beside it, nothing was put back: the newer
    records are in there, and what merges it tells of them."""
    found = backups.knows_more(files, directory, meta)
    counting = _counting_on(_counting_on(meta, last.counters), found[1].counters if found else {})
    if conflicts.find(files.listed(directory), directory):
        return counting, None
    saved = f"{last.saved_at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
    if found is None:
        told = say(
            "{path} is an older state than the one last saved, {time}: something put it back, such as a synced "
            "drive, or the newer one has not arrived yet. No backup has the newer records; look for the file of "
            "that time where the drive keeps earlier versions.",
            path=str(path), time=saved,
        )  # fmt: skip
    else:
        told = say(
            "{path} is an older state than the one last saved, {time}: something put it back, such as a synced "
            "drive, or the newer one has not arrived yet. To bring back the newer records that a backup has: "
            "workbench restore {backup}",
            path=str(path), time=saved, backup=str(found[0]),
        )  # fmt: skip
    return counting, told


def _counting_on(meta: Meta, others: Mapping[str, int]) -> Meta:
    """The same, with no number given out again that the others gave out."""
    names = {**meta.counters, **others}
    counters = {name: max(others.get(name, 0), meta.counters.get(name, 0)) for name in names}
    return msgspec.structs.replace(meta, counters=counters)
