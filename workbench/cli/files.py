"""Writing a file that a verb was asked for: whole or not at all, and readable by its owner alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workbench.config.disk import at_home
from workbench.core.saying import Refusal, say
from workbench.storage.atomic import write_whole
from workbench.storage.errors import reason
from workbench.storage.files import Files
from workbench.storage.own import refuse_own

if TYPE_CHECKING:
    from workbench.cli.call import Call


def write_file(call: Call, name: str, data: bytes) -> Path:
    """Put `data` in the place of the file. `Refusal` where that is not possible; then nothing was changed.

    None of the data directory's own files is replaced. Once it is there the call is done, whatever a stream says.
    """
    path = at_home(name)
    refuse_own(call.data, path)
    try:
        if path.is_dir():
            raise Refusal(say("{path} is a directory. Name a file.", path=str(path)))
        write_whole(Files(), path.resolve(), [data])
    except OSError as error:
        raise Refusal(
            say(
                "{path} could not be written ({reason}). Check the folder, or name another file.",
                path=str(path),
                reason=reason(error),
            )
        ) from error
    call.did()
    return path
