"""The table `meta`, record 1: what the file says about itself."""

from __future__ import annotations

import re
from datetime import datetime

import msgspec

from workbench.core.saying import say
from workbench.storage.errors import Damaged
from workbench.storage.format import Raw, Tables, Unreadable

#: The data file of a directory.
DATA = "workbench.json"
META = "meta"
HISTORY = "history"
TALLY = "tally"
OWN = (META, HISTORY, TALLY, "seal")  # tables that no caller may change
#: The folders of what lies beside the data file by month: what closed long ago, and the orders kept (`kept`).
ARCHIVE = "archive"
KEPT = "orders"
#: The file of what waits to be sent.
OUTBOX = "outbox.json"


class IdRange(msgspec.Struct, frozen=True):
    """How many records of a table an archive file holds, and its lowest and highest id."""

    count: int
    first: int
    last: int


class ArchiveFile(msgspec.Struct, frozen=True):
    """One file of the manifest; `checksum` is the SHA-256 of its bytes, in hexadecimal."""

    generation: int
    checksum: str
    tables: dict[str, IdRange]


def file_name(month: str, generation: int) -> str:
    """The name of a file of a month."""
    return f"{month}.{generation}.json"


class Meta(msgspec.Struct, frozen=True):
    """`counters`: the last id given out, by table. `archive`, `orders`: by UTC month. `day`: that of the last save."""

    schema: int
    counters: dict[str, int] = {}
    archive: dict[str, ArchiveFile] = {}
    saved_at: datetime | None = None
    day: str = ""
    orders: dict[str, ArchiveFile] = {}

    def manifest(self, folder: str) -> dict[str, ArchiveFile]:
        """The files of a folder that count."""
        return self.orders if folder == KEPT else self.archive


class ArchivePart(msgspec.Struct, frozen=True):
    """The meta record of an archive file: its UTC month, so that nobody takes it for a data file."""

    schema: int
    month: str


class _Schema(msgspec.Struct):
    schema: int
    month: str = ""


def schema_of(tables: Tables) -> int:
    """The schema number of a file; `Unreadable` where it has none, and so is not ours."""
    try:
        found = msgspec.json.decode(tables[META][1], type=_Schema).schema
    except (KeyError, msgspec.ValidationError, Damaged) as error:
        raise Unreadable(say("is not a data file of workbench")) from error
    if found < 1:
        raise Unreadable(say("has the schema number {number}, which never was", number=found))
    return found


def meta_of(tables: Tables) -> Meta:
    """The meta record of a file. `Unreadable` for an archive file, which lies here by mistake."""
    try:
        if month := msgspec.json.decode(tables[META][1], type=_Schema).month:
            raise Unreadable(say("is the archive of {month}, and not what belongs here", month=month))
        meta = msgspec.json.decode(tables[META][1], type=Meta)
    except (KeyError, msgspec.ValidationError) as error:
        raise Unreadable(say("has a meta record that cannot be read")) from error
    for month, entry in meta.archive.items():
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}", month) is None or entry.generation < 1:
            raise Unreadable(say('names an archive "{month}", which is no month', month=month))
    return meta


def record_of(tables: Tables) -> Raw | None:
    """The meta record as it is stored."""
    return tables.get(META, {}).get(1)
