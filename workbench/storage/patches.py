"""What leads from one state of a table to another, as small as it can be said in one direction. Pure.

A patch holds the fields that differ, not the records; of a list the length of the beginning that stays and what
follows it, so that an entry added to a timeline costs a number. Values stay the JSON they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from workbench.storage.format import Raw, to_json

Change = tuple[int, Raw | None, Raw | None]  # id, from, to; None is no record


class MissingRecord(Exception):
    """A record that the patch would edit is not there."""


class Edit(msgspec.Struct, frozen=True, omit_defaults=True):
    """Fields to set, fields to drop, and lists as (how many to keep, what to put after them)."""

    set: dict[str, Raw] = {}
    drop: list[str] = []
    lists: dict[str, tuple[int, list[Raw]]] = {}


Ranges = list[tuple[int, int]]  # closed: first and last id


class Patch(msgspec.Struct, frozen=True, omit_defaults=True):
    """The changes of one table: ids to remove, whole records to put, records to edit.

    Records that are edited alike share one entry: a file that is newer for 10,000 tickets costs a line, not a megabyte.
    """

    remove: Ranges = []
    put: dict[int, Raw] = {}
    edit: list[tuple[Ranges, Edit]] = []


def between(changes: Iterable[Change]) -> Patch:
    """The patch that makes each `from` its `to`."""
    remove: list[int] = []
    put: dict[int, Raw] = {}
    alike: dict[bytes, tuple[Edit, list[int]]] = {}
    for number, start, goal in changes:
        if goal is None:
            if start is not None:
                remove.append(number)
        elif start is None:
            put[number] = goal
        elif start != goal and (found := _edit(start, goal)) != Edit():
            alike.setdefault(msgspec.json.encode(found), (found, []))[1].append(number)
    edit = [(_ranges(sorted(numbers)), found) for found, numbers in alike.values()]
    return Patch(_ranges(sorted(remove)), put, edit)


def apply(patch: Patch, get: Callable[[int], Raw | None]) -> Iterator[tuple[int, Raw | None]]:
    """The records after the patch, by id; `get` gives the record before it. `MissingRecord`: one to edit is gone."""
    for number in ids(patch.remove):
        if get(number) is not None:
            yield number, None
    yield from patch.put.items()
    for ranges, edit in patch.edit:
        for number in ids(ranges):
            record = get(number)
            if record is None:
                raise MissingRecord(number)
            yield number, _edited(record, edit)


def _edit(start: Raw, goal: Raw) -> Edit:
    before, after = _fields(start), _fields(goal)
    fields: dict[str, Raw] = {}
    lists: dict[str, tuple[int, list[Raw]]] = {}
    for name, value in after.items():
        old = before.get(name)
        if old == value:
            continue
        kept = 0 if old is None else _common(old, value)
        if kept:
            lists[name] = (kept, _items(value)[kept:])
        else:
            fields[name] = value
    return Edit(fields, [name for name in before if name not in after], lists)


def _edited(record: Raw, edit: Edit) -> Raw:
    fields = {name: value for name, value in _fields(record).items() if name not in edit.drop} | edit.set
    for name, (kept, rest) in edit.lists.items():
        old = _items(fields[name]) if name in fields and _is_list(fields[name]) else []
        fields[name] = to_json(old[:kept] + rest)
    return to_json(fields)


def _fields(record: Raw) -> dict[str, Raw]:
    return msgspec.json.decode(record, type=dict[str, Raw])


def _is_list(value: Raw) -> bool:
    return bytes(memoryview(value)[:1]) == b"["


def _items(value: Raw) -> list[Raw]:
    return msgspec.json.decode(value, type=list[Raw])


def _common(old: Raw, new: Raw) -> int:
    """How many items two lists begin with in common; none if either is no list."""
    if not (_is_list(old) and _is_list(new)):
        return 0
    kept = 0
    for one, other in zip(_items(old), _items(new), strict=False):
        if one != other:
            break
        kept += 1
    return kept


def ids(ranges: Ranges) -> Iterator[int]:
    """Every id in the ranges."""
    return (number for first, last in ranges for number in range(first, last + 1))


def touched(patch: Patch) -> set[int]:
    """Every id that a patch changes."""
    return {*ids(patch.remove), *patch.put, *(number for ranges, _ in patch.edit for number in ids(ranges))}


def _ranges(numbers: Sequence[int]) -> Ranges:
    ranges: Ranges = []
    for number in numbers:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return ranges
