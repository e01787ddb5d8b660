"""Which export a file is, by the names of its columns alone, and where the needed columns stand.

Names are compared trimmed and case-folded, in any order; a localised name leads to the English one by the settings.
Only the columns named here are ever picked: recipient, address, phone and postcode are not among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from workbench.core.saying import say
from workbench.intake.model import FileKind, RefusedFile


class ReturnRow(NamedTuple):
    """A row as it is picked: its number, then the columns of `RETURNS` in their order."""

    number: int
    return_id: str
    order_id: str
    sku_id: str
    seller_sku: str
    product: str
    buyer: str
    type: str
    requested: str
    reason: str
    price: str
    quantity: str
    tracking: str
    status: str
    refunded: str
    dispute: str
    note: str


class OrderRow(NamedTuple):
    """A row as it is picked: its number, then the columns of `ORDERS` in their order."""

    number: int
    order_id: str
    status: str
    type: str
    sku_id: str
    seller_sku: str
    product: str
    quantity: str
    subtotal: str
    amount: str
    created: str
    paid: str
    rts: str
    shipped: str
    delivered: str
    cancelled: str
    reason: str
    tracking: str
    buyer: str
    product_id: str
    package_id: str


class Layout(msgspec.Struct, frozen=True):
    """One kind of export: the columns that are read, in the order in which a row of them is picked.

    `make` turns a row's number and its picked cells into a record. `marks` are the two columns by which it is
    recognised, `ids` those that a spreadsheet would ruin, `keys` those of them that the platform numbers itself,
    `times` those that hold a time.
    """

    kind: FileKind
    make: Callable[[Iterable[Any]], Any]
    marks: tuple[str, str]
    columns: tuple[str, ...]
    ids: frozenset[str]
    keys: frozenset[str]
    times: frozenset[str]


RETURNS = Layout(
    kind="returns",
    make=ReturnRow._make,
    marks=("Return Order ID", "Return Logistics Tracking ID"),
    columns=(
        "Return Order ID", "Order ID", "SKU ID", "Seller SKU", "Product Name", "Buyer Username", "Return Type",
        "Time Requested", "Return Reason", "Return unit price", "Return Quantity", "Return Logistics Tracking ID",
        "Return Status", "Refund Time", "Dispute Status", "Buyer Note",
    ),
    ids=frozenset(("Return Order ID", "Order ID", "SKU ID", "Return Logistics Tracking ID")),
    keys=frozenset(("Return Order ID", "Order ID", "SKU ID")),
    times=frozenset(("Time Requested", "Refund Time")),
)  # fmt: skip

ORDERS = Layout(
    kind="orders",
    make=OrderRow._make,
    marks=("Order ID", "Cancelation/Return Type"),
    columns=(
        "Order ID", "Order Status", "Cancelation/Return Type", "SKU ID", "Seller SKU", "Product Name", "Quantity",
        "SKU Subtotal After Discount", "Order Amount", "Created Time", "Paid Time", "RTS Time", "Shipped Time",
        "Delivered Time", "Cancelled Time", "Cancel Reason", "Tracking ID", "Buyer Username", "Product ID",
        "Package ID",
    ),
    ids=frozenset(("Order ID", "SKU ID", "Product ID", "Package ID", "Tracking ID")),
    keys=frozenset(("Order ID", "SKU ID")),
    times=frozenset(
        ("Created Time", "Paid Time", "RTS Time", "Shipped Time", "Delivered Time", "Cancelled Time")
    ),
)  # fmt: skip

#: Spellings of the platform itself, for columns that a file may name otherwise.
_SPELLINGS = {
    "Canceled Time": "Cancelled Time",
    "Cancellation/Return Type": "Cancelation/Return Type",
    "Buyer Nickname": "Buyer Username",
}

#: TikTok's own files that are known but not used yet, and other platforms': any of these sets of columns.
_TIKTOK: dict[str, tuple[tuple[str, ...], ...]] = {
    "settlement": (
        ("Order/adjustment ID",), ("Total settlement amount",), ("Order settled time",), ("Unsettled reasons",),
    ),
    "affiliate": (
        ("Creator Username", "Standard commission rate"), ("Est. standard commission payment",),
        ("Actual Commission Payment",),
    ),
}  # fmt: skip
_FOREIGN: dict[str, tuple[tuple[str, ...], ...]] = {
    "Lazada": (("Return Order ID", "Return Item ID"), ("orderItemId", "lazadaId"), ("Order Item Id", "Lazada SKU")),
    "Shopee": (
        ("Order ID", "Return / Refund Status"), ("No. Pesanan",), ("Mã đơn hàng",), ("หมายเลขคำสั่งซื้อ",),
        ("Order ID", "Hot Listing"), ("Order SN",),
    ),
    "Shopify": (("Lineitem name",), ("Financial Status", "Fulfillment Status")),
    "Amazon": (("amazon-order-id",), ("order-id", "asin"), ("return-date", "asin")),
    "eBay": (("Sales Record Number",), ("Item number", "Buyer username", "Sale date")),
    "Temu": (("order id", "order item id", "contribution goods id"),),
}  # fmt: skip

_SHOWN = 4
_SHOWN_TEXT = 40
_INSTEAD = say("Import the file of Orders > Manage returns > Export, or of Orders > Export.")


def fold(text: str) -> str:
    """A word as it is compared: trimmed, blanks made one, case-folded."""
    return " ".join(text.strip(" \t\r\n\ufeff\u200b").split()).casefold()


class Header(msgspec.Struct, frozen=True):
    """The recognised header of a file: its layout and where each of the layout's columns stands, None where missing."""

    layout: Layout
    positions: tuple[int | None, ...]


