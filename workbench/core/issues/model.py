"""The records of the evening log, as they are stored and shown.

A day is a day of the log: the shop's zone, and before `day_ends_at` still the day before (`core.time.shop_day`).
"""

from __future__ import annotations

from datetime import date, datetime

import msgspec

#: A SKU with an issue type: what the week counts.
Pair = tuple[str, str]

#: The id of the type for what no other type fits; the settings ship it, a seller may strike it.
OTHER = "other"


class IssueDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An issue that is not saved yet: what a line, a suggestion or a row of a spreadsheet says.

    `ticket` is the number of `T-7`. With `none` the day had nothing wrong: no SKU, no type, no words, count 0.
    """

    day: date
    sku: str | None = None
    type: str | None = None
    words: str = ""
    count: int = 1
    ticket: int | None = None
    none: bool = False
    #: The video, live or post that the question came from.
    content: str | None = None

    def issue(self, id: int, logged_at: datetime) -> Issue:
        """The record to save, logged at `logged_at` (aware, UTC)."""
        return Issue(id=id, logged_at=logged_at, **msgspec.structs.asdict(self))


class Issue(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One line of the log. `type` is the id of an issue type; `words` are the buyer's, exactly as they were entered."""

    id: int
    day: date
    logged_at: datetime
    sku: str | None = None
    type: str | None = None
    words: str = ""
    count: int = 1
    ticket: int | None = None
    none: bool = False
    content: str | None = None

    @property
    def ref(self) -> str:
        """The id as people write it."""
        return f"I-{self.id}"

    @property
    def pair(self) -> Pair | None:
        """SKU and type; None for a day with nothing wrong."""
        return None if self.sku is None or self.type is None else (self.sku, self.type)

    @property
    def draft(self) -> IssueDraft:
        """What was entered, without id and time."""
        fields = msgspec.structs.asdict(self)
        return IssueDraft(**{name: fields[name] for name in IssueDraft.__struct_fields__})


def nothing_wrong(day: date) -> IssueDraft:
    """A day on which no buyer had a problem."""
    return IssueDraft(day=day, count=0, none=True)


class Decision(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was decided about one SKU and type, and the day by which it is to be done.

    `week` (`2026-W47`) is the week that was looked at, `count` its number then: they stay as they were, whatever is
    logged later. Older decisions have neither.
    """

    id: int
    sku: str
    type: str
    text: str
    decided_at: datetime
    by: date | None = None
    week: str | None = None
    count: int | None = None

    @property
    def pair(self) -> Pair:
        """SKU and type."""
        return self.sku, self.type
