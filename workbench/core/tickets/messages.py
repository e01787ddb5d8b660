"""Messages of buyers: when a round counts as answered in time, and what of that can be measured.

A round belongs to the shop day on which it began. Waits are absolute time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import msgspec

from workbench.core.policy import Policy, Rule
from workbench.core.rates import Counted, RateReading, median, percentile, reading
from workbench.core.tickets.clocks import weekend_end
from workbench.core.tickets.model import Round, Ticket
from workbench.core.tickets.rounds import COUNTERS, rounds_of
from workbench.core.time import midnight, shop_day
from workbench.core.workdays import walk

#: Waits of so many minutes are told apart, beside the market's own window.
STEPS = (5, 15, 60)

Verdict = Literal["in_time", "late", "waiting", "left"]


def answer_rule(policy: Policy, begun_at: datetime) -> Rule | None:
    """The rule of the rate for a round that began then."""
    return policy.choose("message", "reply", None, shop_day(begun_at, policy.zone)).get("rate")


def answer_by(policy: Policy, begun_at: datetime) -> datetime | None:
    """Before when a person must have answered a round, so that it counts as in time; None without a rule."""
    rule = answer_rule(policy, begun_at)
    if rule is None:
        return None
    return weekend_end(policy, rule, begun_at) or walk(policy, rule.within, begun_at)[-1].at


def verdict(ticket: Ticket, each: Round, policy: Policy, now: datetime) -> Verdict:
    """What a round is for the rate: in time, late, still waiting, or in no rate (closed unanswered in time)."""
    closed = ticket.closed_at if ticket.stage == "closed" else None
    return _judged(each, closed, policy, now, automatic=bool(ticket.automatic))


def _judged(each: Round, closed: datetime | None, policy: Policy, now: datetime, *, automatic: bool) -> Verdict:
    until = answer_by(policy, each.begun_at)
    if each.answered_at is None and automatic:
        if policy.messages.automatic == "answered":
            return "in_time"
        if policy.messages.automatic == "excluded":
            return "left"
    if until is None:
        return "left"
    if each.answered_at is not None and each.answered_at < until:
        return "in_time"
    if each.answered_at is None and closed is not None and closed < until:
        return "left"
    return "late" if now >= until else "waiting"


#: Answers within this are one number a day: no rate has a shorter window.
_QUICK = timedelta(hours=1)


def tallied(ticket: Ticket, zone: tzinfo) -> Iterator[tuple[date, str, int]]:
    """What the rounds of a closed case add to the days on which they began: whether a person answered, and but for
    quick answers the second of the day and the seconds until the answer or the end."""
    if ticket.kind != "message":
        return
    for each in rounds_of(ticket):
        day, end = shop_day(each.begun_at, zone), each.answered_at or ticket.closed_at
        if end is None:
            continue
        wait = end - each.begun_at
        if each.answered_at is not None and timedelta(0) <= wait < _QUICK:
            yield day, "quick", 1
            continue
        name = "answered" if each.answered_at is not None else "by_card" if ticket.automatic else "unanswered"
        begun = each.begun_at - midnight(day, zone)
        yield day, f"{name}/{int(begun.total_seconds())}/{int(wait.total_seconds())}", 1


def untallied(days: Mapping[date, Mapping[str, int]], policy: Policy, now: datetime) -> Iterator[Counted] | None:
    """The rounds that count in the rate again, from what a tally kept of them; None where the rule is so short that
    even a quick answer may be late."""
    for day in days:
        rule = answer_rule(policy, midnight(day, policy.zone))
        if rule is not None and rule.within.unit != "wd" and rule.within.fixed < _QUICK:
            return None
    return (counted for day, counts in days.items() for counted in _of_day(day, counts, policy, now))


def _of_day(day: date, counts: Mapping[str, int], policy: Policy, now: datetime) -> Iterator[Counted]:
    start = midnight(day, policy.zone)
    for counter, number in counts.items():
        name, _, times = counter.partition("/")
        if name not in COUNTERS:
            continue
        begun, _, wait = times.partition("/")
        began = start + timedelta(seconds=int(begun or 0))
        end = began + timedelta(seconds=int(wait or 0))
        answered = end if name in ("quick", "answered") else None
        found = _judged(Round(began, answered), end, policy, now, automatic=name == "by_card")
        if found in ("in_time", "late"):
            yield from [Counted(began, found == "in_time")] * number


class Within(msgspec.Struct, frozen=True):
    """How many were answered within so many minutes, and the share of those answered or waiting that long."""

    minutes: int
    count: int
    share: Fraction | None


class ToldRound(msgspec.Struct, frozen=True):
    """One round of a case."""

    ticket: Ticket
    round: Round
    verdict: Verdict


class Measures(msgspec.Struct, frozen=True, kw_only=True):
    """What can be said of the messages of some days; `window` is the rate of the window that ends today."""

    told: tuple[ToldRound, ...]
    automatic: int
    median: Decimal | None
    p90: Decimal | None
    within: tuple[Within, ...]
    window_hours: int | None
    window: RateReading
    by_channel: dict[str, int]
    by_content: dict[str, int]

    def count(self, *verdicts: Verdict) -> int:
        """How many rounds are so."""
        return sum(each.verdict in verdicts for each in self.told)


def rounds_told(tickets: Iterable[Ticket], policy: Policy, now: datetime) -> Iterator[ToldRound]:
    """Every round of the message cases, with what it is for the rate."""
    for ticket in tickets:
        if ticket.kind == "message":
            for each in rounds_of(ticket):
                yield ToldRound(ticket, each, verdict(ticket, each, policy, now))


def rate_of(told: Iterable[ToldRound], policy: Policy, now: datetime, archived: Iterable[Counted] = ()) -> RateReading:
    """The rate of the window that ends today, and what follows from it; `archived` are the rounds told otherwise."""
    counted = [
        Counted(each.round.begun_at, each.verdict == "in_time") for each in told if each.verdict in ("in_time", "late")
    ]
    today = shop_day(now, policy.zone)
    return reading([*counted, *archived], today, policy.messages.days, policy.zone, policy.messages.target)


def measure(
    tickets: Iterable[Ticket],
    policy: Policy,
    now: datetime,
    first: date | None = None,
    last: date | None = None,
    content: str | None = None,
) -> Measures:
    """The measures of the rounds that began from `first` to `last` (shop days, both in; the rate's window where left
    out), of one content or of all. The rate is always that of the window that ends today, over every content."""
    today = shop_day(now, policy.zone)
    begin, end = first or today - timedelta(days=policy.messages.days - 1), last or today
    told = sorted(rounds_told(tickets, policy, now), key=lambda each: (each.round.begun_at, each.ticket.id))
    named = None if content is None else content.lstrip("#").casefold()
    chosen = tuple(
        each
        for each in told
        if begin <= shop_day(each.round.begun_at, policy.zone) <= end
        and (named is None or (each.ticket.content or "").casefold() == named)
    )
    waits = [each.round.answered_at - each.round.begun_at for each in chosen if each.round.answered_at is not None]
    rule = answer_rule(policy, now)
    hours = None if rule is None or rule.within.unit == "wd" else int(rule.within.fixed / timedelta(hours=1))
    steps = [*STEPS, *([hours * 60] if hours else [])]
    return Measures(
        told=chosen,
        automatic=sum(each.ticket.automatic for each in chosen),
        median=median(waits),
        p90=percentile(waits, Fraction(9, 10)),
        within=tuple(_within(chosen, minutes, now) for minutes in steps),
        window_hours=hours,
        window=rate_of(told, policy, now),
        by_channel=_by(each.ticket.channel for each in chosen),
        by_content=_by(each.ticket.content for each in chosen),
    )


def _within(told: Sequence[ToldRound], minutes: int, now: datetime) -> Within:
    """A wait under `minutes` minutes, of the rounds that were answered or have waited that long."""
    limit = timedelta(minutes=minutes)
    counted = count = 0
    for each in told:
        wait = (each.round.answered_at or now) - each.round.begun_at
        if each.round.answered_at is not None:
            counted += 1
            count += wait < limit
        elif wait >= limit and each.verdict != "left":
            counted += 1
    return Within(minutes, count, Fraction(count, counted) if counted else None)


def _by(names: Iterable[str | None]) -> dict[str, int]:
    found = Counter(name for name in names if name)
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def first_rounds(measures: Measures, count: int) -> tuple[ToldRound, ...]:
    """The first rounds to begin: what an audit of a live looks at (S3)."""
    return measures.told[:count]
