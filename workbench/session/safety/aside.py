"""Taking one record out of the way where it keeps the data file from being opened at all.

It is kept among what was set aside, as it was; the file with it stays beside, under another name. That is no step of
undo: there was nothing to go back to.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from workbench.core.saying import Refusal, say
from workbench.session.base import SessionBase
from workbench.session.safety.tables import SET_ASIDE, SetAside
from workbench.storage import Files, salvage
from workbench.storage.atomic import read_whole
from workbench.storage.content import data_file

Record = tuple[str, int]


def in_the_way(directory: Path) -> Record | None:
    """Table and number of the one record that keeps the data file from being opened; None where it is not one."""
    try:
        slip = salvage.one_record(read_whole(Files(), data_file(directory))[0])
    except OSError:
        return None
    return None if slip is None else (slip.table, slip.number)


def take_out(opened: Callable[[], SessionBase], directory: Path, record: Record, now: datetime) -> Path:
    """Open the data without that record; where the file with it is kept. `Refusal` if it is not in the way."""
    path = data_file(directory)
    try:
        slip = salvage.one_record(read_whole(Files(), path)[0])
    except OSError:
        slip = None
    if slip is None or (slip.table, slip.number) != record:
        table, number = record
        raise Refusal(say('There is no record {id} in "{table}".', id=number, table=table))
    kept = salvage.take_out(directory, slip, now)
    session = opened()
    with session.saving() as tx:
        text = slip.record.decode(errors="backslashreplace")
        id = tx.next_id(SET_ASIDE)
        tx.put(SET_ASIDE, id, SetAside(id=id, table=slip.table, number=slip.number, record=text, at=now))
    return kept
