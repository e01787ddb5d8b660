"""How far the last save came: a small file of its own, `last-save.json`, that a start compares with the data file.

An older state of the same day that a synced drive put back looks whole and sealed; only what lies beside it can tell.
The mark is written after the data file and never synced to the disk: one that is lost, cut off or behind costs nothing,
and none is ever ahead of what was saved. Whoever compares reads it before the data file, for without the lock another
process may save between the two. It holds numbers and a time, nothing of the shop.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from workbench.storage.atomic import read_whole
from workbench.storage.files import Files
from workbench.storage.meta import Meta

MARK = "last-save.json"


class LastSave(msgspec.Struct, frozen=True):
    """The last ids given out, by table, and when that was saved."""

    counters: Mapping[str, int]
    saved_at: datetime

    def ahead_of(self, meta: Meta) -> bool:
        """Whether it knows numbers that a file which says `meta` of itself does not, or the same ones and a later save:
        then the file is an older state."""
        if knows_more(self.counters, meta.counters):
            return True
        later = self.saved_at.tzinfo is not None and meta.saved_at is not None and self.saved_at > meta.saved_at
        return later and not knows_more(meta.counters, self.counters)


def leave(files: Files, directory: Path, meta: Meta) -> None:
    """Say how far the data file came. It is saved already, so nothing that fails here is anybody's concern."""
    if meta.saved_at is not None:
        with contextlib.suppress(OSError):
            files.overwrite(directory / MARK, msgspec.json.encode(LastSave(meta.counters, meta.saved_at)) + b"\n")


def read(files: Files, directory: Path) -> LastSave | None:
    """The mark of the last save; None where there is none, or it says nothing."""
    try:
        data, _ = read_whole(files, directory / MARK)
        return msgspec.json.decode(data.partition(b"\n")[0], type=LastSave)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def knows_more(counters: Mapping[str, int], others: Mapping[str, int]) -> bool:
    """Whether a number was given out here that the others do not know of."""
    return any(last > others.get(name, 0) for name, last in counters.items())
