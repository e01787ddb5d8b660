"""Which reply first: the best for the case on the screen, or the best for what was typed. No model."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import msgspec

from workbench.core.replies.model import DIMENSIONS, Reply
from workbench.core.spelling import key as folded


class Occasion(msgspec.Struct, frozen=True, kw_only=True):
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


def fit(reply: Reply, context: Occasion) -> Ranked:
    """How a reply fits what it is wanted for."""
    count, other = 0, False
    for dimension in DIMENSIONS:
        named, wanted = getattr(reply.purpose, dimension), context.of(dimension)
        if named and wanted is not None:
            count += wanted in named
            other = other or wanted not in named
    return Ranked(reply, count, other)


def ranked(replies: Iterable[Reply], context: Occasion, today: date, search: str = "") -> list[Ranked]:
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
    words, titles, texts = reply.words, tuple(reply.title.values()), tuple(reply.text.values())
    name, starts, anywhere = _searched(reply.key, words, titles, texts)
    if name == wanted:
        return 0
    if f"\n{wanted}" in starts:
        return 1
    return 2 if wanted in anywhere else None


@lru_cache(maxsize=4096)
def _searched(
    name: str, words: tuple[str, ...], titles: tuple[str, ...], texts: tuple[str, ...]
) -> tuple[str, str, str]:
    """What is searched of a reply, folded once for all keys of a search: the key, what may begin with what is wanted
    (each behind a line break), and everything."""
    key = folded(name)
    finding = [folded(each) for each in (*words, *titles)]
    starts = [key, *finding, *(part for each in (key.replace("-", " "), *finding) for part in each.split())]
    return key, "".join(f"\n{each}" for each in starts), "\n".join((key, *finding, *map(folded, texts)))
