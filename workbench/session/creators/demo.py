"""The invented deals of the invented shop, and what its products cost. Every handle and figure is made up."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from workbench.core.creators.model import Deal, DealEntry, Product
from workbench.core.creators.screening import Figure
from workbench.core.creators.stages import Stage
from workbench.core.profit.records import DatedCost, PriceTax
from workbench.session.creators.tables import DEALS
from workbench.session.profit.tables import COSTS, TAXES
from workbench.storage import Transaction

_DAY = timedelta(days=1)


class _Invented(NamedTuple):
    """One deal: who, where it stands, for how many days, what it is about, at which rate."""

    handle: str
    stage: Stage
    days: float
    skus: tuple[str, ...]
    rate: str
    followers: int
    fulfilment: str


_DEALS = (
    _Invented("lamp.lover", "talking", 1, ("LAMP-WHT",), "0.12", 48200, "0.91"),
    _Invented("home.by.noi", "invited", 2.5, ("MUG-SET-4", "LAMP-WHT"), "0.10", 12600, "0.84"),
    _Invented("camp.with.tee", "sample_review", 5, ("TENT-2P",), "0.10", 93100, "0.78"),
    _Invented("daily.outfit", "content_due", 9, ("PANTS-BLK-L", "PANTS-BLK-M"), "0.15", 31400, "0.95"),
    _Invented("quiet.corner", "running", 6, ("CHAIR-OAK",), "0.08", 8700, "0.88"),
)
#: Goods, packing, shipping out, shipping back, share that is lost.
_COSTS = {
    "LAMP-WHT": ("210", "6", "40", "31", "0.07"), "MUG-SET-4": ("120", "8", "38", "38", "0.2"),
    "CHAIR-OAK": ("520", "20", "90", "90", "0.05"), "PANTS-BLK-L": ("95", "4", "32", "32", "0.1"),
    "PANTS-BLK-M": ("95", "4", "32", "32", "0.1"), "TENT-2P": ("980", "15", "70", "70", "0.1"),
}  # fmt: skip


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
            story=(DealEntry(since - 3 * _DAY, "add"), DealEntry(since, each.stage)),
        )  # fmt: skip
        tx.put(DEALS, id, deal)
