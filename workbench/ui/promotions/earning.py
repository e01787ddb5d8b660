"""What an order of a product brings at a price, for the pane of the Plan; nothing where no cost is entered."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple

from workbench.core.promotions.model import Promotion
from workbench.core.saying import Told
from workbench.session import Session


class Earning(NamedTuple):
    """What an order brings at a price: expected, or (`kept`), where refunds are not known, as long as it is kept.
    `margin` is its share of the price."""

    price: Decimal
    brings: Decimal
    margin: Decimal
    kept: bool


def earning(session: Session, sku: str, price: Decimal | None, promotion: Promotion | None) -> Earning | None:
    """At the commission of the promotion's deal; None where the cost or the price is not known."""
    if price is None or price <= 0 or not session.store.table("costs"):
        return None
    from workbench.session.profit.desk import Asking

    commission = Decimal(0) if promotion is None else session.desk("promotions").commission_of(promotion)
    try:
        found = session.desk("profit").ask(sku, Asking(price=price, commission=commission), lowest=False).account
    except Told:
        return None
    brings = found.order.kept if found.expected is None else found.expected
    brings = brings.quantize(Decimal(1).scaleb(-session.desk("promotions").rules.places), ROUND_FLOOR)
    return Earning(price, brings, brings / price, found.expected is None)
