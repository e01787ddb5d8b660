"""What the intake is given and what it answers."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from workbench.core.saying import Refusal, Saying
from workbench.core.tickets.model import Sighting

FileKind = Literal["returns", "orders"]
DateOrder = Literal["DMY", "MDY", "YMD"]

#: How an order ended, and when, where the file says so.
OrderEnd = tuple[Literal["cancelled", "shipped"], datetime | None]


class RefusedFile(Refusal):
    """The file is refused whole; nothing of it may be used."""


class Stopped(Exception):
    """Raised by a progress callback to leave a reading; nothing remains of it."""


class IntakeRules(msgspec.Struct, frozen=True, kw_only=True):
    """What of the settings a file is read by.

    `export_zone` is the zone of the times in this market's files. `headers`, `status` and `types` lead from a
    localised word to the platform's English one.
    """

    zone: ZoneInfo
    export_zone: ZoneInfo
    market: str
    currency: str | None = None
    headers: dict[str, str] = {}
    status: dict[str, str] = {}
    types: dict[str, str] = {}


class Refused(msgspec.Struct, frozen=True):
    """A row that could not be read. `row` is its number in a spreadsheet, where the header is row 1."""

    row: int
    why: Saying


class Unknown(msgspec.Struct, frozen=True):
    """A word for a status or a type that nobody knows, and in how many rows it stands."""

    text: str
    rows: int


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a file says. `rows` counts data rows, refused ones too; `as_of` is the file's own time.

    `date_order_certain` means that the other order of day and month is impossible; `date_example` is a date from the
    file that shows the order best. `skus` leads from an SKU to its product name. `orders` (orders files only) holds
    the orders that are over for a cancel request.
    """

    file: str
    kind: FileKind
    rows: int
    as_of: datetime
    date_order: DateOrder
    date_order_certain: bool
    date_example: str | None
    sightings: list[Sighting]
    skus: dict[str, str]
    refused: list[Refused]
    unknown: list[Unknown]
    orders: dict[str, OrderEnd]
