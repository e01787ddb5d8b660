"""Instants, shop days and intervals; the rules of time in one place.

All instants are aware, in UTC, with microseconds cut. All intervals are half-open: at `due_at` it is too late.
A local time that occurs twice or never (daylight saving) is the earlier of the two instants, because a deadline
takes the earliest reasonable reading.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from workbench.core.saying import Misuse, say

_ISO = r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d|[+-]\d\d)?)?"


#: Years that can be reckoned with in every zone, with weeks to spare before and after.
FIRST_YEAR, LAST_YEAR = 1000, 9000
_JUST = timedelta(microseconds=1)


def utc(moment: datetime) -> datetime:
    """`moment` (aware) in UTC, microseconds cut."""
    found = moment.astimezone(UTC)
    return found.replace(microsecond=0) if found.microsecond else found


def plausible(moment: datetime) -> bool:
    """Whether it is of a year that can be reckoned with; any other is a slip, or made to harm."""
    return FIRST_YEAR <= moment.year <= LAST_YEAR


def at_local(wall: datetime, zone: tzinfo) -> datetime:
    """The instant of the naive wall-clock time `wall` in `zone`: the earlier one where there are two or none."""
    if wall.fold or wall.microsecond:  # `replace` takes longer than all the rest
        wall = wall.replace(fold=0, microsecond=0)
    found = _at(wall, zone.utcoffset(wall))
    if found.astimezone(zone).utcoffset() == zone.utcoffset(wall):
        return found
    return _at(wall, zone.utcoffset(wall.replace(fold=1)))  # the clock leaves it out: with the offset from then on


def _at(wall: datetime, offset: timedelta | None) -> datetime:
    return datetime.combine(wall.date(), wall.time(), UTC) - (offset or timedelta())


@lru_cache(maxsize=1024)
def midnight(day: date, zone: tzinfo) -> datetime:
    """00:00 of `day` in `zone`, as an instant; remembered, for many tickets pass through the same few days."""
    return at_local(datetime.combine(day, time()), zone)


def shop_day(moment: datetime, zone: tzinfo, ends_at: time = time()) -> date:
    """The calendar day of `moment` in `zone`; before `ends_at` it still belongs to the day before."""
    local = moment.astimezone(zone)
    return local.date() - timedelta(days=1) if local.time() < ends_at else local.date()


def due_day(due: datetime, zone: tzinfo) -> date:
    """The day of a deadline, a goal or an appeal window that ends at `due`: the last one on which something can be
    done, that of the instant just before it. What falls due on Tuesday at 00:00 belongs to Monday."""
    return (due - _JUST).astimezone(zone).date()


def day_ends(day: date, zone: tzinfo) -> datetime:
    """24:00 of `day` in `zone`: the deadline of what may be done all that day."""
    return midnight(day + timedelta(days=1), zone)


def parse_iso(text: str, zone: tzinfo) -> datetime:
    """An instant from ISO 8601: with offset, without (then in `zone`), or a bare day (its 00:00).

    Raises `Misuse` for anything else, naming the form that is understood.
    """
    match = re.fullmatch(_ISO, text.strip(), re.IGNORECASE)
    if match:
        offset = match[7]
        try:
            wall = datetime(*(int(part or 0) for part in match.groups()[:6]))  # type: ignore[arg-type]  # noqa: DTZ001
            moment = at_local(wall, zone) if offset is None else _at_offset(wall, offset)
            if plausible(moment):
                return moment
        except (ValueError, OverflowError):
            pass
        else:
            raise Misuse(say('"{text}" is too far away to be meant. Check the year.', text=text))
    raise Misuse(say('"{text}" is not a time. Write it like 2026-11-24T09:30 or 2026-11-24.', text=text))


def _at_offset(wall: datetime, offset: str) -> datetime:
    return utc(datetime.fromisoformat(wall.isoformat() + _offset(offset)))


def _offset(text: str) -> str:
    """`Z`, `+07`, `+0700` and `+07:00` all as `+07:00`."""
    if text in "Zz":
        return "+00:00"
    digits = text[1:].replace(":", "").ljust(4, "0")
    return f"{text[0]}{digits[:2]}:{digits[2:]}"


def iso(moment: datetime, zone: tzinfo) -> str:
    """`moment` as ISO 8601 with the offset of `zone`, to the second."""
    return moment.astimezone(zone).isoformat(timespec="seconds")
