"""A live: when, on which account, under which content name, with a checklist before and after it.

Instants are aware UTC datetimes in whole minutes; half-open: at `over_at` it is over.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

import msgspec

State = Literal["coming", "running", "ended"]


class Check(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One item of a checklist. After a live some have a clock: to be done `within` (seconds) of its end."""

    id: int
    title: dict[str, str]
    within: int | None = None
    done_at: datetime | None = None


class LiveEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One entry of what was done with a live."""

    at: datetime
    what: str
    text: str | None = None


class Live(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One live; `id` is the number of `L-7`. A creator's own names the creator and the deal."""

    id: int
    starts_at: datetime
    ends_at: datetime
    account: str | None = None
    creator: str | None = None
    deal: int | None = None
    content: str | None = None
    skus: tuple[str, ...] = ()
    before: tuple[Check, ...] = ()
    after: tuple[Check, ...] = ()
    ended_at: datetime | None = None
    note: str | None = None
    story: tuple[LiveEntry, ...] = ()

    @property
    def ref(self) -> str:
        """The id as people write it."""
        return f"L-{self.id}"

    @property
    def over_at(self) -> datetime:
        """Its end: as it was, else as it was planned."""
        return self.ended_at or self.ends_at

    def state(self, now: datetime) -> State:
        """How it stands."""
        if now < self.starts_at and self.ended_at is None:
            return "coming"
        return "running" if now < self.over_at else "ended"

    def due(self, check: Check) -> datetime | None:
        """By when an item is to be done: those before the live by its start, those after it within their time."""
        if any(check.id == each.id for each in self.before):
            return self.starts_at
        return None if check.within is None else self.over_at + timedelta(seconds=check.within)

    def checked(self, item: int, at: datetime | None) -> Live:
        """The live with an item done at an instant, or (None) open again. `KeyError` for an item that is not there."""
        if item not in {each.id for each in (*self.before, *self.after)}:
            raise KeyError(item)

        def marked(items: tuple[Check, ...]) -> tuple[Check, ...]:
            return tuple(msgspec.structs.replace(each, done_at=at) if each.id == item else each for each in items)

        return msgspec.structs.replace(self, before=marked(self.before), after=marked(self.after))
