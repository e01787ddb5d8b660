"""One record that keeps a data file from being read: found, and taken out so that all else can be used.

A data file has one record a line. Where one such line is no JSON and everything around it is, a slip of a hand or one
bad sector has spoilt one record, not the file. What is taken out stays, as it was, in the file that is kept beside.
"""

from __future__ import annotations

import contextlib
import re
from datetime import datetime
from pathlib import Path

import msgspec

from workbench.core.saying import Refusal, say
from workbench.storage import format
from workbench.storage.atomic import read_whole, sync_directory, write_whole
from workbench.storage.content import data_file
from workbench.storage.errors import not_saved, unconfirmed
from workbench.storage.files import Files
from workbench.storage.format import Unreadable
from workbench.storage.meta import OWN, meta_of, schema_of
from workbench.storage.migrations import schema
from workbench.storage.restoring import keep_damaged
from workbench.storage.store import hold

_TABLE = re.compile(rb'\{?"([^"\\]+)": \{')
_RECORD = re.compile(rb'"([1-9][0-9]{0,11})": (.*?)(,?)')


class Slip(msgspec.Struct, frozen=True):
    """A record that is no JSON: its table and number, the bytes of it, and those of the file without it."""

    table: str
    number: int
    record: bytes
    rest: bytes


def one_record(data: bytes) -> Slip | None:
    """The one record that keeps `data` from being read; None where that is not what is wrong."""
    lines = data.split(b"\n")
    table, found = "", list[tuple[int, str, int, bytes]]()
    for at, line in enumerate(lines):
        if (head := _TABLE.fullmatch(line)) is not None:
            table = head[1].decode(errors="replace")
        elif (record := _RECORD.fullmatch(line)) is not None and not _is_json(record[2]):
            found.append((at, table, int(record[1]), record[2]))
    if len(found) != 1 or found[0][1] in OWN:
        return None
    ((at, table, number, text),) = found
    rest = _without(lines, at)
    try:
        tables, _ = format.decode(rest)
        whole = schema_of(tables) == schema() and meta_of(tables) is not None
    except Unreadable:
        return None
    return Slip(table, number, text, rest) if whole else None


def take_out(directory: Path, slip: Slip, now: datetime, files: Files | None = None) -> Path:
    """Write the data file without that record; where the one with it is kept. `Refusal` if the file is another now."""
    files = files or Files()
    path = data_file(directory)
    release = hold(files, directory)
    try:
        if one_record(read_whole(files, path)[0]) != slip:
            raise Refusal(say("Nothing was changed: {path} is another file now. Try again.", path=str(path)))
        kept = keep_damaged(files, path, now)
        write_whole(files, path, format.encode(format.decode(slip.rest)[0]), verify=True)
        try:
            sync_directory(files, path.parent)
        except OSError as error:
            raise unconfirmed(error) from error
    except OSError as error:
        raise not_saved(error, path) from error
    finally:
        with contextlib.suppress(OSError):
            release()
    return kept


def _is_json(text: bytes) -> bool:
    try:
        msgspec.json.decode(text, type=dict[str, object])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


def _without(lines: list[bytes], at: int) -> bytes:
    """The file without a line; the last record of a table ends without a comma, and so does the one that is it now."""
    rest = [*lines[:at], *lines[at + 1 :]]
    if at < len(rest) and rest[at].startswith(b"}") and rest[at - 1].endswith(b","):
        rest[at - 1] = rest[at - 1][:-1]
    return b"\n".join(rest)
