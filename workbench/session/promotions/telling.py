"""A promotion as a line of the agenda."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from workbench.core.agenda import Due, Telling
from workbench.core.money import Money
from workbench.core.place import Place
from workbench.core.promotions.model import Promotion, Tool
from workbench.core.saying import Saying, say
from workbench.output.words import amount, month_day

#: What is to be done when the price goes back, by tool.
RENEW: dict[Tool, Saying] = {
    "discount": say("Renew discount"), "flash": say("Renew flash deal"), "live_flash": say("Renew LIVE flash deal"),
    "creator_flash": say("Renew creator flash deal"), "coupon": say("Renew coupon"), "gift": say("Renew gift"),
    "bundle": say("Renew bundle"), "shipping": say("Renew shipping discount"), "giveaway": say("Renew giveaway"),
    "campaign": say("Renew campaign price"),
}  # fmt: skip


def due(
    promotion: Promotion, place: Place, alarms: Iterable[timedelta], back: Money | None, republish_by: datetime | None,
    now: datetime,
) -> Due:  # fmt: skip
    """The end of a price that is to be kept; `back` is the list price it goes back to, where that is known."""

    def tell() -> Telling:
        first = promotion.items[0]
        more = len(promotion.items) - 1
        thing = first.sku or ""
        price = None if first.price is None or back is None else amount(Money(first.price, back.currency))
        gone = now >= promotion.ends_at
        otherwise = _otherwise(price, None if back is None else amount(back), gone=gone)
        if gone and republish_by is not None and now < republish_by:
            until = month_day(republish_by.date())
            otherwise = say("{what} The platform brings it back as it was until {day}.", what=otherwise, day=until)
        return Telling(
            ref=promotion.ref,
            what=RENEW[promotion.tool],
            otherwise=otherwise,
            thing=f"{thing} +{more}" if more else thing,
            stake=None if back is None else say("to {price}", price=amount(back).removesuffix(".00")),
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


def _otherwise(price: str | None, back: str | None, *, gone: bool) -> Saying:
    if price is None or back is None:
        return say("The price has gone back.") if gone else say("The price goes back.")
    if gone:
        return say("It stands at {back} again, in place of {price}.", back=back, price=price)
    return say("The price goes back from {price} to {back}.", price=price, back=back)
