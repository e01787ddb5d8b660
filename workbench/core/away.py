"""If the seller is away until an instant: what lapses until then, and the smallest set of actions that avoids it.

Being back at `until` is too late for what is due at `until`, because at `due_at` it is too late. Tickets do not depend
on each other, so the smallest set is the shortest way of each. A ticket may need more than one action: who approves a
reshipment must also send it where the deadline of that falls into the absence. What others may do in the meantime is
not foreseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

import msgspec

from workbench.core.policy import Policy
from workbench.core.saying import Refusal
from workbench.core.tickets import moves
from workbench.core.tickets.model import DueKind, Money, Ticket
from workbench.core.tickets.stages import Action, Stage
from workbench.core.violations import appeals
from workbench.core.violations.model import Violation
from workbench.core.violations.policy import PointsPolicy

#: The names of actions in the order in which they are taken.
Way = tuple[str, ...]


class Lapse(msgspec.Struct, frozen=True, kw_only=True):
    """What is due in the absence and nobody does, with the amount and the points at stake.

    `ways`: for each action that can be taken now the shortest way that begins with it, the shortest first; none where
    acting now avoids nothing. `set` (the stage that Seller Center shows) ends a way, for nobody knows what follows.
    """

    subject: Ticket | Violation
    due_at: datetime
    due_kind: DueKind | None
    on_timeout: str | None
    money: Money | None = None
    points: int | None = None
    ways: tuple[Way, ...] = ()

    @property
    def ref(self) -> str:
        """The id as people write it."""
        return self.subject.ref

    @property
    def actions(self) -> Way:
        """The shortest way to avoid it; empty where there is none."""
        return self.ways[0] if self.ways else ()


class Away(msgspec.Struct, frozen=True, kw_only=True):
    """The absence. `unknown` are the seller's tickets without a known deadline, `waiting` counts those of others."""

    until: datetime
    lapses: tuple[Lapse, ...]
    unknown: tuple[Ticket, ...]
    waiting: int

    @property
    def money(self) -> dict[str | None, Decimal]:
        """The amounts at stake, by currency."""
        sums: dict[str | None, Decimal] = {}
        for lapse in self.lapses:
            if lapse.money is not None:
                sums[lapse.money.currency] = sums.get(lapse.money.currency, Decimal(0)) + lapse.money.amount
        return sums

    @property
    def points(self) -> int:
        """The points whose appeal is at stake."""
        return sum(lapse.points or 0 for lapse in self.lapses)

    @property
    def avoidable(self) -> tuple[Lapse, ...]:
        """What acting before leaving avoids."""
        return tuple(lapse for lapse in self.lapses if lapse.ways)

    @property
    def lost(self) -> tuple[Lapse, ...]:
        """What acting before leaving does not avoid."""
        return tuple(lapse for lapse in self.lapses if not lapse.ways)


def away(
    tickets: Sequence[Ticket],
    violations: Iterable[Violation],
    shop: Policy,
    rules: PointsPolicy,
    now: datetime,
    until: datetime,
) -> Away:
    """What the absence from `now` to `until` costs. The tickets are as they stand at `now`; what is overdue already is
    in it, for it does not get better."""
    mine = [ticket for ticket in tickets if ticket.turn == "seller"]
    waiting = sum(ticket.turn not in ("seller", None) for ticket in tickets)
    found = [_ticket(ticket, shop, now, until) for ticket in mine if lapses(ticket, until)]
    for violation in violations:
        appeal = appeals.appeal(violation, rules, shop, now)
        if appeal.state in ("open", "lost_first") and appeal.due_at is not None and appeal.due_at <= until:
            found.append(_appeal(violation, appeal.due_at, shop, rules, now))
    return Away(
        until=until,
        lapses=tuple(sorted(found, key=lambda lapse: (lapse.due_at, lapse.ref[0], lapse.subject.id))),
        unknown=tuple(ticket for ticket in mine if ticket.deadline.at is None),
        waiting=waiting,
    )


def lapses(ticket: Ticket, until: datetime) -> bool:
    """Whether it is the seller's turn and the deadline passes before he is back."""
    return ticket.turn == "seller" and ticket.deadline.at is not None and ticket.deadline.at <= until


def ways(
    ticket: Ticket, policy: Policy, now: datetime, until: datetime, passed: Sequence[Stage] = ()
) -> tuple[Way, ...]:
    """For each of the seller's actions that are legal now, the shortest way beginning with it after which nothing of
    the ticket lapses; the shortest first, else in the order of the stage's own table."""
    found: list[Way] = []
    passed = (*passed, ticket.stage)
    for action in _own(ticket, policy):
        if action.needs == "stage":
            found.append((action.name,))
            continue
        try:
            after = moves.act(ticket, action.name, None, now, policy)
        except Refusal:  # the stage begins only later
            continue
        if not lapses(after, until):
            found.append((action.name,))
        elif after.stage not in passed:
            rest = ways(after, policy, now, until, passed)
            if rest:
                found.append((action.name, *rest[0]))
    return tuple(sorted(found, key=len))


def _own(ticket: Ticket, policy: Policy) -> list[Action]:
    """What the seller himself can do; putting off keeps the deadline."""
    return [action for action in moves.actions(ticket, policy) if action.who == "seller" and action.needs != "time"]


def _ticket(ticket: Ticket, policy: Policy, now: datetime, until: datetime) -> Lapse:
    deadline = ticket.deadline
    assert deadline.at is not None
    return Lapse(
        subject=ticket,
        due_at=deadline.at,
        due_kind=deadline.kind,
        on_timeout=deadline.on_timeout,
        money=ticket.money,
        ways=ways(ticket, policy, now, until),
    )


def _appeal(violation: Violation, due_at: datetime, shop: Policy, rules: PointsPolicy, now: datetime) -> Lapse:
    try:
        appeals.file(violation, now, now, rules, shop)
    except Refusal:  # the window opens only later
        found: tuple[Way, ...] = ()
    else:
        found = (("appeal",),)
    return Lapse(
        subject=violation, due_at=due_at, due_kind="platform", on_timeout="lapsed", points=violation.points, ways=found
    )
