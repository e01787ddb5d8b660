"""The tickets of one order move together: its request to cancel and the order to ship.

While a request is open, the order waits for the buyer, its clock running. Approved, the order is not shipped, and that
is not the seller's fault; rejected, it is given back. Sent, it answers the request. All of it is part of the action
that began it, and of its step of undo. Every deed on tickets passes through here, at the end of its transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from workbench.core.policy import Policy
from workbench.core.tickets.model import Ticket
from workbench.core.tickets.moves import changed, close, noted
from workbench.session.tickets.tables import TICKETS

if TYPE_CHECKING:
    from workbench.session.records import Records
    from workbench.storage import Transaction


_PAIRED = ("ship", "cancel")


class _Glance(msgspec.Struct):
    """What tells of a record whether anything goes with it."""

    kind: str = ""


_glance = msgspec.json.Decoder(_Glance).decode


def follow(tx: Transaction, records: Records[Ticket], policy: Policy, now: datetime) -> None:
    """Bring the other tickets of each order to what the transaction has made of one of them."""
    live = records.live()
    touched = {id: records.within(tx, id) for id in tx.touched(TICKETS) if _may_be_paired(tx.get(TICKETS, id))}
    before = {id: live.get(id) for id in tx.touched(TICKETS)}
    paired = [each for each in (*touched.values(), *before.values()) if each is not None and each.kind in _PAIRED]
    orders = {each.order_id for each in paired if each.order_id}
    if not orders:
        return
    there: dict[str, dict[int, Ticket]] = {order: {} for order in orders}
    for each in (*live.values(), *(ticket for ticket in touched.values() if ticket is not None)):
        if each.order_id in there and (each.id in touched or each.id not in before):
            there[each.order_id][each.id] = touched.get(each.id) or each
    for mine in there.values():
        for after in _settled([*mine.values()], before, touched, policy, now):
            tx.put(TICKETS, after.id, after)


def _may_be_paired(raw: msgspec.Raw | None) -> bool:
    """Whether to read the whole record: an import brings a hundred thousand with which nothing goes."""
    if raw is None:
        return False
    try:
        return _glance(raw).kind in _PAIRED
    except (msgspec.DecodeError, UnicodeDecodeError):  # reading it whole says what is wrong with it
        return True


def _settled(
    mine: list[Ticket],
    before: Mapping[int, Ticket | None],
    touched: Mapping[int, object],
    policy: Policy,
    now: datetime,
) -> list[Ticket]:
    """What the tickets of one order become."""
    ships = [each for each in mine if each.kind == "ship"]
    requests = [each for each in mine if each.kind == "cancel"]
    found: dict[int, Ticket] = {}
    for ship in ships:
        was = before.get(ship.id)
        if ship.stage == "closed" and ship.id in touched and was is not None and was.stage != "closed":
            for request in requests:
                if request.stage != "closed":
                    found[request.id] = _answered(request, ship, policy)
    for ship in ships:
        if ship.stage == "closed":
            continue
        for request in requests:
            was = before.get(request.id)
            ended = request.stage == "closed" and was is not None and was.stage != "closed"
            if request.id in touched and ended and request.outcome in ("refunded", "auto"):
                assert request.closed_at is not None
                after = close(ship, "withdrawn", max(request.closed_at, ship.opened_at), policy, "auto")
                ship = changed(after, cancelled_by="buyer")  # noqa: PLW2901 - it is what the order has become
                found[ship.id] = noted(ship, now, "auto", "closed", "withdrawn", request.ref)
        held = any(found.get(each.id, each).stage != "closed" for each in requests)
        if ship.stage != "closed" and ship.held != held:
            found[ship.id] = changed(ship, held=held)
    return [*found.values()]


def _answered(request: Ticket, ship: Ticket, policy: Policy) -> Ticket:
    """The request, once the order is sent or cannot be."""
    assert ship.closed_at is not None
    outcome = "rejected" if ship.outcome == "sent" else "withdrawn"
    at = max(ship.closed_at, request.opened_at)
    after = close(request, outcome, at, policy, "auto")  # type: ignore[arg-type]
    return noted(after, at, "auto", "closed", outcome, ship.ref)
