"""Days and times of day as people write them, in English and Chinese: `Fri`, 24 Nov, 24/11, 11月24日; 18:00, 下午6点.

A date of two numbers has the day first; with a `/` also the month, where nothing else is possible. Nothing is guessed:
what is not understood is no day (an empty list) and no time (None). The text is in small letters, its blanks single.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

#: As many characters as a day or a time of day is written with at most; what was pasted by mistake is not even tried.
LONGEST = 80
#: The minute at which a day ends: 24:00.
END = 24 * 60

_DAYS = {
    "today": 0, "tonight": 0, "tomorrow": 1, "tmr": 1, "yesterday": -1, "the day after tomorrow": 2,
    "今天": 0, "今日": 0, "今晚": 0, "明天": 1, "明日": 1, "明晚": 1, "后天": 2, "昨天": -1, "昨日": -1, "昨晚": -1,
    "前天": -2,
}  # fmt: skip
#: Days that are evenings: alone they last until their end, and their hours are those of the evening.
EVENINGS = ("tonight", "今晚", "明晚", "昨晚")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ALSO = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip

#: 周五, 星期五, 礼拜五, and with 下 the one of next week, with 这 or 本 of this one.
_WEEKDAY_ZH = re.compile("(下|这|本)?(?:周|星期|礼拜)([一二三四五六日天])")
_DATE_ZH = re.compile(r"(?:(20\d\d)年)?(\d{1,2})月(\d{1,2})[日号]?")
_NTH = r"(\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,? (20\d\d))?"
_DAY_MONTH = re.compile(rf"(?:the )?{_NTH}\.?(?: of)? ?([a-z]{{3,9}})\.?{_YEAR}")
_MONTH_DAY = re.compile(rf"([a-z]{{3,9}})\.? ?(?:the )?{_NTH}{_YEAR}")
#: 24/11, 24/11/2026, 24/11/26; with dots or strokes only with a year or a last dot, for 9.10 may be a time.
_NUMBERS = re.compile(r"(\d{1,2})(/)(\d{1,2})(?:/((?:20)?\d\d))?|(\d{1,2})([.-])(\d{1,2})(?:\6(20\d\d)|(?<=\d)\.)")
_YEAR_FIRST = re.compile(r"(20\d\d)([-/.])(\d{1,2})\2(\d{1,2})")
#: The 24th, 24号: of this month, else of the next.
_OF_MONTH = re.compile(r"(?:the )?(\d{1,2})(?:st|nd|rd|th)|(\d{1,2})[日号]")

_ENDS = ("24:00", "end of day", "end of the day", "eod", "下班前", "24点")
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)\s?(am|pm)?|(\d{1,2})\s?(am|pm)|(noon)")
#: 18点, 18点30, 下午6点半.
_CLOCK_ZH = re.compile(r"(上午|早上|中午|下午|晚上)?\s?(\d{1,2})(?:[:：](\d\d)|[点时](?:(半)|(\d{1,2})分?)?)")


def days(text: str, today: date, *, past: bool = False) -> list[date]:
    """The days `text` can mean on `today`, the likeliest first; `past`: the last one is meant, not the next."""
    if len(text) > LONGEST:
        return []
    text = text.removeprefix("on ").removeprefix("this ")
    if text in _DAYS:
        return [today + timedelta(days=_DAYS[text])]
    if (found := _week(text, today, past)) or (found := _date(text, today, past)):
        return found
    return _with_weekday(text, today, past)


def _week(text: str, today: date, past: bool) -> list[date]:
    if (weekday := _weekday(text)) is not None:
        step = (weekday - today.weekday()) % 7
        first = today + timedelta(days=step - 7 if past and step else step)
        return [first, first + timedelta(days=-7 if past else 7)]
    if found := _WEEKDAY_ZH.fullmatch(text):
        weekday = min("一二三四五六日天".index(found[2]), 6)
        if found[1]:
            monday = today - timedelta(days=today.weekday())
            return [monday + timedelta(days=weekday + (7 if found[1] == "下" else 0))]
        return _week(_WEEKDAYS[weekday], today, past)
    return []


def _weekday(text: str) -> int | None:
    for at, name in enumerate(_WEEKDAYS):
        if text in (name, name[:3]):
            return at
    return _ALSO.get(text)


def _with_weekday(text: str, today: date, past: bool) -> list[date]:
    """A date with its weekday before or behind it: `Fri 27 Nov`, 11月27日周五. The two must agree."""
    for cut in range(1, len(text)):
        for weekday, rest in ((text[:cut], text[cut:]), (text[cut:], text[:cut])):
            named = _week(weekday.strip(" ,()（）"), today, past)
            found = _date(rest.strip(" ,()（）"), today, past) if named else []
            if found:
                return [day for day in found if day.weekday() == named[0].weekday()]
    return []


def _date(text: str, today: date, past: bool) -> list[date]:
    """A date; without a year this year's, or the next (past: the last) one's."""
    if found := _YEAR_FIRST.fullmatch(text):
        return _dates(found[1], found[3], found[4], today, past)
    if found := _DATE_ZH.fullmatch(text):
        return _dates(found[1], found[2], found[3], today, past)
    if found := _NUMBERS.fullmatch(text):
        first, sign, second, year = (found[1] or found[5], found[2] or found[6], found[3] or found[7],
                                     found[4] or found[8])  # fmt: skip
        year = f"20{year}" if year and len(year) == 2 else year
        return _dates(year, second, first, today, past) or (
            _dates(year, first, second, today, past) if sign == "/" else []
        )
    for pattern, month, day in ((_DAY_MONTH, 2, 1), (_MONTH_DAY, 1, 2)):
        if (found := pattern.fullmatch(text)) and (number := _month(found[month])):
            return _dates(found[3], str(number), found[day], today, past)
    if found := _OF_MONTH.fullmatch(text):
        return _of_month(int(found[1] or found[2]), today, past)
    return []


def _month(name: str) -> int:
    """The number of a month by its name or its beginning, 0 where it is none."""
    return next((at for at, month in enumerate(_MONTHS, 1) if month.startswith(name)), 0)


def _dates(year: str | None, month: str, day: str, today: date, past: bool) -> list[date]:
    years = (int(year),) if year else (today.year, today.year + (-1 if past else 1))
    found = (_existing(each, int(month), int(day)) for each in years)
    return [each for each in found if each is not None]


def _of_month(day: int, today: date, past: bool) -> list[date]:
    other = today.replace(day=1) + timedelta(days=-1 if past else 31)
    found = (_existing(each.year, each.month, day) for each in (today, other))
    return [each for each in found if each is not None]


def _existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def clock(text: str) -> int | None:
    """The minute of the day that `text` means, 0 to 1440; None for anything else."""
    text = text.removeprefix("at ")
    if text in _ENDS:
        return END
    if found := _CLOCK.fullmatch(text):
        if found[6]:
            return END // 2
        hour, minute, half = int(found[1] or found[4]), int(found[2] or 0), found[3] or found[5]
        if half and not 1 <= hour <= 12:
            return None
        return _minute(hour % 12 + (12 if half == "pm" else 0) if half else hour, minute)
    if found := _CLOCK_ZH.fullmatch(text):
        hour, minute = int(found[2]), 30 if found[4] else int(found[3] or found[5] or 0)
        if found[1] == "晚上" and hour == 12:
            return None if minute else END
        late = found[1] in ("下午", "晚上") or (found[1] == "中午" and hour < 6)
        return _minute(hour + 12 if late and hour < 12 else hour, minute)
    return None


def _minute(hour: int, minute: int) -> int | None:
    return hour * 60 + minute if hour < 24 and minute < 60 else None
