"""Bad ones and all, by shop day, of each SKU or creator: orders paid back of those shipped, bad reviews of those
delivered. Which days are whole is the orders' to say (`covered_days`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from workbench.core.orders.counts import By
from workbench.core.tickets.model import Ticket
from workbench.core.time import shop_day
from workbench.session.base import SessionBase
from workbench.session.metrics.closed import tickets_since

#: The own figures that can be told apart by SKU and creator.
PARTED = ("refunds", "reviews")
#: How long before a review or its parcel an order may have been created.
_WAY = timedelta(days=92)
_ByDay = Mapping[date, int]


class PartCounts(NamedTuple):
    """By name ("" of the whole shop), by shop day."""

    bad: Mapping[str, _ByDay]
    total: Mapping[str, _ByDay]


def parts(session: SessionBase, figure: str, by: By, first: date, last: date) -> PartCounts:
    """The counts of the days `first` to `last`, both in."""
    counts = session.desk("orders").daily(by, first, last)
    if figure == "refunds":
        bad = {name: {day: each.refunded for day, each in days.items()} for name, days in counts.items()}
        total = {name: {day: each.shipped for day, each in days.items()} for name, days in counts.items()}
        return PartCounts(bad, total)
    total = {name: {day: each.delivered for day, each in days.items()} for name, days in counts.items()}
    return PartCounts(_reviews(session, by, first, last), total)


def bad_reviews(session: SessionBase, first: date, last: date) -> list[Ticket]:
    """The reviews of one or two stars that came from `first` to `last`; one without stars is a bad one."""
    since = datetime.combine(first, time(), session.zone)
    found = (each for each in tickets_since(session, since) if each.kind == "bad_review" and (each.stars or 1) <= 2)
    return [each for each in found if first <= shop_day(each.opened_at, session.zone) <= last]


def _reviews(session: SessionBase, by: By, first: date, last: date) -> dict[str, _ByDay]:
    reviews = bad_reviews(session, first, last)
    creators = _creators(session, reviews, first, last) if by == "creator" and reviews else {}
    found: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for each in reviews:
        name = "" if not by else each.sku if by == "sku" else creators.get(each.order_id or "")
        if name is not None:
            found[name][shop_day(each.opened_at, session.zone)] += 1
    return {name: dict(days) for name, days in found.items()}


def _creators(session: SessionBase, reviews: Iterable[Ticket], first: date, last: date) -> dict[str, str]:
    """The creator of each reviewed order, where a file tells."""
    wanted = {each.order_id for each in reviews}
    rows = session.desk("orders").rows(first - _WAY, last)
    return {row.order_id: row.creator for row in rows if row.creator and row.order_id in wanted}
