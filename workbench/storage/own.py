"""Which files are workbench's own: what a seller has written out never takes their place.

A path is followed where it leads, through links of the file and of the folders above it; other names in the data
directory are the seller's to use.
"""

from __future__ import annotations

import os
from pathlib import Path

from workbench.core.saying import Refusal, Saying, say
from workbench.storage import backup_files
from workbench.storage.drafts import DRAFTS
from workbench.storage.mark import MARK
from workbench.storage.meta import DATA, OUTBOX
from workbench.storage.outbox import LOCK as OUTBOX_LOCK
from workbench.storage.store import LOCK


def refuse_own(directory: Path, path: Path) -> None:
    """`Refusal` if a file at `path` would take the place of one of the data directory, or lie among its copies."""
    if is_own(directory, path):
        raise Refusal(own(path))


def own(path: Path) -> Saying:
    """Why nothing else is written to `path`."""
    return say("{path} is one of the data files of workbench. Name another one.", path=str(path))


def is_own(directory: Path, path: Path) -> bool:
    """Whether `path` is the data file, that of drafts or messages, a lock, or lies in a folder of ours."""
    ours = [os.path.realpath(each) for each in _ours(directory)]
    # A link is both: the name that would be replaced, and the file it leads to.
    for target in (Path(os.path.realpath(path.parent), path.name), Path(os.path.realpath(path))):
        if any(_same(str(place), each) for place in (target, *target.parents) for each in ours):
            return True
    return False


def _ours(directory: Path) -> tuple[Path, ...]:
    names = (DATA, DRAFTS, MARK, OUTBOX, LOCK, OUTBOX_LOCK)
    return (*(directory / name for name in names), *backup_files.places(directory))


def _same(one: str, other: str) -> bool:
    """Names alone do not tell where the file system takes large and small letters for the same."""
    if one == other:
        return True
    if one.casefold() != other.casefold():
        return False
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False
