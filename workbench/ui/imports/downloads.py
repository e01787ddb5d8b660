"""What lies in the download folder that may be an export: newest first, what was imported before marked as known."""

from __future__ import annotations

import shlex
from collections.abc import Container, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlparse

import msgspec

#: Of the newest files only so many are looked at.
_MOST = 12
_SUFFIXES = (".csv", ".xlsx")


class Found(msgspec.Struct, frozen=True):
    """A file that may be an export, when it was written, and whether a file of this name was imported already."""

    path: Path
    written: datetime
    known: bool


def exports_in(folder: Path, imported: Container[str]) -> list[Found]:
    """The newest files of the folder that may be exports; none where it cannot be read."""
    try:
        found = sorted(_files(folder), key=lambda pair: pair[1], reverse=True)[:_MOST]
    except OSError:
        return []
    return [Found(path, datetime.fromtimestamp(written, UTC), path.name in imported) for path, written in found]


def _files(folder: Path) -> Iterator[tuple[Path, float]]:
    for path in folder.iterdir():
        if path.suffix.lower() in _SUFFIXES and not path.name.startswith(("~", ".")) and path.is_file():
            yield path, path.stat().st_mtime


def typed_path(text: str) -> Path | None:
    """The path somebody typed, pasted or dropped: quoted, with escaped blanks, as a `file:` address, or plain."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    elif text.startswith("file:"):
        text = unquote(urlparse(text).path)
    elif "\\ " in text:
        text = text.replace("\\ ", " ").replace("\\(", "(").replace("\\)", ")").replace("\\&", "&").replace("\\'", "'")
    return Path(text).expanduser() if text else None


def typed_paths(text: str) -> list[Path]:
    """The paths somebody typed, pasted or dropped: one, or several as a terminal drops them."""
    single = typed_path(text)
    if single is None:
        return []
    try:
        if single.exists():
            return [single]
        several = [Path(part).expanduser() for part in shlex.split(text)]
        return several if len(several) > 1 and all(path.exists() for path in several) else [single]
    except (OSError, ValueError):
        # Too long for a path, or a quotation mark that is not closed: it is what it is.
        return [single]
