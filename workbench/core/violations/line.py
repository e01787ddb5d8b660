"""A violation in one line, as people type it: `8 not as described 24 Nov`, `发货延迟 4分 11/12`, `扣12分 昨天`.

Points, a date and the reason in any order; `pending` anywhere marks one that is only announced; what is left is the
reason and a note behind it. A bare number is points at the beginning or the end, one that says so (`-4`, `4 points`)
anywhere. Nothing is guessed silently: what was understood is told by `TypedViolation`, and a line without a date is of
today.
"""

from __future__ import annotations

import re
from datetime import datetime

import msgspec

from workbench.core.policy import Policy
from workbench.core.saying import Saying, Told, say
from workbench.core.spelling import plain
from workbench.core.time import midnight
from workbench.core.violations.dates import ReadDay, read_day
from workbench.core.violations.entry import read_points, record
from workbench.core.violations.evidence import find_reason
from workbench.core.violations.model import Violation, ViolationDraft
from workbench.core.violations.paste import complete
from workbench.core.violations.policy import PointsPolicy

_UNITS = r"(?:points?|pts?\.?|违规分|分)"
_POINTS = re.compile(rf"(\d{{1,4}}){_UNITS}?", re.IGNORECASE)
#: Points that say that they are, as one word.
_SAID = re.compile(
    rf"[-\u2212](\d{{1,4}}){_UNITS}?|被?[扣罚记计]了?(\d{{1,4}}){_UNITS}?|(\d{{1,4}}){_UNITS}", re.IGNORECASE
)
#: What marks a violation that is only announced.
_PENDING = frozenset(("pending", "announced", "待生效", "预告"))
_UNIT = re.compile(_UNITS, re.IGNORECASE)
#: What only joins the parts, at the beginning and the end of what is left, and what may stand before the points.
_JOINS = frozenset(("on", "for", "because", "of", "got", "violation", "points", "因为", "因", "于", "原因", "被"))
_TAKEN = frozenset(
    ("minus", "lost", "lose", "deducted", "got", "-", "扣", "扣了", "被扣", "被扣了", "罚", "记", "扣分")
)
#: A date or points in Chinese, which may touch what stands before and behind them.
_PIECES = re.compile(
    r"(20\d\d年\d{1,2}月\d{1,2}[日号]?|\d{1,2}月\d{1,2}[日号]?|被?[扣罚记计]了?\d{1,4}(?:违规分|分)?"
    r"|\d{1,4}(?:违规分|分)(?!钟)|^(?:今天|昨天|前天|因为?)|(?:今天|昨天|前天)$)"
)
#: What a date with a time of day has.
_CLOCK = re.compile(r":\d\d|\d ?(?:am|pm)\b|[点时]|now|noon|现在|[hm]\b|小时|分钟", re.IGNORECASE)
#: The words of the longest date that is looked for.
_LONGEST = 4


class TypedViolation(msgspec.Struct, frozen=True):
    """What a line means: a draft, or why not. `dated` is whether it names its day, `known` the words understood."""

    draft: ViolationDraft | None = None
    problem: Saying | None = None
    remark: Saying | None = None
    dated: bool = False
    known: tuple[tuple[int, int], ...] = ()


def read_line(text: str, rules: PointsPolicy, shop: Policy, now: datetime) -> TypedViolation:
    """The violation that the line describes."""
    text = plain(text)
    words = _words(text)
    pending = [span for word, span in words if word.casefold() in _PENDING]
    words = [(word, span) for word, span in words if word.casefold() not in _PENDING]
    day, words, date_spans = _date(words, shop, now)
    points, words, point_spans = _take_points(words)
    words = _without_joins(words)
    issued = day.at if day else None
    day_only = day is None or _CLOCK.search(text[date_spans[0][0] : date_spans[-1][1]]) is None
    reason, name, note = complete(rules, _spoken(words, text))
    known = (*pending, *date_spans, *point_spans, *(_reason_spans(words, note) if reason else ()))
    if points is None and reason is not None and reason.low == reason.high:
        points = reason.low
    if points is None:
        return TypedViolation(
            problem=say("How many points? Write them first, like: 8 not as described 24 Nov"), known=known
        )
    dated = issued is not None
    if issued is None:
        issued, day_only = midnight(now.astimezone(shop.zone).date(), shop.zone), True
    draft = ViolationDraft(
        points=points, issued_at=issued, issued_day_only=day_only, reason=name or None, note=note or None,
        pending=bool(pending),
    )  # fmt: skip
    try:
        record(0, draft, rules, shop)
    except Told as told:
        return TypedViolation(problem=told.saying, known=known)
    remark = None
    if issued > now:
        remark = say("This date is still to come.")
    elif day is not None and day.chosen:
        remark = say(
            "Read as {day}, the later one that it can mean.", day=issued.astimezone(shop.zone).date().isoformat()
        )
    elif reason is not None and not reason.low <= points <= reason.high:
        remark = say("For this reason the platform gives {low} to {high} points.", low=reason.low, high=reason.high)
    return TypedViolation(draft, None, remark, dated, known)


