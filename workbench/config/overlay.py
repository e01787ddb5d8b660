"""The seller's own file: read, checked, every problem taken down once. Nothing in it can stop the program."""

import re
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from workbench.config.forms import BAD, Key, shown
from workbench.config.groups import ROOT
from workbench.core.saying import Misuse, Saying, say

#: Bytes. The shipped file has some forty thousand; anything larger than this is no settings file.
LARGEST = 250_000
#: What stands in quotes on one line, or is a comment.
_QUOTED = r""""(?:\\.|[^"\\\n])*+"|'[^'\n]*+'|["'#][^\n]*"""
#: A key of more parts than any setting has.
_PARTS = 64
_LONG_KEY = rf"(?<![\w-])(?:[\w-]++[ \t]*+\.[ \t]*+){{{_PARTS}}}"


class Problem(msgspec.Struct, frozen=True):
    """One mistake in a file: where it is (`line` from 1, None where there is none) and what to do about it.

    `key` is the dotted name of the setting, rows of a list counted from 1: `markets.US.deadlines[2].within`.
    """

    file: str
    line: int | None
    key: str
    what: Saying


class Overlay(msgspec.Struct, frozen=True, dict=True, eq=False):
    """What a seller's file says. `raw` holds only what can be used; `file` is "" where there is none."""

    file: str = ""
    text: str = ""
    raw: dict[str, Any] = {}
    problems: tuple[Problem, ...] = ()

    @cached_property
    def lines(self) -> dict[Key, int]:
        """The line of every key of the file."""
        from workbench.config.locate import lines_of  # a clean file is never scanned

        return lines_of(self.text)


def read_overlay(path: Path) -> Overlay:
    """The file `path`; one that cannot be used at all is one problem. `Misuse` where there is none."""
    file = str(path)
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise Misuse(say("There is no configuration file {path}. Check the name.", path=shown(file, 1000))) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return _unusable(file, None, say("The file cannot be read ({reason}). Mend that.", reason=reason))
    if len(content) > LARGEST:
        return _unusable(
            file, None, say("The file is too large for settings. Keep only what you want to be different.")
        )
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return _unusable(file, line, say("The file is not UTF-8. Save it as UTF-8; until then nothing of it is used."))
    if (long := _too_long(text)) is not None:
        what = say("A key here has too many parts. Mend that; until then nothing of the file is used.")
        return _unusable(file, long, what)
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return _unusable(file, *_syntax(str(error)))
    return _checked(file, text, raw)


def _too_long(text: str) -> int | None:
    """The line of a key of more parts than any setting has: the parser would need their square. None where there is
    none."""
    if text.count(".") < _PARTS:
        return None
    found = re.search(_LONG_KEY, re.sub(_QUOTED, lambda quoted: "" if quoted[0].startswith("#") else "x", text))
    return None if found is None else found.string.count("\n", 0, found.start()) + 1


def _syntax(error: str) -> tuple[int | None, Saying]:
    where = re.search(r"\(at line (\d+), column (\d+)\)", error)
    what = say(
        "The file is no valid TOML here. Texts need quotes, and each key and table stands once; "
        "until it is mended, nothing of the file is used."
    )
    return int(where[1]) if where else None, what


def _checked(file: str, text: str, raw: dict[str, Any]) -> Overlay:
    found: list[tuple[Key, Saying]] = []
    clean = ROOT.clean(raw, (), lambda at, what: found.append((at, what)))
    overlay = Overlay(file, text, {} if clean is BAD else clean)
    if not found:
        return overlay
    from workbench.config.locate import line_of

    problems = tuple(Problem(file, line_of(overlay.lines, at), key_text(at), what) for at, what in found)
    return msgspec.structs.replace(overlay, problems=tuple(sorted(problems, key=lambda each: each.line or 0)))


def _unusable(file: str, line: int | None, what: Saying) -> Overlay:
    return Overlay(file, problems=(Problem(file, line, "", what),))


def key_text(key: Key) -> str:
    """The dotted name of a key; rows of a list are counted from 1."""
    text = ""
    for part in key:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{shown(part)}"
    return text.removeprefix(".")
