"""The day of a violation as people write it: also `11/12`, `2026年11月2日`, `3 days ago`, 上周五.

A day in figures without a year, or in an order that figures alone do not tell, is the latest that is not to come: so
points are counted longest. That it was chosen is told.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from workbench.core.saying import Misuse
from workbench.core.spelling import plain
from workbench.core.when import parse_when

_FULL = re.compile(r"(20\d\d)\s?[/.年-]\s?(\d{1,2})\s?[/.月-]\s?(\d{1,2})\s?[日号]?(?:\s+|(?=\d)|$)(.*)")
_FIGURES = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](20\d\d|\d\d))?(?:\s+(.*))?")
_AGO = re.compile(r"(\d{1,3})\s?(?:days?\s?ago|天前)|(\d{1,2})\s?(?:weeks?\s?ago|周前)")
_LAST = re.compile(r"(?:last|past)\s+([a-z]+)")
_LAST_ZH = re.compile(r"上(?:个)?((?:周|星期|礼拜)[一二三四五六日天])")


class ReadDay(NamedTuple):
    """An instant, and whether it was chosen among several that the figures can mean."""

    at: datetime
    chosen: bool = False


def read_day(text: str, now: datetime, zone: tzinfo) -> ReadDay | None:
    """What `text` means, or None; a bare day is its 00:00."""
    text = " ".join(plain(text).split()).casefold().strip(" ,，。")
    today = now.astimezone(zone).date()
    if found := _FULL.fullmatch(text):
        day = _date(int(found[1]), int(found[2]), int(found[3]))
        return None if day is None else _at(day, found[4], now, zone)
    if found := _FIGURES.fullmatch(text):
        days = _figures(int(found[1]), int(found[2]), found[3], today)
        at = _at(max(days), found[4], now, zone) if days else None
        return None if at is None else at._replace(chosen=len(days) > 1)
    if found := _AGO.fullmatch(text):
        return _at(today - timedelta(days=int(found[1] or 0) + 7 * int(found[2] or 0)), "", now, zone)
    if found := _LAST.fullmatch(text) or _LAST_ZH.fullmatch(text):
        return _last(found[1], now, zone, in_week_before=not found[1].isascii())
    return _when(text, now, zone)


def _last(weekday: str, now: datetime, zone: tzinfo, *, in_week_before: bool) -> ReadDay | None:
    """`last Friday` is the one before today; 上周五 that of the week before this one."""
    found = parse_when(weekday, now, zone, past=True)
    if found is None:
        return None
    day, today = found.astimezone(zone).date(), now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    if day == today or (in_week_before and day >= monday):
        day -= timedelta(days=7)
    return _at(day, "", now, zone)


def _figures(one: int, two: int, year: str | None, today: date) -> set[date]:
    """The days that two figures can mean, with their year or the last one in which they are not to come."""
    found: set[date] = set()
    for month, day in ((one, two), (two, one)):
        years = [int(year) if len(year) == 4 else 2000 + int(year)] if year else [today.year, today.year - 1]
        days = [each for each in (_date(number, month, day) for number in years) if each is not None]
        past = [each for each in days if each <= today]
        found |= set(past[:1] or (days if year else []))
    return found


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _at(day: date, clock: str | None, now: datetime, zone: tzinfo) -> ReadDay | None:
    return _when(f"{day.isoformat()} {clock or ''}".strip(), now, zone)


def _when(text: str, now: datetime, zone: tzinfo) -> ReadDay | None:
    try:
        at = parse_when(text, now, zone, past=True)
    except Misuse:
        return None
    return None if at is None else ReadDay(at)