def write_line(violation: Violation, shop: Policy) -> str:
    """The line that reads as this violation."""
    local = violation.issued_at.astimezone(shop.zone).replace(tzinfo=None)
    if violation.issued_day_only:
        issued = local.date().isoformat()
    else:
        issued = local.isoformat(" ", "seconds" if local.second else "minutes")
    parts = (str(violation.points), violation.reason or "", "pending" if violation.pending else "", issued)
    return " ".join(part for part in parts if part)


_Words = list[tuple[str, tuple[int, int]]]
_Spans = tuple[tuple[int, int], ...]


def _words(text: str) -> _Words:
    """The words with their places; what parts them is no part of any."""
    found: _Words = []
    for match in re.finditer(r"[^\s,;、。]+", text):
        at = match.start()
        for piece in _PIECES.split(match[0]):
            bare = piece.rstrip(":")
            if bare:
                found.append((bare, (at, at + len(bare))))
            at += len(piece)
    return found


def _date(words: _Words, shop: Policy, now: datetime) -> tuple[ReadDay | None, _Words, _Spans]:
    """The longest date in the line, best at its end, then at its beginning, and the words without it."""
    for length in range(min(_LONGEST, len(words)), 0, -1):
        last = len(words) - length
        for first in dict.fromkeys((last, 0, *range(last, 0, -1))):
            part, rest = words[first : first + length], words[:first] + words[first + length :]
            text = " ".join(word for word, _span in part)
            day = None if _POINTS.fullmatch(text) or _SAID.fullmatch(text) else read_day(text, now, shop.zone)
            if day is not None:
                return day, rest, tuple(span for _word, span in part)
    return None, words, ()


def _take_points(words: _Words) -> tuple[int | None, _Words, _Spans]:
    """The number of points, and the words without it, its unit and what says that it was taken."""
    said = [at for at, (word, _span) in enumerate(words) if _is_said(words, at)]
    ends = [at for at in (0, len(words) - 1) if words and _POINTS.fullmatch(words[at][0])]
    for at in (*said, *ends):
        match = _SAID.fullmatch(words[at][0]) or _POINTS.fullmatch(words[at][0])
        number = next(group for group in match.groups() if group) if match else ""
        first = at - (at > 0 and words[at - 1][0].casefold() in _TAKEN)
        behind = at + 1 < len(words) and _UNIT.fullmatch(words[at + 1][0]) is not None
        taken = words[first : at + 1 + behind]
        return read_points(number), words[:first] + words[at + 1 + behind :], tuple(span for _word, span in taken)
    return None, words, ()


def _is_said(words: _Words, at: int) -> bool:
    """Whether this word is points by its form or by its neighbours."""
    word = words[at][0]
    if _SAID.fullmatch(word):
        return True
    before = at > 0 and words[at - 1][0].casefold() in _TAKEN
    behind = at + 1 < len(words) and _UNIT.fullmatch(words[at + 1][0]) is not None
    return (before or behind) and _POINTS.fullmatch(word) is not None


def _without_joins(words: _Words) -> _Words:
    """The words without those that only join, at the beginning and the end."""
    while words and words[0][0].casefold() in _JOINS:
        words = words[1:]
    while words and words[-1][0].casefold() in _JOINS:
        words = words[:-1]
    if words and words[0][0].startswith("因"):
        word, (_begin, end) = words[0]
        bare = word.removeprefix("因为").removeprefix("因")
        words = [(bare, (end - len(bare), end)), *words[1:]]
    return words


def _spoken(words: _Words, text: str) -> str:
    """The words as they were written; of what was taken out between them nothing is left."""
    said = ""
    for at, (word, (begin, _end)) in enumerate(words):
        between = text[words[at - 1][1][1] : begin] if at else ""
        said += (between if not between.strip(" \t,;、。:") else " ") + word
    return said


def _reason_spans(words: _Words, note: str) -> _Spans:
    count = len(words) - len(note.split())
    return tuple(span for _word, span in words[:count])


def reason_begun(text: str, rules: PointsPolicy) -> tuple[str, list[str]]:
    """What is typed of a reason at the end of the line, and the names that begin so, shortest first; of all where
    nothing is typed yet."""
    words = text.split(" ")
    names = sorted({name for reason in rules.reasons for name in (*reason.name.values(), *reason.aliases)}, key=len)
    for at in range(len(words)):
        tail = " ".join(words[at:])
        found = [name for name in names if tail.strip() and name.casefold().startswith(tail.casefold())]
        if found and not (find_reason(rules, tail) and len(found) == 1):
            return tail, found
    return "", []
