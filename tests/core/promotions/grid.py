"""An independent count: every minute asked on its own, with no notion of pieces."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

RANK = {"campaign": 1, "flash": 2, "discount": 3}


def listed(typed, orders, t):
    mine = [(at, price) for at, price in typed if at <= t] or [(at, price) for at, price in orders if at <= t]
    return max(mine, key=lambda one: one[0])[1] if mine else None


def priced(promotion, sku, price_list):
    named = [item for item in promotion.items if item.sku == sku] or [i for i in promotion.items if i.sku is None]
    if not named:
        return False, None
    item = named[0]
    if item.price is not None:
        return True, item.price
    if price_list is None:
        return True, None
    return True, (price_list * (100 - item.percent) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


def runs(promotion, t):
    end = promotion.ends_at if promotion.stopped_at is None else min(promotion.ends_at, promotion.stopped_at)
    return promotion.starts_at <= t < end


def shown(sku, promotions, typed, orders, t, live):
    """(price, list price, promotion id) at the minute t; None where the live layer shows nothing."""
    price_list = listed(typed, orders, t)
    tools = ("live_flash", "creator_flash") if live else tuple(RANK)
    found = []
    for each in promotions:
        if each.tool in tools and runs(each, t):
            takes, price = priced(each, sku, price_list)
            if takes:
                found.append((0 if live else RANK[each.tool], price is None, price or 0, each.id, price))
    if found:
        best = min(found)
        return best[4], price_list, best[3]
    return None if live else (price_list, price_list, None)


def cheapest(sku, promotions, typed, orders, t: datetime):
    """The lowest price that anybody sees at the minute t; None where none is known."""
    both = (shown(sku, promotions, typed, orders, t, live) for live in (False, True))
    return min((at[0] for at in both if at is not None and at[0] is not None), default=None)
