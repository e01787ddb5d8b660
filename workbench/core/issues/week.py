"""The week: which product produced which complaint, against the weeks before, and what rises.

Weeks are ISO weeks, Monday to Sunday, of log days. A mean of four weeks has quarters at most, so that `mean4` is
exact: nothing is rounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from workbench.core.issues.model import Decision, Issue, Pair
from workbench.core.issues.tally import Tally
from workbench.core.saying import Misuse, say

_WEEK = re.compile(r"([0-9]{4})-?W([0-9]{2})", re.IGNORECASE)
#: Years whose weeks, and the weeks before and after, every calendar has.
_YEARS = range(1000, 9999)


class Week(msgspec.Struct, frozen=True, order=True):
    """An ISO week, `2026-W47` as text."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04}-W{self.number:02}"

    @property
    def monday(self) -> date:
        """Its first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    def later(self, weeks: int) -> Week:
        """The week that many weeks later; before it where negative."""
        return week_of(self.monday + timedelta(weeks=weeks))


def week_of(day: date) -> Week:
    """The week of a day."""
    year, number, _ = day.isocalendar()
    return Week(year, number)


def last_complete(today: date) -> Week:
    """The last week that is over on the log's day `today`."""
    return week_of(today).later(-1)


def parse_week(text: str) -> Week:
    """A week from `2026-W47`; raises `Misuse` for anything else, also for a week that the year does not have."""
    match = _WEEK.fullmatch(text.strip())
    if match and int(match[1]) in _YEARS:
        try:
            return week_of(date.fromisocalendar(int(match[1]), int(match[2]), 1))
        except ValueError:
            pass
    raise Misuse(say('"{text}" is not a week. Write it like 2026-W47.', text=text))


class WeekRow(msgspec.Struct, frozen=True, kw_only=True):
    """One SKU with one type in a week. `issues` are its lines, oldest first: by day, then as they were logged."""

    sku: str
    type: str
    count: int
    last_week: int
    mean4: float
    rising: bool
    issues: tuple[Issue, ...]

    @property
    def words(self) -> list[str]:
        """The buyers' words, one entry a line, oldest first."""
        return [issue.words for issue in self.issues]

    @property
    def change(self) -> int:
        """Against last week."""
        return self.count - self.last_week


def report(tally: Tally, week: Week, today: date) -> list[WeekRow]:
    """The rows of a week: count descending, SKU, type; those that occur in it or in the week before.

    Rising is told for its Sunday, or for `today` (the log's day) while the week is running.
    """
    now, last = tally.counts(week.monday, 7), tally.counts(week.monday - timedelta(days=7), 7)
    four = tally.counts(week.monday - timedelta(days=28), 28)
    up = _rising(tally, min(today, week.sunday) if today >= week.monday else week.sunday)
    lines: dict[Pair, list[Issue]] = {}
    for n in range(7):
        for issue in tally.issues(week.monday + timedelta(days=n)):
            if issue.pair is not None:
                lines.setdefault(issue.pair, []).append(issue)
    rows = [
        WeekRow(
            sku=pair[0],
            type=pair[1],
            count=now[pair],
            last_week=last[pair],
            mean4=four[pair] / 4,
            rising=pair in up,
            issues=tuple(lines.get(pair, ())),
        )
        for pair in now.keys() | last.keys()
    ]
    return sorted(rows, key=lambda row: (-row.count, row.sku, row.type))


class Rise(msgspec.Struct, frozen=True):
    """A SKU and type that rises: its count in the seven days, and the change against the seven before."""

    sku: str
    type: str
    count: int
    change: int


def rising(tally: Tally, day: date) -> list[Rise]:
    """What rises on `day`, the highest count of the seven days ending then first, then SKU, type."""
    before = tally.counts(day - timedelta(days=13), 7)
    found = [Rise(*pair, count, count - before[pair]) for pair, count in _rising(tally, day).items()]
    return sorted(found, key=lambda rise: (-rise.count, rise.sku, rise.type))


def _rising(tally: Tally, day: date) -> dict[Pair, int]:
    """The pairs that rise on `day` (three days running, or three in seven days), with the count of the seven days."""
    seven = tally.counts(day - timedelta(days=6), 7)
    first, second, third = (tally.counts(day - timedelta(days=ago)) for ago in (2, 1, 0))
    return {pair: count for pair, count in seven.items() if count >= 3 or first[pair] < second[pair] < third[pair]}


def history(tally: Tally, pairs: Iterable[Pair], week: Week, weeks: int = 6) -> list[int]:
    """The sums of these SKUs and types in the weeks up to and with `week`, oldest first."""
    wanted = list(pairs)
    sums = (tally.counts(week.later(n).monday, 7) for n in range(1 - weeks, 1))
    return [sum(counts[pair] for pair in wanted) for counts in sums]


class MovedSince(msgspec.Struct, frozen=True, kw_only=True):
    """A decision and its number: in the week that it looked at, and in the week that looks back."""

    decision: Decision
    before: int
    after: int


def looked_at(decision: Decision, decided_on: date) -> Week:
    """The week that a decision looked at: the one it keeps, else the last one that was over on the log's day."""
    try:
        return last_complete(decided_on) if decision.week is None else parse_week(decision.week)
    except Misuse:  # written by another hand
        return last_complete(decided_on)


def moved(tally: Tally, decision: Decision, decided_on: date, week: Week) -> MovedSince | None:
    """Whether the number moved after a decision made on the log's day `decided_on`; None before the week is later.

    A decision keeps the number it was made on.
    """
    looked = looked_at(decision, decided_on)
    if week <= looked:
        return None
    before = tally.counts(looked.monday, 7)[decision.pair] if decision.count is None else decision.count
    return MovedSince(decision=decision, before=before, after=tally.counts(week.monday, 7)[decision.pair])
