"""The invented orders of the invented shop: two days to ship, pre-orders, what a file no longer shows, those kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from workbench.core.money import Money
from workbench.core.orders.model import Kept
from workbench.core.saying import Saying
from workbench.core.tickets import shipping
from workbench.core.tickets.merge import FileSource
from workbench.core.tickets.model import Line, ShipSighting
from workbench.core.time import at_local
from workbench.i18n import render
from workbench.session.base import SessionBase
from workbench.session.orders.files import keep
from workbench.session.tickets.tables import TICKETS
from workbench.storage import Transaction

_FILE = "All order-2026-11-24.csv"
#: Day and hour of payment, and what is in it: a product, or several; "x2" are two pieces of it.
_TO_SHIP = (
    (20, "18:00", "PANTS-BLK-L x2, MUG-SET-4"), (20, "18:12", "LAMP-WHT"), (20, "18:41", "PANTS-BLK-M, PANTS-BLK-L"),
    (20, "19:20", "MUG-SET-4 x2"), (20, "20:03", "DRESS-RED-S"), (20, "20:55", "LAMP-WHT"),
    (20, "21:08", "CHAIR-OAK"), (20, "21:30", "PANTS-BLK-L"), (20, "22:14", "MUG-SET-4"), (20, "22:50", "TENT-2P"),
    (20, "23:02", "DRESS-RED-S, PANTS-BLK-M"), (20, "23:41", "MUG-SET-4 x2"),
    (23, "09:15", "PANTS-BLK-L"), (23, "10:40", "LAMP-WHT x2"), (23, "11:32", "DRESS-RED-M"),
    (23, "14:07", "MUG-SET-4"), (23, "15:30", "CHAIR-OAK"),
)  # fmt: skip
_PREORDERS = ((19, "12:10", "TENT-2P x2"), (21, "09:05", "TENT-2P"))
_MISSING = ((20, "16:05", "LAMP-WHT"), (20, "16:40", "MUG-SET-4"), (20, "17:10", "PANTS-BLK-L"))


def fill_orders(
    session: SessionBase, tx: Transaction, products: Mapping[str, tuple[Saying, str]], now: datetime
) -> None:
    """Put them in, as an import of this morning would have."""
    source = FileSource(_FILE, now - timedelta(minutes=8), now - timedelta(minutes=5))
    rows: list[Kept] = []
    number = 0
    for orders, preorder, gone in ((_TO_SHIP, False, False), (_PREORDERS, True, False), (_MISSING, False, True)):
        for day, clock, text in orders:
            number += 1
            seen = _seen(session, number, day, clock, text, products, preorder=preorder)
            ticket = shipping.opened(seen, source, session.policy, tx.next_id(TICKETS))
            tx.put(TICKETS, ticket.id, shipping.missed(ticket, source) if gone else ticket)
            rows += _kept(seen, source.as_of)
    for age in range(4, 120):
        for each, sku in enumerate(products):
            sold = now - timedelta(days=age, hours=each)
            number += 1
            rows.append(
                Kept(
                    order_id=_order(number),
                    sku_id=str(172946281948219935 + each),
                    sku=sku,
                    created_at=sold,
                    seen_at=source.as_of,
                    clean_at=source.as_of,
                    quantity=1,
                    original=Decimal(products[sku][1]),
                    selling=Decimal(products[sku][1]),
                    currency="THB",
                    paid_at=sold,
                    rts_at=sold + timedelta(days=1),
                    shipped_at=sold + timedelta(days=1),
                    delivered_at=sold + timedelta(days=3),
                    state="sent",
                    refunded=Decimal(products[sku][1]) if (age + each) % 23 == 0 else None,
                    creator=("mali.cooks", None, "ton.home")[number % 3],
                )
            )
    keep(session, tx, rows)


def _seen(
    session: SessionBase, number: int, day: int, clock: str, text: str, products: Mapping[str, tuple[Saying, str]], *,
    preorder: bool,
) -> ShipSighting:  # fmt: skip
    hour, minute = map(int, clock.split(":"))
    # Naive on purpose: the wall clock of the shop.
    at = at_local(datetime(2026, 11, day, hour, minute), session.zone)  # noqa: DTZ001
    lines, total = [], Decimal()
    for piece in text.split(", "):
        sku, _, times = piece.partition(" x")
        name, price = products[sku]
        total += Decimal(price) * int(times or 1)
        lines.append(Line(str(172946281948219935 + [*products].index(sku)), sku, render(name), int(times or 1), price))
    return ShipSighting(
        order_id=_order(number), ordered_at=at - timedelta(minutes=1), opened_at=at, preorder=preorder,
        lines=tuple(lines), money=Money(total, "THB"),
    )  # fmt: skip


def _kept(seen: ShipSighting, as_of: datetime) -> list[Kept]:
    return [
        Kept(
            order_id=seen.order_id,
            sku_id=line.sku_id or "",
            sku=line.sku,
            created_at=seen.ordered_at,
            seen_at=as_of,
            clean_at=as_of,
            quantity=line.quantity,
            original=Decimal(line.price or 0),
            selling=Decimal(line.price or 0),
            currency="THB",
            paid_at=seen.opened_at,
            state="ship",
        )
        for line in seen.lines
    ]


def _order(number: int) -> str:
    return str(576981590840166131 + 7919 * number)
