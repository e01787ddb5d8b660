"""A violation in one line, as people type it: `8 not as described 24 Nov`, `4 迟发 昨天`, `late dispatch 2 yesterday`.

Points, a date and the reason in any order of the first two; `pending` anywhere marks one that is only announced; what
is left is the reason and a note behind it. Nothing
is guessed silently: what was understood is told by `Typed`, and a line without a date is of today.
"""

from __future__ import annotations

import re
from datetime import datetime

import msgspec

from workbench.core.policy import Policy
from workbench.core.saying import Misuse, Saying, Told, say
from workbench.core.time import midnight
from workbench.core.violations.entry import read_points, record
from workbench.core.violations.evidence import find_reason
from workbench.core.violations.model import Draft, Violation
from workbench.core.violations.paste import complete
from workbench.core.violations.policy import PointsPolicy
from workbench.core.when import parse_when

_POINTS = re.compile(r"(\d{1,4})(?:points?|pts?|分)?", re.IGNORECASE)
#: What marks a violation that is only announced.
_PENDING = frozenset(("pending", "announced", "待生效", "预告"))
_UNIT = re.compile(r"points?|pts?|分", re.IGNORECASE)
#: What a date with a time of day has.
_CLOCK = re.compile(r":\d\d|\d ?(?:am|pm)\b|[点时]|now|noon|现在|[hm]\b|小时|分钟", re.IGNORECASE)
#: The words of the longest date that is looked for.
_LONGEST = 4


class Typed(msgspec.Struct, frozen=True):
    """What a line means: a draft, or why not. `dated` is whether it names its day, `known` the words understood."""

    draft: Draft | None = None
    problem: Saying | None = None
    remark: Saying | None = None
    dated: bool = False
    known: tuple[tuple[int, int], ...] = ()


def read_line(text: str, rules: PointsPolicy, shop: Policy, now: datetime) -> Typed:
    """The violation that the line describes."""
    words = [(match[0], match.span()) for match in re.finditer(r"\S+", text)]
    pending = [span for word, span in words if word.casefold() in _PENDING]
    words = [(word, span) for word, span in words if word.casefold() not in _PENDING]
    issued, day_only, words, date_spans = _date(words, shop, now)
    points, words, point_spans = _take_points(words)
    reason, name, note = complete(rules, " ".join(word for word, _span in words))
    known = (*pending, *date_spans, *point_spans, *(_reason_spans(words, note) if reason else ()))
    if points is None and reason is not None and reason.low == reason.high:
        points = reason.low
    if points is None:
        return Typed(problem=say("How many points? Write them first, like: 8 not as described 24 Nov"), known=known)
    dated = issued is not None
    if issued is None:
        issued, day_only = midnight(now.astimezone(shop.zone).date(), shop.zone), True
    draft = Draft(
        points=points, issued_at=issued, issued_day_only=day_only, reason=name or None, note=note or None,
        pending=bool(pending),
    )  # fmt: skip
    try:
        record(0, draft, rules, shop)
    except Told as told:
        return Typed(problem=told.saying, known=known)
    remark = None
    if issued > now:
        remark = say("This date is still to come.")
    elif reason is not None and not reason.low <= points <= reason.high:
        remark = say("For this reason the platform gives {low} to {high} points.", low=reason.low, high=reason.high)
    return Typed(draft, None, remark, dated, known)


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


def _date(words: _Words, shop: Policy, now: datetime) -> tuple[datetime | None, bool, _Words, _Spans]:
    """The longest date in the line, best at its end, then at its beginning, and the words without it."""
    for length in range(min(_LONGEST, len(words)), 0, -1):
        last = len(words) - length
        for first in dict.fromkeys((last, 0, *range(last, 0, -1))):
            part, rest = words[first : first + length], words[:first] + words[first + length :]
            text = " ".join(word for word, _span in part)
            at = None if _POINTS.fullmatch(text) else _instant(text, shop, now)
            if at is not None:
                return at, _CLOCK.search(text) is None, rest, tuple(span for _word, span in part)
    return None, False, words, ()


def _instant(text: str, shop: Policy, now: datetime) -> datetime | None:
    try:
        return parse_when(text, now, shop.zone, past=True)
    except Misuse:
        return None


def _take_points(words: _Words) -> tuple[int | None, _Words, _Spans]:
    """The number at the beginning, else at the end, and the words without it."""
    for at in (0, -1):
        match = _POINTS.fullmatch(words[at][0]) if words else None
        if match:
            spans: _Spans = (words[at][1],)
            rest = words[1:] if at == 0 else words[:-1]
            if at == 0 and rest and _UNIT.fullmatch(rest[0][0]):
                spans, rest = (*spans, rest[0][1]), rest[1:]
            return read_points(match[1]), rest, spans
    return None, words, ()


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
