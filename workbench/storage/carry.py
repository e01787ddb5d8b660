"""Fields that this program does not know are kept: a later version put them there, or the seller's own hand."""

from __future__ import annotations

from typing import Any

import msgspec

from workbench.storage.format import Raw, to_json


def carried(stored: Raw, record: msgspec.Struct) -> Raw:
    """`record` as JSON, with what `stored` holds beyond its type.

    Unknown fields of the record itself are always kept. Those of a value within it (an entry of a timeline) are kept
    while that value is the same; a value that changed is a new one and has nothing to inherit.
    """
    new = to_json(record)
    try:
        before = msgspec.json.decode(stored, type=type(record))
    except msgspec.ValidationError:
        before = None
    known = None if before is None else to_json(before)
    if known == stored:  # the usual case: nothing in it that the type does not know
        return new
    old = msgspec.json.decode(stored, type=dict[str, Any])
    names = dict(zip(record.__struct_encode_fields__, record.__struct_fields__, strict=True))
    fields = msgspec.json.decode(new, type=dict[str, Any])
    for name in fields.keys() & old.keys() & names.keys() if before is not None else ():
        fields[name] = _same(old[name], getattr(before, names[name]), getattr(record, names[name]), fields[name])
    extra = {name: value for name, value in old.items() if name not in names}
    return to_json(fields | extra)


def _same(old: Any, before: Any, after: Any, new: Any) -> Any:
    """The stored value where the type saw in it what it sees `after`, else the `new` one; in lists one by one."""
    if after == before:
        return old
    if isinstance(after, (list, tuple)) and isinstance(before, (list, tuple)):
        return [old[i] if i < len(before) and value == before[i] else new[i] for i, value in enumerate(after)]
    return new
