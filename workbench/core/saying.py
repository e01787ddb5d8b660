"""A sentence for a person, kept untranslated until the moment it is shown.

A `Saying` is a message id (the English text, with named `str.format` places) and its values. The core, the storage
and the intake say what happened with it; only a verb or a screen turns it into words (`workbench.i18n.render`).
Because it is a record, it can be stored: the undo history speaks the language of the day it is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec


class Saying(msgspec.Struct, frozen=True, omit_defaults=True):
    """One translatable sentence. `args` holds str, int, nested `Saying` or `{"en": ..., "zh": ...}`;
    `many` and `n` make it a plural."""

    text: str
    args: dict[str, Any] = {}
    many: str = ""
    n: int | None = None


def say(text: str, /, **args: Any) -> Saying:
    """The sentence `text` with its values; the text is the message id that Babel extracts."""
    return Saying(text, args)


def say_n(one: str, many: str, n: int, /, **args: Any) -> Saying:
    """A sentence with a number in it; `{n}` is filled by `n` itself."""
    return Saying(one, {"n": n, **args}, many, n)


def mark(one: str, many: str) -> tuple[str, str]:
    """Both forms of a message that a table holds, for `say_n(*forms, n)`; it exists so that Babel finds them."""
    return one, many


def named(refs: Sequence[str]) -> str:
    """`T-7`, or `T-7 +2` for three: Chinese has one form for one and for many, and it names the first in both."""
    return refs[0] if len(refs) == 1 else f"{refs[0]} +{len(refs) - 1}"


class Told(Exception):
    """The base of every error that carries a sentence for the user instead of a traceback."""

    def __init__(self, saying: Saying) -> None:
        super().__init__(saying.text)
        self.saying = saying


class Refusal(Told):
    """It could not be done and nothing was changed (exit status 1)."""


class Misuse(Told):
    """The call itself is wrong: an unknown word, a malformed time, amount or filter (exit status 2)."""
