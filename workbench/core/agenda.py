"""The agenda: everything with a clock, of every domain, in one order. It knows no domain.

A desk speaks it by answering `dues(now, until)`; first screen, header, walk, absence, calendar, notices read the sum.
A `Due` is light, for a shop may have ten thousand: what it says in words is told only when a line is drawn.

The day of a due is the last one on which something can be done: what falls due at 00:00 belongs to the day before. All
intervals are half-open: at the instant itself it is too late.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cached_property
from typing import Any, Literal, get_args, overload

import msgspec

from workbench.core.money import Money
from workbench.core.place import Place
from workbench.core.saying import Saying
from workbench.core.time import due_day, midnight
from workbench.core.turns import DueKind, Turn

#: Where a line of the agenda stands, in the order in which they are shown.
Group = Literal[
    "overdue", "today", "left_over", "to_clear", "ask", "tomorrow", "no_date", "later", "asleep", "waiting",
]  # fmt: skip
GROUPS: tuple[Group, ...] = get_args(Group)
#: What is not clear yet.
PRESSING: tuple[Group, ...] = ("overdue", "today", "left_over", "to_clear")
#: What the walk leads through, and the groups that are the seller's own.
MINE: tuple[Group, ...] = (*PRESSING, "ask", "tomorrow", "no_date", "later")


class Memo(msgspec.Struct, frozen=True):
    """What a calendar needs to know of a due: when the data behind it last changed, and the least sequence of its
    entry. `never_done`: an entry that repeats and stands in the calendar already stays where it is."""

    changed_at: datetime
    floor: int = 0
    never_done: bool = False


#: The names of actions in the order in which they are taken.
Way = tuple[str, ...]
#: For each action that can be taken at the first instant, the shortest way after which nothing lapses by the second.
Ways = Callable[[datetime, datetime], tuple[Way, ...]]


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """What a due says, in no language yet.

    `what` is to be done, or asked, or happens; `otherwise` follows if nothing is done, `too_late` is so afterwards.
    `thing` is what it is about (a SKU) and `name` what that is; `words` is what somebody (`by`) said of it: text of
    others, to be shown as such. `stake` stands where the money would, for what is not money (`8 points`); what it is
    `worth` in all may stand beside it.
    `note` is one more line for a calendar, `memo` what else it needs to know. `points` are at stake in an appeal;
    `on_timeout` is the rule's word for what follows. `ways` are those in which it can be avoided that it lapses.
    """

    ref: str
    what: Saying
    otherwise: Saying | None = None
    too_late: Saying | None = None
    thing: str = ""
    name: str = ""
    words: str = ""
    by: str = ""
    reason: str = ""
    since: datetime | None = None
    money: Money | None = None
    stake: Saying | None = None
    worth: Money | None = None
    points: int | None = None
    on_timeout: str | None = None
    note: Saying | None = None
    #: How many things it is about.
    count: int = 1
    memo: Memo | None = None
    ways: Ways | None = None


Repeats = Literal["", "weekly", "monthly", "quarterly"]


class Due(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One thing with a clock.

    `place` is what it is about and where it opens, `step` which of its clocks this is; both together are its identity.
    `at` is when it is too late, None where no deadline is known. `late_from` is later than `at` where the time is not
    certain: until then it is due, not overdue. `turn` None: it happens by itself, and nobody can be late.
    `lapses_at` is later than `at` where the right lives on after it: a slip in what was stated costs no appeal.
    `goal_at` is by when the seller wants it done, earlier than he must. `asks_since`: it is a question, since then.
    `asks` is the name of the question that it is, or will be. `all_day`: it is of a whole day and has no minute.
    `case`: it is one of the cases that the sentence counts. `dated`: it stands in the calendar on another's turn, too.
    `aside`: it has a place of its own on the first screen, is no line of the agenda, never in the way of "all clear".
    `sheet` is the command that asks, in a sheet, what was done about it, and saves nothing by itself (the walk runs it
    unasked; what is `aside` it does not pass); empty where opening its place is all there is.
    `alarms` ring so long before. `lasts`: so long goes on what begins at `at`, where that is known.
    """

    place: Place
    tell: Callable[[], Telling]
    step: str = ""
    at: datetime | None = None
    late_from: datetime | None = None
    lapses_at: datetime | None = None
    kind: DueKind | None = None
    turn: Turn | None = "seller"
    goal_at: datetime | None = None
    asks: str = ""
    asks_since: datetime | None = None
    opened_at: datetime = datetime.min.replace(tzinfo=UTC)
    asleep: bool = False
    all_day: date | None = None
    case: bool = False
    aside: bool = False
    sheet: str = ""
    alarms: tuple[timedelta, ...] = ()
    lasts: timedelta | None = None
    dated: bool = False
    repeats: Repeats = ""

    @property
    def gone(self) -> datetime | None:
        """From when on nothing can be done any more."""
        return self.lapses_at or self.at

    def late(self, now: datetime) -> bool:
        """Whether the seller is too late."""
        return self.turn == "seller" and self.at is not None and (self.late_from or self.at) <= now

    def day(self, zone: tzinfo) -> date | None:
        """The last shop day on which something can be done; of what happens by itself, the day on which it does."""
        if self.all_day is not None or self.at is None:
            return self.all_day
        return self.at.astimezone(zone).date() if self.turn is None else due_day(self.at, zone)


