"""How the days went: what was cleared, how many evenings ended with nothing overdue, the month's on-time rate.

Everything is counted from the clocks of the seller's stages that the tickets keep: of a stage that gave way to another
in the timeline, of the last one in `closed_from`, of the one that runs in `deadline`. What is not kept is not counted:
a ticket that a file brought in closed, a close that was taken back by reopening, deleted tickets.

- *Cleared* on a day: the seller's stages that ended in it, whoever ended them; but for *check* and a request for proof,
  after which the work is still to be done. *Late* are those of them that ended at or after their deadline or by time.
- *Evenings at zero*: the evenings up to yesterday's, without a gap, at whose end (24:00 of the shop's day) no deadline
  of the seller's was past and open.
- *On time*: the stages with a platform deadline in which the seller must decide or do something (not an appeal, which
  is a right, nor *check*, whose deadline is a guess). One counts as late from its deadline on, done or not, and as in
  time when it ended before. Not counted is what somebody else ended before its deadline, and what a file showed ended
  only after it, which may have been in time (`unknown`). Until one that counts has ended there is no rate: what was
  overdue already when it came in would be all there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

import msgspec

from workbench.core.deadline import Deadline
from workbench.core.kinds import TURN, Stage
from workbench.core.tickets.model import Ticket
from workbench.core.tickets.stages import ACTIONS
from workbench.core.time import midnight
from workbench.core.timeline import Event
from workbench.core.turns import DueKind

RATED: frozenset[Stage] = frozenset(("decide", "evidence", "inspect", "send"))

How = Literal["done", "time", "file", "left"]
Verdict = Literal["in_time", "late", "unknown", "open"]


class Clock(msgspec.Struct, frozen=True, gc=False):
    """The clock of one seller's stage. `at` is when it ended, None while it runs.

    `how` it ended: by the seller, by time, seen in a file (then `at` is the latest it can have been), or because
    somebody else moved on.
    """

    stage: Stage
    due: datetime | None
    kind: DueKind | None
    at: datetime | None = None
    how: How = "done"
    #: The work was still to be done afterwards.
    moved: bool = False
    #: When it began.
    since: datetime | None = None

    def late(self, now: datetime) -> bool:
        """Whether the deadline passed while it ran, or time ended it; of what a file shows nobody can tell."""
        if self.how == "time":
            return True
        return self.due is not None and self.how != "file" and self.due <= (self.at or now)

    def verdict(self, now: datetime) -> Verdict | None:
        """What it is for the on-time rate; None where it says nothing about the seller."""
        if self.late(now):
            return "late"
        if self.at is None:
            return "open"
        if self.due is None or self.how == "left":
            return None
        return "in_time" if self.at < self.due else "unknown"


class Cleared(msgspec.Struct, frozen=True):
    """What was cleared on a day, and how many of these late."""

    count: int
    late: int


class OnTime(msgspec.Struct, frozen=True, kw_only=True):
    """The on-time rate of the month that begins on `month`; `percent` is what it must not fall under.

    `misses_left`: so many of the next ones may be missed, one after the other. `needed`: so many of the next ones must
    be in time to be back at it; 0 where it is not below, None where that is out of reach.
    """

    month: date
    in_time: int
    late: int
    unknown: int
    percent: int

    @property
    def total(self) -> int:
        """All that counts; never 0."""
        return self.in_time + self.late

    @property
    def rate(self) -> float:
        """The share in time, 0 to 1."""
        return self.in_time / self.total

    @property
    def misses_left(self) -> int:
        return max(0, 100 * self.in_time // self.percent - self.total)

    @property
    def needed(self) -> int | None:
        short = self.percent * self.total - 100 * self.in_time
        if short <= 0:
            return 0
        return None if self.percent >= 100 else -(-short // (100 - self.percent))


class Days(msgspec.Struct, frozen=True, kw_only=True):
    """`yesterday` and `evenings` are None where nothing is known of them, `month` where nothing that counts has ended.

    `at_least`: the evenings are all that the tickets at hand can tell of; there may be more before.
    """

    yesterday: Cleared | None
    today: Cleared
    evenings: int | None
    at_least: bool
    month: OnTime | None


#: What tickets that are not at hand add up to, by shop day and the names that `counted` gives.
Counted = Mapping[date, Mapping[str, int]]
_NONE: Counted = MappingProxyType({})
#: An evening so long ago is asked about by nobody.
_EVENINGS = 110


def counted(ticket: Ticket, zone: tzinfo) -> Iterator[tuple[date, str, int]]:
    """What a closed ticket adds to each shop day, so that the statistics need not look at it again.

    `used`: the program was, for something with a clock; `late_evening`: something was overdue at the end of it;
    `in_time`, `late`, `unknown`: for the on-time rate. Orders to ship stand aside.
    """
    if ticket.kind == "ship" or not (ended := [clock for clock in clocks(ticket) if clock.at is not None]):
        return
    if (first := first_used(ticket)) is not None:
        yield first.astimezone(zone).date(), "used", 1
    for clock in ended:
        assert clock.at is not None
        if clock.due is not None and clock.due < clock.at:
            for day in _late_evenings(clock.due, clock.at, zone):
                yield day, "late_evening", 1
        if (told := _rated(clock, clock.at)) is not None:
            verdict, moment = told
            yield moment.astimezone(zone).date(), verdict, 1


def first_used(ticket: Ticket) -> datetime | None:
    """When the seller, or a file, first had to do with a ticket."""
    events = (event.at for event in ticket.timeline if event.who in ("seller", "import") and event.what != "opened")
    return min(events, default=None)


def _late_evenings(due: datetime, at: datetime, zone: tzinfo) -> Iterator[date]:
    """The days at whose end a clock was past and open, the last one first."""
    day = at.astimezone(zone).date()
    for _ in range(_EVENINGS):
        end, day = _begins(day, zone), day - timedelta(days=1)
        if end < due:
            return
        if end < at:
            yield day


#: The same few days are asked about for thousands of tickets.
_begins = lru_cache(512)(midnight)


def days(
    tickets: Iterable[Ticket], now: datetime, zone: tzinfo, percent: int, first: date | None, told_from: date,
    others: Counted = _NONE,
) -> Days:  # fmt: skip
    """The statistics at `now`. `first` is the day on which the program was first used (None: never), `told_from` the
    day from which on the tickets at hand, and what `others` add up to, are all there were."""
    found = [clock for ticket in tickets for clock in clocks(ticket)]
    today = now.astimezone(zone).date()
    yesterday = today - timedelta(days=1)
    begin = None if first is None else max(first, told_from)
    known = first is not None and first <= yesterday
    count = evenings(found, now, zone, begin, others) if known and begin is not None else None
    return Days(
        yesterday=cleared(found, yesterday, now, zone) if known else None,
        today=cleared(found, today, now, zone),
        evenings=count,
        at_least=first is not None and first < told_from and count == (today - told_from).days,
        month=on_time(found, now, zone, percent, others),
    )


def clocks(ticket: Ticket) -> Iterator[Clock]:
    """The seller's clocks that the ticket keeps, the one that runs among them."""
    since = ticket.opened_at
    for event in ticket.timeline:
        if (over := event.ended) is not None:
            moved = over.stage == "check" or event.what == "ask_proof"
            yield Clock(over.stage, over.due, over.kind, over.at, _how(event), moved, since)
        if over is not None or (event.what in ACTIONS and event.what != "snooze"):
            since = event.at
    if ticket.turn == "seller":
        yield Clock(ticket.stage, *_kept(ticket.deadline), since=ticket.stage_since)
    last = ticket.closed_from
    if last is not None and TURN[last.stage] == "seller":
        yield Clock(last.stage, *_kept(last.deadline), ticket.closed_at, _closed(ticket), since=last.since)


