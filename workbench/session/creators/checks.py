"""What is worth telling of a deal: what the platform limits, what one limits oneself, a rate that holds only later.

What is counted over all deals is counted once for each state of the store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal

from workbench.config.deal_tables import Collaborations
from workbench.core.creators.model import Deal
from workbench.core.saying import Saying, say
from workbench.session.base import SessionBase


class DealChecks:
    """The checks of one state of the store. `highest` is the market's highest rate."""

    def __init__(self, session: SessionBase, deals: Iterable[Deal], limits: Collaborations, highest: Decimal) -> None:
        self._session, self._limits, self._highest = session, limits, highest
        self._own = session.settings.deals
        self._alike: Counter[tuple[object, ...]] = Counter()
        self._invited: Counter[date] = Counter()
        for deal in deals:
            if deal.open and deal.collaboration == "target":
                self._alike[_plan(deal)] += 1
            self._invited.update(self._day(entry.at) for entry in deal.story if entry.what == "invite")

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._session.zone).date()

    def invited_on(self, at: datetime) -> int:
        """How many were invited on the shop day of an instant."""
        return self._invited[self._day(at)]

    def warnings(self, deal: Deal) -> Iterator[Saying]:
        """What is worth telling of a deal."""
        if deal.rate is not None and deal.rate > self._highest:
            yield say("The platform's highest rate is {rate} %.", rate=percent(self._highest))
        if deal.collaboration == "target":
            yield from self._target(deal)
        if deal.stage == "invited":
            yield from self._inviting(deal)
        yield from self._lowered(deal)

    def _target(self, deal: Deal) -> Iterator[Saying]:
        limits, day = self._limits, str(self._limits.as_of)
        if limits.products is not None and len(deal.products) > limits.products:
            yield say("A target collaboration has {n} products at most ({day}).", n=limits.products, day=day)
        if limits.lowest_rate is not None and deal.rate is not None and deal.rate < limits.lowest_rate:
            lowest = percent(limits.lowest_rate)
            yield say("The rate of a target collaboration is {rate} % at least ({day}).", rate=lowest, day=day)
        alike = self._alike[_plan(deal)]
        if limits.creators is not None and alike > limits.creators:
            yield say("A target collaboration has {n} creators at most ({day}).", n=limits.creators, day=day)
        elif alike > self._own.advised_creators:
            yield say("More than {n} creators in one plan: choose fewer.", n=self._own.advised_creators)

    def _inviting(self, deal: Deal) -> Iterator[Saying]:
        limits = self._limits
        if limits.messages is not None and deal.messages > limits.messages:
            yield say(
                "More than {n} messages before an answer: the platform allows no more ({day}).",
                n=limits.messages, day=str(limits.as_of),
            )  # fmt: skip
        invited = self.invited_on(deal.stage_since)
        if invited > self._own.invited_a_day:
            yield say("{n} invited in one day, more than {limit}.", n=invited, limit=self._own.invited_a_day)

    def _lowered(self, deal: Deal) -> Iterator[Saying]:
        """A lowered rate reaches a creator who has agreed to the higher one only later; a raised one does at once."""
        after = self._limits.lowered_after
        if deal.rate_before is None or deal.lowered_at is None or after is None or not deal.open:
            return
        until = deal.lowered_at + after
        if self._session.now() < until:
            yield say(
                "{rate} % still holds for this creator until {day}: a lowered rate comes later.",
                rate=percent(deal.rate_before), day=self._day(until).isoformat(),
            )  # fmt: skip


def percent(share: Decimal) -> str:
    """A share in per cent, with as many decimals as it has."""
    text = f"{share * 100:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _plan(deal: Deal) -> tuple[object, ...]:
    """What makes deals one collaboration: products, rate, span."""
    return tuple(sorted(each.sku for each in deal.products)), deal.rate, deal.starts_at, deal.ends_at
