"""The undo history: one record an action, each with the patches that lead the other way.

An action that is done holds what undoes it; one that was undone is turned round and holds what does it again. The
undone ones are always the newest; the next action drops them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

import msgspec

from workbench.core.saying import Saying, say
from workbench.storage import patches
from workbench.storage.errors import Damaged
from workbench.storage.format import Raw, to_json
from workbench.storage.meta import ArchiveFile, file_name
from workbench.storage.patches import Patch

T = TypeVar("T")

KEPT = 200
_SPOILT = say(
    "The undo history in the data file cannot be read; all else can. Go back to a backup with: workbench restore BACKUP"
)


class HistoryEntry(msgspec.Struct, frozen=True):
    """One user action, as it is listed."""

    at: datetime
    text: Saying
    undone: bool = False


class Turned(Saying, frozen=True):
    """An action that was undone or done again, in words, and the ids of what it touched, by table."""

    touched: Mapping[str, tuple[int, ...]] = {}


class UndoEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One user action, as it is stored; `changes` by table, towards the state before it or, once undone, after it.
    `orders` are the files of orders kept that counted there, by month; None for a month without one."""

    at: datetime
    text: Saying
    undone: bool
    changes: dict[str, Patch]
    orders: dict[str, ArchiveFile | None] = {}


def listed(table: Mapping[int, Raw]) -> list[HistoryEntry]:
    """All actions, newest first."""
    entries = (_decoded(table[number], HistoryEntry) for number in sorted(table, reverse=True))
    return [HistoryEntry(entry.at, _revived(entry.text), entry.undone) for entry in entries]


def read(record: Raw) -> UndoEntry:
    """One action with its patches."""
    entry = _decoded(record, UndoEntry)
    return msgspec.structs.replace(entry, text=_revived(entry.text))


def last_done(table: Mapping[int, Raw]) -> int | None:
    """The action that undo would take back."""
    return next((n for n in sorted(table, reverse=True) if not _undone(table[n])), None)


def first_undone(table: Mapping[int, Raw]) -> int | None:
    """The action that redo would do again."""
    undone = _newest_undone(table)
    return undone[-1] if undone else None


def added(table: Mapping[int, Raw], number: int, entry: UndoEntry) -> dict[int, Raw | None]:
    """What changes in the table when an action is done: it comes in, redo ends, the oldest beyond `KEPT` go."""
    gone = _newest_undone(table)
    left = sorted(set(table) - set(gone))
    gone += left[: max(0, len(left) + 1 - KEPT)]
    return {**dict.fromkeys(gone), number: to_json(entry)}


def since(table: Mapping[int, Raw], other: Mapping[int, Raw]) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
    """The ids of the records that came in, and of those that changed, with actions the other history has not."""
    added: dict[str, set[int]] = {}
    edited: dict[str, set[int]] = {}
    for number, record in table.items():
        if other.get(number) == record:
            continue
        entry = read(record)
        for name, patch in entry.changes.items():
            if not entry.undone:
                added.setdefault(name, set()).update(patches.ids(patch.remove))
            for ranges, _ in patch.edit:
                edited.setdefault(name, set()).update(patches.ids(ranges))
    return added, edited


def turned(entry: UndoEntry) -> Turned:
    """What an action touched, told of the one that was turned round."""
    text = entry.text
    touched = {name: tuple(sorted(patches.touched(patch))) for name, patch in entry.changes.items()}
    return Turned(text.text, text.args, text.many, text.n, touched)


def kept(table: Mapping[int, Raw]) -> set[str]:
    """The names of the files of orders kept that an action leads back to."""
    found = (_decoded(record, _Kept).orders.items() for record in table.values())
    return {file_name(month, entry.generation) for orders in found for month, entry in orders if entry is not None}


class _Kept(msgspec.Struct):
    orders: dict[str, ArchiveFile | None] = {}


class _Flag(msgspec.Struct):
    undone: bool = False


def _undone(record: Raw) -> bool:
    return _decoded(record, _Flag).undone


def _newest_undone(table: Mapping[int, Raw]) -> list[int]:
    found = []
    for number in sorted(table, reverse=True):
        if not _undone(table[number]):
            break
        found.append(number)
    return found


def _revived(saying: Saying) -> Saying:
    """JSON gives the sayings among the values of a saying back as plain objects; one without a text is a name in both
    languages. `Damaged` for what cannot be said."""
    try:
        args = {
            name: _revived(msgspec.convert(value, Saying)) if isinstance(value, dict) and "text" in value else value
            for name, value in saying.args.items()
        }
        for form in (saying.text, saying.many):
            form.format_map(args)
    except (msgspec.ValidationError, LookupError, ValueError, AttributeError, TypeError) as error:
        raise Damaged(_SPOILT) from error
    return Saying(saying.text, args, saying.many, saying.n)


def _decoded(record: Raw, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(record, type=kind)
    except msgspec.ValidationError as error:
        raise Damaged(_SPOILT) from error
