"""What lies in the download folder that may be an export: newest first, known by what is in it, not by its name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from workbench.config.disk import is_file
from workbench.core.saying import Saying
from workbench.intake import RefusedFile, look

#: Of the newest files only so many are looked at.
_MOST = 12
#: What an export may have become, and what a browser calls it while it comes: such a file is shown whatever it is.
_SUFFIXES = (".csv", ".xlsx", ".xls", ".xlsm", ".ods", ".numbers", ".crdownload", ".part", ".partial", ".download")
#: Files of these names, and of none, are shown where they are exports.
_MAYBE = ("", ".tsv", ".txt", ".tab", ".dat", ".bak")


_AGAIN = re.compile(r"\s*(?:\(\d+\)|\.\d+)$")


class FoundFile(msgspec.Struct, frozen=True):
    """A file that may be an export, and when it was written; what it is once it was looked at.

    `known` says that this very file was imported before, `why` is the reason where it cannot be imported. `named` says
    that its name is that of an export.
    """

    path: Path
    written: datetime
    looked: bool = False
    kind: str | None = None
    rows: int | None = None
    known: bool = False
    why: Saying | None = None
    named: bool = True

    @property
    def shown(self) -> bool:
        """Whether it belongs into the list."""
        return self.named or self.kind is not None


def exports_in(folder: Path) -> list[FoundFile]:
    """The newest files of the folder that may be exports; none where it cannot be read."""
    try:
        found = sorted(_files(folder), key=lambda pair: pair[1], reverse=True)[:_MOST]
    except OSError:
        return []
    return [
        FoundFile(path, datetime.fromtimestamp(written, UTC), named=_suffix(path) in _SUFFIXES)
        for path, written in found
    ]


def looked_at(found: FoundFile, headers: Mapping[str, str], imported: Container[str]) -> FoundFile:
    """The file with what is in it; `imported` are the digests of the files imported before."""
    try:
        kind, rows = look(found.path, headers)
    except RefusedFile as refused:
        return msgspec.structs.replace(found, looked=True, why=refused.saying)
    return msgspec.structs.replace(found, looked=True, kind=kind, rows=rows, known=_digest(found.path) in imported)


def _suffix(path: Path) -> str:
    """Of the name without what a browser puts behind it, where there was one of this name: `returns.csv (1)`."""
    return Path(_AGAIN.sub("", path.name)).suffix.lower()


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "blake2b").hexdigest()
    except OSError:
        return ""


def _files(folder: Path) -> Iterator[tuple[Path, float]]:
    for path in folder.iterdir():
        if _suffix(path) in (*_SUFFIXES, *_MAYBE) and not path.name.startswith(("~", ".")) and is_file(path):
            try:
                yield path, path.stat().st_mtime
            except OSError:  # it went away meanwhile
                continue
