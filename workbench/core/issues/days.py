"""Days of the log: how a day is written, what is normal, and how many evenings in a row were logged."""

from __future__ import annotations

import re
from datetime import date, timedelta

from workbench.core.issues.tally import Tally
from workbench.core.saying import Misuse, Saying, say
from workbench.core.spelling import key

#: Days outside are mistyped; so are those more than a year ahead.
_FIRST_DAY = date(2000, 1, 1)
_AHEAD = timedelta(days=366)

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AGO = {"today": 0, "yesterday": 1, "今天": 0, "昨天": 1, "前天": 2}
_WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "monday mon 周一 星期一 礼拜一",
            "tuesday tue tues 周二 星期二 礼拜二",
            "wednesday wed 周三 星期三 礼拜三",
            "thursday thu thur thurs 周四 星期四 礼拜四",
            "friday fri 周五 星期五 礼拜五",
            "saturday sat 周六 星期六 礼拜六",
            "sunday sun 周日 周天 星期日 星期天 礼拜日 礼拜天",
        )
    )
    for word in words.split()
}
#: The day words after which no blank is needed.
CHINESE = tuple(word for word in (*_AGO, *_WEEKDAYS) if not word.isascii())


def day_word(word: str, today: date) -> date | None:
    """The day that one word names, or None; a weekday is the latest one that is not after `today`.

    Raises `Misuse` for what has the form of an ISO day and is none.
    """
    name = key(word)
    if name in _AGO:
        return today - timedelta(days=_AGO[name])
    if name in _WEEKDAYS:
        return today - timedelta(days=(today.weekday() - _WEEKDAYS[name]) % 7)
    if not _ISO.fullmatch(name):
        return None
    try:
        return date.fromisoformat(name)
    except ValueError:
        raise Misuse(_not_a_day(word)) from None


def parse_day(text: str, today: date) -> date:
    """The day that an option names (`--day`, `--from`, `--to`); raises `Misuse` for anything else."""
    day = day_word(text, today)
    if day is None:
        raise Misuse(_not_a_day(text))
    return day


def normal(tally: Tally, today: date) -> int | None:
    """What is normal for a day: the mean of the seven days before `today`, a day without issues counting as 0.

    Rounded half up. None where nothing was logged before today: a new log has no normal.
    """
    if not tally.logged_before(today):
        return None
    total = sum(tally.total(today - timedelta(days=ago)) for ago in range(1, 8))
    return (2 * total + 7) // 14


def streak(tally: Tally, today: date) -> int:
    """How many days in a row were logged, up to today; up to yesterday while today is not logged yet.

    A day with nothing wrong counts where it was logged as such.
    """
    day = today if tally.logged(today) else today - timedelta(days=1)
    days = 0
    while tally.logged(day):
        days, day = days + 1, day - timedelta(days=1)
    return days


def _not_a_day(text: str) -> Saying:
    return say('"{text}" is not a day. Write it like 2026-11-24, today, yesterday or Monday.', text=text)


def far(day: date, today: date) -> bool:
    """Whether a day is so far from today that it must be mistyped."""
    return not _FIRST_DAY <= day <= today + _AHEAD
