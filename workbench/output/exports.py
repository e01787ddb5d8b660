"""Everything in the two forms that outlive a program: one JSON with every record as it is stored, and a CSV a table.

The JSON can be taken into an empty data directory and gives the same there. The CSV is for spreadsheets: what a record
holds of a nested record has a column of its own (`money.amount`), lists are JSON in their cell.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from workbench.output import csv_safe
from workbench.output.json import harmless

#: The first key of the JSON, by which it is known; the number is that of its form.
MARK = "workbench_export"
FORM = 1

Records = Mapping[int, msgspec.Raw]


def json_chunks(
    tables: Mapping[str, Records], schema: int, counters: Mapping[str, int], at: datetime
) -> Iterator[bytes]:
    """The JSON, one record a line; control and bidirectional characters are escaped."""
    head = msgspec.json.encode({MARK: FORM, "schema": schema, "exported_at": at, "counters": counters})
    yield head[:-1] + b',\n"tables": {'
    lead = b"\n"
    for name, records in tables.items():
        yield lead + msgspec.json.encode(name) + b": {"
        comma = b"\n"
        for number, record in records.items():
            yield comma + b'"%d": ' % number + harmless(bytes(record).decode()).encode()
            comma = b",\n"
        yield b"\n}"
        lead = b",\n"
    yield b"\n}}\n"


def csv_file(kind: type[msgspec.Struct], records: Records) -> tuple[bytes, list[int]]:
    """The records of one type as a CSV that no spreadsheet runs as a program; the numbers of those too damaged for a
    row."""
    columns = list(_columns(kind))
    decoder = msgspec.json.Decoder(kind)
    damaged: list[int] = []

    def rows() -> Iterator[list[str | int]]:
        for number, raw in records.items():
            try:
                record = decoder.decode(raw)
            except msgspec.DecodeError:  # also what is JSON, but not of this shape
                damaged.append(number)
            else:
                yield [_cell(record, column) for column in columns]

    return csv_safe.encode([".".join(column) for column in columns], rows()), damaged


def _columns(kind: type[msgspec.Struct]) -> Iterator[tuple[str, ...]]:
    for name, hint in get_type_hints(kind).items():
        nested = _struct(hint) if name in kind.__struct_fields__ else None
        if nested is not None:
            yield from ((name, inner) for inner in nested.__struct_fields__)
        elif name in kind.__struct_fields__:
            yield (name,)


def _struct(hint: Any) -> type[msgspec.Struct] | None:
    """The record type of a field that holds one, or none."""
    parts = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    return next((part for part in parts if isinstance(part, type) and issubclass(part, msgspec.Struct)), None)


def _cell(record: msgspec.Struct, column: tuple[str, ...]) -> str | int:
    value: Any = record
    for name in column:
        value = None if value is None else getattr(value, name)
    plain = msgspec.to_builtins(value)
    if isinstance(plain, str) or (isinstance(plain, int) and not isinstance(plain, bool)):
        return plain
    return msgspec.json.encode(plain).decode() if plain else ""
