"""The invented deals of the invented shop, and what its products cost. Every handle and figure is made up."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from workbench.core.creators.model import Deal, DealEntry, Product
from workbench.core.creators.sales import AffiliateOrder
from workbench.core.creators.screening import Figure
from workbench.core.creators.stages import Stage
from workbench.core.profit.records import DatedCost, PriceTax, SettledRow
from workbench.session.creators.tables import AFFILIATE, DEALS
from workbench.session.profit.tables import COSTS, SETTLEMENTS, TAXES
from workbench.storage import Transaction

_DAY = timedelta(days=1)


class _Invented(NamedTuple):
    """One deal: who, where it stands and by which action, for how many days, what it is about, at which rate."""

    handle: str
    stage: Stage
    done: str
    days: float
    skus: tuple[str, ...]
    rate: str
    followers: int
    fulfilment: str


_DEALS = (
    _Invented("lamp.lover", "talking", "answered", 1, ("LAMP-WHT",), "0.12", 48200, "0.91"),
    _Invented("home.by.noi", "invited", "invite", 2.5, ("MUG-SET-4", "LAMP-WHT"), "0.10", 12600, "0.84"),
    _Invented("camp.with.tee", "sample_review", "sample_asked", 5, ("TENT-2P",), "0.10", 93100, "0.78"),
    _Invented("daily.outfit", "content_due", "no_sample", 9, ("PANTS-BLK-L", "PANTS-BLK-M"), "0.15", 31400, "0.95"),
    _Invented("quiet.corner", "running", "run", 6, ("CHAIR-OAK",), "0.08", 8700, "0.88"),
)
#: Goods, packing, shipping out, shipping back, share that is lost.
_COSTS = {
    "LAMP-WHT": ("210", "6", "40", "31", "0.07"), "MUG-SET-4": ("120", "8", "38", "38", "0.2"),
    "CHAIR-OAK": ("520", "20", "90", "90", "0.05"), "PANTS-BLK-L": ("95", "4", "32", "32", "0.1"),
    "PANTS-BLK-M": ("95", "4", "32", "32", "0.1"), "TENT-2P": ("980", "15", "70", "70", "0.1"),
}  # fmt: skip


#: What creators sold in the last 30 days: who, of what, how many orders, how many of them came back.
_SALES = (
    ("quiet.corner", "CHAIR-OAK", 27, 1), ("lamp.lover", "LAMP-WHT", 19, 6), ("daily.outfit", "PANTS-BLK-L", 22, 2),
    ("camp.with.tee", "TENT-2P", 4, 0), ("home.by.noi", "LAMP-WHT", 38, 1), ("home.by.noi", "MUG-SET-4", 9, 0),
)  # fmt: skip
_PRICES = {"CHAIR-OAK": 1290, "LAMP-WHT": 590, "PANTS-BLK-L": 249, "TENT-2P": 2190, "MUG-SET-4": 360}
#: Creators who are not invited yet: what was read of them.
_CANDIDATES = (("june.daily", "PANTS-BLK-M", 22400, "0.031"), ("trip.pun", "TENT-2P", 6100, "0.054"))
#: Of each settled order of the lamp: what it brought, and what was taken of it. Of the transaction fee it was more than
#: the table says.
_SETTLED = {
    "Total revenue": "590.00", "Subtotal after seller discounts": "590.00", "Customer payment": "590.00",
    "Platform discounts": "0.00", "Refund subtotal after seller discounts": "0.00", "Adjustment amount": "0.00",
    "TikTok Shop commission fee": "-44.19", "Commerce growth fee": "-37.88", "Transaction fee": "-19.59",
    "Total fees": "-101.66",
}  # fmt: skip


def _fill_sales(tx: Transaction, now: datetime) -> None:
    """Orders that creators brought, and what the performance files said of those who are not invited yet."""
    number = 0
    for handle, sku, orders, back in _SALES:
        for each in range(orders):
            number += 1
            price = Decimal(_PRICES[sku])
            sold = AffiliateOrder(
                id=tx.next_id(AFFILIATE), order_id=str(577912000000000000 + 17 * number), sku_id=sku, creator=handle,
                sku=sku, price=price, paid=price, currency="THB", quantity=1, refunded=each < back, status="Completed",
                commission=Decimal(0) if each < back else price / 10, seen_at=now - _DAY,
                created_at=now - (1 + (7 * each) % 28) * _DAY,
            )  # fmt: skip
            tx.put(AFFILIATE, sold.id, sold)
    for handle, sku, followers, engagement in _CANDIDATES:
        id = tx.next_id(DEALS)
        day = (now - 3 * _DAY).date()
        deal = Deal(
            id=id, handle=handle, products=(Product(sku),), stage_since=now - 3 * _DAY,
            figures={
                "followers": Figure(number=Decimal(followers), day=day),
                "engagement": Figure(number=Decimal(engagement), day=day),
            },
            story=(DealEntry(now - 3 * _DAY, "add"),),
        )  # fmt: skip
        tx.put(DEALS, id, deal)


def _fill_settled(tx: Transaction, now: datetime) -> None:
    """A statement of last month."""
    parts = {name: Decimal(amount) for name, amount in _SETTLED.items()}
    for each in range(45):
        row = SettledRow(
            id=tx.next_id(SETTLEMENTS), layout="sea", external_id=str(577811000000000000 + 17 * each),
            order_id=str(577811000000000000 + 17 * each), kind="Order", sku_id="LAMP-WHT", currency="THB",
            created_at=now - (40 + each % 10) * _DAY, settled_at=now - (26 + each % 10) * _DAY,
            settled=Decimal("488.34"), parts=parts, quantity=1, file="income_october.xlsx", row=each + 2,
            read_at=now - _DAY,
        )  # fmt: skip
        tx.put(SETTLEMENTS, row.id, row)


def fill_deals(tx: Transaction, now: datetime) -> None:
    """Put them into the data directory that is being filled."""
    for sku, (goods, packing, out, back, lost) in _COSTS.items():
        id = tx.next_id(COSTS)
        cost = DatedCost(
            id=id, sku=sku, since=date(2026, 10, 1), goods=Decimal(goods), packing=Decimal(packing),
            shipping_out=Decimal(out), shipping_back=Decimal(back), lost_share=Decimal(lost), set_at=now - 54 * _DAY,
        )  # fmt: skip
        tx.put(COSTS, id, cost)
    tx.put(TAXES, 1, PriceTax(id=tx.next_id(TAXES), market="TH", rate=Decimal(0), set_at=now - 54 * _DAY))
    for each in _DEALS:
        id = tx.next_id(DEALS)
        since = now - each.days * _DAY
        day = since.date()
        running = each.stage == "running"
        deal = Deal(
            id=id, handle=each.handle, products=tuple(Product(sku) for sku in each.skus), rate=Decimal(each.rate),
            stage=each.stage, stage_since=since, messages=1, starts_at=since if running else None,
            ends_at=now + 20 * _DAY if running else None,
            figures={
                "followers": Figure(number=Decimal(each.followers), day=day),
                "fulfilment": Figure(number=Decimal(each.fulfilment), day=day),
            },
            story=(DealEntry(since - 3 * _DAY, "add"), DealEntry(since, each.done)),
        )  # fmt: skip
        tx.put(DEALS, id, deal)
    _fill_sales(tx, now)
    _fill_settled(tx, now)
