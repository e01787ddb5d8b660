"""What the shop's own records say of a metric. What they do not cover is unknown, never smaller."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Literal

from workbench.core import rates
from workbench.core.metrics.model import Definition
from workbench.core.metrics.standing import Own
from workbench.core.orders.model import Kept
from workbench.core.tickets import days
from workbench.core.tickets.handling import handling
from workbench.core.tickets.model import Ticket
from workbench.core.time import shop_day
from workbench.session.base import SessionBase
from workbench.session.metrics.closed import tickets_since
from workbench.session.tickets.response import response

#: How far handling looks back where the metric says nothing.
_WINDOW = 60
#: How long before its parcel leaves or arrives an order may have been created.
_WAY = timedelta(days=92)


def own_figure(session: SessionBase, metric: Definition) -> Own | None:
    """The figure beside a metric; None where the records have none."""
    name, _, part = metric.own.partition(":")
    found = _FIGURES.get(name)
    return None if found is None else found(session, metric, part)


def _handling(session: SessionBase, metric: Definition, _part: str) -> Own | None:
    window = metric.window or _WINDOW
    today = shop_day(session.now(), session.zone)
    tickets = tickets_since(session, session.now() - timedelta(days=window + 1))
    counted = handling(tickets, today, window, session.zone, automatic=metric.time_outs)
    if not counted.known and not counted.unknown:
        return None
    other = handling(tickets, today, window, session.zone, automatic=not metric.time_outs)
    return Own(
        value=counted.mean, numerator=counted.hours, denominator=counted.known, unknown=counted.unknown,
        other=other.mean,
    )  # fmt: skip


def _reviewed(session: SessionBase, metric: Definition, part: str) -> Own | None:
    """The requests of one type decided in time this month."""
    now = session.now()
    month = now.astimezone(session.zone).replace(day=1, hour=0, minute=0, second=0)
    tickets = [ticket for ticket in tickets_since(session, month) if ticket.kind == part]
    target = metric.target
    percent = 90 if target is None else int(target.value * 100)
    found = days.on_time((each for ticket in tickets for each in days.clocks(ticket)), now, session.zone, percent)
    if found is None:
        return None
    line = None if target is None else rates.Target(target.op, Fraction(target.value))
    rate = rates.RateReading(
        good=found.in_time, total=found.total, target=line,
        misses_left=None if line is None else rates.misses_left(found.in_time, found.total, line, "adds"),
        needed=None if line is None else rates.needed(found.in_time, found.total, line),
    )  # fmt: skip
    return Own(
        value=Fraction(found.in_time, found.total), numerator=Fraction(found.in_time), denominator=found.total,
        unknown=found.unknown, rate=rate,
    )  # fmt: skip


def _response(session: SessionBase, _metric: Definition, _part: str) -> Own | None:
    """Messages answered in time, of the window that ends today."""
    return _of_rate(response(session))


def _refunds(session: SessionBase, metric: Definition, _part: str) -> Own | None:
    """Orders that were paid back, of those shipped."""
    return _of_orders(session, metric, "left_at", lambda order: bool(order.refunded), ())


def _reviews(session: SessionBase, metric: Definition, _part: str) -> Own | None:
    """Bad reviews, of the orders delivered."""
    since = session.now() - timedelta(days=(metric.window or _WINDOW) + 1)
    bad = [each for each in tickets_since(session, since) if each.kind == "bad_review" and (each.stars or 1) <= 2]
    return _of_orders(session, metric, "delivered_at", lambda _order: False, [each.opened_at for each in bad])


def _of_orders(
    session: SessionBase,
    metric: Definition,
    by: Literal["left_at", "delivered_at"],
    bad: Callable[[Kept], bool],
    turned: Sequence[datetime],
) -> Own | None:
    """A rate over the distinct orders of the window, by one of their times; `turned` are misses that fall on some of
    them. None where files do not cover the window."""
    days_back, zone = metric.window or _WINDOW, session.zone
    today = shop_day(session.now(), zone)
    first = today - timedelta(days=days_back - 1)
    desk = session.desk("orders")
    if not desk.covered(first, today):
        return None
    orders: dict[str, tuple[datetime, bool]] = {}
    for row in desk.rows(first - _WAY, today):
        at = getattr(row, by)
        if at is not None:
            known = orders.get(row.order_id, (at, False))
            orders[row.order_id] = min(at, known[0]), known[1] or bad(row)
    inside = [rates.Counted(at, not missed) for at, missed in orders.values() if first <= shop_day(at, zone) <= today]
    missed = [rates.Counted(at, good=False) for at in turned if first <= shop_day(at, zone) <= today][: len(inside)]
    cases = [*inside[: len(inside) - len(missed)], *missed]
    line = None if metric.target is None else rates.Target(metric.target.op, Fraction(metric.target.value))
    return _of_rate(rates.reading(cases, today, days_back, zone, line, metric.miss or "turns"), low=True)


def _late(session: SessionBase, metric: Definition, _part: str) -> Own | None:
    """Orders handed over late or not yet at their deadline, of all that were sent or are past it."""

    def judged(ticket: Ticket) -> rates.Counted | None:
        due = ticket.deadline.at if ticket.closed_from is None else ticket.closed_from.deadline.at
        if due is None or ticket.closed_unknown:
            return None
        if ticket.closed_at is None:
            return rates.Counted(due, good=False) if due <= session.now() else None
        return rates.Counted(ticket.closed_at, ticket.closed_at < due) if ticket.outcome == "sent" else None

    return _of_ship(session, metric, judged)


def _cancelled(session: SessionBase, metric: Definition, _part: str) -> Own | None:
    """Orders that the seller cancelled, of those that were sent or cancelled by him."""

    def judged(ticket: Ticket) -> rates.Counted | None:
        at = ticket.closed_at
        if at is None or ticket.closed_unknown:
            return None
        if ticket.outcome == "sent":
            return rates.Counted(at, good=True)
        return rates.Counted(at, good=False) if ticket.cancelled_by == "seller" else None

    return _of_ship(session, metric, judged)


def _of_ship(session: SessionBase, metric: Definition, judged: Callable[[Ticket], rates.Counted | None]) -> Own | None:
    """A rate over the cases of orders to ship; None where order files do not cover the window."""
    back, zone = metric.window or _WINDOW, session.zone
    today = shop_day(session.now(), zone)
    if not session.desk("orders").covered(today - timedelta(days=back - 1), today):
        return None
    tickets = tickets_since(session, session.now() - timedelta(days=back + 1))
    cases = [case for each in tickets if each.kind == "ship" and (case := judged(each)) is not None]
    line = None if metric.target is None else rates.Target(metric.target.op, Fraction(metric.target.value))
    return _of_rate(rates.reading(cases, today, back, zone, line, metric.miss or "adds"), low=True)


def _of_rate(rate: rates.RateReading, *, low: bool = False) -> Own | None:
    if not rate.total:
        return None
    count = rate.total - rate.good if low else rate.count
    return Own(value=Fraction(count, rate.total), numerator=Fraction(count), denominator=rate.total, rate=rate)


_FIGURES: dict[str, Callable[[SessionBase, Definition, str], Own | None]] = {
    "handling": _handling,
    "late": _late,
    "refunds": _refunds,
    "response": _response,
    "reviewed": _reviewed,
    "reviews": _reviews,
    "sfcr": _cancelled,
}
