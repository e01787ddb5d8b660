"""The records of the lint: a rule as data, the lists its words stand in, and what it finds.

A text has a channel and a market. Levels rise from *none* (not told) over *info* and *warn* to *block* (not copied).
"""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

import msgspec

Level = Literal["none", "info", "warn", "block"]
LEVELS: tuple[Level, ...] = get_args(Level)
Channel = Literal["chat", "comment", "live", "direct", "review", "parcel", "appeal", "off_site"]
CHANNELS: tuple[Channel, ...] = get_args(Channel)
#: Where a buyer reads it.
BUYER_CHANNELS: tuple[Channel, ...] = tuple(channel for channel in CHANNELS if channel != "appeal")

#: A text in the languages of the program.
Words = dict[str, str]


def rank(level: Level) -> int:
    """The higher the stricter."""
    return LEVELS.index(level)


class Local(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is different in one market; None: as the rule says."""

    level: Level | None = None
    number: int | None = None
    message: Words | None = None
    better: Words | None = None
    source: str | None = None
    as_of: date | None = None


class NearWords(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One word of each list, each within `within` characters of the first one's, in whatever order.

    `sentence`: all of them in one sentence.
    """

    lists: tuple[str, ...]
    within: int = 40
    sentence: bool = True


class LengthLimit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """More characters, or more links, than that."""

    length: int | None = None
    links: int | None = None


class LintRule(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One rule. It has one shape: `contains`, `near`, `requires` (or `beyond`), `limit`, `substitute`, or `always`.

    - `contains`: a word of one of these lists.
    - `requires`: no word of these lists is there; `beyond`: there is nothing but words of these lists.
    - `substitute`: a word, and what is better, in its place.
    - `always`: one finding a text, for what is true of the channel itself.

    `unless` are lists whose words, where they overlap what was found, take it back; those of `unless_in` do so
    anywhere in its sentence. `cases`: only with a case of these kinds. `hit` and `miss` are texts that a test holds
    the rule to.
    """

    id: str
    number: int
    message: Words
    level: Level = "warn"
    levels: dict[str, Level] = {}
    markets: dict[str, Local] = {}
    channels: tuple[Channel, ...] = BUYER_CHANNELS
    cases: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    near: NearWords | tuple[NearWords, ...] = ()
    requires: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    limit: LengthLimit | None = None
    substitute: dict[str, str] = {}
    always: bool = False
    unless: tuple[str, ...] = ()
    unless_in: tuple[str, ...] = ()
    better: Words = {}
    source: str = ""
    as_of: date | None = None
    hit: tuple[str, ...] = ()
    miss: tuple[str, ...] = ()

    @property
    def nears(self) -> tuple[NearWords, ...]:
        """The words that say something beside each other, in one or several ways."""
        return self.near if isinstance(self.near, tuple) else (self.near,)

    @property
    def lists(self) -> frozenset[str]:
        """The lists that it names."""
        near = (name for near in self.nears for name in near.lists)
        return frozenset((*self.contains, *near, *self.requires, *self.beyond, *self.unless, *self.unless_in))

    @property
    def whole(self) -> bool:
        """Whether it speaks of the text as a whole, so that everything counts, whoever wrote it."""
        return bool(self.always or self.limit or self.requires or self.beyond)

    def local(self, market: str) -> Local:
        """What the market says of its own."""
        return self.markets.get(market, Local())

    def level_in(self, market: str, generic: str = "generic") -> Level:
        """How strict it is there: the market's own, else the default; in the generic market the strictest of all."""
        own = dict(self.levels.items())
        own |= {name: each.level for name, each in self.markets.items() if each.level is not None}
        if market == generic:
            return max((self.level, *own.values()), key=rank)
        return own.get(market, self.level)

    def as_of_in(self, market: str) -> date | None:
        """The day of the page that it rests on there."""
        return self.local(market).as_of or self.as_of


class FilledIn(msgspec.Struct, frozen=True):
    """A stretch of a text that a value was filled into. `own`: the value is of the case or of the settings, so that
    nobody wrote it just now."""

    begin: int
    end: int
    name: str
    own: bool


class Allowance(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """That a rule is let pass in one reply, why, and the rule's day when that was said."""

    rule: str
    reason: str
    as_of: date | None = None


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule says of a place in a text; `begin` and `end` are code points of it.

    `inside` is the field whose value it touches; `allowed` the reason for which it is let pass.
    """

    rule: str
    number: int
    level: Level
    begin: int
    end: int
    text: str
    message: Words
    better: Words = {}
    source: str = ""
    as_of: date | None = None
    inside: str | None = None
    allowed: str | None = None

    @property
    def blocks(self) -> bool:
        """Whether the text is not copied for it."""
        return self.level == "block" and self.allowed is None
