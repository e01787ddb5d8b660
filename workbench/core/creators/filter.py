"""The filter of the list of creators: words and fields, as in the queue.

words are case-folded substrings of id, handle, note, SKUs, category; "quoted words" hold together; stage:talking
outcome:silent  goal:sales  is:open  collaboration:target  sku:LAMP*  rate:>10%  due:<24h  due:overdue
`-` negates, a blank is *and*, `or` binds weaker.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from fnmatch import translate
from typing import NamedTuple, TypeVar

from workbench.core.creators.model import Deal
from workbench.core.creators.stages import OUTCOMES, STAGES
from workbench.core.policy import parse_span
from workbench.core.saying import Misuse, say
from workbench.core.shares import read_share
from workbench.core.spelling import plain

#: A deal, and by when it is due.
Test = Callable[[Deal, datetime | None], bool]
_Value = TypeVar("_Value", datetime, Decimal)

_TOKEN = re.compile(r'\s*(-(?=\S))?(?:([A-Za-z_]+):(?:"([^"]*)"|(\S*))|"([^"]*)"|(\S+))')
_WORDS: dict[str, tuple[str, ...]] = {
    "stage": STAGES, "outcome": OUTCOMES, "goal": ("brand", "sales"), "collaboration": ("target", "open"),
    "is": ("open", "ended"),
}  # fmt: skip
FIELDS = (*_WORDS, "sku", "rate", "due")


class _Compared(NamedTuple):
    sign: str
    rest: str


def compiled(expression: str, now: datetime) -> Test:
    """The predicate of an expression at an instant; an empty one accepts everything. `Misuse` names a mistake."""
    either: list[list[Test]] = [[]]
    for match in _TOKEN.finditer(plain(expression).strip()):
        negated, field, quoted, value, phrase, word = match.groups()
        if word is not None and word.casefold() == "or":
            if not either[-1]:
                raise Misuse(say('"or" stands between two conditions.'))
            either.append([])
            continue
        test = _field(field.casefold(), quoted if quoted is not None else value or "", now) if field else _word(
            phrase if phrase is not None else word or ""
        )  # fmt: skip
        either[-1].append(_not(test) if negated else test)
    if len(either) > 1 and not either[-1]:
        raise Misuse(say('"or" stands between two conditions.'))
    return lambda deal, due: any(all(test(deal, due) for test in tests) for tests in either)


def _not(test: Test) -> Test:
    return lambda deal, due: not test(deal, due)


def _word(text: str) -> Test:
    wanted = text.casefold()

    def found(deal: Deal, _due: datetime | None) -> bool:
        category = deal.figures.get("category")
        words = (deal.ref, deal.handle, deal.note, *(each.sku for each in deal.products), category and category.word)
        return any(wanted in word.casefold() for word in words if word)

    return found


def _field(field: str, value: str, now: datetime) -> Test:
    if field in _WORDS:
        if value not in _WORDS[field]:
            known = ", ".join(_WORDS[field])
            raise Misuse(
                say('"{field}:" takes one of: {known}. "{value}" is none.', field=field, known=known, value=value)
            )
        if field == "is":
            return lambda deal, _due: deal.open == (value == "open")
        return lambda deal, _due: getattr(deal, field) == value
    match field:
        case "sku":
            pattern = re.compile(translate(value.casefold()))
            return lambda deal, _due: any(pattern.match(each.sku.casefold()) for each in deal.products)
        case "rate":
            compare = _compared(value)
            limit = read_share(compare.rest)
            return lambda deal, _due: deal.rate is not None and _holds(compare.sign, deal.rate, limit)
        case "due":
            return _due(value, now)
    raise Misuse(say('"{field}:" is not known. Known: {known}.', field=field, known=", ".join(FIELDS)))


def _due(value: str, now: datetime) -> Test:
    if value.casefold() == "overdue":
        return lambda _deal, due: due is not None and due <= now
    compare = _compared(value)
    try:
        span = parse_span(compare.rest)
    except ValueError:
        span = None
    if span is None or span.unit == "wd":
        raise Misuse(say('"due:" takes a time left such as <24h or >2d, or overdue; "{value}" is none.', value=value))
    limit = now + span.fixed
    return lambda _deal, due: due is not None and _holds(compare.sign, due, limit)


def _compared(value: str) -> _Compared:
    match = re.match(r"(<=|>=|<|>|=)?(.*)", value, re.DOTALL)
    assert match is not None
    return _Compared(match[1] or "=", match[2])


def _holds(sign: str, left: _Value, right: _Value) -> bool:
    order = (left > right) - (left < right)
    return {"<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0, "=": order == 0}[sign]
