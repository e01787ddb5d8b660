"""A point in time as people type it, in English and Chinese: `tomorrow 18:00`, `Fri 9:00`, `+3h`, 明天 18:00, 周五.

Nothing is guessed: what is not understood is None. A bare day is its 00:00. Of a weekday or a bare time the next one
is meant, or (`past`) the last one; the earlier instant where a local time occurs twice or never.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, tzinfo

from workbench.core.saying import Misuse
from workbench.core.spelling import plain
from workbench.core.time import at_local, parse_iso, utc

_DAYS = {
    "today": 0, "tomorrow": 1, "tmr": 1, "yesterday": -1,
    "\u4eca\u5929": 0, "\u4eca\u65e5": 0, "\u660e\u5929": 1, "\u660e\u65e5": 1, "\u540e\u5929": 2,
    "\u6628\u5929": -1, "\u6628\u65e5": -1, "\u524d\u5929": -2,
}  # fmt: skip
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ALSO = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

#: 周五, 星期五, 礼拜五, and with 下 the one of next week.
_WEEKDAY_ZH = re.compile(
    "(\u4e0b)?(?:\u5468|\u661f\u671f|\u793c\u62dc)([\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u65e5\u5929])"
)
_DATE_ZH = re.compile(r"(\d{1,2})\u6708(\d{1,2})[\u65e5\u53f7]?")
_DATE = re.compile(r"(\d{1,2})\s?([a-z]{3})[a-z]*|([a-z]{3})[a-z]*\s?(\d{1,2})")
_MONTH = re.compile(rf"\b(?:{'|'.join(_MONTHS)})")
_YEAR = re.compile(r"\b20\d\d\b")
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)\s?(am|pm)?|(\d{1,2})\s?(am|pm)|(noon)")
#: 18点, 18点30, 下午6点半.
_CLOCK_ZH = re.compile(
    "(\u4e0a\u5348|\u65e9\u4e0a|\u4e2d\u5348|\u4e0b\u5348|\u665a\u4e0a)?\\s?(\\d{1,2})(?:[:\uff1a](\\d\\d)"
    "|[\u70b9\u65f6](?:(\u534a)|(\\d{1,2})\u5206?)?)"
)
_AFTER = re.compile(
    r"(?:\+|in )\s?(\d{1,4})\s?(m|min|h|d|w|minutes?|hours?|days?|weeks?)"
    "|(\\d{1,4})\\s?(\u5206\u949f|\u4e2a?\u5c0f\u65f6|\u5929|\u5468)\u540e"
)
#: The same without a word that says from when.
_SPAN = re.compile(
    r"(\d{1,4})\s?(m|min|h|d|w|minutes?|hours?|days?|weeks?)"
    "|(\\d{1,4})\\s?(\u5206\u949f|\u4e2a?\u5c0f\u65f6|\u5929)"
)
_UNITS = {"m": 60, "h": 3600, "d": 86400, "w": 604800, "\u5206": 60, "\u5c0f": 3600, "\u4e2a": 3600, "\u5929": 86400,
          "\u5468": 604800}  # fmt: skip


def parse_when(text: str, now: datetime, zone: tzinfo, *, past: bool = False) -> datetime | None:
    """The instant that `text` means at `now`, or None. Times without offset are in `zone`."""
    text = " ".join(plain(text).split()).casefold().strip(" ,")
    if not text:
        return None
    try:
        return parse_iso(text.upper(), zone)
    except Misuse:
        pass
    if text in ("now", "\u73b0\u5728"):
        return utc(now)
    if found := _AFTER.fullmatch(text) or (None if past else _SPAN.fullmatch(text)):
        count, unit = int(found[1] or found[3]), found[2] or found[4]
        return utc(now) + timedelta(seconds=count * _UNITS[unit[0]])
    for split in _splits(text):
        at = _day_and_clock(*split, now=now, zone=zone, past=past)
        if at is not None:
            return at
    return _written_out(text, zone)


def _written_out(text: str, zone: tzinfo) -> datetime | None:
    """A date with its month as a word and its year, in whatever order: `24 November 2026 6pm`. Only with both is there
    nothing left for the parser to guess."""
    if not (_MONTH.search(text) and _YEAR.search(text)):
        return None
    # 20 ms that a start need not pay.
    from dateutil import parser

    try:
        # What the parser fills in by itself differs between the two.
        wall, other = (parser.parse(text, default=datetime(2000, 1, day)) for day in (1, 2))  # noqa: DTZ001
    except (parser.ParserError, OverflowError):
        return None
    if wall != other:
        return None
    return at_local(wall, zone) if wall.tzinfo is None else utc(wall)


def _splits(text: str) -> list[tuple[str, str]]:
    """Every way to read it as a day and a clock, one of which may be missing."""
    cuts = [
        at for at in range(1, len(text)) if text[at - 1] == " " or not (text[at - 1].isascii() and text[at].isascii())
    ]
    return [(text, ""), ("", text), *((text[:at].strip(), text[at:].strip()) for at in cuts)]


def _day_and_clock(day: str, clock: str, *, now: datetime, zone: tzinfo, past: bool) -> datetime | None:
    wall = _clock(clock) if clock else time()
    if wall is None:
        return None
    today = now.astimezone(zone).date()
    days = _days(day, today, past) if day else [today, today + timedelta(days=-1 if past else 1)]
    instants = [at_local(datetime.combine(one, wall), zone) for one in days]
    fitting = [at for at in instants if (at <= now if past else at > now)]
    return fitting[0] if fitting else instants[0] if instants else None


def _days(text: str, today: date, past: bool) -> list[date]:
    """The days `text` can mean, the likeliest first."""
    if text in _DAYS:
        return [today + timedelta(days=_DAYS[text])]
    if (weekday := _weekday(text)) is not None:
        step = (weekday - today.weekday()) % 7
        first = today + timedelta(days=step - 7 if past and step else step)
        return [first, first + timedelta(days=-7 if past else 7)]
    if found := _WEEKDAY_ZH.fullmatch(text):
        weekday = min("\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u65e5\u5929".index(found[2]), 6)
        if found[1]:
            return [today + timedelta(days=7 - today.weekday() + weekday)]
        return _days(_WEEKDAYS[weekday], today, past)
    return _date(text, today, past)


def _weekday(text: str) -> int | None:
    for names in (_WEEKDAYS, _FULL):
        if text in names:
            return names.index(text)
    return _ALSO.get(text)


def _date(text: str, today: date, past: bool) -> list[date]:
    """A day and a month without a year: this year's, or the next (past: the last) one's."""
    if found := _DATE_ZH.fullmatch(text):
        month, day = int(found[1]), int(found[2])
    elif found := _DATE.fullmatch(text):
        name = found[2] or found[3]
        if name not in _MONTHS:
            return []
        month, day = _MONTHS.index(name) + 1, int(found[1] or found[4])
    else:
        return []
    days = []
    for year in (today.year, today.year + (-1 if past else 1)):
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    return days


def _clock(text: str) -> time | None:
    if found := _CLOCK.fullmatch(text):
        if found[6]:
            return time(12)
        hour, minute, half = int(found[1] or found[4]), int(found[2] or 0), found[3] or found[5]
        if half and not 1 <= hour <= 12:
            return None
        return _time(hour % 12 + (12 if half == "pm" else 0) if half else hour, minute)
    if found := _CLOCK_ZH.fullmatch(text):
        hour, minute = int(found[2]), 30 if found[4] else int(found[3] or found[5] or 0)
        late = found[1] in ("\u4e0b\u5348", "\u665a\u4e0a") or (found[1] == "\u4e2d\u5348" and hour < 6)
        return _time(hour + 12 if late and hour < 12 else hour, minute)
    return None


def _time(hour: int, minute: int) -> time | None:
    return time(hour, minute) if hour < 24 and minute < 60 else None
