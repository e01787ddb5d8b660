"""Rows of the order export: cancel requests that wait for an answer, and orders that are over for one.

An order is no ticket. A request that is still pending at the file's own time has no time of its own in the file; it
is taken for as old as the order, and the file's own time bounds its deadline from below (`Sighting.due_floor`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from workbench.core.saying import Saying, say
from workbench.core.tickets.model import Sighting
from workbench.intake.layout import Context, Found, Layout
from workbench.intake.model import OrderEnd, Refused
from workbench.intake.rows import BLANK, SHOWN, Counts, Words, is_id, line, merged, unread

_CANCEL = "cancel"
_TYPES = frozenset((_CANCEL, "return/refund", ""))
_CANCELLED = frozenset(("canceled", "cancelled"))
_SHIPPED = frozenset(("shipped", "in transit", "delivered", "completed"))


class OrderRow(NamedTuple):
    """A row as it is picked: its number, then the columns of the layout in their order."""

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


def _read(rows: Sequence[OrderRow], context: Context) -> Found:
    types, status = Words(context.rules.types, "Cancelation/Return Type"), Words(context.rules.status)
    counts, instants = Counts(), context.instants
    pending: dict[str, list[OrderRow]] = {}
    ended: dict[str, OrderEnd] = {}
    skus: dict[str, str] = {}
    refused: list[Refused] = []
    for row in rows:
        type = types.fold(row.type)
        waits = type == _CANCEL and row.cancelled in BLANK and row.shipped in BLANK
        why = _fault(row, instants, waits)
        if why is not None:
            refused.append(Refused(row.number, why))
            continue
        if type not in _TYPES:
            types.wonder(row.type)
        if waits:
            pending.setdefault(row.order_id, []).append(row)
        elif (end := _end(row, status, instants)) is not None:
            ended[row.order_id] = _later(ended.get(row.order_id), end)
        if row.product:
            skus.setdefault(row.seller_sku or row.sku_id, row.product)
    skus.pop("", None)
    for order_id in pending:
        ended.pop(order_id, None)
    sightings = [_sighting(group, counts, context) for group in pending.values()]
    unknown = types.unknown() + unread(context.amounts.unread, "Order Amount") + unread(counts.unread, "Quantity")
    return Found(sightings=sightings, orders=ended, skus=skus, refused=refused, unknown=unknown)


def _fault(row: OrderRow, instants: Mapping[str, datetime], waits: bool) -> Saying | None:
    """Why a row cannot be read; None where it can. Only a pending request needs the time of its order."""
    if row.order_id in BLANK:
        return say("It has no Order ID.")
    if not is_id(row.order_id):
        return say('Its Order ID "{text}" is not a number.', text=row.order_id[:SHOWN])
    if not waits or row.created in instants:
        return None
    if row.created in BLANK:
        return say("It has no time of creation.")
    return say('Its time of creation "{text}" is not a time.', text=row.created[:SHOWN])


def _end(row: OrderRow, status: Words, instants: Mapping[str, datetime]) -> OrderEnd | None:
    """Whether and when the order was cancelled or, else, shipped."""
    word = status.fold(row.status)
    if row.cancelled not in BLANK or word in _CANCELLED:
        return "cancelled", instants.get(row.cancelled)
    if row.shipped not in BLANK or row.delivered not in BLANK or word in _SHIPPED:
        return "shipped", instants.get(row.shipped)
    return None


def _later(known: OrderEnd | None, end: OrderEnd) -> OrderEnd:
    """Of two rows of an order: a cancellation before a shipment, and the later instant."""
    if known is None or (known[0] == "shipped" and end[0] == "cancelled"):
        return end
    if known[0] != end[0] or end[1] is None:
        return known
    return end if known[1] is None or end[1] > known[1] else known


def _sighting(rows: list[OrderRow], counts: Counts, context: Context) -> Sighting:
    """The pending rows of one order. Its amount stands on every row and is taken once, never summed."""
    lines = merged(
        line(row.sku_id, row.seller_sku, row.product, counts.count(row.quantity), row.subtotal) for row in rows
    )
    first, amounts = rows[0], context.amounts
    return Sighting(
        kind="cancel",
        stage="decide",
        external_id=first.order_id,
        since=min(context.instants[row.created] for row in rows),
        order_id=first.order_id,
        sku=lines[0].sku,
        product=lines[0].product,
        buyer=first.buyer or None,
        money=amounts.money(next((row.amount for row in rows if row.amount), None)),
        largest=amounts.total(lines)[1],
        reason=next((row.reason for row in rows if row.reason), None),
        tracking=next((row.tracking for row in rows if row.tracking not in BLANK), None),
        lines=lines,
        due_floor=context.as_of,
    )


LAYOUT = Layout(
    kind="orders",
    name=say("orders"),
    rank=20,
    make=OrderRow._make,
    read=_read,
    columns=(
        "Order ID", "Order Status", "Cancelation/Return Type", "SKU ID", "Seller SKU", "Product Name", "Quantity",
        "SKU Subtotal After Discount", "Order Amount", "Created Time", "Paid Time", "RTS Time", "Shipped Time",
        "Delivered Time", "Cancelled Time", "Cancel Reason", "Tracking ID", "Buyer Username", "Product ID",
        "Package ID",
    ),
    marks=(("Order ID", "Cancelation/Return Type"),),
    needed=frozenset(("Order ID", "Order Status", "Cancelation/Return Type", "Created Time", "Shipped Time",
                      "Cancelled Time")),
    spellings={
        "Canceled Time": "Cancelled Time",
        "Cancellation/Return Type": "Cancelation/Return Type",
        "Buyer Nickname": "Buyer Username",
    },
    ids=frozenset(("Order ID", "SKU ID", "Product ID", "Package ID", "Tracking ID")),
    keys=frozenset(("Order ID", "SKU ID")),
    times=frozenset(("Created Time", "Paid Time", "RTS Time", "Shipped Time", "Delivered Time", "Cancelled Time")),
    began="Created Time",
    money=frozenset(("SKU Subtotal After Discount", "Order Amount")),
    counts=frozenset(("Quantity",)),
    key="Order ID",
    month_first=frozenset(("US",)),
    described=True,
)  # fmt: skip
