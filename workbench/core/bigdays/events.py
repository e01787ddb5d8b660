"""Events: days that come again, by a rule. Fixed (11-11), computed (the day after the fourth Thursday of November), or
by a public holiday, whose day a calendar tells."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import msgspec

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_FIXED = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_NTH = re.compile(rf"([1-5])\s+({'|'.join(WEEKDAYS)})\s+({'|'.join(MONTHS)})(?:\s+([+-]\d{{1,3}})d)?")


class Dated(NamedTuple):
    """The day of an event in a year. `assumed`: the calendar only estimates it."""

    day: date
    assumed: bool = False


#: The days on which a public holiday of a country begins in a year: one, none, or two where its calendar is shorter.
Holiday = Callable[[str, str, int], Sequence[Dated]]


class PlatformEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event of the settings; exactly one of `day`, `nth`, `holiday` says when it is."""

    id: str
    name: dict[str, str]
    day: str | None = None
    nth: str | None = None
    holiday: str | None = None
    country: str | None = None


def fixed(text: str, year: int) -> date | None:
    """`04-01` in that year; None where the text is none, or the year has no such day (29 February)."""
    match = _FIXED.fullmatch(text.strip())
    if match is None or int(match[2]) > monthrange(year, int(match[1]))[1]:
        return None
    return date(year, int(match[1]), int(match[2]))


def nth(text: str, year: int) -> date | None:
    """`4 thu nov +1d` in that year: the fourth Thursday of November, and a day. None where there is none."""
    match = _NTH.fullmatch(text.strip().casefold())
    if match is None:
        return None
    month, weekday = MONTHS.index(match[3]) + 1, WEEKDAYS.index(match[2])
    first = date(year, month, 1)
    found = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (int(match[1]) - 1))
    return None if found.month != month else found + timedelta(days=int(match[4] or 0))


def day_of(event: PlatformEvent, year: int, holiday: Holiday) -> Dated | None:
    """When the event is first in a year; None where that year has none, or nothing can tell."""
    return next(iter(_days(event, year, holiday)), None)


def _days(event: PlatformEvent, year: int, holiday: Holiday) -> Sequence[Dated]:
    if event.holiday is not None:
        return holiday(event.holiday, event.country or "", year)
    found = fixed(event.day, year) if event.day is not None else nth(event.nth or "", year)
    return () if found is None else (Dated(found),)


def upcoming(event: PlatformEvent, today: date, holiday: Holiday) -> Dated | None:
    """The next one that is not past, today's included; looked for in the next few years."""
    for year in range(today.year, today.year + 9):
        for found in _days(event, year, holiday):
            if found.day >= today:
                return found
    return None
