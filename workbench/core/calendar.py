"""What stands in the calendar file: deadlines of tickets, appeal windows, point drops and routines, as entries.

The UID of an entry stays the same as long as the thing does: `T-7.decide`, `V-3.appeal1`, `V-3.expiry`. Little here
depends on the clock: what merely passed stays as it is while the file knows it, so that unchanged data gives the same
file, today and tomorrow.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

import msgspec

from workbench.core.policy import Policy
from workbench.core.published import Entry
from workbench.core.routines.periods import Every
from workbench.core.tickets.model import Ticket
from workbench.core.violations.clocks import expires_at, window
from workbench.core.violations.ledger import ledger
from workbench.core.violations.model import ScoreStatement, Violation
from workbench.core.violations.policy import PointsPolicy


class Case(msgspec.Struct, frozen=True):
    """The deadline of a ticket's present stage. `appealable`: a loss may be appealed in this market."""

    ticket: Ticket
    appealable: bool


class AppealWindow(msgspec.Struct, frozen=True):
    """The close of an appeal window; the points stay until `expires_at` if nobody appeals."""

    violation: Violation
    expires_at: datetime


class Drop(msgspec.Struct, frozen=True):
    """The points of a violation expire, and the shop stands at `points` then."""

    violation: Violation
    points: int


class Recurring(msgspec.Struct, frozen=True):
    """A routine, again and again from its next day on; `name` by language."""

    id: str
    name: dict[str, str]
    every: Every


def case_entries(tickets: Iterable[Ticket], policy: Policy) -> Iterator[Entry]:
    """The deadlines of the open tickets that wait for the seller."""
    for ticket in tickets:
        due = ticket.deadline
        if ticket.turn != "seller" or due.at is None:
            continue
        appealable = policy.appealable(ticket.kind)
        facts = (
            ticket.kind, ticket.stage, ticket.sku, ticket.product, [(line.sku, line.product) for line in ticket.lines],
            ticket.money, ticket.order_id, due.on_timeout, due.kind, appealable,
        )  # fmt: skip
        yield Entry(
            f"{ticket.ref}.{ticket.stage}@workbench",
            due.at,
            max((event.at for event in ticket.timeline), default=ticket.stage_since),
            Case(ticket, appealable),
            facts,
            sum(event.at < ticket.stage_since for event in ticket.timeline),
        )


def appeal_entries(
    violations: Iterable[Violation], rules: PointsPolicy, shop: Policy, now: datetime, known: Collection[str]
) -> Iterator[Entry]:
    """The appeal windows that close; of those that are closed, the ones among the `known` UIDs."""
    for violation in violations:
        found = window(violation, rules, shop)
        if found is None:
            continue
        uid = f"{violation.ref}.appeal{found.number}@workbench"
        if now < found.closes or uid in known:
            end = expires_at(violation, rules, shop)
            yield Entry(
                uid,
                found.closes,
                _told(violation),
                AppealWindow(violation, end),
                (found.number, violation.points, end),
                passes=True,
            )


def drop_entries(
    violations: Collection[Violation], statements: Collection[ScoreStatement], rules: PointsPolicy, shop: Policy,
    now: datetime, known: Collection[str],
) -> Iterator[Entry]:  # fmt: skip
    """The days on which points expire, with what is left then; of those that are past, the ones among the known."""
    forecast = ledger(violations, statements, rules, shop, now).forecast
    for violation in violations:
        end = expires_at(violation, rules, shop)
        uid = f"{violation.ref}.expiry@workbench"
        if violation.void or violation.points == 0 or (end <= now and uid not in known):
            continue
        if end > now:
            points = forecast[bisect_right(forecast, end, key=lambda level: level.at) - 1].points
        else:
            points = ledger(violations, statements, rules, shop, end).points
        stamp = max(_told(each) for each in violations)
        yield Entry(uid, end, stamp, Drop(violation, points), (violation.points, points), passes=True)


def _told(violation: Violation) -> datetime:
    return max(event.at for event in violation.story)


def recurring_uid(id: str) -> str:
    """The UID of a routine."""
    return f"routine-{id}@workbench"


def recurring_entry(routine: Recurring, at: datetime, stamp: datetime) -> Entry:
    """A routine from the instant `at` on."""
    return Entry(recurring_uid(routine.id), at, stamp, routine, (routine.name, routine.every))
