"""A point in time as people type it, in English and Chinese: `tomorrow 18:00`, `Fri 9:00`, `+3h`, 明天 18:00, 周五.

Nothing is guessed: what is not understood is None. Of a weekday or a bare time the next one is meant, or (`past`) the
last one; the earlier instant where a local time occurs twice or never. A bare day is its 00:00, but for a deadline:
there it is the day on which the work can still be done (`due_on`).
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, tzinfo

from workbench.core.saying import Misuse
from workbench.core.spelling import plain
from workbench.core.time import at_local, day_ends, due_day, parse_iso, utc
from workbench.core.written import END, EVENINGS, LONGEST, clock, days

_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ISO_END = re.compile(r"(\d{4}-\d\d-\d\d)t24:00(?::00)?")
_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")
_WEEKDAY = re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)")
_YEAR = re.compile(r"\b20\d\d\b")
_AFTER = re.compile(
    r"(?:\+|in )\s?(\d{1,4})\s?(m|min|h|d|w|minutes?|hours?|days?|weeks?)|(\d{1,4})\s?(分钟|个?小时|天|周)后"
)
#: The same without a word that says from when.
_SPAN = re.compile(r"(\d{1,4})\s?(m|min|h|d|w|minutes?|hours?|days?|weeks?)|(\d{1,4})\s?(分钟|个?小时|天)")
_UNITS = {
    "m": 60, "h": 3600, "d": 86400, "w": 604800, "分": 60, "小": 3600, "个": 3600, "天": 86400, "周": 604800,
}  # fmt: skip


def parse_when(text: str, now: datetime, zone: tzinfo, *, past: bool = False) -> datetime | None:
    """The instant that `text` means at `now`, or None. Times without offset are in `zone`."""
    found = _read(text, now, zone, past=past)
    return found if found is None or isinstance(found, datetime) else at_local(datetime.combine(found, time()), zone)


def read_due(text: str, now: datetime, zone: tzinfo) -> datetime | date | None:
    """A deadline as it is typed: an instant, or the bare day that was named; None for what is not understood.

    Of a weekday or a date without a year the next day is meant that is not past, today included.
    """
    return _read(text, now, zone, due=True)


def due_on(typed: datetime | date, rule: datetime | None, now: datetime, zone: tzinfo) -> datetime:
    """The instant of a deadline as `read_due` reads it: a bare day at the time of day of the rule's own deadline, 24:00
    where that is at the end of a day, where there is none (`rule` is None), or where it would not be after `now`."""
    if isinstance(typed, datetime):
        return typed
    end = day_ends(typed, zone)
    if rule is None:
        return end
    local = rule.astimezone(zone)
    if local.date() != due_day(rule, zone):
        return end
    at = at_local(datetime.combine(typed, local.time()), zone)
    return at if at > now else end


def parse_due(text: str, now: datetime, zone: tzinfo, rule: datetime | None = None) -> datetime | None:
    """The instant of the deadline that `text` states; `rule` is when the rule's own falls, None where there is none."""
    typed = read_due(text, now, zone)
    return None if typed is None else due_on(typed, rule, now, zone)


def _read(text: str, now: datetime, zone: tzinfo, *, past: bool = False, due: bool = False) -> datetime | date | None:
    """An instant, or a day without a time of day."""
    text = " ".join(plain(text).split()).casefold().strip(" ,")
    if not text or len(text) > LONGEST:
        return None
    text = _ISO_END.sub(r"\1 24:00", text)
    try:
        at = parse_iso(text.upper(), zone)
        return date.fromisoformat(text) if _ISO_DAY.fullmatch(text) else at
    except Misuse:
        pass
    if text in ("now", "现在"):
        return utc(now)
    if found := _AFTER.fullmatch(text) or (None if past else _SPAN.fullmatch(text)):
        count, unit = int(found[1] or found[3]), found[2] or found[4]
        return utc(now) + timedelta(seconds=count * _UNITS[unit[0]])
    today = now.astimezone(zone).date()
    for day, timed in _splits(text):
        meant = _day_and_clock(day, timed, now, today, zone, past, due)
        if meant is not None:
            return meant
    return _written_out(text, zone)


def _written_out(text: str, zone: tzinfo) -> datetime | date | None:
    """A date with its month as a word and its year, in whatever order: `Tue Nov 24 18:00:00 2026`. Only with both is
    there nothing left for the parser to guess."""
    if not (_MONTH.search(text) and _YEAR.search(text)):
        return None
    # 20 ms that a start need not pay.
    from dateutil import parser

    try:
        # What the parser fills in by itself differs between the two.
        wall, other = (parser.parse(text, default=datetime(2000, 1, day, day)) for day in (1, 2))  # noqa: DTZ001
    except (parser.ParserError, OverflowError):
        return None
    named = _WEEKDAY.search(text)
    if named and not f"{wall:%a}".casefold().startswith(named[0]):
        return None
    if wall != other:
        return wall.date() if wall.date() == other.date() and (wall.hour, other.hour) == (1, 2) else None
    return at_local(wall, zone) if wall.tzinfo is None else utc(wall)


def _splits(text: str) -> list[tuple[str, str]]:
    """Every way to read it as a day and a time of day, in either order; one of the two may be missing."""
    cuts = [
        at for at in range(1, len(text)) if text[at - 1] == " " or not (text[at - 1].isascii() and text[at].isascii())
    ]
    parts = [(text[:at].strip(" ,"), text[at:].strip(" ,")) for at in cuts]
    return [(text, ""), ("", text), *parts, *((second, first) for first, second in parts)]


def _day_and_clock(
    day: str, timed: str, now: datetime, today: date, zone: tzinfo, past: bool, due: bool
) -> datetime | date | None:
    minute = _minute(day, timed)
    if minute is None and timed:
        return None
    found = days(day, today, past=past) if day else [today, today + timedelta(days=-1 if past else 1)]
    if not found:
        return None
    if day and due:
        # The next one, a week or a year later, would be the latest reading of all.
        found = [next((each for each in found if each >= today), found[0])]
        if minute is None:
            return found[0]
    instants = [at_local(datetime.combine(each, time()) + timedelta(minutes=minute or 0), zone) for each in found]
    meant = next((at for at in instants if (at <= now if past else at > now)), instants[0])
    return found[instants.index(meant)] if minute is None else meant


def _minute(day: str, timed: str) -> int | None:
    """The minute of the day; None where none is typed, or what is typed is none. An evening alone lasts to its end."""
    if day not in EVENINGS:
        return clock(timed)
    if not timed:
        return END
    minute = clock(timed if timed[0].isascii() and not timed[0].isdigit() else f"晚上{timed}")
    minute = clock(timed) if minute is None else minute
    return minute if minute is not None and minute >= END // 2 else None
