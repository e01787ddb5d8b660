"""Rows of the order export: what is kept of each, what has to be handed over, which cancel requests wait.

Of the buyer only the name goes to the ticket of a request; nothing of it is kept with the order. A request that is
still pending at the file's own time has no time of its own in the file; it is taken for as old as the order, and the
file's own time bounds its deadline from below (`Sighting.due_floor`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from workbench.core.money import Money
from workbench.core.orders.model import CancelledBy, Kept, RowState
from workbench.core.saying import Saying, say
from workbench.core.tickets.model import Line, ShipSighting, Sighting
from workbench.intake.layout import Context, Found, Layout
from workbench.intake.model import OrderEnd, Refused, Unknown
from workbench.intake.rows import BLANK, SHOWN, Quantities, Words, is_id, line, merged, unread
from workbench.intake.text import fold

_CANCEL = "cancel"
_TYPES = frozenset((_CANCEL, "return/refund", ""))
_CANCELLED = frozenset(("canceled", "cancelled"))
_SHIPPED = frozenset(("shipped", "in transit", "delivered", "completed"))
_SENT = _SHIPPED | {"awaiting collection"}
#: What else an order may be: nothing to hand over, not gone, not ended.
_OTHERS = frozenset(("unpaid", "on hold", "partially shipping", "awaiting shipment"))
_TO_SHIP, _AWAITING, _PREORDER = "to ship", "awaiting shipment", "pre-order"
_STATUSES = _SENT | _CANCELLED | _OTHERS | {_TO_SHIP}
_WHO: dict[str, CancelledBy] = {
    "user": "buyer", "buyer": "buyer", "customer": "buyer", "seller": "seller", "system": "platform",
    "platform": "platform", "operator": "platform", "tiktok": "platform",
}  # fmt: skip


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
    substatus: str
    normal: str
    original: str
    before: str
    discount: str
    refunded: str
    cancel_by: str
    fulfilment: str
    creator: str


def _read(rows: Sequence[OrderRow], context: Context) -> Found:
    types = Words(context.rules.types, "Cancelation/Return Type")
    status, began = Words(context.rules.status, "Order Status"), Words({}, "Created Time")
    counts, instants = Quantities(), context.instants
    pending: dict[str, list[OrderRow]] = {}
    ended: dict[str, OrderEnd] = {}
    skus: dict[str, str] = {}
    refused: list[Refused] = []
    keeping = _Keeping(rows, status, counts, context)
    for row in rows:
        type = types.fold(row.type)
        waits = type == _CANCEL and row.cancelled in BLANK and row.shipped in BLANK
        state = keeping.state(row)
        why = _fault(row, instants, waits or (state == "ship" and row.paid not in instants))
        if why is not None:
            refused.append(Refused(row.number, why))
            continue
        if type not in _TYPES:
            types.wonder(row.type)
        if row.created not in instants:
            began.wonder(row.created)
        if status.fold(row.status) not in _STATUSES:
            status.wonder(row.status)
        keeping.take(row, state, waits)
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
    ships = keeping.ships()
    unknown = (
        types.unknown()
        + status.unknown()
        + began.unknown()
        + unread(context.amounts.unread, "Order Amount")
        + unread(counts.unread, "Quantity")
    )
    unknown += keeping.unread()
    return Found(
        sightings=sightings, orders=ended, skus=skus, records=keeping.kept, ships=ships, refused=refused,
        unknown=unknown,
    )  # fmt: skip


class _Keeping:
    """What is kept of the rows of a file, and which of them are still to be handed over."""

    def __init__(self, rows: Sequence[OrderRow], status: Words, counts: Quantities, context: Context) -> None:
        self.kept: list[Kept] = []
        self._ships: dict[str, list[OrderRow]] = {}
        self._status, self._counts, self._context = status, counts, context
        self._under, self._by = Words(context.rules.status, "Order Substatus"), Words({}, "Cancel By")
        self._fulfils = frozenset(map(fold, context.rules.platform_fulfils))
        self._selling: dict[tuple[str, str, str, str], Money | None] = {}
        self._unread: dict[str, Counter[str]] = {}
        #: Of each SKU of an order that has several rows, the packages it travels in.
        self._packages: dict[tuple[str, str], dict[str, tuple[int | None, RowState]]] = {}
        keys = [(row.order_id, row.sku_id) for row in rows]
        if len(set(keys)) < len(keys):
            self._packages = {key: {} for key, rows in Counter(keys).items() if rows > 1}
        for name, at in (("SKU Unit Original Price", "original"), ("Order Refund Amount", "refunded")):
            strange = {text for text in {getattr(row, at) for row in rows} if text not in BLANK}
            strange = {text for text in strange if context.amounts.glance(text) is None}
            if strange:
                self._unread[name] = Counter(text for row in rows if (text := getattr(row, at)) in strange)

    def unread(self) -> list[Unknown]:
        """The amounts that nobody can read."""
        words = [word for name, texts in self._unread.items() for word in unread(texts, name)]
        return words + self._under.unknown() + self._by.unknown()

    def state(self, row: OrderRow) -> RowState:
        """What the row says of its parcel."""
        word = self._status.fold(row.status)
        if row.cancelled not in BLANK or word in _CANCELLED:
            return "cancelled"
        under = self._status.fold(row.substatus)
        if row.rts not in BLANK or row.shipped not in BLANK or row.delivered not in BLANK:
            return "sent"
        if word in _SENT or under in _SENT:
            return "sent"
        if word != _TO_SHIP or fold(row.fulfilment) in self._fulfils:
            return ""
        if under not in _STATUSES and under:
            self._under.wonder(row.substatus)
        return "ship" if under in ("", _AWAITING) else ""

    def take(self, row: OrderRow, state: RowState, asked: bool) -> None:
        """Keep the row; `asked`: a request to cancel it waits."""
        instants, as_of = self._context.instants, self._context.as_of
        created = instants.get(row.created) or instants.get(row.paid)
        if created is None:
            return
        glance = self._context.amounts.glance
        original, selling, refunded = glance(row.original), self._price(row), glance(row.refunded)
        quantity, whole = self._whole(row, state)
        gone = instants if whole == state else {}  # not before the last package is
        priced = original or selling or refunded
        if refunded is not None and priced is not None and refunded.currency != priced.currency:
            self._unread.setdefault("Order Refund Amount", Counter())[row.refunded] += 1
            refunded = None
        self.kept.append(
            Kept(
                order_id=row.order_id,
                sku_id=row.sku_id,
                sku=row.seller_sku or row.sku_id or None,
                quantity=quantity,
                original=original.amount if original is not None else None,
                selling=selling.amount if selling is not None else None,
                currency=priced.currency if priced is not None else None,
                created_at=created,
                paid_at=instants.get(row.paid),
                rts_at=gone.get(row.rts),
                shipped_at=gone.get(row.shipped),
                delivered_at=gone.get(row.delivered),
                cancelled_at=instants.get(row.cancelled),
                cancelled_by=self._who(row),
                refunded=refunded.amount if refunded is not None and refunded.amount > 0 else None,
                creator=(row.creator.removeprefix("@") or None) if row.creator not in BLANK else None,
                seen_at=as_of,
                clean_at=None if asked else as_of,
                state=whole,
                guessed=self._context.guessed,
            )
        )
        if state == "ship":
            self._ships.setdefault(row.order_id, []).append(row)

    def _who(self, row: OrderRow) -> CancelledBy | None:
        """Who cancelled; whoever nobody knows is told."""
        word = "" if row.cancel_by in BLANK else fold(row.cancel_by)
        if word and word not in _WHO:
            self._by.wonder(row.cancel_by)
        return _WHO.get(word)

    def _whole(self, row: OrderRow, state: RowState) -> tuple[int | None, RowState]:
        """Quantity and state of an SKU of an order; where it travels in several packages each has a row."""
        quantity, parts = self._counts.count(row.quantity), self._packages.get((row.order_id, row.sku_id))
        if parts is None:
            return quantity, state
        parts[row.package_id] = quantity, state
        if any(count is None for count, _ in parts.values()):
            return quantity, state
        return sum(count or 0 for count, _ in parts.values()), "ship" if (
            "ship" in {of for _, of in parts.values()}
        ) else state

    def _price(self, row: OrderRow) -> Money | None:
        """The unit price after the seller's discount; the subtotal after all discounts has the platform's in it."""
        key = (row.original, row.before, row.discount, row.quantity)
        if key not in self._selling:
            self._selling[key] = self._reckoned(row)
        return self._selling[key]

    def _reckoned(self, row: OrderRow) -> Money | None:
        glance, quantity = self._context.amounts.glance, self._counts.count(row.quantity)
        original, before, discount = glance(row.original), glance(row.before), glance(row.discount)
        if not quantity or (original is None and before is None):
            return original if discount is None else None
        if discount is not None and discount.currency != (before or original or discount).currency:
            return None
        off = abs(discount.amount) if discount is not None else Decimal()
        if before is not None:
            return Money(round((before.amount - off) / quantity, 2), before.currency)
        assert original is not None
        return Money(round(original.amount - off / quantity, 2), original.currency)

    def ships(self) -> list[ShipSighting]:
        """The orders of which at least one row is still to be handed over."""
        return [self._ship(order_id, rows) for order_id, rows in self._ships.items()]

    def _ship(self, order_id: str, rows: list[OrderRow]) -> ShipSighting:
        instants = self._context.instants
        created = min(at for row in rows if (at := instants.get(row.created) or instants.get(row.paid)) is not None)
        paid = [at for row in rows if (at := instants.get(row.paid)) is not None]
        return ShipSighting(
            order_id=order_id,
            ordered_at=created,
            opened_at=min(paid, default=created),
            preorder=any(fold(row.normal) == _PREORDER for row in rows),
            lines=_lines(rows, self._counts),
            money=self._context.amounts.money(next((row.amount for row in rows if row.amount), None)),
        )


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


def _lines(rows: Sequence[OrderRow], counts: Quantities) -> tuple[Line, ...]:
    """The lines of an order. Of what travels in two packages each is one; a row that stands there twice is one."""
    packages: dict[str, list[Line]] = {}
    for row in rows:
        packages.setdefault(row.package_id, []).append(
            line(row.sku_id, row.seller_sku, row.product, counts.count(row.quantity), row.subtotal)
        )
    return tuple(each for lines in packages.values() for each in merged(lines))


def _sighting(rows: list[OrderRow], counts: Quantities, context: Context) -> Sighting:
    """The pending rows of one order. Its amount stands on every row and is taken once, never summed."""
    lines = _lines(rows, counts)
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
        "Package ID", "Order Substatus", "Normal or Pre-order", "SKU Unit Original Price",
        "SKU Subtotal Before Discount", "SKU Seller Discount", "Order Refund Amount", "Cancel By", "Fulfillment Type",
        "Creator Handle",
    ),
    desk="orders",
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
    over=frozenset(("Shipped Time", "Cancelled Time")),
    money=frozenset(("SKU Subtotal After Discount", "Order Amount", "SKU Unit Original Price",
                     "SKU Subtotal Before Discount", "SKU Seller Discount", "Order Refund Amount")),
    counts=frozenset(("Quantity",)),
    key="Order ID",
    month_first=frozenset(("US",)),
    described=True,
)  # fmt: skip
