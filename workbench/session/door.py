"""The one door for values: whether a rule can digest what is in a record, wherever it was read.

A record that fits its type may still hold what no rule can reckon with: a time without zone or of the year 9999, NaN,
an amount of 10^400, a currency that is an escape sequence, a count of -1. What a field may hold follows from its type,
so a new record is covered when it is declared. A type is looked at once; then only fields that can be wrong are.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from workbench.core.saying import Saying, say
from workbench.core.time import plausible

#: What is wrong with a value; None where nothing is.
Check = Callable[[Any], Saying | None]

#: The numbers that may be below zero: a step of a deadline may go back.
_SIGNED = frozenset({"seconds"})
#: No amount, count or size of a shop is larger, and JSON's readers lose digits beyond.
_LARGEST = 2**53


def fault(record: msgspec.Struct) -> Saying | None:
    """What no rule can digest in a record; None where all can be."""
    check = _of_struct(type(record))
    return None if check is None else check(record)


@cache
def _of_struct(kind: type[msgspec.Struct]) -> Check | None:
    hints = get_type_hints(kind)
    found = [(name, _of(hints[name], name)) for name in kind.__struct_fields__]
    checks = [(name, check) for name, check in found if check is not None]

    def check_fields(record: Any) -> Saying | None:
        for name, check in checks:
            value = getattr(record, name)
            if value is not None and (what := check(value)) is not None:
                return what
        return None

    return check_fields if checks else None


def _of(hint: Any, name: str) -> Check | None:
    """The check of one field; None where its type says all there is to say."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        found = [check for arg in args if arg is not type(None) and (check := _of(arg, name)) is not None]
        return found[0] if found else None  # of what a record holds, at most one kind can be wrong
    if origin in (tuple, list):
        return _of_items(_of(args[0], name))
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return _of_struct(hint)
    if name == "currency":
        return _currency
    if hint is int:
        return _signed if name in _SIGNED else _number
    return _BY_TYPE.get(hint)


def _of_items(check: Check | None) -> Check | None:
    if check is None:
        return None

    def check_items(items: Any) -> Saying | None:
        for item in items:
            if (what := check(item)) is not None:
                return what
        return None

    return check_items


def _moment(value: datetime) -> Saying | None:
    if value.tzinfo is None:
        return say("holds a time without a zone")
    return None if plausible(value) else say("holds a time that cannot be meant")


def _day(value: date) -> Saying | None:
    return None if 1970 <= value.year < 3000 else say("holds a day that cannot be meant")


def _number(value: int) -> Saying | None:
    return (
        None if 0 <= value <= _LARGEST else say("holds a number that cannot be meant ({number})", number=_short(value))
    )


def _signed(value: int) -> Saying | None:
    return _number(abs(value))


def _amount(value: Decimal) -> Saying | None:
    sound = value.is_finite() and abs(value) <= _LARGEST and value.as_tuple().exponent >= -9  # type: ignore[operator]
    return None if sound else say("holds an amount that cannot be meant ({number})", number=_short(value))


def _fraction(value: float) -> Saying | None:
    return (
        None if abs(value) <= _LARGEST else say("holds a number that cannot be meant ({number})", number=_short(value))
    )


def _currency(value: str) -> Saying | None:
    sound = len(value) == 3 and value.isascii() and value.isupper() and value.isalpha()
    return None if sound else say("holds a currency that is none")


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 20 else f"{text[:17]}..."


_BY_TYPE: dict[Any, Check] = {datetime: _moment, date: _day, Decimal: _amount, float: _fraction}
