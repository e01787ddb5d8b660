"""If the seller is away until an instant: what lapses until then, and the smallest set of actions that avoids it.

Being back at `until` is too late for what is due at `until`, because at `due_at` it is too late. The lines of the
agenda do not depend on each other, so the smallest set is the shortest way of each. Of what domain they are does not
matter.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import msgspec

from workbench.core.agenda import Agenda, Due, Telling, Way
from workbench.core.money import Money


class Lapse(msgspec.Struct, frozen=True, kw_only=True):
    """What is due in the absence and nobody does, and what it says. `due_at` is when nothing can be done any more.

    `ways`: for each action that can be taken now the shortest way that begins with it, the shortest first; none where
    acting now avoids nothing.
    """

    due: Due
    due_at: datetime
    told: Telling
    ways: tuple[Way, ...] = ()

    @property
    def ref(self) -> str:
        """The id as people write it."""
        return self.told.ref

    @property
    def actions(self) -> Way:
        """The shortest way to avoid it; empty where there is none."""
        return self.ways[0] if self.ways else ()


class Away(msgspec.Struct, frozen=True, kw_only=True):
    """The absence. `unknown` are the seller's cases without a known deadline, `waiting` counts those of others."""

    until: datetime
    lapses: tuple[Lapse, ...]
    unknown: tuple[Telling, ...]
    waiting: int

    @property
    def money(self) -> list[Money]:
        """The amounts at stake, one a currency."""
        sums: dict[str | None, Decimal] = {}
        for lapse in self.lapses:
            if (money := lapse.told.money) is not None:
                sums[money.currency] = sums.get(money.currency, Decimal(0)) + money.amount
        return [Money(amount, currency) for currency, amount in sums.items()]

    @property
    def points(self) -> int:
        """The points whose appeal is at stake."""
        return sum(lapse.told.points or 0 for lapse in self.lapses)

    @property
    def avoidable(self) -> tuple[Lapse, ...]:
        """What acting before leaving avoids."""
        return tuple(lapse for lapse in self.lapses if lapse.ways)

    @property
    def lost(self) -> tuple[Lapse, ...]:
        """What acting before leaving does not avoid."""
        return tuple(lapse for lapse in self.lapses if not lapse.ways)


def away(agenda: Agenda, until: datetime) -> Away:
    """What the absence from the agenda's instant to `until` costs. What is overdue already is in it, for it does not
    get better."""
    found = [
        Lapse(due=due, due_at=at, told=told, ways=told.ways(agenda.now, until) if told.ways else ())
        for due in agenda.until(until)
        if (at := due.gone) is not None
        for told in (due.tell(),)
    ]
    mine = [due for due in agenda.mine if due.case]
    return Away(
        until=until,
        lapses=tuple(sorted(found, key=lambda lapse: lapse.due_at)),
        unknown=tuple(due.tell() for due in mine if due.at is None),
        waiting=agenda.count("waiting", "ask", cases=True),
    )
