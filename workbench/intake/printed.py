"""One printed time into its parts: the many ways in which programs and languages write a date and a time of day.

Nothing here decides between two readings: what a date can be is answered for each order of day and month, and `dates`
chooses one for the whole file.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple

from workbench.core.unseen import seen

#: In front of a time that a workbook keeps as a date, not as a text.
CELL = "\x1d"

#: The orders of a printed day; a day whose month has a name has one reading, whatever the order of the others.
Order = Literal["DMY", "MDY", "YMD", "NAME"]
Readings = dict[Order, date]

#: Older is the platform not, nor will it be so old: a zero or an endless future that some program printed as a date.
YEARS = range(2000, 2200)
#: Years of the Thai calendar that stand for those.
_BUDDHIST = 543
_DAY = re.compile(r"(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d)(?:[.,]\d+)?)?(?:\s*([AP])\.?M\.?)?", re.ASCII | re.IGNORECASE)

_CHINESE = re.compile(r"(\d{2,4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?")
_CHINESE_TIME = re.compile(r"(\d{1,2})\s*[时時点點]\s*(?:(\d{1,2})\s*分?)?\s*(?:(\d{1,2})\s*秒)?")
_MORNING = ("上午", "凌晨", "清晨", "早上", "早晨", "ก่อนเที่ยง", "sáng", "a.m.", "a. m.", "a m", "am", "sa", "pg")
_EVENING = (
    "下午", "傍晚", "晚上", "中午", "หลังเที่ยง", "chiều", "tối", "petang", "p.m.", "p. m.", "p m", "pm", "ch", "ptg",
)  # fmt: skip
_HALF = "|".join(re.escape(word) for word in sorted((*_MORNING, *_EVENING), key=len, reverse=True))
_OF_DAY = r"(?P<hour>\d{1,2})(?P<sign>[:.])(?P<minute>[0-5]\d)(?:(?P=sign)(?P<second>[0-5]\d)(?:[.,]\d+)?)?"
_OFFSET = r"z|utc|gmt|(?:utc|gmt)?\s*[+-]\d{1,2}(?::?\d{2})?"
#: An offset, which may have the name of the zone behind it, or stand in brackets itself.
_ZONE = rf"(?:(?P<zone>{_OFFSET})(?:\s*\(.*\))?|\(\s*(?P<named>{_OFFSET})\s*\))"
_TAIL = re.compile(rf"(?:^|[\s,t]|(?<=\d))(?P<before>{_HALF})?\s*{_OF_DAY}\s*(?P<after>{_HALF})?\s*{_ZONE}?$")
_HEAD = re.compile(rf"^(?P<before>{_HALF})?\s*{_OF_DAY}\s*(?P<after>{_HALF})?(?P<zone>)(?P<named>)[\s,]+(?=\S)")
_SERIAL = re.compile(r"[45]\d{4}(?:[.,]\d{1,12})?", re.ASCII)
#: A day as settlement files write it, without a sign between: 20260421.
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)", re.ASCII)
_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 (a wall clock)
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\s+|\s*[(（]?(?:星期|周)[一二三四五六日天][)）]?")
#: Thai puts the word for the hour behind a time of day, and one for the time before it.
_OCLOCK = re.compile(r"\s*น\.?$|\bเวลา\s*")
_ORDINAL = re.compile(r"(\d)(?:st|nd|rd|th)\b")
_NUMBERED = re.compile(r"\b(?:tháng|thg|th)\.?\s*(\d{1,2})\b")

_MONTHS_OF = (
    "january jan januari januar janvier janeiro enero ene gennaio gen มกราคม ม.ค. มค",
    "february feb februari februar février fevereiro fev febrero febbraio pebrero peb กุมภาพันธ์ ก.พ. กพ",
    "march mar maret mac märz mars março marzo marso มีนาคม มี.ค. มีค",
    "april apr avril abril abr aprile เมษายน เม.ย. เมย",
    "may mei mai maio mayo maggio mag พฤษภาคม พ.ค. พค",
    "june jun juni juin junho junio giugno giu hunyo hun มิถุนายน มิ.ย. มิย",
    "july jul juli julai juillet julho julio luglio lug hulyo hul กรกฎาคม ก.ค. กค",
    "august aug agustus agu ags agt ogos ogo août agosto ago สิงหาคม ส.ค. สค",
    "september sep sept septembre setembro set septiembre setiembre settembre setyembre กันยายน ก.ย. กย",
    "october oct oktober okt octobre outubro out octubre ottobre ott oktubre ตุลาคม ต.ค. ตค",
    "november nov novembre novembro noviembre nobyembre nob พฤศจิกายน พ.ย. พย",
    "december dec desember des dezember disember dis décembre dezembro dez diciembre dic dicembre disyembre ธันวาคม "
    "ธ.ค. ธค",
)
_MONTHS = {word: number for number, words in enumerate(_MONTHS_OF, 1) for word in words.split()}
_SHORT_YEAR, _CENTURY = 2, 2000
_LONGEST = 80


class PrintedTime(NamedTuple):
    """The time since midnight, the offset that was printed with it, and whether it was of a clock of 12 hours."""

    passed: timedelta
    offset: timedelta | None = None
    halved: bool = False


class TimeParts(NamedTuple):
    """A printed time: what its day can be, its day as printed, its time of day, and whether a program kept it as a
    number of days. `short`: its year has two digits."""

    readings: Readings
    day: str
    time: PrintedTime
    cell: bool = False
    short: bool = False


def quick_day(text: str) -> Readings:
    """What the usual forms of a day can be; nothing where it is none, or has a year of two digits."""
    match = _DAY.fullmatch(text)
    if match is None:
        return {}
    first, _, second, last = match.groups()
    if len(first) == 4 and len(last) <= 2:
        return _valid({"YMD": (int(first), int(second), int(last))})
    if len(last) != 4 or len(first) > 2:
        return {}
    return _valid({"DMY": (int(last), int(second), int(first)), "MDY": (int(last), int(first), int(second))})


def quick_time(text: str) -> PrintedTime | None:
    """The usual forms of a time of day; none where it is another."""
    if not text:
        return PrintedTime(timedelta())
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second, half = match.groups()
    return _of_day(int(hour), int(minute), int(second or 0), half.lower() if half else "")


def parts(text: str) -> TimeParts | None:
    """Any other form; None where it is no time."""
    if len(text) > _LONGEST:
        return None
    cell = text.startswith(CELL)
    plain = " ".join(seen(unicodedata.normalize("NFKC", text.removeprefix(CELL))).split()).lower()
    if _SERIAL.fullmatch(plain):
        moment = _ZERO + timedelta(seconds=round(float(plain.replace(",", ".")) * 86_400))
        passed = moment - datetime.combine(moment.date(), time())
        return TimeParts({"YMD": moment.date()}, f"{moment.date()}", PrintedTime(passed), cell=True)
    plain = _COMPACT.sub(r"\1-\2-\3", plain) if plain.isdigit() else plain
    plain = _CHINESE.sub(r"\1-\2-\3 ", _WEEKDAY.sub("", _OCLOCK.sub("", plain))).strip()
    plain = _CHINESE_TIME.sub(
        lambda found: f"{found[1]}:{(found[2] or '0').zfill(2)}:{(found[3] or '0').zfill(2)}", plain
    )
    day, clock = plain, PrintedTime(timedelta())
    whole = quick_day(plain) or _short(plain)  # 20.11.2026 is no time of day
    for pattern in () if whole else (_TAIL, _HEAD):
        if (match := pattern.search(plain)) is not None:
            found = _clock(match)
            if found is None:
                return None
            day, clock = (plain[: match.start()] + " " + plain[match.end() :]).strip(" ,"), found
            break
    short = _short(day)
    readings = quick_day(day) or short or _by_name(day)
    return TimeParts(readings, day, clock, cell, short=bool(short)) if readings else None


def _clock(match: re.Match[str]) -> PrintedTime | None:
    before, after = match["before"] or "", match["after"] or ""
    if before and after:
        return None
    word = before or after
    half = "" if not word else "a" if word in _MORNING else "p"
    found = _of_day(int(match["hour"]), int(match["minute"]), int(match["second"] or 0), half)
    if found is None or (word == "晚上" and match["hour"] == "12"):  # midnight or noon
        return None
    zone = match["zone"] or match["named"]
    if not zone:
        return found
    offset = _offset(zone)
    return None if offset is None else found._replace(offset=offset)


def _of_day(hour: int, minute: int, second: int, half: str) -> PrintedTime | None:
    if half:
        hour = hour % 12 + (12 if half == "p" else 0) if 1 <= hour <= 12 else 24
    passed = timedelta(0, hour * 3600 + minute * 60 + second)
    return PrintedTime(passed, None, bool(half)) if hour < 24 else None


def _offset(text: str) -> timedelta | None:
    text = text.removeprefix("utc").removeprefix("gmt").strip()
    if text in ("", "z"):
        return timedelta()
    digits = text[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    found = timedelta(hours=int(hours), minutes=int(minutes))
    if found > timedelta(hours=14):
        return None
    return -found if text[0] == "-" else found


def _short(text: str) -> Readings:
    """What a day with a year of two digits can be, in each of three orders."""
    match = _DAY.fullmatch(text)
    if match is None or any(len(match[part]) > 2 for part in (1, 4)) or len(match[4]) < 2:
        return {}
    one, two, three = int(match[1]), int(match[3]), int(match[4])
    year_first: dict[Order, tuple[int, int, int]] = {"YMD": (_CENTURY + one, two, three)}
    found: dict[Order, tuple[int, int, int]] = {
        "DMY": (_CENTURY + three, two, one), "MDY": (_CENTURY + three, one, two)
    }  # fmt: skip
    return _valid(found | (year_first if len(match[1]) == 2 else {}))


def _by_name(text: str) -> Readings:
    """A day whose month is written out: with it there is one reading."""
    text = _NUMBERED.sub(lambda found: f" month{found[1]} ", _ORDINAL.sub(r"\1", text))
    numbers, months, order = list[str](), list[int](), ""
    for token in re.findall(r"month\d{1,2}|\d+|[^\W\d_][^\d\s,/-]*", text):
        if token.isdigit():
            numbers.append(token)
            order += "n"
        elif token.startswith("month"):
            months.append(int(token[5:]))
            order += "m"
        elif (month := _MONTHS.get(token) or _MONTHS.get(token.rstrip("."))) is not None:
            months.append(month)
            order += "m"
        elif token.rstrip(".") not in ("de", "del", "of", "ngày", "năm", "pukul", "at"):
            return {}
    if len(months) != 1 or len(numbers) != 2 or order not in ("nmn", "mnn"):
        return {}
    day, year = numbers
    if len(day) == 4 and order == "nmn":
        day, year = year, day
    if len(day) > 2 or len(year) not in (_SHORT_YEAR, 4):
        return {}
    return _valid({"NAME": (int(year) + (_CENTURY if len(year) == _SHORT_YEAR else 0), months[0], int(day))})


def _valid(candidates: dict[Order, tuple[int, int, int]]) -> Readings:
    found: Readings = {}
    for order, (stated, month, day) in candidates.items():
        year = stated - _BUDDHIST if stated - _BUDDHIST in YEARS else stated
        if year in YEARS and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            found[order] = date(year, month, day)
    return found