def _kept(deadline: Deadline) -> tuple[datetime | None, DueKind | None]:
    """When it is certainly missed; of no kind, and so in no rate, where its beginning is not known."""
    return deadline.over_at, None if deadline.latest else deadline.kind


def _how(event: Event) -> How:
    if event.what == "timeout":
        return "time"
    if event.who == "import":
        return "file"
    return "done" if event.who == "seller" else "left"


def _closed(ticket: Ticket) -> How:
    if ticket.outcome == "auto" or ticket.closed_by == "auto":
        return "time"
    if ticket.outcome == "withdrawn":
        return "left"
    return "file" if ticket.closed_by == "import" else "done"


def cleared(found: Iterable[Clock], day: date, now: datetime, zone: tzinfo) -> Cleared:
    """What ended on the shop day `day`."""
    begin, end = midnight(day, zone), midnight(day + timedelta(days=1), zone)
    over = [clock for clock in found if clock.at is not None and begin <= clock.at < end and not clock.moved]
    return Cleared(len(over), sum(clock.late(now) for clock in over))


def evenings(found: Iterable[Clock], now: datetime, zone: tzinfo, begin: date, others: Counted = _NONE) -> int:
    """How many evenings in a row up to yesterday's, none before `begin`, ended with nothing overdue."""
    late = [(clock.due, clock.at) for clock in found if clock.due is not None and clock.due < (clock.at or now)]
    today = now.astimezone(zone).date()
    count = 0
    while (day := today - timedelta(days=count + 1)) >= begin:
        end = midnight(day + timedelta(days=1), zone)
        if others.get(day, {}).get("late_evening") or any(due <= end and (at is None or end < at) for due, at in late):
            break
        count += 1
    return count


def on_time(
    found: Iterable[Clock], now: datetime, zone: tzinfo, percent: int, others: Counted = _NONE
) -> OnTime | None:
    """The rate of the shop's month that `now` lies in; None where nothing that counts in it has ended."""
    month = now.astimezone(zone).date().replace(day=1)
    begin = midnight(month, zone)
    mine = [counts for day, counts in others.items() if month <= day <= now.astimezone(zone).date()]
    counts = {verdict: sum(each.get(verdict, 0) for each in mine) for verdict in ("in_time", "late", "unknown")}
    ended = counts["in_time"] + counts["late"] > 0
    for clock in found:
        told = _rated(clock, now)
        if told is not None and begin <= told[1] <= now:
            counts[told[0]] += 1
            ended = ended or (clock.at is not None and told[0] != "unknown")
    in_time, late = counts.get("in_time", 0), counts.get("late", 0)
    if not ended:
        return None
    return OnTime(month=month, in_time=in_time, late=late, unknown=counts.get("unknown", 0), percent=percent)


def _rated(clock: Clock, now: datetime) -> tuple[str, datetime] | None:
    """What a clock is for the on-time rate, and since when; None where it is nothing for it yet."""
    if clock.kind != "platform" or clock.stage not in RATED:
        return None
    verdict = clock.verdict(now)
    ends = (clock.due, clock.at) if verdict == "late" else (clock.at,)
    moment = min((at for at in ends if at is not None), default=None)
    return None if verdict is None or moment is None else (verdict, moment)
