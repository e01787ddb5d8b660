"""How far the last save came: a small file of its own, `last-save.json`, that a start compares with the data file.

An older state of the same day that a synced drive put back looks whole and sealed; only what lies beside it can tell.
The mark is written after the data file and never synced to the disk: one that is lost, cut off or behind costs nothing,
and none is ever ahead of what was saved. It holds numbers and a time, nothing of the shop.
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


def leave(files: Files, directory: Path, meta: Meta) -> None:
    """Say how far the data file came. It is saved already, so nothing that fails here is anybody's concern."""
    if meta.saved_at is not None:
        with contextlib.suppress(OSError):
            files.overwrite(directory / MARK, msgspec.json.encode(LastSave(meta.counters, meta.saved_at)) + b"\n")


def ahead(files: Files, directory: Path, meta: Meta) -> LastSave | None:
    """The mark, where it knows numbers that a file which says `meta` of itself does not, or the same ones and a later
    save: then the file is an older state."""
    try:
        data, _ = read_whole(files, directory / MARK)
        mark = msgspec.json.decode(data.partition(b"\n")[0], type=LastSave)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    if knows_more(mark.counters, meta.counters):
        return mark
    later = mark.saved_at.tzinfo is not None and meta.saved_at is not None and mark.saved_at > meta.saved_at
    return mark if later and not knows_more(meta.counters, mark.counters) else None


def knows_more(counters: Mapping[str, int], others: Mapping[str, int]) -> bool:
    """Whether a number was given out here that the others do not know of."""
    return any(last > others.get(name, 0) for name, last in counters.items())
