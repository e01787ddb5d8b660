"""Where the backups lie, which there are, and whether one is whole."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from workbench.core.saying import Saying, say
from workbench.storage import format
from workbench.storage.atomic import read_whole
from workbench.storage.errors import reason
from workbench.storage.files import Files
from workbench.storage.format import Unreadable
from workbench.storage.meta import ARCHIVE, KEPT, Meta, meta_of, schema_of
from workbench.storage.migrations import schema

#: What lies beside a data file, and is kept beside its backups.
FOLDERS = (ARCHIVE, KEPT)
#: How the name of a backup begins.
HEAD = "workbench-"


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
    return [name for name in names if name.startswith(HEAD) and name.endswith(".json")]


def path_of(directory: Path, label: str) -> Path:
    """Where the backup of a day, or of another label, lies."""
    return folder(directory) / f"{HEAD}{label}.json"


def verify(path: Path, files: Files | None = None) -> Saying | None:
    """What is wrong with a data file or a backup, to follow its name; None if it is whole and sealed."""
    try:
        whole(path, files or Files())
    except OSError as error:
        return say("cannot be read ({reason})", reason=reason(error))
    except Unreadable as error:
        return error.what
    return None


def whole(path: Path, files: Files) -> Meta:
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
