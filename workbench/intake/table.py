"""A file as tables: the header, then picked cells row by row."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

import msgspec

from workbench.core.saying import Saying, say
from workbench.intake.limits import MAX_TEXT
from workbench.intake.model import RefusedFile

R = TypeVar("R")

#: The rows among which a header is looked for.
HEADER_ROWS = 30
_NAME = 100
#: A table of so few columns does not show by the separators in a line of it.
_NARROW = 4
#: A line that begins as a row of an export does.
_ROW_BEGINS = re.compile(r"""[\r\n]\s*["'=]*\d{16,}["'\s]*[,;\t|]""", re.ASCII)
_SEPARATORS = re.compile(r"[,;\t|]")


class Hints(msgspec.Struct, frozen=True, kw_only=True):
    """How a file is opened: `known` says whether a row is a header that is looked for.

    With `glance` only the beginning is looked at, for those who read no further; `exact` keeps blanks around the cells
    of a CSV. `market`, `words` and `pages` (each a
    `model.CodePage`) help to find an encoding that is not told.
    """

    known: Callable[[Sequence[str]], bool]
    glance: bool = False
    exact: bool = False
    market: str = "generic"
    words: Collection[str] = ()
    pages: tuple[Any, ...] = ()


class SheetTable(Protocol):
    """A sheet, or a CSV. Row numbers are those a spreadsheet shows: the header of an export is row 1."""

    @property
    def name(self) -> str:
        """Of the sheet; "" for a CSV."""

    @property
    def visible(self) -> bool:
        """Whether a spreadsheet shows it."""

    @property
    def header(self) -> list[str]:
        """The row that is known, of the first so many; else the first that is not blank."""

    @property
    def known(self) -> bool:
        """Whether the header is one that is looked for."""

    @property
    def heads(self) -> list[list[str]]:
        """The beginnings of the cells of the first rows, down to the header where it is known."""

    @property
    def share(self) -> float:
        """How much of the table has been read, 0 to 1."""

    @property
    def long_numbers(self) -> set[int]:
        """The positions of columns in which a number of 16 or more digits has been met; a CSV has only text."""

    @property
    def faults(self) -> dict[int, Saying]:
        """The rows given so far that cannot be trusted, by number, with the reason."""

    @property
    def joined(self) -> list[tuple[int, int]]:
        """Once all rows are given: the first and last of those that share a cell with the row above or with the column
        before it, in order; what it holds is of the first alone."""

    @property
    def shorter(self) -> dict[int, int]:
        """The rows given so far that end before the last header, by number, and how many cells they lack. They may be
        shifted, or a program has left out what is blank at their end."""

    @property
    def padded(self) -> bool:
        """Whether a row given so far has a blank cell at its end, so that nothing leaves those out."""

    def rows(
        self,
        positions: Sequence[int | None],
        times: Collection[int],
        make: Callable[[Iterable[Any]], R],
        figures: Collection[int] = (),
    ) -> Iterator[R]:
        """The rows below the header that hold something in these columns, or that have a fault.

        `make` is given the row's number, then the stripped text of the column at each position, "" for None. `times`
        are the positions of columns that hold times: a date that the workbook keeps as one is given as `printed.CELL`
        and its ISO form. `figures` are those of amounts and rates: a number is given with the sign that its format
        shows around it.
        """


class Book(Protocol):
    """An open file."""

    @property
    def encoding(self) -> str | None:
        """Of a CSV; None for a workbook."""

    @property
    def encoding_guessed(self) -> bool:
        """Whether it is not certain."""

    def tables(self) -> Iterator[SheetTable]:
        """The sheets that hold something, in the order of the workbook; each is to be read before the next."""


def letters_of(column: int) -> str:
    """The letters of a column counted from 0."""
    letters, column = "", column + 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


def capped(cells: Iterable[str]) -> tuple[str, ...]:
    """The cells, none longer than any honest text."""
    return tuple(cell[:MAX_TEXT] for cell in cells)


def beginnings(cells: Sequence[str]) -> list[str]:
    """The cells as far as a name of a column goes: enough to tell by what a file is."""
    return [cell[:_NAME] for cell in cells]


def rows_inside(cell: str, width: int) -> int:
    """How many further rows of a table so wide a cell holds: a quotation mark opened in it and was closed elsewhere."""
    if "\n" not in cell and "\r" not in cell:
        return 0
    begun = len(_ROW_BEGINS.findall(cell))
    if begun or width <= _NARROW:
        return begun
    return sum(len(_SEPARATORS.findall(line)) * 2 >= width for line in cell.splitlines()[1:])


def too_wide() -> Saying:
    """The sentence for a row that is longer than the header."""
    return say("It has more cells than there are headers: a separator in a text moved those behind it.")


def too_short() -> Saying:
    """The sentence for a row that is shorter than the header."""
    return say(
        "It has fewer cells than there are headers, so some may stand in the wrong column. Export the file again."
    )


def unreckoned() -> Saying:
    """The sentence for a row with a formula that has no value."""
    return say("A formula in it has no value yet. Open the file in a spreadsheet, save it, and import it again.")


def joined() -> Saying:
    """The sentence for a row with merged cells."""
    return say("It shares a merged cell with another one. Unmerge the cells, or export the file again.")


def swallowed() -> Saying:
    """The sentence for it."""
    return say(
        "It holds the rows below it: a quotation mark that opens in it is closed too late. Export the file again."
    )


def unreadable(error: OSError) -> RefusedFile:
    """The system does not let the file be read."""
    return RefusedFile(
        say("The file cannot be read: {why}. Check its permissions.", why=error.strerror or type(error).__name__)
    )
