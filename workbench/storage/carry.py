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
        known = to_json(msgspec.json.decode(stored, type=type(record)))
    except msgspec.ValidationError:
        known = None
    if known == stored:  # the usual case: nothing in it that the type does not know
        return new
    old = msgspec.json.decode(stored, type=dict[str, Any])
    seen = (
        msgspec.json.decode(known, type=dict[str, Any])
        if known is not None
        else {name: old[name] for name in record.__struct_encode_fields__ if name in old}
    )
    # Read again as the stored one was: else a default that was written out looks like another value.
    again = msgspec.json.decode(to_json(msgspec.json.decode(new, type=type(record))), type=dict[str, Any])
    fields = {
        name: _same(old[name], seen[name], value, again[name]) if name in old and name in seen else value
        for name, value in msgspec.json.decode(new, type=dict[str, Any]).items()
    }
    extra = {name: value for name, value in old.items() if name not in seen and name not in fields}
    return to_json(fields | extra)


def _same(old: Any, seen: Any, new: Any, again: Any) -> Any:
    """The stored value where the new one, read `again`, equals what the type saw of it; in lists element by element."""
    if again == seen:
        return old
    if isinstance(again, list) and isinstance(seen, list):
        return [old[i] if i < len(seen) and again[i] == seen[i] else value for i, value in enumerate(new)]
    return new
