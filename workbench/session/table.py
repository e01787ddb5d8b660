"""What a table says of itself: one record with every answer that the rest of the program needs about what is in it.

Undo, archive, merge, forget, check, the way back and export are loops over these records (`session.tables`) and name
no domain. `NOTHING` is an answer; an answer that is left out is a type error. The functions are called where they are
needed, so what they need is imported in them: a verb that reads a queue loads no rule of merging.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, Final, Generic, Literal, TypeVar

import msgspec

from workbench.core.saying import Saying

T = TypeVar("T", bound=msgspec.Struct)

#: The answer that there is nothing of the kind in a table.
NOTHING: Final = None

#: Which records `forget` means: those "done" with before the day; those that had "begun"; "any", whatever they say.
Reach = Literal["done", "begun", "any"]


class Archiving(msgspec.Struct, Generic[T], frozen=True):
    """Records go to the archive `after` the moment in which they were done with; None is not yet.

    `moment` is asked about every live record on the first save of a day, so `shape` may hold no more than it needs.
    """

    shape: type[T]
    moment: Callable[[T], datetime | None]
    after: timedelta
    #: From when on a record leaves that goes sooner, in the shop's zone; None for the others.
    leaves: Callable[[T, tzinfo], datetime | None] | None = None


class Pointer(msgspec.Struct, Generic[T], frozen=True):
    """A record names one of another table by its number: `get` reads it, `set` gives the record with another number,
    or None where it then means nothing any more."""

    table: str
    get: Callable[[T], int | None]
    set: Callable[[T, int], T | None]


def never(_ours: Any, _theirs: Any) -> bool:
    """No two records of one number are taken for one thing by how they began."""
    return False


def whole(record: Any) -> Hashable:
    """All of a record."""
    return msgspec.json.encode(record)


def newer(newer: T, _older: T) -> T:
    """Of two versions the newer one counts whole."""
    return newer


def decided(_newer: Any, _older: Any) -> Iterable[str]:
    """Which of two versions is the newer one says all."""
    return ()


class Merge(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """How the records of two machines become one table.

    `name` is what names a record on every machine, None where nothing does. Of two versions the greater `latest` is the
    newer, and `joined(newer, older)` is what both become; where it is the one that is here, nothing changes.
    `undecided(newer, older)` are the fields that both changed and nothing can tell which counts: they are told.
    `alike`: whether two records of one number may be one thing, by how they began. `born`: what of a record changes by
    actions alone, so that without any it is equal. `told`: a new one is counted in what the seller is told.
    """

    name: Callable[[T], Hashable | None]
    latest: Callable[[T], Any]
    joined: Callable[[T, T], T] = newer
    undecided: Callable[[T, T], Iterable[str]] = decided
    alike: Callable[[T, T], bool] = never
    born: Callable[[T], Hashable] = whole
    told: bool = False


class Follow(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """The table follows from another one, `of`: after a merge it is what `follow(own, came, next_id)` says, given its
    records, those of the other table that came in, and what gives out numbers; the records that change."""

    of: str
    follow: Callable[[Sequence[T], Sequence[Any], Callable[[], int]], Iterable[T]]


class Before(msgspec.Struct, frozen=True):
    """The day before which is forgotten, the instant at which it begins, and which records are meant."""

    day: date
    midnight: datetime
    reach: Reach


class Forget(msgspec.Struct, Generic[T], frozen=True):
    """`take` gives a record without what is to be forgotten (perhaps the same), None for one that is not meant;
    `taken` tells whether that was done to it."""

    take: Callable[[T, Before], T | None]
    taken: Callable[[T], bool]


#: How much of what happened on a shop day; the counter's name, behind it perhaps "/" and what it is told apart by.
Count = tuple[date, str, int]


class TallyRule(msgspec.Struct, Generic[T], frozen=True):
    """What is known of archived records without reading the archive: `counters` are the names of all that `count` gives
    of a record, by the shop day in the zone given. A counter of another meaning gets another name. Where there are
    `fields`, a record without all of them counts for nothing, and need not be decoded."""

    counters: tuple[str, ...]
    count: Callable[[T, tzinfo], Iterable[Count]]
    fields: tuple[str, ...] = ()


class TallyOfMonth(msgspec.Struct, Generic[T], frozen=True):
    """The same of what lies beside the data file by month and is counted together: `count` gives what all the records
    of a month add up to, from a shop day on. `reach` is how long after its month something of it may count."""

    counters: tuple[str, ...]
    count: Callable[[Iterable[T], date, tzinfo], Iterable[Count]]
    reach: timedelta


class StoredTable(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """One table. `word` is how a seller calls its records; `ref` the letter of their ids (T-7), which makes them known
    by it: the way back counts them under their word, all others together.

    `way_back`: whether its records go back with a backup, or are memory that stays as it is. `export`: a CSV beside the
    JSON, or the JSON alone. `tally`: what is to be known of its archived records without reading the archive.
    """

    name: str
    type: type[T]
    word: Saying
    ref: str | None
    archive: Archiving[Any] | None
    pointers: tuple[Pointer[T], ...]
    merge: Merge[T] | Follow[T]
    forget: Forget[T] | None
    check: Callable[[T], Iterator[Saying]] | None
    way_back: Literal["goes", "stays"]
    export: Literal["csv", "json"]
    tally: TallyRule[T] | TallyOfMonth[T] | None
