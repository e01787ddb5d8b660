"""Completion: what the part at the end of a line may become, the likeliest first.

Pure look-ups in indexes that exist already (`Skus`, `TypeBook`), so that it keeps pace with typing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from workbench.core.issues.names import TypeBook
from workbench.core.issues.reading import LineReading
from workbench.core.issues.skus import Skus
from workbench.core.issues.suggest import Suggestion
from workbench.core.issues.ways import QUOTES
from workbench.core.issues.writing import written
from workbench.core.spelling import plain, skip_blanks


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One completion: `text` stands for what the line has from `start` to before `end`.

    `value` is the SKU, the id of the type, or the words; `ahead` is what to draw faint behind the cursor, empty where
    what is typed is not the beginning of it.
    """

    kind: Literal["sku", "type", "words"]
    value: str
    start: int
    end: int
    text: str
    ahead: str = ""


class Completer(msgspec.Struct, frozen=True, kw_only=True):
    """What completion looks in. SKUs of the suggestions go first among those that fit equally well."""

    skus: Skus
    types: TypeBook
    language: str
    suggestions: Sequence[Suggestion] = ()
    limit: int = 8

    def candidates(self, reading: LineReading) -> list[Candidate]:
        """The completions at the end of the line that was read: at most `limit` SKUs, and every type that fits.

        With the cursor inside a line, read only what stands before it. What may be meant by a name of several things
        goes first, then what is literally begun.
        """
        sku, type, text = reading.part("sku"), reading.part("type"), reading.text
        answers = self._answers(reading)
        if sku is None:
            day = reading.part("day")
            found = self._skus(text, skip_blanks(text, day.end if day else 0))
        elif len(text) == sku.end:
            found = self._skus(text, sku.start)
        elif type is None:
            found = self._types(text, skip_blanks(text, sku.end), reading.sku) or answers
            if reading.new_sku:
                # Perhaps the words so far are the beginning of a SKU, or of a product's name.
                found = [*self._skus(text, sku.start, letters=False), *found]
        elif reading.question is not None:
            found = answers
        else:
            found = [*self._longer_types(text, type.start, reading.sku), *self._words(reading)]
        return found

    def _answers(self, reading: LineReading) -> list[Candidate]:
        """The answers to the reading's question, each in the place of what was asked about."""
        question = reading.question
        if question is None:
            return []
        blank = "" if reading.text[question.end : question.end + 1].isspace() else " "
        return [
            Candidate(
                kind=question.about,
                value=value,
                start=question.start,
                end=question.end,
                text=self._spelled(question.about, value) + blank,
            )
            for value in question.candidates
        ]

    def _spelled(self, kind: Literal["sku", "type"], value: str) -> str:
        return written(value) if kind == "sku" else self.types.spellings(value, self.language)[0]

    def _skus(self, text: str, start: int, *, letters: bool = True) -> list[Candidate]:
        typed = text[start:].lstrip("".join(QUOTES))
        first = tuple(dict.fromkeys(suggestion.sku for suggestion in self.suggestions))
        return [
            _candidate("sku", sku, text, start, written(sku) + " ", _rest(sku, typed))
            for sku in self.skus.search(typed, self.limit, first, letters=letters)
        ]

    def _types(self, text: str, start: int, sku: str | None) -> list[Candidate]:
        typed = text[start:]
        return [
            _candidate("type", id, text, start, name + " ", _rest(name, typed))
            for id, name in self.types.search(typed, self.language, self.skus.likely_types(sku))
        ]

    def _longer_types(self, text: str, start: int, sku: str | None) -> list[Candidate]:
        """Names of which a shorter one is typed already, such as `missing` of `missing part`."""
        return [candidate for candidate in self._types(text, start, sku) if candidate.ahead]

    def _words(self, reading: LineReading) -> list[Candidate]:
        """The words of the suggestions of this SKU and type that begin like those typed, behind their ticket."""
        last = max(part.end for part in reading.parts if part.name != "words")
        if last == len(reading.text):
            return []
        start, marked = len(reading.text) - len(reading.words), reading.part("ticket") is not None
        return [
            _candidate(
                "words",
                suggestion.words,
                reading.text,
                start,
                suggestion.words if marked else f"@T-{suggestion.ticket} {suggestion.words}",
                ahead,
            )
            for suggestion in self.suggestions
            if (suggestion.sku, suggestion.type) == (reading.sku, reading.type)
            and reading.ticket in (None, suggestion.ticket)
            and (ahead := _rest(suggestion.words, reading.words))
        ]


def applied(text: str, candidate: Candidate) -> tuple[str, int]:
    """The line with the completion in it, and where the cursor then stands."""
    return (
        text[: candidate.start] + candidate.text + text[candidate.end :],
        candidate.start + len(candidate.text),
    )


def _candidate(
    kind: Literal["sku", "type", "words"], value: str, line: str, start: int, text: str, ahead: str
) -> Candidate:
    return Candidate(kind=kind, value=value, start=start, end=len(line), text=text, ahead=ahead)


def _rest(whole: str, typed: str) -> str:
    """What follows in `whole` where it begins with what is typed, whatever the case; else nothing."""
    begun = plain(whole[: len(typed)]).casefold() == plain(typed).casefold()
    return whole[len(typed) :] if begun else ""
