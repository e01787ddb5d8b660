"""The fields of a text: found, and filled in one pass. A value that was put in is never read again.

A field is `{name}` or `{name|default}`. A name has letters (Han too), digits, `_` and `.`, or is `today+3wd`; case does
not matter. `{{` and `}}` are braces. Anything else in braces is text. A value of blanks only is missing; a text with
something missing is not given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import msgspec

from workbench.core.lint.model import FilledIn

_FIELD = re.compile(r"\{\{|\}\}|\{(?P<name>today[+-]\d{1,3}(?:wd|d)|[\w.]+)(?:\|(?P<default>[^{}]+))?\}", re.IGNORECASE)
_DAY = re.compile(r"today(?:([+-])(\d{1,3})(wd|d))?", re.IGNORECASE)
#: What stands in a text for what is no word of it: a brace that was meant, a field not filled yet.
MASK = "\ufffc"


class TextPart(msgspec.Struct, frozen=True):
    """A stretch of a text: plain words (`name` empty), or a field."""

    begin: int
    end: int
    text: str
    name: str = ""
    default: str = ""
    #: A brace that was written twice.
    brace: bool = False


class FieldValue(msgspec.Struct, frozen=True):
    """What a field is filled with. `own`: it is of the case, the settings or the rules, not typed just now."""

    text: str
    own: bool = True


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """A text with its values: `places` are where they stand, `missing` the names without one, in order, each once.

    `braces` are the places of braces that were meant. A field that is missing stands in the text as it was.
    """

    text: str
    places: tuple[FilledIn, ...]
    missing: tuple[str, ...]
    braces: tuple[int, ...] = ()
    #: Where the fields that are missing stand.
    open: tuple[tuple[int, int, str], ...] = ()


def pieces(text: str) -> tuple[TextPart, ...]:
    """The text taken apart; the pieces follow one another and cover it."""
    found: list[TextPart] = []
    at = 0
    for match in _FIELD.finditer(text):
        if match.start() > at:
            found.append(TextPart(at, match.start(), text[at : match.start()]))
        if match["name"]:
            name, default = match["name"].casefold(), match["default"] or ""
            found.append(TextPart(match.start(), match.end(), match[0], name, default))
        else:
            found.append(TextPart(match.start(), match.end(), match[0][0], brace=True))
        at = match.end()
    if at < len(text):
        found.append(TextPart(at, len(text), text[at:]))
    return tuple(found)


def fields(text: str) -> tuple[str, ...]:
    """The names of its fields, in order, each once."""
    return tuple(dict.fromkeys(piece.name for piece in pieces(text) if piece.name))


def masked(text: str) -> str:
    """The text with every field, and every brace that was meant, hidden: as long as it was, for reading the words."""
    return "".join(
        MASK * (piece.end - piece.begin) if piece.name or piece.brace else piece.text for piece in pieces(text)
    )


def fill(text: str, value: Callable[[str], FieldValue | None]) -> Filled:
    """The text with the value of each field; `value` is asked for a folded name, once for each."""
    known: dict[str, FieldValue | None] = {}
    parts: list[str] = []
    places: list[FilledIn] = []
    missing: list[str] = []
    braces: list[int] = []
    still: list[tuple[int, int, str]] = []
    at = 0
    for piece in pieces(text):
        words = piece.text
        if piece.brace:
            braces.append(at)
        elif piece.name:
            if piece.name not in known:
                known[piece.name] = value(piece.name)
            got = known[piece.name]
            if got is None or not got.text.strip():
                got = FieldValue(piece.default, own=False) if piece.default.strip() else None
                if got is not None:
                    places.append(FilledIn(at, at + len(got.text), piece.name, False))
            else:
                places.append(FilledIn(at, at + len(got.text), piece.name, got.own))
            if got is None:
                missing.append(piece.name)
                still.append((at, at + len(words), piece.name))
            else:
                words = got.text
        parts.append(words)
        at += len(words)
    return Filled(
        text="".join(parts),
        places=tuple(places),
        missing=tuple(dict.fromkeys(missing)),
        braces=tuple(braces),
        open=tuple(still),
    )


def given(values: Mapping[str, str]) -> dict[str, FieldValue]:
    """Values that were typed just now, by folded name; blanks only are none."""
    return {name.strip().casefold(): FieldValue(text, own=False) for name, text in values.items() if text.strip()}


def day_field(name: str) -> tuple[int, str] | None:
    """How far from today a field of a day is: the number (negative: back) and its unit `d` or `wd`; None for others."""
    match = _DAY.fullmatch(name)
    if match is None:
        return None
    count = int(match[2] or 0)
    return (-count if match[1] == "-" else count), (match[3] or "d").casefold()
