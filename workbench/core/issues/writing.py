"""The way back: an issue as the line that reads as it, for editing in place and for bringing a suggestion in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from workbench.core.issues.line import read
from workbench.core.issues.model import Issue, IssueDraft
from workbench.core.issues.names import TypeBook
from workbench.core.issues.skus import Skus
from workbench.core.issues.ways import QUOTES


def write(
    issue: Issue | IssueDraft, *, types: TypeBook, language: str, skus: Skus | None = None, dated: bool = True
) -> str:
    """The shortest plain line that `read` gives the same issue for, with the type's name in `language`.

    `skus` are those that `read` will know. Without `dated` the day is left out, for a reader who is told the day. A
    type that the settings no longer have is written by its id, which `read` does not know; a day with nothing wrong
    has no line and gives "".
    """
    wanted = issue.draft if isinstance(issue, Issue) else issue
    if wanted.sku is None or wanted.type is None:
        return ""
    known, line = skus or Skus(), ""
    for line in _lines(wanted, wanted.sku, types.spellings(wanted.type, language), dated):
        if read(line, types=types, skus=known, today=wanted.day).draft == wanted:
            return line
    return line


def opening(sku: str, type: str | None, *, types: TypeBook, language: str) -> str:
    """The beginning of a line, ready for what follows: the SKU, and the type where it is told (to repeat the last)."""
    parts = [written(sku)]
    if type is not None:
        parts.append(types.spellings(type, language)[0])
    return " ".join(parts) + " "


def written(sku: str) -> str:
    """The SKU as one word of a line: in quotes where it has blanks or begins with a quote."""
    return sku if sku.split() == [sku] and sku[0] not in QUOTES else quoted(sku)


def _lines(issue: IssueDraft, sku: str, names: list[str], dated: bool) -> Iterator[str]:
    """The line in every way that may be needed, the plainest first."""
    day = [issue.day.isoformat()] if dated else []
    ticket = [f"@T-{issue.ticket}"] if issue.ticket is not None else []
    count = [f"x{issue.count}"]
    marks = [[*count, *ticket], [*count, *(ticket or ["@-"])]]
    if issue.count == 1:
        marks.insert(0, ticket)
    content = [f"#{issue.content}"] if issue.content is not None else []
    marks = [[*mark, *content] for mark in marks] + ([] if content else [[*mark, "#-"] for mark in marks])
    words = [f" {issue.words}"] if issue.words else [""]
    for name, mark, written in product(names, marks, (sku, quoted(sku))):
        yield " ".join([*day, written, name, *mark]) + words[0]


def quoted(sku: str) -> str:
    """The SKU in quotes, each quote inside written twice."""
    return '"' + re.sub('["\uff02]', r"\g<0>\g<0>", sku) + '"'
