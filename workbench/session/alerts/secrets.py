"""The password of mail and the addresses of push: from the environment or from a file that only the seller can read.

They stand in no file of the data directory, in no setting, in no message and in no log.
"""

from __future__ import annotations

import os
import stat
from hashlib import sha256
from pathlib import Path

from workbench.config.alert_tables import Mail, Push
from workbench.core.saying import Refusal, say

VARIABLE = "WORKBENCH_MAIL_PASSWORD"
_LARGEST = 20_000


def password(mail: Mail) -> str | None:
    """The password; None where none is given. `Refusal` for a file that others may read."""
    given = os.environ.get(VARIABLE)
    if given:
        return given
    if mail.password_file is None:
        return None
    lines = _lines(mail.password_file)
    named = [value for name, value in map(_pair, lines) if name == "password"]
    if named:
        return named[0]
    # A file with the password alone: a line of push is none.
    bare = [line for line in lines if _pair(line)[0] != "push"]
    return bare[0] if bare else None


def addresses(mail: Mail, push: Push) -> dict[str, str]:
    """The addresses of push messages, in the forms of apprise, by names that may be stored: the service, and a mark by
    which the same address is found again."""
    file = push.file or mail.password_file
    if file is None:
        return {}
    found = [value for name, value in map(_pair, _lines(file)) if name == "push" and value]
    return {f"{each.partition(':')[0]} {sha256(each.encode()).hexdigest()[:6]}": each for each in found}


def _pair(line: str) -> tuple[str, str]:
    name, mark, value = line.partition("=")
    return (name.strip().casefold(), value.strip()) if mark else ("", line)


def _lines(path: Path) -> list[str]:
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            if os.name != "nt" and stat.S_IMODE(status.st_mode) & 0o077:
                raise Refusal(
                    say("Others may read {path}. Make it yours alone: chmod 600 {path}", path=str(path))
                )  # fmt: skip
            text = file.read(_LARGEST).decode("utf-8-sig")
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Refusal(say("{path} cannot be read ({reason}).", path=str(path), reason=why)) from error
    except UnicodeDecodeError as error:
        raise Refusal(say("{path} is not UTF-8.", path=str(path))) from error
    return [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
