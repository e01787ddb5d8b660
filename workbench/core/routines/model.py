"""A routine as it stands on a day."""

from __future__ import annotations

from datetime import date

import msgspec

from workbench.core.routines.periods import Repeat


class Routine(msgspec.Struct, frozen=True, kw_only=True):
    """A routine as it stands. `name` by language, `last` the shop day on which it was done (`ticks` the ones before
    too, newest first), `next` the day on which it is due again, or has been due since; None: nothing brings it up yet.
    `due_from`, `late_from` are the window of the period that counts, `missed` the periods before it that passed
    without it. `rules_age`: so many days old are the rules it is about, where that is old.
    """

    id: str
    name: dict[str, str]
    way: Repeat
    last: date | None
    next: date | None
    due: bool
    due_from: date | None = None
    late_from: date | None = None
    missed: int = 0
    ticks: tuple[date, ...] = ()
    rules_age: int | None = None
