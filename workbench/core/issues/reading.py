"""What was understood of a line of the log, and where in the text."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from workbench.core.issues.model import IssueDraft
from workbench.core.saying import Saying

PartName = Literal["day", "sku", "type", "count", "ticket", "content", "words"]


class Part(msgspec.Struct, frozen=True):
    """A recognised part and where it stands in the text: from `start` to before `end`, in characters."""

    name: PartName
    start: int
    end: int


class Question(msgspec.Struct, frozen=True):
    """The one thing to ask: which SKU, or which type (by id), is meant from `start` to before `end`."""

    about: Literal["sku", "type"]
    start: int
    end: int
    candidates: tuple[str, ...]


class LineReading(msgspec.Struct, frozen=True, kw_only=True):
    """What was understood of a line.

    `draft` is there once nothing is missing; else `problem` says what is, and `question` what may be meant where an
    answer would settle it. `new_sku` marks a SKU that was never seen; `future` a day after today.
    """

    text: str
    parts: tuple[Part, ...]
    day: date
    sku: str | None = None
    type: str | None = None
    count: int = 1
    ticket: int | None = None
    content: str | None = None
    words: str = ""
    new_sku: bool = False
    future: bool = False
    question: Question | None = None
    problem: Saying | None = None

    def part(self, name: PartName) -> Part | None:
        """Where that part stands."""
        return next((part for part in self.parts if part.name == name), None)

    @property
    def draft(self) -> IssueDraft | None:
        """The issue to save."""
        if self.problem is not None or self.sku is None or self.type is None:
            return None
        return IssueDraft(
            day=self.day, sku=self.sku, type=self.type, words=self.words, count=self.count, ticket=self.ticket,
            content=self.content,
        )  # fmt: skip
