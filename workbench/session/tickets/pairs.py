"""The tickets of one order move together: its request to cancel and the order to ship.

While a request is open, the order waits for the buyer, its clock running. Approved, the order is not shipped, and that
is not the seller's fault; rejected, it is given back. Sent, it answers the request. All of it is part of the action
that began it, and of its step of undo. Every deed on tickets passes through here, at the end of its transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from workbench.core.policy import Policy
from workbench.core.tickets.model import Ticket
from workbench.core.tickets.moves import changed, close, noted
from workbench.session.tickets.tables import TICKETS

if TYPE_CHECKING:
    from workbench.session.records import Records
    from workbench.storage import Transaction


def follow(tx: Transaction, records: Records[Ticket], policy: Policy, now: datetime) -> None:
    """Bring the other tickets of each order to what the transaction has made of one of them."""
    touched = {id: records.within(tx, id) for id in tx.touched(TICKETS)}
    before = {id: records.live().get(id) for id in touched}
    pairs = [each for each in (*touched.values(), *before.values()) if each is not None]
    orders = {each.order_id for each in pairs if each.order_id and each.kind in ("ship", "cancel")}
    if not orders:
        return
    there = {id: each for id, each in records.live().items() if each.order_id in orders and id not in touched}
    there.update((id, each) for id, each in touched.items() if each is not None and each.order_id in orders)
    for order in orders:
        mine = [each for each in there.values() if each.order_id == order]
        for after in _settled(mine, before, touched, policy, now):
            tx.put(TICKETS, after.id, after)


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
