"""What single cells of a seller's own spreadsheet say; a reader gives text, numbers, dates, None for an empty one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from workbench.core.saying import Refusal, say
from workbench.core.spelling import plain

Value = str | int | float | date | None

_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?:[T\s].*)?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?:\s.*)?")
_COUNT = re.compile(r"[x\u00d7]?\s*([0-9]{1,6})(?:\.0+)?", re.IGNORECASE)
_TICKET = re.compile(r"(?:@?t-)?([0-9]{1,9})(?:\.0+)?", re.IGNORECASE)


def text_of(value: Value) -> str:
    """A cell as text: words exactly, a whole number without a fraction."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def count_of(value: Value) -> int | None:
    """A count, 1 where the cell is empty; None for what is not a whole number from 0 on."""
    text = plain(text_of(value)).strip()
    match = _COUNT.fullmatch(text)
    return 1 if not text else int(match[1]) if match else None


def ticket_of(value: Value) -> int | None:
    """The number of a ticket (`T-7`, `7`); None where the cell names none."""
    match = _TICKET.fullmatch(plain(text_of(value)).strip())
    return int(match[1]) if match else None


def day_of(value: Value, day_first: bool) -> date | None:
    """The day of a cell; a time behind it is left aside. None for anything else."""
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    text = plain(text_of(value)).strip()
    if match := _YEAR_FIRST.fullmatch(text):
        return _day(match[1], match[2], match[3])
    if match := _YEAR_LAST.fullmatch(text):
        return _day(match[3], match[2], match[1]) if day_first else _day(match[3], match[1], match[2])
    return None


def day_order(values: Iterable[Value], today: date) -> tuple[bool, bool]:
    """Whether dates with the year last have the day first, and whether that is only assumed.

    One order for the whole column: a part above 12 decides, then the order that puts a day more than one day after
    today is out; else the day is first. Raises `Refusal` where dates contradict each other.
    """
    written = [match for value in values if (match := _YEAR_LAST.fullmatch(plain(text_of(value)).strip()))]
    day, month = (any(int(match[n]) > 12 >= int(match[3 - n]) for match in written) for n in (1, 2))
    if day and month:
        raise Refusal(
            say("Some dates have the day first and some the month. Nothing was read. Write them like 2026-11-24.")
        )
    if day or month:
        return day, False
    late = [
        any((found := day_of(match[0], first)) is not None and found > today + timedelta(days=1) for match in written)
        for first in (True, False)
    ]
    if late[0] != late[1]:
        return late[1], False
    return True, any(int(match[1]) != int(match[2]) for match in written)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
