"""Campaigns as the interface promises them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from workbench.core.campaigns.model import After, Campaign, Figures
from workbench.output.json import Document, Shaper


def campaign(shaper: Shaper, found: Campaign, like: Iterable[Campaign], after: After | None) -> Document:
    """A campaign, with the ids of those that are like it, and what it is `after` 30 days."""
    state = found.state(shaper.now)
    time = shaper.time
    return {
        "id": found.ref,
        "name": found.name,
        "starts_at": time(found.starts_at),
        "ends_at": time(found.ends_at),
        "registration_opens": time(found.registration_opens),
        "registration_closes": time(found.registration_closes),
        "price_fixed_from": time(found.price_fixed_from),
        "withdraw_until": time(found.withdraw_until),
        "stock": found.stock,
        "categories": found.categories,
        "skus": list(found.skus),
        "discount": found.discount,
        "way": found.way,
        "sold_at": found.sold_at,
        "slot": found.slot,
        "hours": found.hours,
        "expected": _figures(found.expected),
        "actual": _figures(found.actual),
        "why": found.why,
        "state": "measured" if state == "review" and after is not None else state,
        "later": [{"at": time(each.at), "what": each.what, "value": each.value} for each in found.later],
        "after_30_days": None if after is None else {"refunds": after.refunds, "money": _amount(after.money)},
        "like": [each.ref for each in like],
        "note": found.note,
    }


def _figures(found: Figures) -> Document:
    conversion = None if found.conversion is None else f"{found.conversion:.6f}"
    return {"sales": _amount(found.sales), "orders": found.orders, "conversion": conversion}


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
