"""What the shop's own records say of a metric. What they do not cover is unknown, never smaller."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from workbench.core import days, rates
from workbench.core.metrics.model import Definition
from workbench.core.metrics.standing import Own
from workbench.core.tickets.handling import handling
from workbench.core.tickets.model import Ticket
from workbench.core.time import shop_day
from workbench.session.records import Records
from workbench.session.session import Session
from workbench.session.tickets.tables import TICKETS

#: How far handling looks back where the metric says nothing.
_WINDOW = 60


def own_figure(session: Session, metric: Definition) -> Own | None:
    """The figure beside a metric; None where the records have none."""
    name, _, part = metric.own.partition(":")
    found = _FIGURES.get(name)
    return None if found is None else found(session, metric, part)


def tickets_since(session: Session, since: datetime) -> list[Ticket]:
    """The live tickets, and the archived ones closed from an instant on."""
    months = {f"{since.astimezone(UTC):%Y-%m}"}
    at, now = since.astimezone(UTC), session.now()
    while at <= now:
        months.add(f"{at:%Y-%m}")
        at += timedelta(days=27)
    months.add(f"{now.astimezone(UTC):%Y-%m}")
    return [*session.tickets.all(), *Records(session.store, TICKETS, Ticket).archived(months).values()]


def _handling(session: Session, metric: Definition, _part: str) -> Own | None:
    window = metric.window or _WINDOW
    today = shop_day(session.now(), session.zone)
    tickets = tickets_since(session, session.now() - timedelta(days=window + 1))
    counted = handling(tickets, today, window, session.zone, time_outs=metric.time_outs)
    if not counted.known and not counted.unknown:
        return None
    other = handling(tickets, today, window, session.zone, time_outs=not metric.time_outs)
    return Own(
        value=counted.mean, numerator=counted.hours, denominator=counted.known, unknown=counted.unknown,
        other=other.mean,
    )  # fmt: skip


def _reviewed(session: Session, metric: Definition, part: str) -> Own | None:
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
    rate = rates.Reading(
        good=found.in_time, total=found.total, target=line,
        misses_left=None if line is None else rates.misses_left(found.in_time, found.total, line, "adds"),
        needed=None if line is None else rates.needed(found.in_time, found.total, line),
    )  # fmt: skip
    return Own(
        value=Fraction(found.in_time, found.total), numerator=Fraction(found.in_time), denominator=found.total,
        unknown=found.unknown, rate=rate,
    )  # fmt: skip


_FIGURES: dict[str, Callable[[Session, Definition, str], Own | None]] = {
    "handling": _handling,
    "reviewed": _reviewed,
}
