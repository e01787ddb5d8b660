"""Bad reviews: until when one can be reported, and what of a month of them can be told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal

import msgspec

from workbench.core.kinds import Stage
from workbench.core.money import Money
from workbench.core.policy import Policy, ReviewPolicy
from workbench.core.tickets.model import Ticket
from workbench.core.tickets.stages import Action
from workbench.core.time import midnight, shop_day


def report_by(ticket: Ticket, rules: ReviewPolicy, zone: tzinfo) -> datetime | None:
    """Before when a review can be reported: 00:00 of its day and the market's window; None where none is known."""
    if ticket.kind != "bad_review" or rules.report_within is None:
        return None
    days = timedelta(days=rules.report_within.fixed.days)
    return midnight(shop_day(ticket.opened_at, zone) + days, zone)


def answered_in_public(ticket: Ticket) -> bool:
    """Whether the public answer is given."""
    return any(event.what == "answer" for event in ticket.timeline)


def review_actions(
    ticket: Ticket, legal: tuple[Action, ...], policy: Policy, now: datetime | None
) -> tuple[Action, ...]:
    """The actions of a review: no report after its window; a lost report goes back to where it was reported from, to
    the contact where the public answer is given."""
    until = report_by(ticket, policy.reviews, policy.zone)
    closed = until is not None and now is not None and now >= until
    back: Stage = "contact" if answered_in_public(ticket) else "reply"
    return tuple(
        Action(action.name, action.who, back) if action.name == "lost" else action
        for action in legal
        if not (action.name == "report" and closed)
    )


class ReviewRow(msgspec.Struct, frozen=True, kw_only=True):
    """The reviews of one product and cause: how many, answered in public in time and late, solved, removed, what was
    given for them."""

    sku: str | None
    cause: str | None
    count: int
    in_time: int
    late: int
    solved: int
    removed: int
    cost: Money | None


def review_rows(
    tickets: Iterable[Ticket], zone: tzinfo, goal: timedelta | None, now: datetime, first: date, last: date
) -> list[ReviewRow]:
    """The reviews that came from `first` to `last` (shop days, both in), by count, then SKU, then cause.

    In time is a public answer before `goal` has passed; late one after it, or none by now. Costs of one currency are
    added, others are left out.
    """
    groups: dict[tuple[str | None, str | None], list[Ticket]] = {}
    for ticket in tickets:
        if ticket.kind == "bad_review" and first <= shop_day(ticket.opened_at, zone) <= last:
            groups.setdefault((ticket.sku, ticket.cause), []).append(ticket)
    rows = [_row(sku, cause, found, goal, now) for (sku, cause), found in groups.items()]
    return sorted(rows, key=lambda row: (-row.count, row.sku or "", row.cause or ""))


def _row(sku: str | None, cause: str | None, found: list[Ticket], goal: timedelta | None, now: datetime) -> ReviewRow:
    in_time = late = 0
    for ticket in found:
        answer = next((event.at for event in ticket.timeline if event.what == "answer"), None)
        end = answer or ticket.closed_at
        if goal is not None:
            in_time += answer is not None and answer < ticket.opened_at + goal
            late += (end or now) >= ticket.opened_at + goal
    costs = [ticket.cost for ticket in found if ticket.cost is not None]
    one = {cost.currency for cost in costs}
    total = sum((cost.amount for cost in costs), Decimal(0))
    return ReviewRow(
        sku=sku,
        cause=cause,
        count=len(found),
        in_time=in_time,
        late=late,
        solved=sum(ticket.outcome == "solved" for ticket in found),
        removed=sum(ticket.outcome == "removed" for ticket in found),
        cost=Money(total, one.pop()) if len(one) == 1 else None,
    )
