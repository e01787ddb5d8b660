"""The log by day: counts of SKU and type, built once and kept up to date with each issue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from workbench.core.issues.model import Issue, Pair


class Tally:
    """What was logged, by day. It holds what it was given: whoever changes the log tells it with `add` and `remove`."""

    def __init__(self, issues: Iterable[Issue] = ()) -> None:
        self._issues: dict[date, dict[int, Issue]] = {}
        self._counts: dict[date, Counter[Pair]] = {}
        self._tickets: Counter[int] = Counter()
        for issue in issues:
            self.add(issue)

    def add(self, issue: Issue) -> None:
        """An issue, or a day with nothing wrong, was logged."""
        self._issues.setdefault(issue.day, {})[issue.id] = issue
        if issue.pair is not None:
            self._counts.setdefault(issue.day, Counter())[issue.pair] += issue.count
        if issue.ticket is not None:
            self._tickets[issue.ticket] += 1

    def remove(self, issue: Issue) -> None:
        """That very issue, as it was added, is gone."""
        lines = self._issues[issue.day]
        del lines[issue.id]
        if not lines:
            del self._issues[issue.day]
        if issue.pair is not None:
            counts = self._counts[issue.day]
            counts[issue.pair] -= issue.count
            if not counts[issue.pair]:
                del counts[issue.pair]
        if issue.ticket is not None:
            self._tickets[issue.ticket] -= 1

    def issues(self, day: date) -> list[Issue]:
        """The lines of a day, oldest first; a day with nothing wrong has the one line that says so."""
        return sorted(self._issues.get(day, {}).values(), key=lambda issue: (issue.logged_at, issue.id))

    def logged(self, day: date) -> bool:
        """Whether anything was logged for this day, be it that nothing was wrong."""
        return day in self._issues

    def logged_before(self, day: date) -> bool:
        """Whether anything was logged for an earlier day."""
        return any(logged < day for logged in self._issues)

    def counts(self, first: date, days: int = 1) -> Counter[Pair]:
        """The sum of counts of each SKU and type over `days` days from `first` on; only what occurs."""
        sums: Counter[Pair] = Counter()
        for day in spread(first, days):
            sums.update(self._counts.get(day, {}))
        return sums

    def total(self, first: date, days: int = 1) -> int:
        """The sum of all counts over `days` days from `first` on."""
        return sum(sum(self._counts.get(day, {}).values()) for day in spread(first, days))

    def has_ticket(self, ticket: int) -> bool:
        """Whether an issue of this ticket was logged, on whatever day."""
        return self._tickets[ticket] > 0


def spread(first: date, days: int) -> Iterator[date]:
    """`days` days from `first` on."""
    return (first + timedelta(days=n) for n in range(days))
