"""The hours in which a shop answers: `mon-fri 09:00-18:00, sat 10:00-14:00`, and how far they carry a clock.

Hours are wall-clock time in the shop's zone; time runs absolutely in them, so that the night of a daylight-saving
switch is as long as it is. A span that ends at or before its start runs into the next day. No hours: always open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta, tzinfo

import msgspec

from workbench.core.time import at_local, shop_day

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PART = r"([a-z]{3})(?:-([a-z]{3}))?((?:,[a-z]{3})*) (\d\d):(\d\d)-(\d\d):(\d\d)"
#: The longest that a clock looks ahead for an open minute.
_AHEAD = 60


class Open(msgspec.Struct, frozen=True):
    """One span of some weekdays (0: Monday), as minutes of the day; `end` may be 1440."""

    days: frozenset[int]
    begin: int
    end: int


Hours = tuple[Open, ...]


def parse_hours(text: str) -> Hours:
    """`Hours` from their text; ValueError for anything else. The empty text is always open."""
    found = []
    for part in re.split(r"(?<=\d)\s*[;,]\s*", text.strip().casefold()):
        if not part:
            continue
        match = re.fullmatch(_PART, " ".join(part.split()))
        if match is None:
            raise ValueError(text)
        first, last = DAYS.index(match[1]), DAYS.index(match[2] or match[1])
        days = {day % 7 for day in range(first, last + 1 if last >= first else last + 8)}
        days |= {DAYS.index(name) for name in match[3].split(",") if name}
        begin, end = (int(match[4]) * 60 + int(match[5])), (int(match[6]) * 60 + int(match[7]))
        if begin >= 1440 or end > 1440 or int(match[5]) > 59 or int(match[7]) > 59 or begin == end:
            raise ValueError(text)
        found.append(Open(frozenset(days), begin, end))
    return tuple(found)


def after(
    since: datetime, span: timedelta, hours: Hours, zone: tzinfo, more: Iterable[tuple[datetime, datetime]] = ()
) -> datetime:
    """The instant at which `span` of open time has run since `since`; `more` are further open spans (a running live).

    Without hours it is simply later by that much; where nothing opens for two months, too.
    """
    if not hours:
        return since + span
    left, clock = span, since
    for opens, end in _joined(since, hours, zone, more):
        begin = max(opens, clock)
        if end <= begin:
            continue
        if end - begin >= left:
            return begin + left
        left -= end - begin
        clock = end
    return since + span


def _joined(
    since: datetime, hours: Hours, zone: tzinfo, more: Iterable[tuple[datetime, datetime]]
) -> Iterator[tuple[datetime, datetime]]:
    """The open spans that end after `since`, in order, those that touch as one."""
    first = shop_day(since, zone) - timedelta(days=1)
    spans = [span for ahead in range(_AHEAD) for span in _of_day(first + timedelta(days=ahead), hours, zone)]
    spans = sorted(span for span in (*spans, *more) if span[1] > since)
    current: tuple[datetime, datetime] | None = None
    for begin, end in spans:
        if current is None or begin > current[1]:
            if current is not None:
                yield current
            current = (begin, end)
        else:
            current = (current[0], max(current[1], end))
    if current is not None:
        yield current


def _of_day(day: date, hours: Hours, zone: tzinfo) -> Iterator[tuple[datetime, datetime]]:
    for each in hours:
        if day.weekday() in each.days:
            yield _at(day, each.begin, zone), _at(day, each.end if each.end > each.begin else each.end + 1440, zone)


def _at(day: date, minute: int, zone: tzinfo) -> datetime:
    wall = datetime.combine(day + timedelta(days=minute // 1440), time(minute % 1440 // 60, minute % 60))
    return at_local(wall, zone)
