"""Which reply first: the best for the case on the screen, or the best for what was typed. No model."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from workbench.core.replies.model import DIMENSIONS, Reply
from workbench.core.spelling import key as folded


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What a reply is wanted for; what is not known is None and speaks neither for nor against a reply."""

    market: str | None = None
    kind: str | None = None
    stage: str | None = None
    type: str | None = None
    channel: str | None = None

    def of(self, dimension: str) -> str | None:
        """The value of a dimension of a reply's purpose."""
        found: str | None = getattr(self, dimension[:-1])
        return found


class Ranked(msgspec.Struct, frozen=True):
    """A reply and how it fits: `fit` counts the dimensions that are named and equal; `other`: one is named and not."""

    reply: Reply
    fit: int
    other: bool


def fit(reply: Reply, context: Context) -> Ranked:
    """How a reply fits what it is wanted for."""
    count, other = 0, False
    for dimension in DIMENSIONS:
        named, wanted = getattr(reply.purpose, dimension), context.of(dimension)
        if named and wanted is not None:
            count += wanted in named
            other = other or wanted not in named
    return Ranked(reply, count, other)


def ranked(replies: Iterable[Reply], context: Context, today: date, search: str = "") -> list[Ranked]:
    """The replies in their order; hidden ones never, with a search only those that it finds."""
    wanted = folded(search)
    found: list[tuple[tuple[object, ...], Ranked]] = []
    for reply in replies:
        if reply.hidden:
            continue
        match = _match(reply, wanted) if wanted else 0
        if match is None:
            continue
        each = fit(reply, context)
        order = (match, each.other, -each.fit, -reply.uses_in(today), reply.key.casefold())
        found.append((order, each))
    found.sort(key=lambda pair: pair[0])
    return [each for _order, each in found]


def _match(reply: Reply, wanted: str) -> int | None:
    """0 its key; 1 the beginning of its key, of a word to find it by or of a title's; 2 anywhere; None nowhere."""
    name = folded(reply.key)
    if name == wanted:
        return 0
    finding = [folded(word) for word in (*reply.words, *reply.title.values())]
    starts = [name, *finding, *(part for each in (name.replace("-", " "), *finding) for part in each.split())]
    if any(start.startswith(wanted) for start in starts):
        return 1
    if any(wanted in text for text in (name, *finding, *map(folded, reply.text.values()))):
        return 2
    return None
