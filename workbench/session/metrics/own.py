"""What the shop's own records say of a metric. What they do not cover is unknown, never smaller."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from fractions import Fraction
from typing import Literal

import msgspec

from workbench.core import rates
from workbench.core.metrics.model import Definition
from workbench.core.metrics.standing import Own, OwnPart
from workbench.core.tickets import days
from workbench.core.tickets.clearing import clearing
from workbench.core.tickets.handling import handling
from workbench.core.tickets.model import Ticket
from workbench.core.time import shop_day
from workbench.session.base import SessionBase
from workbench.session.metrics.closed import tickets_since
from workbench.session.metrics.parts import parts
from workbench.session.tickets.response import response
from workbench.storage.errors import Damaged

#: How far handling looks back where the metric says nothing.
WINDOW = 60


def own_figure(session: SessionBase, metric: Definition) -> Own | None:
    """The figure beside a metric; None where the records have none, or where they cannot be read."""
    name, _, part = metric.own.partition(":")
    found = _FIGURES.get(name)
    try:
        return None if found is None else found(session, metric, part)
    except Damaged as damaged:
        session.store.notice_once(damaged.saying)
        return None


def _handling(session: SessionBase, metric: Definition, _part: str) -> Own | None:
    window = metric.window or WINDOW
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
    clocks = (each for ticket in tickets for each in days.clocks(ticket) if each.stage == "decide")
    found = days.on_time(clocks, now, session.zone, percent)
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


def _of_orders(session: SessionBase, metric: Definition, _part: str) -> Own | None:
    """Orders paid back of those shipped, bad reviews of those delivered; None where files do not cover the window."""
    back = metric.window or WINDOW
    today = shop_day(session.now(), session.zone)
    first = today - timedelta(days=back - 1)
    if not session.desk("orders").covered(first, today):
        return None
    counts = parts(session, metric.own, "", first, today)
    bad, total = counts.bad.get("", {}), counts.total.get("", {})
    line = None if metric.target is None else rates.Target(metric.target.op, Fraction(metric.target.value))
    cases = _turned(bad, total, session.zone)
    found = _of_rate(rates.reading(cases, today, back, session.zone, line, metric.miss or "turns"), low=True)
    if found is None:
        return None
    told = [each for by in ("sku", "creator") for each in _parts(session, metric.own, by, first, today)]
    return msgspec.structs.replace(found, parts=tuple(told))


def _turned(bad: Mapping[date, int], total: Mapping[date, int], zone: tzinfo) -> list[rates.Counted]:
    """Each miss falls on a case that counts: of its own day where it has one, else on another."""
    noon = {day: datetime.combine(day, time(12), zone) for day in {*bad, *total}}
    missed = [noon[day] for day in sorted(bad) for _each in range(bad[day])][: sum(total.values())]
    good = [noon[day] for day in sorted(total) for _each in range(total[day] - bad.get(day, 0))]
    good = good[: sum(total.values()) - len(missed)]
    return [*(rates.Counted(at, good=True) for at in good), *(rates.Counted(at, good=False) for at in missed)]


def _parts(session: SessionBase, figure: str, by: Literal["sku", "creator"], first: date, today: date) -> list[OwnPart]:
    """The figure of each SKU or creator, the worst first."""
    counts = parts(session, figure, by, first, today)
    sums = {name: (sum(counts.bad.get(name, {}).values()), sum(days.values())) for name, days in counts.total.items()}
    found = [OwnPart(by, name, bad, total) for name, (bad, total) in sums.items() if total]
    return sorted(found, key=lambda part: (-Fraction(part.bad, part.total), -part.total, part.name))


def _cleared(session: SessionBase, metric: Definition, _part: str) -> Own | None:
    """Requests decided and returns inspected by the seller's own goal, and the evenings on which nothing was left."""
    back, zone, now = metric.window or WINDOW, session.zone, session.now()
    today = shop_day(now, zone)
    found = clearing(tickets_since(session, now - timedelta(days=back + 1)), session.policy, now)
    line = None if metric.target is None else rates.Target(metric.target.op, Fraction(metric.target.value))
    rate = _of_rate(rates.reading(found.counted, today, back, zone, line, metric.miss or "adds"))
    if rate is None:
        return None
    begin = max(today - timedelta(days=back), min(shop_day(each.at, zone) for each in found.counted))
    streak = days.evenings(found.clocks, now, zone, begin)
    return msgspec.structs.replace(rate, unknown=found.unknown, streak=streak)


def dispatched(ticket: Ticket, now: datetime) -> tuple[datetime, bool] | None:
    """When an order to ship counts in the rate of late dispatch, and whether it was in time: sent, or past its deadline
    and not sent yet."""
    due = ticket.deadline.at if ticket.closed_from is None else ticket.closed_from.deadline.at
    if due is None or ticket.closed_unknown:
        return None
    if ticket.closed_at is None:
        return (due, False) if due <= now else None
    return (ticket.closed_at, ticket.closed_at < due) if ticket.outcome == "sent" else None


def cancelled(ticket: Ticket, _now: datetime) -> tuple[datetime, bool] | None:
    """When an order to ship counts in the rate of seller's cancellations: sent, or cancelled by him."""
    at = ticket.closed_at
    if at is None or ticket.closed_unknown:
        return None
    if ticket.outcome == "sent":
        return at, True
    return (at, False) if ticket.cancelled_by == "seller" else None


def _late(session: SessionBase, metric: Definition, _part: str) -> Own | None:
    return _of_ship(session, metric, dispatched)


def _cancelled(session: SessionBase, metric: Definition, _part: str) -> Own | None:
    return _of_ship(session, metric, cancelled)


def _of_ship(
    session: SessionBase, metric: Definition, judge: Callable[[Ticket, datetime], tuple[datetime, bool] | None]
) -> Own | None:
    """A rate over the cases of orders to ship; None where order files do not cover the window."""
    back, zone = metric.window or WINDOW, session.zone
    today = shop_day(session.now(), zone)
    if not session.desk("orders").covered(today - timedelta(days=back - 1), today):
        return None
    tickets = tickets_since(session, session.now() - timedelta(days=back + 1))
    ships = (judge(each, session.now()) for each in tickets if each.kind == "ship")
    cases = [rates.Counted(*case) for case in ships if case is not None]
    line = None if metric.target is None else rates.Target(metric.target.op, Fraction(metric.target.value))
    return _of_rate(rates.reading(cases, today, back, zone, line, metric.miss or "adds"), low=True)


def _of_rate(rate: rates.RateReading, *, low: bool = False) -> Own | None:
    if not rate.total:
        return None
    count = rate.total - rate.good if low else rate.count
    return Own(value=Fraction(count, rate.total), numerator=Fraction(count), denominator=rate.total, rate=rate)


_FIGURES: dict[str, Callable[[SessionBase, Definition, str], Own | None]] = {
    "cleared": _cleared,
    "handling": _handling,
    "late": _late,
    "refunds": _of_orders,
    "response": _response,
    "reviewed": _reviewed,
    "reviews": _of_orders,
    "sfcr": _cancelled,
}
