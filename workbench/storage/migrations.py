"""The schema number of the data, and the steps from an older one to it; there is no way back.

To change the shape of what is stored, add a step under the number it starts from. It gets the tables with their
records decoded and changes them in place; it is given the live file and each archive file, one by one, so it must not
need both. The store runs it on reading, and with the first save after it writes a backup of the old file first. The
undo history does not survive a step, because its patches are of the old shape.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from workbench.storage.format import Tables, to_json
from workbench.storage.meta import HISTORY, META

Decoded = dict[str, dict[int, dict[str, Any]]]

MIGRATIONS: dict[int, Callable[[Decoded], None]] = {}


def schema() -> int:
    """The schema number this program writes."""
    return 1 + max(MIGRATIONS, default=0)


def migrate(tables: Tables, start: int) -> Tables:
    """The tables of schema `start` in today's; `meta` as it is, the history empty."""
    decoded: Decoded = {
        name: {number: msgspec.json.decode(record, type=dict[str, Any]) for number, record in records.items()}
        for name, records in tables.items()
        if name not in (META, HISTORY)
    }
    for number in range(start, schema()):
        MIGRATIONS[number](decoded)
    done: Tables = {
        name: {number: to_json(record) for number, record in records.items()} for name, records in decoded.items()
    }
    return {META: tables[META], **done}
