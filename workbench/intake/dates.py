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
from functools import lru_cache

import msgspec

from workbench.core.saying import say
from workbench.core.time import at_local
from workbench.intake.model import DateOrder, RefusedFile

_DAY = re.compile(r"(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:\s*([AP])\.?M\.?)?", re.ASCII | re.IGNORECASE)
_SLACK = timedelta(days=1)
_DAY_SECONDS = 86_400
#: Older than the platform itself: a zero that some program printed as a date.
_FIRST_YEAR = 2000

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

    def at(self, day: date, seconds: int) -> datetime | None:
        """The instant `seconds` of wall-clock time after midnight of `day`; None outside the calendar."""
        try:
            if day not in self._midnights:
                self._midnights[day] = self._plain_midnight(day)
            midnight = self._midnights[day]
            if midnight is not None:
                return midnight + timedelta(seconds=seconds)
            return at_local(datetime.combine(day, time()) + timedelta(seconds=seconds), self._zone)
        except (OverflowError, ValueError):
            return None

    def _plain_midnight(self, day: date) -> datetime | None:
        start = datetime.combine(day, time(), self._zone)
        walls = (start, start + timedelta(hours=12), start + timedelta(hours=24))
        offsets = {wall.replace(fold=fold).utcoffset() for wall in walls for fold in (0, 1)}
        return start.astimezone(UTC) if len(offsets) == 1 else None


def settle(
    texts: Iterable[str], *, zone: tzinfo, now: datetime, month_first: bool, day_first: bool | None = None
) -> Dates:
    """Fix the order of the printed times `texts` and read them; those that are no time are left out.

    `month_first` is the default of the file kind; `day_first` is the seller's word, heard where both orders are
    possible. Raises `RefusedFile` where no order is possible.
    """
    split = {text: found for text in texts if (found := _split(text)) is not None}
    days = {day: _readings(day) for day in dict.fromkeys(day for day, _, _ in split.values())}
    clock = _Clock(zone)
    possible = _possible(split, days, clock, now + _SLACK)
    certain = len(possible) == 1
    if certain:
        order = possible[0]
    elif day_first is not None:
        order = "DMY" if day_first else "MDY"
    else:
        order = "MDY" if month_first or any(noon for _, _, noon in split.values()) else "DMY"
    if all("YMD" in readings for readings in days.values() if readings):
        order, certain = "YMD", True
    instants = {
        text: instant
        for text, (day, seconds, _) in split.items()
        if (wall := _pick(days[day], order)) is not None and (instant := clock.at(wall, seconds)) is not None
    }
    return Dates(order, certain, _example(days, order), instants)


def _split(text: str) -> tuple[str, int, bool] | None:
    """The day as printed, the seconds since midnight, and whether noon divides the day; None if it is no time."""
    day, _, rest = text.replace("T", " ", 1).partition(" ")
    clock = _time_of_day(rest.strip())
    return None if clock is None else (day, *clock)


@lru_cache(maxsize=_DAY_SECONDS)
def _time_of_day(text: str) -> tuple[int, bool] | None:
    """Seconds since midnight and whether noon divides the day. An export repeats the times, reading them costs."""
    if not text:
        return 0, False
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second, half = int(match[1]), int(match[2]), int(match[3] or 0), (match[4] or "").upper()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "P" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return hour * 3600 + minute * 60 + second, bool(half)


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
        if year >= _FIRST_YEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            found[order] = date(year, month, day)
    return found


def _pick(readings: _Readings, order: DateOrder) -> date | None:
    return readings.get("YMD") or readings.get(order)


def _possible(
    split: dict[str, tuple[str, int, bool]], days: dict[str, _Readings], clock: _Clock, latest: datetime
) -> list[DateOrder]:
    """The orders of day and month that are left, one or both; `RefusedFile` where there is none."""
    decided = {next(iter(readings)): day for day, readings in days.items() if len(readings) == 1}
    if "DMY" in decided and "MDY" in decided:
        raise _contradiction(decided["DMY"], decided["MDY"])
    if "DMY" in decided or "MDY" in decided:
        return ["DMY" if "DMY" in decided else "MDY"]
    ahead: dict[DateOrder, str] = {}
    for text, (day, seconds, _) in split.items():
        if len(days[day]) == 2:
            for order, wall in days[day].items():
                instant = clock.at(wall, seconds)
                if order not in ahead and (instant is None or instant > latest):
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
