"""Rows of the order export: cancel requests that wait for an answer, and orders that are over for one.

An order is no ticket. A request that is still pending at the file's own time has no time of its own in the file; it
is taken for as old as the order, and the file's own time bounds its deadline from below (`Sighting.due_floor`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from workbench.core.saying import Saying, say
from workbench.core.tickets.model import Sighting
from workbench.intake.layout import OrderRow
from workbench.intake.model import IntakeRules, OrderEnd, Refused, Unknown
from workbench.intake.rows import BLANK, SHOWN, Amounts, Words, is_id, line, merged

_CANCEL = "cancel"
_TYPES = frozenset((_CANCEL, "return/refund", ""))
_CANCELLED = frozenset(("canceled", "cancelled"))
_SHIPPED = frozenset(("shipped", "in transit", "delivered", "completed"))


class Orders(msgspec.Struct, frozen=True):
    """The outcome: pending cancel requests, orders that ended, SKUs with names, and what could not be read."""

    sightings: list[Sighting]
    ended: dict[str, OrderEnd]
    skus: dict[str, str]
    refused: list[Refused]
    unknown: list[Unknown]


def is_description(row: OrderRow, instants: Mapping[str, datetime]) -> bool:
    """Whether the first row describes the columns, as in the XLSX export, instead of being an order."""
    return bool(row.order_id) and not is_id(row.order_id) and row.created not in instants


def read_orders(
    rows: Iterable[OrderRow], rules: IntakeRules, instants: Mapping[str, datetime], as_of: datetime
) -> Orders:
    """Read the picked rows; `instants` leads from a printed time to its instant, `as_of` is the file's own time."""
    types, status, amounts = Words(rules.types), Words(rules.status), Amounts(rules.currency)
    pending: dict[str, list[OrderRow]] = {}
    ended: dict[str, OrderEnd] = {}
    skus: dict[str, str] = {}
    refused: list[Refused] = []
    for row in rows:
        type = types.fold(row.type) if row.type not in BLANK else ""
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
    sightings = [_sighting(group, amounts, instants, as_of) for group in pending.values()]
    return Orders(sightings, ended, skus, refused, types.unknown())


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


def _sighting(rows: list[OrderRow], amounts: Amounts, instants: Mapping[str, datetime], as_of: datetime) -> Sighting:
    """The pending rows of one order. Its amount stands on every row and is taken once, never summed."""
    lines = merged(line(row.sku_id, row.seller_sku, row.product, row.quantity, row.subtotal) for row in rows)
    first = rows[0]
    return Sighting(
        kind="cancel",
        stage="decide",
        external_id=first.order_id,
        since=min(instants[row.created] for row in rows),
        order_id=first.order_id,
        sku=lines[0].sku,
        product=lines[0].product,
        buyer=first.buyer or None,
        money=amounts.money(next((row.amount for row in rows if row.amount), None)),
        largest=amounts.total(lines)[1],
        reason=next((row.reason for row in rows if row.reason), None),
        tracking=next((row.tracking for row in rows if row.tracking not in BLANK), None),
        lines=lines,
        due_floor=as_of,
    )
