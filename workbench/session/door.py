"""The one door for values: whether a rule can digest what is in a record, wherever it was read.

A record that fits its type may still hold what no rule can reckon with: a time without zone or of the year 9999, NaN,
an amount of 10^400, a currency that is an escape sequence, a count of -1. What a field may hold follows from its type,
so a new record is covered when it is declared. A type is looked at once; then only fields that can be wrong are.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Union, get_args, get_origin

import msgspec

from workbench.core.saying import Saying, say
from workbench.core.time import FIRST_YEAR, LAST_YEAR, plausible

#: What is wrong with a value; None where nothing is.
Check = Callable[[Any], Saying | None]

#: The numbers that may be below zero: a step of a deadline may go back.
_SIGNED = frozenset({"seconds"})
#: No amount, count or size of a shop is larger, and JSON's readers lose digits beyond.
_LARGEST = 2**53


def fault(record: msgspec.Struct) -> Saying | None:
    """What no rule can digest in a record; None where all can be."""
    kind = type(record)
    check = None if sound(kind)(record) else _of_struct(kind)
    return None if check is None else check(record)


@cache
def sound(kind: type[msgspec.Struct]) -> Callable[[Any], bool]:
    """Whether nothing is wrong with a record, in one expression: thousands are asked at every start, and hardly ever
    one is to be told what is."""
    hints, known = _hints(kind), _KNOWN.copy()
    tests = ((name, _test(hints[name], name, known)) for name in kind.__struct_fields__)
    parts = [f"((v := r.{name}) is None or ({test}))" for name, test in tests if test]
    found: Callable[[Any], bool] = eval(f"lambda r: {' and '.join(parts) or True}", known)
    return found


def _test(hint: Any, name: str, known: dict[str, Any]) -> str:
    """The test of a value `v` of one field, as source; empty where its type says all. `known` are the names in it."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return next((test for arg in args if arg is not type(None) and (test := _test(arg, name, known))), "")
    if origin in (tuple, list):
        inner = _test(args[0], name, known)
        return f"(not v or all([{inner} for v in v]))" if inner else ""
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        if _of_struct(hint) is None:
            return ""
        known[hint.__name__] = sound(hint)
        return f"{hint.__name__}(v)"
    if name == "currency":
        return "len(v) == 3 and v.isascii() and v.isupper() and v.isalpha()"
    if hint is int:
        return "-most <= v <= most" if name in _SIGNED else "0 <= v <= most"
    return _TESTS.get(hint, "")


@cache
def _hints(kind: type) -> dict[str, Any]:
    """The type of each field. As `typing.get_type_hints` has them, which takes a twentieth of a verb's time: what is
    written alike is read once."""
    written = {name: (base, text) for base in reversed(kind.__mro__) for name, text in _annotations(base)}
    return {name: _meaning(text, base.__module__) for name, (base, text) in written.items()}


def _annotations(kind: type) -> Iterable[tuple[str, Any]]:
    found: dict[str, Any] = getattr(kind, "__annotations__", {})  # its own: Python 3.14 keeps none in `vars`
    return found.items()


@cache
def _meaning(text: Any, module: str) -> Any:
    return eval(text, vars(sys.modules[module])) if isinstance(text, str) else text


@cache
def _of_struct(kind: type[msgspec.Struct]) -> Check | None:
    hints = _hints(kind)
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
_TESTS: dict[Any, str] = {
    datetime: "v.tzinfo is not None and first <= v.year <= last", date: "1970 <= v.year < 3000",
    Decimal: "v.is_finite() and least_sum <= v <= most_sum and v.as_tuple()[2] >= -9", float: "-most <= v <= most",
}  # fmt: skip
_KNOWN: dict[str, Any] = {
    "most": _LARGEST,
    "most_sum": Decimal(_LARGEST),
    "least_sum": Decimal(-_LARGEST),
    "first": FIRST_YEAR,
    "last": LAST_YEAR,
}
