"""A promotion as a line of the agenda."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from workbench.core.agenda import Due, Telling
from workbench.core.money import Money
from workbench.core.place import Place
from workbench.core.promotions.model import Promotion, Tool
from workbench.core.saying import Saying, say
from workbench.i18n import render
from workbench.output.words import amount, due_point, point

#: What is to be done when the price goes back, by tool.
RENEW: dict[Tool, Saying] = {
    "discount": say("Renew discount"), "flash": say("Renew flash deal"), "live_flash": say("Renew LIVE flash deal"),
    "creator_flash": say("Renew creator flash deal"), "coupon": say("Renew coupon"), "gift": say("Renew gift"),
    "bundle": say("Renew bundle"), "shipping": say("Renew shipping discount"), "giveaway": say("Renew giveaway"),
    "campaign": say("Renew campaign price"),
}  # fmt: skip

#: So many cells of a price stand beside `to` in the column of amounts.
_ROOM = 7


class PriceClock(NamedTuple):
    """What is to be known of an end: what the price goes `back` to, None where that is not known; until
    when the platform can bring it back as it was; the renewal that the platform may have refused."""

    back: Money | None
    republish_by: datetime | None
    doubted: str | None
    now: datetime
    zone: tzinfo


def due(promotion: Promotion, place: Place, alarms: Iterable[timedelta], ask: Callable[[], PriceClock]) -> Due:
    """The end of a price that is to be kept; what is to be known of it is asked when it is told."""

    def tell() -> Telling:
        clock, first = ask(), promotion.items[0]
        more = len(promotion.items) - 1
        thing = first.sku or render(say("all SKUs"))
        return Telling(
            ref=promotion.ref,
            what=RENEW[promotion.tool] if clock.doubted is None else say("Tick off renewal"),
            otherwise=_otherwise(promotion, clock),
            thing=f"{thing} +{more}" if more else thing,
            stake=None if clock.back is None else _stake(amount(clock.back)),
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


def _otherwise(promotion: Promotion, clock: PriceClock) -> Saying:
    if clock.doubted is not None:
        return say(
            "{ref} renews it. The platform may refuse a second one before the first has ended: tick it off once it is "
            "taken.", ref=clock.doubted,
        )  # fmt: skip
    first = promotion.items[0]
    price = None if first.price is None or clock.back is None else amount(Money(first.price, clock.back.currency))
    back = None if clock.back is None else amount(clock.back)
    gone = clock.now >= promotion.ends_at
    found = say("The price has gone back.") if gone else say("The price goes back.")
    if back is not None and gone:
        found = say(
            "{sku} stands at {back} since {point}.", sku=first.sku or say("all SKUs"), back=back,
            point=point(promotion.ends_at, clock.now, clock.zone),
        )  # fmt: skip
    elif back is not None and price is not None:
        found = say("The price goes back from {price} to {back}.", price=price, back=back)
    by = clock.republish_by
    if gone and by is not None and clock.now < by:
        return say(
            "{what} The platform can bring it back as it was, until {point}.", what=found,
            point=due_point(by, clock.now, clock.zone),
        )  # fmt: skip
    return found


def _stake(price: str) -> Saying:
    """`to ฿720.00`, as short as it has to be where the column of amounts is too narrow for `to ฿1,290.00`: without the
    decimals it does not have, in thousands, at last without its currency."""
    whole = price.removesuffix(".00")
    thousands = f"{whole.removesuffix(',000')}k" if whole.endswith(",000") else whole
    figure = "".join(each for each in thousands if each in "0123456789.,k")
    for text in (price, whole, thousands, thousands.replace(",", ""), figure):
        if len(text) <= _ROOM:
            return say("to {price}", price=text)
    return say("{price}", price=figure)
