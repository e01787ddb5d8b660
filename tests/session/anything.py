"""Any record that a table may hold, made from its type alone: a new table is tested without being named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import inspect

_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")), max_size=12)
_TIMES = st.integers(0, 220_000_000).map(lambda seconds: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))


def records(type: type[msgspec.Struct], number: int) -> st.SearchStrategy[Any]:
    """Records of a type, under a number."""
    info = inspect.type_info(type)
    assert isinstance(info, inspect.StructType)
    return _struct(info, id=st.just(number))


def _struct(info: inspect.StructType, **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    given = {"currency": st.sampled_from(("USD", "THB", None)), **given}
    fields = {each.name: given[each.name] if each.name in given else _values(each.type) for each in info.fields}
    return st.fixed_dictionaries(fields).map(lambda values: info.cls(**values))


def _values(info: Any) -> st.SearchStrategy[Any]:
    match info:
        case inspect.UnionType():
            return st.one_of(*map(_values, info.types))
        case inspect.StructType():
            return _struct(info)
        case inspect.VarTupleType():
            return st.lists(_values(info.item_type), max_size=2).map(tuple)
        case inspect.LiteralType():
            return st.sampled_from(info.values)
        case inspect.IntType():
            return st.integers(info.ge or 0, min(info.le or 999, 999))
        case inspect.DictType():
            return st.dictionaries(_WORDS, _values(info.value_type), max_size=2)
    return {
        inspect.NoneType: st.none(), inspect.BoolType: st.booleans(), inspect.StrType: _WORDS,
        inspect.DateTimeType: _TIMES, inspect.DateType: st.dates(date(2020, 1, 1), date(2027, 1, 1)),
        inspect.DecimalType: st.decimals(0, 999, places=2),
    }[type(info)]  # fmt: skip


def spoilt(type: type[msgspec.Struct]) -> list[tuple[tuple[str | int, ...], Any]]:
    """Every field of a type, at any depth, with each value that its kind of field cannot digest: the path, the JSON."""
    info = inspect.type_info(type)
    assert isinstance(info, inspect.StructType)
    return list(_spoilt(info, ()))


_FAR = ("0001-01-01", "9999-12-31")
_BAD: dict[Any, tuple[Any, ...]] = {
    inspect.DateTimeType: (*(f"{day}T00:00:00Z" for day in _FAR), "2026-11-20T10:00:00", "soon", 5, -1),
    inspect.DateType: (*_FAR, "soon", 20261120),
    inspect.DecimalType: ("NaN", "-Infinity", "sNaN", "1E+400", "1e-400", "9" * 40, "", [], True),
    inspect.IntType: (-1, -4, 10**30, 1.5, "4", None, "\x1b[2J"),
    inspect.BoolType: ("yes", 2),
    inspect.LiteralType: ("\x1b]0;x\x07", 3),
    inspect.StrType: (5, [], {}),
}


def _spoilt(info: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    match info:
        case inspect.StructType():
            for each in info.fields:
                yield from _spoilt(each.type, (*path, each.encode_name))
                if each.name == "currency":
                    yield from (((*path, "currency"), bad) for bad in ("\x1b[31mUSD", "usd", "", "DOLLAR"))
        case inspect.UnionType():
            nullable = any(isinstance(each, inspect.NoneType) for each in info.types)
            for each in info.types:
                yield from (found for found in _spoilt(each, path) if not (nullable and found[1] is None))
        case inspect.VarTupleType():
            yield from _spoilt(info.item_type, (*path, 0))
            yield path, {}
        case _:
            signed = path[-1:] == ("seconds",)
            yield from ((path, bad) for bad in _BAD.get(type(info), ()) if not (signed and bad in (-1, -4)))
