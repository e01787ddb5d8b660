"""The lines behind a figure: cases and orders that it is made of, the misses first, of these the newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import NamedTuple

from workbench.core.metrics.model import Definition
from workbench.core.orders.model import Kept
from workbench.core.tickets.clearing import judged
from workbench.core.tickets.handling import hours_of, stays_of
from workbench.core.tickets.messages import rounds_told
from workbench.core.tickets.model import Ticket
from workbench.core.time import shop_day
from workbench.session.base import SessionBase
from workbench.session.metrics.closed import tickets_since
from workbench.session.metrics.own import WINDOW, cancelled, dispatched
from workbench.session.metrics.parts import bad_reviews

#: How long before its parcel leaves an order may have been created.
_WAY = timedelta(days=92)


class BehindLine(NamedTuple):
    """A case, or an order kept, with the day on which it counts; `bad`: it is a miss, None where nobody knows."""

    day: date
    bad: bool | None
    ticket: Ticket | None = None
    order: Kept | None = None
    hours: Fraction | None = None


def behind(
    session: SessionBase, about: Definition, sku: str | None = None, creator: str | None = None
) -> list[BehindLine]:
    """What the own figure of a metric is made of, of the shop or one SKU or creator; nothing where it has none."""
    name, _, part = about.own.partition(":")
    if name not in _LINES:
        return []
    today = shop_day(session.now(), session.zone)
    first = today - timedelta(days=(about.window or WINDOW) - 1)
    found = (each for each in _LINES[name](session, part, first) if first <= each.day <= today)
    mine = [each for each in found if _of(each, sku, creator)]
    return sorted(mine, key=lambda each: (not each.bad, -each.day.toordinal(), -(each.hours or 0)))


def _of(each: BehindLine, sku: str | None, creator: str | None) -> bool:
    thing = each.order or each.ticket
    if sku is not None and (thing is None or thing.sku != sku):
        return False
    return creator is None or (each.order is not None and each.order.creator == creator)


def _cases(session: SessionBase, first: date) -> list[Ticket]:
    return tickets_since(session, datetime.combine(first, datetime.min.time(), session.zone))


def _handled(session: SessionBase, _part: str, first: date) -> Iterator[BehindLine]:
    for ticket in _cases(session, first):
        stays = stays_of(ticket)
        ends = [stay.at for stay in stays if stay.at is not None]
        if stays and len(ends) == len(stays):
            unknown = any(stay.how == "file" for stay in stays)
            hours = None if unknown else sum(map(hours_of, stays), Fraction(0))
            yield BehindLine(shop_day(max(ends), session.zone), None if unknown else False, ticket, hours=hours)


def _reviewed(session: SessionBase, part: str, first: date) -> Iterator[BehindLine]:
    month = shop_day(session.now(), session.zone).replace(day=1)
    for ticket in _cases(session, first):
        for stay in stays_of(ticket, (part,)):
            verdict = stay.verdict(session.now()) if stay.stage == "decide" else None
            if verdict in ("in_time", "late"):
                at = stay.at if stay.at is not None and verdict == "in_time" else stay.due or stay.at
                if at is not None and shop_day(at, session.zone) >= month:
                    yield BehindLine(shop_day(at, session.zone), verdict == "late", ticket)


def _answered(session: SessionBase, _part: str, first: date) -> Iterator[BehindLine]:
    for told in rounds_told(_cases(session, first), session.policy, session.now()):
        if told.verdict in ("in_time", "late"):
            yield BehindLine(shop_day(told.round.begun_at, session.zone), told.verdict == "late", told.ticket)


def _cleared(session: SessionBase, _part: str, first: date) -> Iterator[BehindLine]:
    for ticket in _cases(session, first):
        for each in judged(ticket, session.policy, session.now()):
            if each.verdict is not None:
                bad = None if each.verdict == "unknown" else each.verdict == "missed"
                yield BehindLine(shop_day(each.counts_at, session.zone), bad, ticket)


def _of_ship(
    judge: Callable[[Ticket, datetime], tuple[datetime, bool] | None],
) -> Callable[[SessionBase, str, date], Iterator[BehindLine]]:
    def found(session: SessionBase, _part: str, first: date) -> Iterator[BehindLine]:
        for ticket in _cases(session, first):
            if ticket.kind == "ship" and (case := judge(ticket, session.now())) is not None:
                yield BehindLine(shop_day(case[0], session.zone), not case[1], ticket)

    return found


def _refunded(session: SessionBase, _part: str, first: date) -> Iterator[BehindLine]:
    today = shop_day(session.now(), session.zone)
    rows: Iterable[Kept] = session.desk("orders").rows(first - _WAY, today)
    for row in rows:
        if row.left_at is not None and row.refunded:
            yield BehindLine(shop_day(row.left_at, session.zone), True, order=row)


def _reviews(session: SessionBase, _part: str, first: date) -> Iterator[BehindLine]:
    today = shop_day(session.now(), session.zone)
    for ticket in bad_reviews(session, first, today):
        yield BehindLine(shop_day(ticket.opened_at, session.zone), True, ticket)


_LINES: dict[str, Callable[[SessionBase, str, date], Iterator[BehindLine]]] = {
    "cleared": _cleared, "handling": _handled, "late": _of_ship(dispatched), "refunds": _refunded,
    "response": _answered, "reviewed": _reviewed, "reviews": _reviews, "sfcr": _of_ship(cancelled),
}  # fmt: skip
