"""The one door for values: whether a rule can digest what is in a record, wherever it was read.

A record that fits its type may still hold what no rule can reckon with: a time without zone or of the year 9999, NaN,
an amount of 10^400, a currency that is an escape sequence, a count of -1. What a field may hold follows from its type,
so a new record is covered when it is declared. A type is looked at once; then only fields that can be wrong are.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
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
    check = _of_struct(type(record))
    return None if check is None else check(record)


@cache
def glance(kind: type[msgspec.Struct]) -> Callable[[Iterable[Any]], bool]:
    """Whether a glance finds nothing wrong with any of these records: thousands are looked at with every start. Where
    it does, one of them has a `fault`, or only something uncommon, such as an amount with a thousandth.

    It is written out as one function that calls none: a call for each field would take as long as reading the records.
    """
    lines = _looks(tuple[kind, ...], "", "records", "  ")  # type: ignore[valid-type]
    # A time without a zone cannot be compared with one that has it.
    text = ["def found(records):", " try:", *(lines or ["  pass"]), " except TypeError: return False", " return True"]
    known = dict(_KNOWN)
    exec("\n".join(text), known)
    found: Callable[[Iterable[Any]], bool] = known["found"]
    return found


def _looks(hint: Any, name: str, value: str, margin: str) -> list[str]:
    """The lines that look at a value of the field `name`, given as source; none where its type says all."""
    if name == "currency" or hint in _TESTS:
        test = _TESTS["currency" if name == "currency" else "signed" if hint is int and name in _SIGNED else hint]
        return [f"{margin}if (v := {value}) is not None and not ({test}): return False"]
    own, inner = f"v{len(margin)}", margin + " "
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        fields = _hints(hint).items()
        lines = [line for field, each in fields for line in _looks(each, field, f"{own}.{field}", inner)]
        return [f"{margin}if ({own} := {value}) is not None:", *lines] if lines else []
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return next((lines for arg in get_args(hint) if (lines := _looks(arg, name, value, margin))), [])
    if origin in (tuple, list):
        lines = _looks(get_args(hint)[0], name, own, inner)
        return [f"{margin}for {own} in {value} or ():", *lines] if lines else []
    return []


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
#: What a glance asks of a value `v`; what does not pass may still be sound.
_TESTS: dict[Any, str] = {
    datetime: "early <= v <= late",
    date: "first_day <= v <= last_day",
    int: "0 <= v <= most",
    "signed": "-most <= v <= most",
    float: "-most <= v <= most",
    Decimal: "(v.same_quantum(cent) or v.same_quantum(one)) and v.adjusted() < 15",
    "currency": "v in currencies",
}
_KNOWN: dict[str, Any] = {
    "most": _LARGEST,
    # Of these years in every zone.
    "early": datetime(FIRST_YEAR, 1, 3, tzinfo=UTC),
    "late": datetime(LAST_YEAR, 12, 29, tzinfo=UTC),
    "first_day": date(1970, 1, 1),
    "last_day": date(2999, 12, 31),
    "cent": Decimal("0.01"),
    "one": Decimal(1),
    "currencies": frozenset(
        ("THB", "IDR", "VND", "MYR", "PHP", "SGD", "USD", "GBP", "EUR", "MXN", "BRL", "JPY", "CNY")
    ),
}
