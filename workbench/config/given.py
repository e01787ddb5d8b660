"""Paths as people give them: typed, pasted, dragged into a terminal, copied out of a file manager.

Text is only looked at on the disk where it looks like a path.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlparse

from workbench.config.disk import LONGEST, at_home, exists, in_bytes
from workbench.core.unseen import seen

_ENDS = re.compile(
    r"\.(?:csv|tsv|txt|xlsx|xlsm|xlsb|xls|ods|numbers|json|zip|html?|mhtml?|pdf|png|jpe?g)[\"']?\s*$", re.IGNORECASE
)
#: What is put around a path: by shells and desktops, by text programs, around an address.
_AROUND = ("''", '""', "\u201c\u201d", "\u2018\u2019", "<>")
_BEGINS = re.compile(r"""["'\u201c\u2018<]?(?:/|~|\.{1,2}[\\/]|file:|[A-Za-z]:[\\/]|\\\\)""")
_DRIVE = re.compile(r"/?([A-Za-z]):[\\/](.*)", re.DOTALL)
_WINDOWS = re.compile(r"""["']?(?:[A-Za-z]:[\\/]|\\\\)""")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'|\S+""")
#: A place of the Linux beside a Windows, as that one calls it.
_BESIDE = re.compile(r"\\\\wsl(?:\$|\.localhost)\\[^\\]+(\\.*)", re.DOTALL | re.IGNORECASE)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def looks_like_path(text: str) -> bool:
    """Whether somebody who gave this text may have meant files."""
    lines = [line for line in map(seen, text.splitlines()) if line]
    return bool(lines) and all(
        (_BEGINS.match(line) is not None or _ENDS.search(line) is not None) and len(in_bytes(line)) <= 8 * LONGEST
        for line in lines
    )


def given_path(text: str) -> Path | None:
    """The one path that was given; None where there is none."""
    paths = given_paths(text)
    return paths[0] if paths else None


def to_read(text: str) -> Path:
    """The file that is to be read: the one that was given, else what the text says as it stands."""
    return given_path(text) or at_home(text)


def given_paths(text: str) -> list[Path]:
    """The paths that were given: one, several on a line as a terminal drops them, or one a line. What is there as it
    stands, whatever its name is made of, is meant so."""
    whole = at_home(text)
    if exists(whole):
        return [whole]
    return [path for line in map(seen, text.splitlines()) if line for path in _on_a_line(line)]


def _on_a_line(line: str) -> list[Path]:
    """What stands on one line: what is there as it was written goes before what it may mean."""
    plain = _plain(line)
    if exists(plain):
        return [plain]
    line = line.removeprefix("& ")  # as PowerShell drops them
    if _WINDOWS.match(line):  # a backslash escapes nothing there
        parts = _QUOTED.findall(line)
        return [_plain(part) for part in (parts if len(parts) > 1 and all(map(_WINDOWS.match, parts)) else [line])]
    try:
        several = [_plain(part) for part in shlex.split(line)]
        several = [path if exists(path) else _unescaped(path) for path in several]
    except ValueError:  # a quotation mark that is not closed
        several = []
    if several and (all(map(exists, several)) or all(part.startswith("file:") for part in shlex.split(line))):
        return several
    return several if len(several) == 1 else [_plain(_ESCAPED.sub(r"\1", line))]


def _plain(text: str) -> Path:
    """One path without the quotation marks around it: an address, one of Windows, or a plain one."""
    if len(text) > 1 and text[0] + text[-1] in _AROUND:
        text = text[1:-1]
    if text.startswith("file:"):
        with contextlib.suppress(ValueError):
            text = unquote(urlparse(text).path)
    drive = _DRIVE.fullmatch(text)
    if drive is not None and os.name != "nt":  # as the Linux beside a Windows sees it
        return Path(str(PurePosixPath("/mnt", drive[1].lower(), *re.split(r"[\\/]+", drive[2]))))
    beside = _BESIDE.fullmatch(text)
    if beside is not None and os.name != "nt":
        return Path(beside[1].replace("\\", "/"))
    return at_home(text)


def _unescaped(path: Path) -> Path:
    """A shell also escapes a dollar sign within quotation marks, which `shlex` leaves."""
    found = Path(_ESCAPED.sub(r"\1", str(path)))
    return found if exists(found) else path