class Agenda:
    """The dues of one instant: in their order, in their groups, counted.

    The order: the seller's turn first (overdue and due together), what sleeps after it, then what waits; within each by
    `at`, then `opened_at`, then the place. What is the seller's and has no deadline stands as if due at the end of
    tomorrow, so that it is not forgotten below everything far away; elsewhere none is last. What happens by itself is
    no line. Questions are one whoever's turn it is, the oldest first.
    """

    def __init__(self, dues: Iterable[Due], now: datetime, zone: tzinfo) -> None:
        today = now.astimezone(zone).date()
        self.now = now
        self.zone = zone
        self._today_ends = midnight(today + timedelta(days=1), zone)
        self._tomorrow_ends = midnight(today + timedelta(days=2), zone)
        self._never = datetime.max.replace(tzinfo=UTC)
        mine: list[Due] = []
        self._others: list[Due] = []
        self._by_themselves: list[Due] = []
        for due in dues:
            (mine if due.turn == "seller" else self._others if due.turn else self._by_themselves).append(due)
        self.mine: Sequence[Due] = sorted(mine, key=self._key)

    @cached_property
    def all(self) -> tuple[Due, ...]:
        """Everything, in order."""
        return (*self.mine, *sorted(self._others, key=self._key), *sorted(self._by_themselves, key=self._key))

    @cached_property
    def groups(self) -> Mapping[Group, Sequence[Due]]:
        """The lines by group, each in order; groups without a line are left out."""
        found: dict[Group, list[Due]] = {group: [] for group in GROUPS}
        for due in self.mine:
            if not due.aside:
                found[self.group(due)].append(due)
        lines: dict[Group, Sequence[Due]] = {**found}
        asking = (due for due in self._others if due.asks_since is not None and not due.aside)
        lines["ask"] = sorted((*found["ask"], *asking), key=lambda due: (due.asks_since, self._key(due)))
        lines["waiting"] = InOrder(self._waiting, self._key)
        return {group: dues for group, dues in lines.items() if dues}

    @cached_property
    def _waiting(self) -> list[Due]:
        return [due for due in self._others if due.asks_since is None and not due.aside]

    @cached_property
    def turns(self) -> Mapping[Turn, int]:
        """How many cases wait for whom."""
        return Counter([turn for due in self._waiting if due.case and (turn := due.turn)])

    @cached_property
    def lines(self) -> list[Due]:
        """What is the seller's to do or to answer, group after group: what the walk leads through."""
        return [due for group in MINE for due in self.groups.get(group, ())]

    def group(self, due: Due) -> Group:
        """Where the line stands."""
        if due.asks_since is not None:
            return "ask"
        if due.turn != "seller":
            return "waiting"
        if due.asleep:
            return "asleep"
        if due.late(self.now):
            return "overdue"
        end = self._end(due)
        if end is not None and end <= self._today_ends:
            return "today"
        if due.goal_at is not None and due.goal_at <= self._today_ends:
            return "left_over" if due.goal_at <= self.now else "to_clear"
        if end is None:
            return "no_date"
        return "tomorrow" if end <= self._tomorrow_ends else "later"

    def count(self, *groups: Group, cases: bool = False) -> int:
        """How many lines these groups have; with `cases` only those that are cases."""
        if not cases:
            return sum(len(self.groups.get(group, ())) for group in groups)
        asked = [self._waiting if group == "waiting" else self.groups.get(group, ()) for group in groups]
        return len([None for dues in asked for due in dues if due.case])

    @cached_property
    def clear(self) -> bool:
        """Whether nothing is left for today: nothing late or due today, asleep or not, and nothing to be cleared."""
        ends = (self._end(due) for due in self.groups.get("asleep", ()))
        return not self.count(*PRESSING) and not any(end is not None and end <= self._today_ends for end in ends)

    @cached_property
    def upcoming(self) -> Due | None:
        """The seller's next one, awake, whose instant is still to come."""
        now = self.now
        mine = (self.groups.get(group, ()) for group in MINE if group not in ("overdue", "ask"))
        ahead = (next((due for due in dues if due.at is not None and due.at > now), None) for dues in mine)
        return min((due for due in ahead if due is not None), key=self._key, default=None)

    def until(self, instant: datetime) -> list[Due]:
        """What is the seller's and lapses before he is back at that instant, in order; what is late is in it."""
        return [
            due for due in self.mine if not due.aside and due.asks_since is None and due.gone and due.gone <= instant
        ]

    def _end(self, due: Due) -> datetime | None:
        return due.at if due.all_day is None else midnight(due.all_day + timedelta(days=1), self.zone)

    def _key(self, due: Due) -> tuple[int, datetime, datetime, str, int, str]:
        place = due.place
        end = due.at if due.all_day is None else self._end(due)
        number, name = (place.id, "") if isinstance(place.id, int) else (0, place.id)
        if due.turn == "seller":
            return int(due.asleep), end or self._tomorrow_ends, due.opened_at, place.domain, number, name
        return 2 if due.turn else 3, end or self._never, due.opened_at, place.domain, number, name


class InOrder(Sequence[Due]):
    """Lines that are put in order when somebody looks at them: most of those that wait are merely counted."""

    def __init__(self, dues: list[Due], key: Callable[[Due], Any]) -> None:
        self._dues, self._key = dues, key

    @cached_property
    def _ordered(self) -> list[Due]:
        return sorted(self._dues, key=self._key)

    def __len__(self) -> int:
        return len(self._dues)

    def __iter__(self) -> Iterator[Due]:
        return iter(self._ordered)

    @overload
    def __getitem__(self, at: int) -> Due: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Due]: ...
    def __getitem__(self, at: int | slice) -> Due | Sequence[Due]:
        return self._ordered[at]
