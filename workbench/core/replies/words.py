"""What fields say, in the language of the text: lengths of time, days, hours."""

from __future__ import annotations

from datetime import date

from workbench.core.hours import DAYS, Hours

_EN = {
    "min": ("minute", "minutes"),
    "h": ("hour", "hours"),
    "d": ("day", "days"),
    "wd": ("working day", "working days"),
}
_ZH = {"min": "分钟", "h": "小时", "d": "天", "wd": "个工作日"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ZH_WEEKDAYS = "一二三四五六日"


def _is(language: str, tag: str) -> bool:
    return language.casefold().split("-")[0] == tag


def length_words(count: int, unit: str, language: str) -> str:
    """A length as it stands in a sentence: `5 days`, `2 个工作日`; English where the language is neither."""
    if _is(language, "zh"):
        return f"{count} {_ZH[unit]}"
    one, many = _EN[unit]
    return f"{count} {one if count == 1 else many}"


def day_words(day: date, language: str) -> str:
    """A day: `Fri 4 Dec`, `12月4日（周五）`, else ISO."""
    if _is(language, "en"):
        return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
    if _is(language, "zh"):
        return f"{day.month}月{day.day}日（周{_ZH_WEEKDAYS[day.weekday()]}）"
    return day.isoformat()


def hours_words(hours: Hours, language: str) -> str:
    """The open hours: `Mon-Fri 09:00-18:00`, `周一至周五 09:00-18:00`; empty where always open."""
    zh = _is(language, "zh")
    parts = []
    for each in hours:
        days = [day for day in range(len(DAYS)) if day in each.days]
        run = len(days) > 2 and days[-1] - days[0] == len(days) - 1
        names = [f"周{_ZH_WEEKDAYS[day]}" if zh else _WEEKDAYS[day] for day in days]
        said = (
            (f"{names[0]}至{names[-1]}" if zh else f"{names[0]}-{names[-1]}")
            if run
            else ("、" if zh else ", ").join(names)
        )
        parts.append(f"{said} {_clock(each.begin)}-{_clock(each.end)}")
    return ("，" if zh else ", ").join(parts)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
