"""What the storage refuses, in sentences: what is wrong and what to do."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from workbench.core.saying import Refusal, Saying, say

_FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


class Damaged(Refusal):
    """A file is not what it should be. It is left as it is, and never read as empty."""


class Unsaved(Refusal):
    """Nothing was saved, and nothing will be until the disk or its rights are mended."""


class Unconfirmed(Refusal):
    """The one refusal after which the change may be there: it was written, but not confirmed as durable."""


def reason(error: OSError) -> str:
    """The system's own words for an error, or ours where the file is none at all."""
    return error.strerror or (os.strerror(error.errno) if error.errno else str(error))


def not_saved(error: OSError, path: Path) -> Unsaved:
    """Why a save failed. `path` is what was being saved, where the error does not name a file."""
    if error.errno in _FULL:
        return Unsaved(say("Nothing was saved: the disk is full. Free some space, then try again."))
    place = str(error.filename or path)
    if error.errno in _FORBIDDEN:
        return Unsaved(
            say(
                "Nothing was saved: {path} may not be written ({reason}). Make it writable, or choose another "
                "directory with --data.",
                path=place,
                reason=reason(error),
            )
        )
    return Unsaved(
        say(
            "Nothing was saved: {path} could not be written ({reason}). Check the disk, then try again.",
            path=place,
            reason=reason(error),
        )
    )


def not_read(error: OSError, path: Path) -> Refusal:
    """Why a file that is there cannot be read."""
    return Refusal(
        say(
            "{path} cannot be read ({reason}). Check its permissions and the disk, then try again.",
            path=str(path),
            reason=reason(error),
        )
    )


def nowhere(error: OSError, path: Path) -> Unsaved:
    """There is no data yet, and no place for any."""
    return Unsaved(
        say(
            "{path} cannot be written ({reason}), and there is no data in it yet. Make it writable, or choose another "
            "directory with --data.",
            path=str(path),
            reason=reason(error),
        )
    )


def busy() -> Refusal:
    """Another process, or another thread of this one, is saving and does not come to an end."""
    return Refusal(say("Nothing was saved: another workbench is saving at this moment. Try again in a few seconds."))


def unconfirmed(error: OSError) -> Unconfirmed:
    """The rename was done, the sync of the directory failed."""
    return Unconfirmed(
        say(
            "The change was written, but the disk did not confirm it ({reason}). Check the disk, and look whether "
            "the change is there before you repeat it.",
            reason=reason(error),
        )
    )


def damaged(path: Path, what: Saying, backup: Path | None) -> Damaged:
    """The data file is not readable; `backup` is the newest good copy of it."""
    if backup is None:
        return Damaged(
            say(
                "{path} {what}. It was left as it is, and there is no backup beside it. Put a copy of your own in its "
                "place, or start with another directory: --data.",
                path=str(path),
                what=what,
            )
        )
    return Damaged(
        say(
            "{path} {what}. Nothing was overwritten. The newest good backup is {backup}; to go back to it: "
            "workbench restore {backup}",
            path=str(path),
            what=what,
            backup=str(backup),
        )
    )


def archive_damaged(path: Path, what: Saying, month: str, backup: Path | None) -> Damaged:
    """An archive file is not what the manifest names; `backup` is the newest good copy that does without it."""
    if backup is None:
        return Damaged(
            say(
                "{path} {what}, so what was archived under {month} cannot be read; all else keeps working. Put a copy "
                "of that file back.",
                path=str(path),
                what=what,
                month=month,
            )
        )
    return Damaged(
        say(
            "{path} {what}, so what was archived under {month} cannot be read; all else keeps working. Put a copy of "
            "that file back, or go back to the newest backup that does without it: workbench restore {backup}",
            path=str(path),
            what=what,
            month=month,
            backup=str(backup),
        )
    )
