"""Readings as people write them, and as Seller Center shows them: names in whatever language, each with its value.

    sps 4.2 nrr 1.26% late 14/1150          60-Day Negative Review Rate 1.26 %          售后处理时长 26.5小时

A value is `4.2`, `1.26%`, `26.5h` or `14/1150`. What it is not is told (`Misuse`), and nothing is guessed: a bare
number of a fraction is read only where it is known whether per cent are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from workbench.core.metrics.model import Definition, Written
from workbench.core.saying import Misuse, Saying, say
from workbench.core.spelling import plain

_NUMBER = r"[+-]?\d+(?:[.,]\d+)*"
_VALUE = re.compile(rf"(?P<top>{_NUMBER})(?:(?P<percent>%)|/(?P<bottom>{_NUMBER}))?", re.ASCII)
_PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)?", re.ASCII)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+", re.ASCII)
_TIME = re.compile(
    rf"(?=.)(?:(?P<d>{_NUMBER})d)?(?:(?P<h>{_NUMBER})h)?(?:(?P<min>{_NUMBER})min)?", re.ASCII | re.IGNORECASE
)
_TIMES = {"d": Decimal(24), "h": Decimal(1), "min": Decimal(1) / 60}
#: What is written apart and belongs together, and what stands together and does not.
_APART = re.compile(r"(?<=[\u3400-\u9fff])(?=[\d+-])|(?<=[\d%])(?=[\u3400-\u9fff])")
_UNIT = re.compile(
    r"(?<=\d)\s*(?:(%|percent\b)|(days?\b|d(?![a-z])|天)|(hours?\b|hrs?\b|h(?![a-z])|小时)"
    r"|(minutes?\b|mins?\b|m\b|分钟)|分)",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"小时\s*(\d+)\s*分(?!钟)")
_TOGETHER = re.compile(r"(?<=\d[dh]) (?=\d+(?:\.\d+)?(?:h|min)\b)")
#: What a page adds: the days of a window in brackets, the change to the day before, counts beside their share.
_ADDED = re.compile(r"\(\s*(?:last\s*|近\s*)?\d+[\s-]*(?:days?|天|d)\s*\)|[\u2191\u2193\u25b2\u25bc]\s*[\d.,]+\s*%?")
_BESIDE = re.compile(r"[\d.,]+\s*%\s*\(\s*(\d[\d,]*\s*/\s*\d[\d,]*)\s*\)")
_SLASH = re.compile(r"(?<=\d)\s*/\s*(?=\d)")
_MARKS = re.compile(r"[:;=|\t\r\n]+|,(?!\d)")
#: Longer is no value of any metric.
_LONGEST = 18
_PLACES = Decimal("0.000001")


class MetricValue(NamedTuple):
    """A value in the unit of its metric, with its counts where it has some."""

    value: Decimal
    numerator: int | None = None
    denominator: int | None = None


class Named(NamedTuple):
    """A metric with what was written for it."""

    metric: Definition
    text: str


def read(text: str, metrics: Iterable[Definition]) -> list[Named]:
    """What a text says: names and values by turns, the longest name that fits; `Misuse` for what is neither."""
    book = _book(metrics)
    words = _words(text)
    longest = max((len(name) for name in book), default=0)
    found: list[Named] = []
    at = 0
    while at < len(words):
        named = next((n for n in range(min(longest, len(words) - at), 0, -1) if tuple(words[at : at + n]) in book), 0)
        if not named:
            raise Misuse(_unknown(words[at], book))
        metric = book[tuple(words[at : at + named])]
        at += named
        if at == len(words):
            raise Misuse(say('"{metric}" has no value. Write it like {metric} 4.2.', metric=metric.id))
        found.append(Named(metric, words[at]))
        at += 1
    return found


def find(name: str, metrics: Iterable[Definition]) -> Definition:
    """The metric of a name in any language; `Misuse` where there is none."""
    book = _book(metrics)
    words = tuple(_words(name))
    if words not in book:
        raise Misuse(_unknown(name.strip(), book))
    return book[words]


def value(metric: Definition, text: str, written: Written | None) -> MetricValue:
    """What was written for a metric; `written` is how bare numbers of a fraction are meant, None where nobody said."""
    match, time = _VALUE.fullmatch(text), _TIME.fullmatch(text)
    if (match is None and time is None) or len(text) > _LONGEST:
        raise Misuse(say('"{text}" is no value. Write it like 4.2, 1.26%, 26.5h or 14/1150.', text=text))
    if match is None:
        assert time is not None
        found = MetricValue(_length(metric, text, time))
    elif match["bottom"] is not None and metric.highest is not None:
        found = MetricValue(_of_scale(metric, text, match))
    elif match["bottom"] is not None:
        found = _counts(metric, text, match["top"], match["bottom"])
    else:
        found = MetricValue(_number(metric, text, match, written))
    if found.value < 0:
        raise Misuse(say('"{text}" is below zero; {metric} cannot be.', text=text, metric=metric.id))
    if metric.unit == "fraction" and found.value > 1:
        raise Misuse(say('"{text}" is more than 100 %; {metric} cannot be.', text=text, metric=metric.id))
    if metric.highest is not None and found.value > metric.highest:
        highest = str(metric.highest)
        raise Misuse(
            say(
                '"{text}" is more than {metric} can be: it ends at {highest}.',
                text=text,
                metric=metric.id,
                highest=highest,
            )
        )
    return found


def tidy(text: str) -> str:
    """A value as it is read: `1.26 %` as `1.26%`."""
    return "".join(_words(text))


def bare(metric: Definition, text: str) -> bool:
    """Whether it is a number of a share without a unit."""
    match = _VALUE.fullmatch(text)
    return metric.unit == "fraction" and match is not None and not any(match[n] for n in ("percent", "bottom"))


def far(now: Decimal, before: Decimal) -> bool:
    """Whether a value is ten times above or below the last one, and so perhaps written in another unit."""
    return now != before and (now >= before * 10 or now * 10 <= before)


def _counts(metric: Definition, text: str, top: str, bottom: str) -> MetricValue:
    if metric.unit != "fraction":
        raise Misuse(say('"{text}" is a share, and {metric} is none.', text=text, metric=metric.id))
    top, bottom = (part.replace(",", "") if _THOUSANDS.fullmatch(part) else part for part in (top, bottom))
    if not (top.isdecimal() and bottom.isdecimal() and int(bottom) > 0):
        raise Misuse(say('"{text}" is no count of cases. Write it like 14/1150.', text=text))
    share = (Decimal(int(top)) / Decimal(int(bottom))).quantize(_PLACES)
    return MetricValue(share, int(top), int(bottom))


def _number(metric: Definition, text: str, match: re.Match[str], written: Written | None) -> Decimal:
    number = _decimal(metric, match["top"])
    if match["percent"]:
        if metric.unit != "fraction":
            raise Misuse(say('"{text}" is a share, and {metric} is none.', text=text, metric=metric.id))
        return number / 100
    if metric.unit != "fraction":
        return number
    if written is None:
        raise Misuse(
            say(
                "{metric} {text}: is that {percent} % or {fraction} %? Write {text}%, or say it once for all with "
                "--unit percent or --unit fraction.",
                metric=metric.id, text=text, percent=text, fraction=f"{number * 100:f}".rstrip("0").rstrip("."),
            )
        )  # fmt: skip
    return number / 100 if written == "percent" else number


def _length(metric: Definition, text: str, time: re.Match[str]) -> Decimal:
    """Hours."""
    if metric.unit != "hours":
        raise Misuse(say('"{text}" is a length of time, and {metric} is none.', text=text, metric=metric.id))
    parts = ((_decimal(metric, time[unit]), hours) for unit, hours in _TIMES.items() if time[unit])
    found = sum((number * hours for number, hours in parts), Decimal(0))
    return found if "min" not in text.casefold() else found.quantize(_PLACES)


def _of_scale(metric: Definition, text: str, match: re.Match[str]) -> Decimal:
    """A score with the end of its scale: `4.2/5`."""
    if _decimal(metric, match["bottom"]) != metric.highest:
        raise Misuse(say('"{text}" is a share, and {metric} is none.', text=text, metric=metric.id))
    return _decimal(metric, match["top"])


def _decimal(metric: Definition, text: str) -> Decimal:
    """A number with a point or a comma before its decimals; thousands only where things are counted."""
    if _THOUSANDS.fullmatch(text):
        if metric.unit != "count":
            raise Misuse(say('"{text}" can be read in two ways. Write it with a point.', text=text))
        return Decimal(text.replace(",", ""))
    if not _PLAIN.fullmatch(text):
        raise Misuse(say('"{text}" is no value. Write it like 4.2, 1.26%, 26.5h or 14/1150.', text=text))
    return Decimal(text.replace(",", "."))


def _words(text: str) -> list[str]:
    """The text as words to be compared: plain, folded, a number with its unit, a name without marks."""
    folded = _ADDED.sub(" ", _BESIDE.sub(r"\1", _MARKS.sub(" ", plain(text)).casefold()))
    timed = _UNIT.sub(_unit, _MINUTES.sub(r"小时\1分钟", folded))
    joined = _SLASH.sub("/", _APART.sub(" ", timed))
    return _TOGETHER.sub("", " ".join(joined.split())).split()


def _unit(match: re.Match[str]) -> str:
    """In letters; what points a score has are none."""
    return next((unit for at, unit in enumerate(("% ", "d ", "h ", "min "), 1) if match[at]), " ")


def _book(metrics: Iterable[Definition]) -> Mapping[tuple[str, ...], Definition]:
    return {tuple(_words(name)): metric for metric in metrics for name in _names(metric)}


def _names(metric: Definition) -> Iterator[str]:
    """The name of its own goes before the others'."""
    yield from metric.aliases
    yield from metric.name.values()
    yield metric.id


def _unknown(word: str, book: Mapping[tuple[str, ...], Definition]) -> Saying:
    import difflib  # only a mistake needs it

    known = {" ".join(name): metric.id for name, metric in book.items()}
    near = difflib.get_close_matches(word.casefold()[:80], list(known), 1, 0.5)
    if near:
        return say('"{word}" is no metric here. Did you mean "{near}"?', word=word, near=near[0])
    ids = ", ".join(dict.fromkeys(known.values()))
    return say('"{word}" is no metric here. Known: {known}.', word=word, known=ids)
