"""What the intake is given and what it answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, Protocol
from zoneinfo import ZoneInfo

import msgspec

from workbench.core.saying import Refusal, Saying
from workbench.core.tickets.model import ShipSighting, Sighting

DateOrder = Literal["DMY", "MDY", "YMD"]

#: How an order ended, and when, where the file says so.
OrderEnd = tuple[Literal["cancelled", "shipped"], datetime | None]


class RefusedFile(Refusal):
    """The file is refused whole; nothing of it may be used."""


class NoOwnTime(RefusedFile):
    """The file does not tell how old it is: whoever imports it has to say."""


class Stopped(Exception):
    """Raised by a progress callback to leave a reading; nothing remains of it."""


class CodePage(Protocol):
    """An encoding that a spreadsheet writes without saying so, as the settings name it.

    `scripts` are the first words of the Unicode names of its letters. It is tried for files of its `markets`, or
    `everywhere`; one that `doubts` makes what is read in another page a guess where it makes sense too.
    """

    @property
    def name(self) -> str: ...
    @property
    def scripts(self) -> tuple[str, ...]: ...
    @property
    def markets(self) -> tuple[str, ...]: ...
    @property
    def everywhere(self) -> bool: ...
    @property
    def doubts(self) -> bool: ...


class IntakeRules(msgspec.Struct, frozen=True, kw_only=True):
    """What of the settings a file is read by.

    `export_zone` is the zone of the times in this market's files. `headers`, `status` and `types` lead from a
    localised word to the platform's English one. `platform_fulfils` are words of *Fulfillment Type* under which the
    seller has nothing to hand over. `pages` are each a `CodePage`.
    """

    zone: ZoneInfo
    export_zone: ZoneInfo
    market: str
    currency: str | None = None
    headers: dict[str, str] = {}
    status: dict[str, str] = {}
    types: dict[str, str] = {}
    platform_fulfils: tuple[str, ...] = ()
    pages: tuple[Any, ...] = ()


class Refused(msgspec.Struct, frozen=True):
    """A row that could not be read. `row` is its number in a spreadsheet, where the header is row 1; `sheet` is named
    where several were read."""

    row: int
    why: Saying
    sheet: str = ""


class Unknown(msgspec.Struct, frozen=True):
    """A word, an amount or a count that nobody can read, or a needed cell that is blank (then `text` is ""), and in how
    many rows it stands. `column` is the header. `rounded`: it is an id that may have lost its last digits."""

    text: str
    rows: int
    column: str = ""
    rounded: bool = False


class SheetRead(msgspec.Struct, frozen=True):
    """A sheet of a workbook: the kind it was recognised as, its rows (None where nobody counted), whether it was read.

    `kind` is None where no header is known.
    """

    name: str
    kind: str | None
    rows: int | None
    read: bool


class FileReading(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a file says. `rows` counts data rows, refused ones too; `as_of` is the file's own time.

    `as_of` is None in a file without rows. `date_order_certain` means that the other order of day and month is
    impossible; `date_example` is a date from the file that shows the order best. `skus` leads from an SKU to its
    product name. `orders` holds the orders that are over for a cancel request, `ships` those to hand over,
    `records` what other desks take.
    `twice` are the columns that stand there twice, of which the first counts; `nameless` (letters) those between
    others that hold something and have no name. `repeated` are the rows of a case that a
    later sheet shows anew: they count as unchanged. `foreign` are the currencies of a file in which none is the
    market's. `span` is from the first to the last instant at which a row that was read began.
    """

    file: str
    kind: str
    rows: int
    as_of: datetime | None
    date_order: DateOrder
    date_order_certain: bool
    date_example: str | None
    sightings: list[Sighting] = []
    skus: dict[str, str] = {}
    refused: list[Refused] = []
    unknown: list[Unknown] = []
    orders: dict[str, OrderEnd] = {}
    records: dict[str, list[Any]] = {}
    ships: list[ShipSighting] = []
    repeated: int = 0
    twice: list[str] = []
    nameless: list[str] = []
    sheets: list[SheetRead] = []
    encoding: str | None = None
    encoding_guessed: bool = False
    currencies: list[str] = []
    foreign: list[str] = []
    span: tuple[datetime, datetime] | None = None
