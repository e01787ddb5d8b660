"""The times of a file: which of day and month comes first, and the instant of every printed time.

The order is fixed once per file. A date that exists in one order only decides; an order that puts an instant more
than a day after now is out; then AM/PM means month first; then the default of the file kind. Where nothing is left the
file is refused, because a deadline must not rest on a guess.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

import msgspec

from workbench.core.saying import say
from workbench.core.time import at_local
from workbench.intake.model import DateOrder, RefusedFile

_DAY = re.compile(r"(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?(?:\s*([AP])\.?M\.?)?", re.ASCII | re.IGNORECASE)
_HALF_DAY = re.compile("[AP]", re.IGNORECASE)
_SLACK = timedelta(days=1)
#: Older is the platform not, nor will it be so old: a zero or an endless future that some program printed as a date.
_YEARS = range(2000, 2200)

_ORDERS: tuple[DateOrder, ...] = ("DMY", "MDY")

#: The dates that a printed day can be, by order.
_Readings = dict[DateOrder, date]


class Dates(msgspec.Struct, frozen=True):
    """How the times of a file are read. `instants` leads from a printed time to its instant (UTC)."""

    order: DateOrder
    certain: bool
    example: str | None
    instants: dict[str, datetime]


class _Clock:
    """Wall-clock times of one zone as instants; fast on the days on which the clock is not changed."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._midnights: dict[date, datetime | None] = {}

    def midnight(self, day: date) -> datetime | None:
        """The instant from which the times of `day` count; None where the clock is changed on that day."""
        if day not in self._midnights:
            start = datetime.combine(day, time(), self._zone)
            walls = (start, start + _SLACK / 2, start + _SLACK)
            plain = len({wall.utcoffset() for wall in walls}) == 1
            self._midnights[day] = start.astimezone(UTC) if plain else None
        return self._midnights[day]

    def at(self, day: date, passed: timedelta) -> datetime:
        """The instant at which `passed` wall-clock time has passed since midnight of `day`."""
        midnight = self.midnight(day)
        if midnight is not None:
            return midnight + passed
        return at_local(datetime.combine(day, time()) + passed, self._zone)


class _Printed(NamedTuple):
    """The printed times of a file in two halves, and what each half can be."""

    halves: dict[str, tuple[str, str, str]]
    times: dict[str, timedelta | None]
    days: dict[str, _Readings]
    clock: _Clock


def settle(
    texts: Iterable[str], *, zone: tzinfo, now: datetime, month_first: bool, day_first: bool | None = None
) -> Dates:
    """Fix the order of the printed times `texts` and read them; those that are no time are left out.

    `month_first` is the default of the file kind; `day_first` is the seller's word, heard where both orders are
    possible. Raises `RefusedFile` where no order is possible.
    """
    # An export repeats its days and its times of day: each is read once, then only looked up.
    halves = {text: (text.replace("T", " ", 1) if "T" in text else text).partition(" ") for text in texts}
    times = {rest: _time_of_day(rest.strip()) for rest in {rest for _, _, rest in halves.values()}}
    days = {day: _readings(day) for day in dict.fromkeys(day for day, _, _ in halves.values())}
    printed = _Printed(halves, times, days, _Clock(zone))
    possible = _possible(printed, now + _SLACK)
    certain = len(possible) == 1
    if certain:
        order = possible[0]
    elif day_first is not None:
        order = "DMY" if day_first else "MDY"
    else:
        halved = any(_HALF_DAY.search(rest) for rest, passed in times.items() if passed is not None)
        order = "MDY" if month_first or halved else "DMY"
    if all("YMD" in readings for readings in days.values() if readings):
        order, certain = "YMD", True
    return Dates(order, certain, _example(days, order), _instants(printed, order))


def _instants(printed: _Printed, order: DateOrder) -> dict[str, datetime]:
    halves, times, days, clock = printed
    walls = {day: readings.get("YMD") or readings.get(order) for day, readings in days.items()}
    midnights = {day: clock.midnight(wall) if wall is not None else None for day, wall in walls.items()}
    found: dict[str, datetime] = {}
    for text, (day, _, rest) in halves.items():
        midnight, passed = midnights[day], times[rest]
        if midnight is not None and passed is not None:
            found[text] = midnight + passed
        elif passed is not None and (wall := walls[day]) is not None:
            found[text] = clock.at(wall, passed)
    return found


def _time_of_day(text: str) -> timedelta | None:
    """The time since midnight; none where it is no time of day."""
    if not text:
        return timedelta()
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second, half = match.groups()
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half in "Pp" else 0) if 1 <= hours <= 12 else 24
    return timedelta(0, hours * 3600 + int(minute) * 60 + int(second or 0)) if hours < 24 else None


def _readings(text: str) -> _Readings:
    """The dates that the printed day can be; none where it is no date."""
    match = _DAY.fullmatch(text)
    if match is None:
        return {}
    first, _, second, last = match.groups()
    if len(first) == 4:
        return _valid({"YMD": (int(first), int(second), int(last))})
    if len(last) != 4:
        return {}
    return _valid({"DMY": (int(last), int(second), int(first)), "MDY": (int(last), int(first), int(second))})


def _valid(candidates: dict[DateOrder, tuple[int, int, int]]) -> _Readings:
    found: _Readings = {}
    for order, (year, month, day) in candidates.items():
        if year in _YEARS and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            found[order] = date(year, month, day)
    return found


def _possible(printed: _Printed, latest: datetime) -> list[DateOrder]:
    """The orders of day and month that are left, one or both; `RefusedFile` where there is none."""
    halves, times, days, clock = printed
    decided = {next(iter(readings)): day for day, readings in days.items() if len(readings) == 1}
    if "DMY" in decided and "MDY" in decided:
        raise _contradiction(decided["DMY"], decided["MDY"])
    if "DMY" in decided or "MDY" in decided:
        return ["DMY" if "DMY" in decided else "MDY"]
    ahead: dict[DateOrder, str] = {}
    for text, (day, _, rest) in halves.items():
        passed = times[rest]
        if passed is not None:
            for order, wall in days[day].items():
                if order not in ahead and clock.at(wall, passed) > latest:
                    ahead[order] = text
    possible = [order for order in _ORDERS if order not in ahead]
    if not possible:
        raise _contradiction(ahead["DMY"], ahead["MDY"])
    return possible


def _example(days: dict[str, _Readings], order: DateOrder) -> str | None:
    """A date that exists in this order only, else any."""
    telling = (day for day, readings in days.items() if list(readings) == [order])
    return next(telling, next((day for day, readings in days.items() if readings), None))


def _contradiction(day_first: str, month_first: str) -> RefusedFile:
    return RefusedFile(
        say(
            'The dates contradict each other: with "{one}" and "{other}" neither day nor month can come first. '
            "Check the clock, or export the file again and do not open it in a spreadsheet before the import.",
            one=day_first,
            other=month_first,
        )
    )
