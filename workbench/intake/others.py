"""Why a file is refused of which no table is known: what it is, where its headers tell, else what to do about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from workbench.core.saying import say
from workbench.intake.layout import Layout, TableHeader, resembling
from workbench.intake.model import RefusedFile
from workbench.intake.text import fold

#: Other platforms' files: any of these sets of columns.
_FOREIGN: dict[str, tuple[tuple[str, ...], ...]] = {
    "Lazada": (("Return Order ID", "Return Item ID"), ("orderItemId", "lazadaId"), ("Order Item Id", "Lazada SKU")),
    "Shopee": (
        ("Order ID", "Return / Refund Status"), ("No. Pesanan", "No. Resi"), ("Order ID", "Hot Listing"),
    ),
    "Shopify": (("Lineitem name",), ("Financial Status", "Fulfillment Status")),
    "Amazon": (("amazon-order-id",), ("order-id", "asin"), ("return-date", "asin")),
    "eBay": (("Sales Record Number", "Item number"), ("Item number", "Buyer username", "Sale date")),
    "Temu": (("order id", "order item id", "contribution goods id"),),
}  # fmt: skip

#: An id, which no header has.
_ROW = re.compile(r"\d{16}")
_SHOWN = 4
#: A row of so few cells is a title.
_FEW = 3
_SHOWN_TEXT = 40
_INSTEAD = say("Import the file of Orders > Manage returns > Export, or of Orders > Export.")
_LANGUAGE = say(
    "Set the language of Seller Center to English (at the top right) and export again, or add these words to "
    "[intake.header] in the settings."
)


def refuse_header(heads: Iterable[Sequence[str]], layouts: Iterable[Layout], aliases: Mapping[str, str]) -> RefusedFile:
    """Why a file is refused whose first rows are `heads`, of all its sheets."""
    rows = [cells for cells in heads if any(cell.strip() for cell in cells)]
    every = [{fold(cell) for cell in cells} for cells in rows]
    for names in every:
        if (name := _named(_FOREIGN, names)) is not None:
            found = say("The file comes from {platform}, not from TikTok Shop.", platform=name)
            return RefusedFile(say("{what} {instead}", what=found, instead=_INSTEAD))
    for cells in rows:
        if (header := resembling(cells, layouts, aliases)) is not None:
            absent = [mark for mark in header.layout.marks[0] if mark in header.missing]
            return missing(absent or header.missing, cells)
    widest = max(rows, key=lambda cells: sum(map(bool, map(str.strip, cells))), default=[])
    shown = _shown(widest)
    words = [cell.strip() for cell in widest if cell.strip()]
    strange = sum(not word.isascii() and word.isprintable() for word in words)
    if words and strange * 2 >= len(words):
        what = say("The headers are in a language that is not known: {columns}.", columns=shown)
        return RefusedFile(say("{what} {instead}", what=what, instead=_LANGUAGE))
    first = _shown(rows[0]) if rows else ""
    what = say("The file is no export of TikTok Shop that is known, it begins with the columns: {columns}.",
               columns=first)  # fmt: skip
    if len(rows) > 1 and len([cell for cell in rows[0] if cell.strip()]) < _FEW:
        instead = say("If lines stand above the header, delete them. {instead}", instead=_INSTEAD)
        return RefusedFile(say("{what} {instead}", what=what, instead=instead))
    return RefusedFile(say("{what} {instead} {language}", what=what, instead=_INSTEAD, language=_LANGUAGE))


def trusted(header: TableHeader, cells: Sequence[str]) -> None:
    """Raise `RefusedFile` for a known header below which nothing can be read rightly."""
    if header.missing:
        raise missing(header.missing, cells)
    if header.layout.key in header.twice and len(header.twice) >= _FEW:
        raise RefusedFile(
            say("Its columns stand there twice, so two tables stand side by side. Put each into a file of its own.")
        )
    if row := next((cell for cell in cells if _ROW.search(cell)), ""):
        raise RefusedFile(
            say(
                'The header holds "{text}", so the lines of the file have lost their ends. Export the file again.',
                text=" ".join(row.split())[-_SHOWN_TEXT:],
            )
        )


def missing(columns: Sequence[str], cells: Sequence[str]) -> RefusedFile:
    """The file lacks columns without which no row can be read rightly."""
    wanted = columns[0]
    near = next(
        (cell.strip() for cell in cells if fold(cell).startswith(fold(wanted)) and fold(cell) != fold(wanted)), ""
    )
    marked = next((cell.strip() for cell in cells if fold(cell).strip("*#'.:_ ") == fold(wanted) != fold(cell)), "")
    if marked:
        return RefusedFile(
            say('The column {column} is missing; there is "{near}". Give it back its name.', column=wanted, near=marked)
        )
    if near:
        return RefusedFile(
            say(
                'The column {column} is missing; there is "{near}". Take off what stands behind the name, if its times '
                "are those of the market, or export again with all columns.",
                column=wanted,
                near=near[:_SHOWN_TEXT],
            )
        )
    return RefusedFile(say("The column {column} is missing. Export again with all columns.", column=", ".join(columns)))


def _shown(cells: Sequence[str]) -> str:
    return ", ".join([cell.strip()[:_SHOWN_TEXT] for cell in cells if cell.strip()][:_SHOWN])


def _named(files: Mapping[str, tuple[tuple[str, ...], ...]], names: set[str]) -> str | None:
    """The file one of whose sets of columns is all there."""
    for name, sets in files.items():
        if any({fold(column) for column in columns} <= names for columns in sets):
            return name
    return None
