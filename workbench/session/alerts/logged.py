"""What rules see of the evening log: by shop day how many of a SKU and type, which days have a log, since when a SKU is
known. Of archived lines the daily tally tells, so that no archive is read for what is asked every day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cached_property

from workbench.core.issues.model import Issue
from workbench.session import tally
from workbench.session.base import SessionBase
from workbench.session.issues import ISSUES
from workbench.session.issues.tables import LOGGED_SKUS, LoggedSku
from workbench.session.issues.tables import TABLES as _OF_LOG
from workbench.session.records import Records
from workbench.storage.tally import DAYS as TALLIED

Counts = dict[date, int]
_TABLE = next(table for table in _OF_LOG if table.name == ISSUES)


class LoggedIssues:
    """The log of a session from `since` to `today`."""

    def __init__(self, session: SessionBase, since: date, today: date) -> None:
        self._session, self._since, self._today = session, since, today

    @cached_property
    def pairs(self) -> Mapping[tuple[str, str], Counts]:
        """By SKU and type the counts of each day."""
        return self._read[0]

    @cached_property
    def days(self) -> frozenset[date]:
        """The days with a log, be it that nothing was wrong."""
        return self._read[1]

    @cached_property
    def first_seen(self) -> Mapping[str, date]:
        """The first day on which a SKU was logged, shipped or in a file, as far as that is known."""
        found: dict[str, date] = {}

        def seen(sku: str, day: date) -> None:
            found[sku] = min(day, found.get(sku, day))

        for (sku, _type), counts in self.pairs.items():
            for day in counts:
                seen(sku, day)
        for sku in self._earlier:
            seen(sku, self._since)
        for sku, day in self._session.desk("orders").first_shipped().items():
            seen(sku, day)
        return found

    @cached_property
    def _earlier(self) -> list[str]:
        """The SKUs of which more lines are known than there are from `since` on: they were logged before it."""
        lines: Counter[str] = Counter(issue.sku for issue in self._issues() if issue.sku is not None)
        for counts in (self._archived or {}).values():
            for name, number in counts.items():
                if name.startswith("count/"):
                    lines[_named(name)[1]] += number  # not fewer than there are lines
        known = Records(self._session.store, LOGGED_SKUS, LoggedSku).live().values()
        return [each.sku for each in known if each.lines > lines[each.sku]]

    @cached_property
    def _read(self) -> tuple[dict[tuple[str, str], Counts], frozenset[date]]:
        pairs: dict[tuple[str, str], Counts] = defaultdict(lambda: defaultdict(int))
        days: set[date] = set()
        for issue in self._issues():
            if self._since <= issue.day <= self._today:
                days.add(issue.day)
                if issue.pair is not None:
                    pairs[issue.pair][issue.day] += issue.count
        for day, counts in (self._archived or {}).items():
            if self._since <= day <= self._today:
                days.add(day)
                for name, number in counts.items():
                    if name.startswith("count/"):
                        _count, sku, type = _named(name)
                        pairs[sku, type][day] += number
        return {pair: dict(counts) for pair, counts in pairs.items()}, frozenset(days)

    def _issues(self) -> list[Issue]:
        if self._archived is None:
            found: list[Issue] = self._session.desk("issues").issues(self._since, self._today)
            return found
        return list(Records(self._session.store, ISSUES, Issue).live().values())

    @cached_property
    def _archived(self) -> Mapping[date, tally.Counters] | None:
        """What the archived lines add up to; None where the tally does not reach back so far, or is not known."""
        if (self._today - self._since).days >= TALLIED:
            return None
        return tally.archived(self._session, _TABLE)


def _named(name: str) -> tuple[str, str, str]:
    """A counter `count/SKU/type`; there may be a slash in the SKU, there is none in a type."""
    mark, _slash, rest = name.partition("/")
    sku, _slash, type = rest.rpartition("/")
    return mark, sku, type
