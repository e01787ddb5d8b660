"""The record of a reply, shipped or the seller's own, and how one lies over the other.

A stored record without texts is the shadow of a shipped reply: its uses, and whether it is hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Literal, get_args

import msgspec

from workbench.core.lint.model import Allowance
from workbench.core.saying import Misuse, Saying, say

Category = Literal[
    "greeting", "presale", "shipping", "aftersales", "review", "live", "hours", "after_purchase", "other",
]  # fmt: skip
CATEGORIES: tuple[Category, ...] = get_args(Category)

#: So much of what should be a key is said back.
_QUOTED = 80
#: How long each day of use is remembered; then only the sum is.
USES_STAY = 30
_KEY = re.compile(r"[^\W_](?:[\w-]{0,39})", re.UNICODE)
_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)

#: What a reply is for, by the name of the dimension; nothing named: for all.
DIMENSIONS = ("markets", "kinds", "stages", "types", "channels")


class Purpose(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a reply is for; an empty dimension means all of it."""

    markets: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


class Reply(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A reply. `title` and `text` are by language tag; `uses` counts by day (ISO), `used_before` what is older."""

    id: int = 0
    key: str
    category: Category = "other"
    title: dict[str, str] = {}
    text: dict[str, str] = {}
    purpose: Purpose = Purpose()
    words: tuple[str, ...] = ()
    allow: tuple[Allowance, ...] = ()
    hidden: bool = False
    uses: dict[str, int] = {}
    used_before: int = 0
    last_used: date | None = None
    shipped: bool = False
    #: When the seller last wrote it, for which of two copies is the newer.
    changed_at: datetime | None = None

    @property
    def used(self) -> int:
        """How often it was ever used."""
        return self.used_before + sum(self.uses.values())

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it has a text in, as they were written down."""
        return tuple(self.text)

    def uses_in(self, today: date, days: int = USES_STAY) -> int:
        """How often it was used in the `days` days to `today`, both in."""
        first = today - timedelta(days=days - 1)
        return sum(count for day, count in self.uses.items() if first <= date.fromisoformat(day) <= today)

    def named(self, language: str) -> str:
        """Its title in a language, else in another, else its key."""
        tag = best_language(self.title, (language, "en"))
        return self.title[tag] if tag else self.key


def counted(reply: Reply, today: date) -> Reply:
    """The reply with one more use; days that are older than they are remembered go into the sum."""
    first = today - timedelta(days=USES_STAY - 1)
    uses = {day: count for day, count in reply.uses.items() if date.fromisoformat(day) >= first}
    gone = sum(reply.uses.values()) - sum(uses.values())
    uses[today.isoformat()] = uses.get(today.isoformat(), 0) + 1
    last = max(today, reply.last_used or today)
    return msgspec.structs.replace(reply, uses=uses, used_before=reply.used_before + gone, last_used=last)


def quoted_key(key: str) -> str:
    """A key as a sentence quotes it: what is no key may be a whole text."""
    return key if len(key) <= _QUOTED else key[:_QUOTED] + "~"


def valid_key(key: str) -> bool:
    """1 to 40 letters, digits and `-`."""
    return bool(_KEY.fullmatch(key)) and "_" not in key


def valid_language(tag: str) -> bool:
    """A language tag as BCP 47 has them."""
    return bool(_TAG.fullmatch(tag))


def language_tag(tag: str) -> str:
    """The tag; `Misuse` where it is none."""
    if not valid_language(tag):
        raise Misuse(say('"{tag}" is not a language tag such as en or zh-Hant.', tag=tag))
    return tag


def speaks(language: str, wanted: str) -> bool:
    """Whether a text of this language is what was wanted, the tag shortened from its end."""
    return f"{wanted}-".casefold().startswith(f"{language}-".casefold())


def best_language(have: Mapping[str, object] | Iterable[str], wanted: Iterable[str]) -> str | None:
    """Of the languages at hand the first that fits a wanted one, shortening each tag from its end; None without any."""
    tags = {tag.casefold(): tag for tag in have}
    if not tags:
        return None
    for tag in wanted:
        parts = tag.casefold().split("-")
        for end in range(len(parts), 0, -1):
            if (found := tags.get("-".join(parts[:end]))) is not None:
                return found
    return next(iter(tags.values()))


def joined(newer: Reply, older: Reply) -> Reply:
    """Of two copies of one reply the newer text, with the uses of both."""
    days = {*newer.uses, *older.uses}
    return msgspec.structs.replace(
        newer,
        uses={day: max(newer.uses.get(day, 0), older.uses.get(day, 0)) for day in sorted(days)},
        used_before=max(newer.used_before, older.used_before),
        last_used=max((day for day in (newer.last_used, older.last_used) if day is not None), default=None),
    )


def faults(reply: Reply) -> Iterator[Saying]:
    """What is wrong with a stored reply."""
    if not valid_key(reply.key):
        yield say('"{key}" is not a key of a reply.', key=reply.key)
    for tag in (*reply.text, *reply.title):
        if not valid_language(tag):
            yield say('"{tag}" is not a language tag.', tag=tag)
    if any(count < 1 for count in reply.uses.values()) or reply.used_before < 0:
        yield say("Its uses are no counts.")


def laid_over(shipped: Iterable[Reply], stored: Iterable[Reply]) -> dict[str, Reply]:
    """All replies by folded key: the seller's own whole, the shipped ones with their uses and what is hidden."""
    found = {reply.key.casefold(): reply for reply in shipped}
    for reply in stored:
        below = found.get(reply.key.casefold())
        if reply.text or below is None:
            if reply.text:
                found[reply.key.casefold()] = reply
        else:
            found[reply.key.casefold()] = msgspec.structs.replace(
                below,
                id=reply.id,
                hidden=reply.hidden,
                uses=reply.uses,
                used_before=reply.used_before,
                last_used=reply.last_used,
                allow=reply.allow,
            )
    return found
