"""How long requests wait for the seller: the hours in decide and inspect, of those he was done with in a window.

What a file ended is not known: such a request is left out and counted. Fewer than half known are no figure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta, tzinfo
from fractions import Fraction

import msgspec

from workbench.core.tickets.days import Clock, clocks
from workbench.core.tickets.model import Ticket
from workbench.core.tickets.stages import MONEY_KINDS
from workbench.core.time import shop_day

_STAGES = ("decide", "inspect")
_HOUR = timedelta(hours=1)


class Handling(msgspec.Struct, frozen=True, kw_only=True):
    """`hours` is the sum of the `known` requests; `unknown` are those of which a file only shows that they ended."""

    hours: Fraction
    known: int
    unknown: int

    @property
    def mean(self) -> Fraction | None:
        """Hours a request; None without any, or where fewer than half are known."""
        return self.hours / self.known if self.known and self.known >= self.unknown else None


def handling(
    tickets: Iterable[Ticket],
    today: date,
    days: int,
    zone: tzinfo,
    *,
    automatic: bool,
    approved: Callable[[Ticket], bool] | None = None,
) -> Handling:
    """Of the requests whose last stay with the seller ended in the `days` shop days to `today`.

    `automatic`: whether time-outs count, and what a rule of the seller's own approves. `approved`: what such a rule
    would have approved: these wait no time in decide where they count, and are left out where they do not.
    """
    first = today - timedelta(days=days - 1)
    hours, known, unknown = Fraction(0), 0, 0
    for ticket in tickets:
        stays = stays_of(ticket)
        if not stays or any(stay.at is None for stay in stays):
            continue
        ended = max(stay.at for stay in stays if stay.at is not None)
        if not first <= shop_day(ended, zone) <= today:
            continue
        if approved is not None and approved(ticket):
            stays = [stay for stay in stays if stay.stage != "decide"]
            if not automatic:
                continue
        if not automatic and any(stay.how == "time" for stay in stays):
            continue
        if any(stay.how == "file" for stay in stays):
            unknown += 1
            continue
        known += 1
        hours += sum((hours_of(stay) for stay in stays), Fraction(0))
    return Handling(hours=hours, known=known, unknown=unknown)


def stays_of(ticket: Ticket, kinds: Collection[str] = MONEY_KINDS) -> list[Clock]:
    """The stays in decide and inspect of a request of these kinds."""
    if ticket.kind not in kinds:
        return []
    return [clock for clock in clocks(ticket) if clock.stage in _STAGES]


def hours_of(stay: Clock) -> Fraction:
    """The hours of a stay that is over; whole seconds."""
    if stay.at is None or stay.since is None:
        return Fraction(0)
    return Fraction(max(stay.at - stay.since, timedelta()) // timedelta(seconds=1), _HOUR // timedelta(seconds=1))
