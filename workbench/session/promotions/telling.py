"""A promotion as a line of the agenda."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from workbench.core.agenda import Due, Told
from workbench.core.place import Place
from workbench.core.promotions.model import Promotion, Tool
from workbench.core.saying import Saying, say

#: What is to be done when the price goes back, by tool.
RENEW: dict[Tool, Saying] = {
    "discount": say("Renew discount"), "flash": say("Renew flash deal"), "live_flash": say("Renew LIVE flash deal"),
    "creator_flash": say("Renew creator flash deal"), "coupon": say("Renew coupon"), "gift": say("Renew gift"),
    "bundle": say("Renew bundle"), "shipping": say("Renew shipping discount"), "giveaway": say("Renew giveaway"),
    "campaign": say("Renew campaign price"),
}  # fmt: skip


def due(
    promotion: Promotion, place: Place, alarms: Iterable[timedelta], back: Decimal | None, now: datetime
) -> Due:  # fmt: skip
    """The end of a price that is to be kept; `back` is the list price it goes back to, where that is known."""

    def tell() -> Told:
        first = promotion.items[0]
        more = len(promotion.items) - 1
        thing = first.sku or ""
        return Told(
            ref=promotion.ref,
            what=RENEW[promotion.tool],
            otherwise=_otherwise(promotion, first.price, back, now),
            thing=f"{thing} +{more}" if more else thing,
            stake=None if back is None else say("to {price}", price=str(back)),
        )

    return Due(
        place=place,
        tell=tell,
        step="renew",
        at=promotion.ends_at,
        kind="own",
        opened_at=promotion.starts_at,
        sheet="promotion.renew",
        alarms=tuple(alarms),
    )


def _otherwise(promotion: Promotion, price: Decimal | None, back: Decimal | None, now: datetime) -> Saying:
    gone = now >= promotion.ends_at
    if price is None or back is None:
        return say("The price has gone back.") if gone else say("The price goes back.")
    if gone:
        return say("It stands at {back} again, in place of {price}.", back=str(back), price=str(price))
    return say("The price goes back from {price} to {back}.", price=str(price), back=str(back))
