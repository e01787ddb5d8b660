"""Any record that a table may hold, made from its type alone: a new table is tested without being named."""

from __future__ import annotations

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