def recognise_header(cells: Sequence[str], aliases: Mapping[str, str]) -> Header | None:
    """The layout of a file whose first row is `cells`; None for any other file. The returns test goes first."""
    found = _positions(cells, aliases)
    for layout in (RETURNS, ORDERS):
        if all(fold(mark) in found for mark in layout.marks):
            return Header(layout, tuple(found.get(fold(column)) for column in layout.columns))
    return None


def refuse_header(cells: Sequence[str]) -> RefusedFile:
    """Why a file with this first row is refused: what it is, where that is known, else what its columns are."""
    names = {fold(cell) for cell in cells}
    match _named(_TIKTOK, names):
        case "settlement":
            what = say("The file is a TikTok settlement file: known, not used yet.")
        case "affiliate":
            what = say("The file is a TikTok affiliate file: known, not used yet.")
        case _ if (platform := _named(_FOREIGN, names)) is not None:
            what = say("The file comes from {platform}, not from TikTok Shop.", platform=platform)
        case _:
            shown = [cell.strip()[:_SHOWN_TEXT] for cell in cells if cell.strip()][:_SHOWN]
            what = say(
                "The file is no returns or orders export of TikTok Shop, it begins with the columns: {columns}.",
                columns=", ".join(shown),
            )
    return RefusedFile(say("{what} {instead}", what=what, instead=_INSTEAD))


def _named(files: Mapping[str, tuple[tuple[str, ...], ...]], names: set[str]) -> str | None:
    """The file one of whose sets of columns is all there."""
    for name, sets in files.items():
        if any({fold(column) for column in columns} <= names for columns in sets):
            return name
    return None


def _positions(cells: Sequence[str], aliases: Mapping[str, str]) -> dict[str, int]:
    """Where each name stands, the platform's own spelling before an alias and the first of two before the second."""
    own: dict[str, int] = {}
    for position, cell in enumerate(cells):
        own.setdefault(fold(cell), position)
    for alias, name in (*aliases.items(), *_SPELLINGS.items()):
        if fold(alias) in own:
            own.setdefault(fold(name), own[fold(alias)])
    return own
