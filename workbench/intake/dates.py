"""The times of a file: which of day and month comes first, and the instant of every printed time.

The order is fixed once per file. A date that exists in one order only decides; an order that puts an instant more
than a day after now is out; then AM/PM means month first; then the default of the file kind. Where nothing is left the
file is refused, because a deadline must not rest on a guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

import msgspec

from workbench.core.saying import say
from workbench.core.time import at_local
from workbench.intake.model import DateOrder, RefusedFile
from workbench.intake.printed import CELL, PrintedTime, Readings, TimeParts, parts, quick_day, quick_time

_SLACK = timedelta(days=1)
#: The year first and the month last, which no program writes that is asked for neither.
_DAY_IN_THE_MIDDLE = re.compile(r"\d{4}([/.-])(?:1[3-9]|2\d|3[01])\1\d{1,2}", re.ASCII)
_ORDERS: tuple[Literal["DMY", "MDY"], ...] = ("DMY", "MDY")
#: The platform is not older than this: by it a year of two digits is told from a day.
_FIRST_YEAR = 2021
#: Up to this a day may be a month.
_MONTHS = 12


class Dates(msgspec.Struct, frozen=True):
    """How the times of a file are read. `instants` leads from a printed time to its instant (UTC).

    `short` are those that have a year of two digits and more than one reading: they are not among the instants.
    """

    order: DateOrder
    certain: bool
    example: str | None
    instants: dict[str, datetime]
    short: frozenset[str] = frozenset()


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

    def at(self, day: date, clock: PrintedTime) -> datetime:
        """The instant of a time of day: at its own offset, or on the wall clock of the zone."""
        passed, offset, _ = clock
        if offset is not None:
            return datetime.combine(day, time(), UTC) + passed - offset
        midnight = self.midnight(day)
        if midnight is not None:
            return midnight + passed
        return at_local(datetime.combine(day, time()) + passed, self._zone)


class _Printed:
    """The printed times of a file: each text, by its day and its time of day.

    An export repeats its days and its times of day: each is read once, then only looked up.
    """

    def __init__(self, texts: Iterable[str], zone: tzinfo) -> None:
        self.clock = _Clock(zone)
        self.days: dict[str, Readings] = {}
        self.times: dict[str, PrintedTime | None] = {}
        #: The texts that are times, as (day, time of day).
        self.texts: dict[str, tuple[str, str]] = {}
        #: Those of a form of their own.
        self.others: dict[str, TimeParts] = {}
        for text in texts:
            day, _, rest = (text.replace("T", " ", 1) if "T" in text else text).partition(" ")
            if day not in self.days:
                self.days[day] = quick_day(day)
            if rest not in self.times:
                self.times[rest] = quick_time(rest.strip())
            if self.days[day] and self.times[rest] is not None:
                self.texts[text] = day, rest
            elif text and text not in self.others and (found := parts(text)) is not None:
                self.others[text] = found
        self.days = {day: readings for day, readings in self.days.items() if readings}

    def all(self) -> Iterable[tuple[str, str, Readings, PrintedTime]]:
        """Text, day as printed, what it can be, time of day."""
        for text, (day, rest) in self.texts.items():
            clock = self.times[rest]
            assert clock is not None
            yield text, day, self.days[day], clock
        for text, found in self.others.items():
            yield text, found.day, found.readings, found.time

    def kinds_of_days(self) -> dict[str, Readings]:
        """Each printed day with what it can be, years of two digits aside."""
        return self.days | {found.day: found.readings for found in self.others.values() if not found.short}


def settle(
    texts: Iterable[str], *, zone: tzinfo, now: datetime, month_first: bool, day_first: bool | None = None
) -> Dates:
    """Fix the order of the printed times `texts` and read them; those that are no time are left out.

    `month_first` is the default of the file kind; `day_first` is the seller's word, heard where both orders are
    possible. Raises `RefusedFile` where no order is possible.
    """
    printed = _Printed(texts, zone)
    days = printed.kinds_of_days()
    latest = now + _SLACK
    short = {text: found for text, found in printed.others.items() if found.short}
    orders = _orders_of_short(short, printed.clock, latest) if short else []
    # A year of two digits is read where one order is left, for itself and beside the others.
    open_orders = _possible(printed, days, latest)
    left = [order for order in orders if order in open_orders or order == "YMD"]
    told = frozenset(short) if len(left) != 1 else frozenset[str]()
    ambiguous = any("DMY" in readings or "MDY" in readings for readings in days.values())
    if short and not told and left[0] != "YMD":
        open_orders = left
    certain = len(open_orders) == 1
    if certain:
        order: Literal["DMY", "MDY", "YMD"] = open_orders[0]
    elif day_first is not None:
        order = "DMY" if day_first else "MDY"
    else:
        halved = any(clock.halved for clock in printed.times.values() if clock is not None)
        halved = halved or any(found.time.halved for found in printed.others.values())
        order = "MDY" if month_first or halved else "DMY"
    if not ambiguous and (not short or told or left == ["YMD"]):
        named = any("NAME" in readings for readings in days.values())
        order = "DMY" if named and not any("YMD" in readings for readings in days.values()) else "YMD"
        certain = not _may_be_swapped(printed, latest)
    short_order = left[0] if short and not told else None
    instants: dict[str, datetime] = {}
    for text, _, readings, clock in printed.all():
        if text in short:
            wall = readings[short_order] if short_order else None
        else:
            wall = readings.get("YMD") or readings.get("NAME") or readings.get(order)
        if wall is not None:
            instants[text] = printed.clock.at(wall, clock)
    return Dates(order, certain, _example(days, short, order), instants, told)


def refuse_mixed(columns: Iterable[tuple[str, Iterable[str]]]) -> None:
    """Refuse the file where a time column (header name and cells) holds dates beside texts, or texts of two forms.

    A spreadsheet turns those texts into dates that it takes for dates, day and month swapped, and leaves the others.
    """
    for name, cells in columns:
        seen: dict[str, str] = {}
        # Of the usual forms the day alone tells; an export repeats its days.
        for text in {text.partition(" ")[0]: text for text in cells}.values():
            seen.setdefault(_form(text), text)
        seen.pop("", None)
        if len(seen) > 1:
            first = next((form for form in ("cell", "iso", "name") if form in seen), next(iter(seen)))
            one = seen.pop(first).removeprefix(CELL)
            other = next(iter(seen.values()))
            raise RefusedFile(
                say(
                    'The dates in {column} contradict each other: "{one}" stands beside "{other}". A spreadsheet has '
                    "turned some of them into other dates. Nothing was read. Export the file again and do not open it "
                    "in a spreadsheet before the import.",
                    column=name,
                    one=one[:40],
                    other=other[:40],
                )
            )


def _form(text: str) -> str:
    """What kind of time a text is: a date of the workbook, ISO, one with the name of a month or a year of two digits,
    another by the sign between its numbers, or none ("")."""
    if text.startswith(CELL):
        return "cell"
    if not any(character.isdigit() for character in text):
        return ""
    day = text.partition("T")[0].partition(" ")[0]
    if readings := quick_day(day):
        return "iso" if "YMD" in readings else _sign(day)
    if _DAY_IN_THE_MIDDLE.fullmatch(day):
        return "day in the middle"
    found = parts(text)
    if found is None or found.cell:
        return "cell" if found else ""
    if found.short:
        return "short"
    return "name" if "NAME" in found.readings else "iso" if "YMD" in found.readings else _sign(found.day)


def _sign(day: str) -> str:
    return next(sign for sign in day if not sign.isdigit())


def _orders_of_short(
    short: Mapping[str, TimeParts], clock: _Clock, latest: datetime
) -> list[Literal["DMY", "MDY", "YMD"]]:
    """The orders in which every year of two digits makes a day since the platform is there, and none of the future."""
    every: tuple[Literal["DMY", "MDY", "YMD"], ...] = ("DMY", "MDY", "YMD")

    def fits(found: TimeParts, order: Literal["DMY", "MDY", "YMD"]) -> bool:
        day = found.readings.get(order)
        return day is not None and day.year >= _FIRST_YEAR and clock.at(day, found.time) <= latest

    return [order for order in every if all(fits(found, order) for found in short.values())]


def _possible(printed: _Printed, days: Mapping[str, Readings], latest: datetime) -> list[Literal["DMY", "MDY", "YMD"]]:
    """The orders of day and month that are left, one or both; `RefusedFile` where there is none."""
    decided = {next(iter(readings)): day for day, readings in days.items() if len(readings) == 1}
    if "DMY" in decided and "MDY" in decided:
        raise _contradiction(decided["DMY"], decided["MDY"])
    if "DMY" in decided or "MDY" in decided:
        return ["DMY" if "DMY" in decided else "MDY"]
    ahead: dict[str, str] = {}
    for text, _, readings, clock in printed.all():
        if len(readings) == 2:
            for order in _ORDERS:
                if order not in ahead and order in readings and printed.clock.at(readings[order], clock) > latest:
                    ahead[order] = text
    possible: list[Literal["DMY", "MDY", "YMD"]] = [order for order in _ORDERS if order not in ahead]
    if not possible:
        raise _contradiction(ahead["DMY"], ahead["MDY"])
    return possible


def _may_be_swapped(printed: _Printed, latest: datetime) -> bool:
    """Whether all the dates that a workbook keeps could be dates whose day and month were swapped before."""
    cells = [found for found in printed.others.values() if found.cell]
    dates = [day for found in cells for day in found.readings.values()]
    if not dates or any(day.day > _MONTHS for day in dates):
        return False
    return all(
        printed.clock.at(day.replace(month=day.day, day=day.month), found.time) <= latest
        for found in cells
        for day in found.readings.values()
    )


def _example(days: Mapping[str, Readings], short: Mapping[str, TimeParts], order: str) -> str | None:
    """A date that exists in this order only, else any."""
    telling: Callable[[Readings], bool] = lambda readings: list(readings) == [order]  # noqa: E731
    found = next((day for day, readings in days.items() if telling(readings)), None)
    return found or next(iter(days), None) or next((found.day for found in short.values()), None)


def _contradiction(day_first: str, month_first: str) -> RefusedFile:
    return RefusedFile(
        say(
            'The dates contradict each other: with "{one}" and "{other}" neither day nor month can come first. '
            "Check the clock, or export the file again and do not open it in a spreadsheet before the import.",
            one=day_first,
            other=month_first,
        )
    )
