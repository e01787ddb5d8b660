"""What the log is asked through: the counts by day and the known SKUs, kept current save by save.

Nothing is read anew that did not change: after a save, an undo or the save of another process only the difference is
taken in. Archived issues are read when a question reaches back that far, and stay in memory from then on.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import date
from typing import TypeVar

import msgspec

from workbench.core.issues.model import Issue
from workbench.core.issues.skus import Skus
from workbench.core.issues.tally import Tally
from workbench.session.imports.tables import SKUS, KnownSku
from workbench.session.issues import ISSUES
from workbench.session.issues.tables import LOGGED_SKUS, LoggedSku, issue_moment
from workbench.session.records import Records
from workbench.session.tickets.tables import TICKETS
from workbench.storage import Store

T = TypeVar("T", bound=msgspec.Struct)


class _OfCase(msgspec.Struct, frozen=True):
    """What a case says of its product."""

    sku: str | None = None
    product: str | None = None


class LogIndex:
    """The indexes of one store. What is not said to be for any thread is for the one that asks the questions."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._issues = Records(store, ISSUES, Issue)
        self._busy = threading.RLock()
        self._tally: Tally | None = None
        self._counted: Mapping[int, Issue] = {}
        #: The archived months that the tally holds, with their marks.
        self._reached: dict[str, str] = {}
        self._spelled = _Known(store)
        self._ranked = _Known(store)

    def live(self) -> Mapping[int, Issue]:
        """The issues that are not archived, by id; any thread may."""
        with self._busy:
            return self._issues.live()

    def tally(self, since: date) -> Tally:
        """The counts, complete from the day `since` on."""
        with self._busy:
            # The marks first: if another thread saves in between they are old, and the next question starts anew.
            marks = self._store.archived_marks(ISSUES)
            live = self._issues.live()
            if self._tally is None or any(marks.get(month) != mark for month, mark in self._reached.items()):
                self._tally, self._counted, self._reached = Tally(), {}, {}
            if live is not self._counted:
                for issue in gone(self._counted, live):
                    self._tally.remove(issue)
                for issue in gone(live, self._counted):
                    self._tally.add(issue)
                self._counted = live
            first = month_of(since)
            for month in [month for month in marks if month >= first and month not in self._reached]:
                for issue in self.archived(month):
                    self._tally.add(issue)
                self._reached[month] = marks[month]
            return self._tally

    def archived(self, month: str) -> list[Issue]:
        """The issues of one archived month; any thread may."""
        return list(self._issues.archived([month]).values())

    def earlier(self, day: date) -> str | None:
        """The last archived month before that of `day`, for a question that reaches back step by step."""
        return max((month for month in self._store.archived_marks(ISSUES) if month < month_of(day)), default=None)

    def spelled(self) -> Skus:
        """The known SKUs, those of files, of cases and of the whole log, for reading lines: any thread may."""
        with self._busy:
            return self._spelled.current()

    def ranked(self) -> Skus:
        """The known SKUs in the order in which the live issues use them, for completing; to be used by one thread."""
        with self._busy:
            found, live = self._ranked.current(), self._issues.live()
            if live is not self._ranked.issues:
                for issue in gone(self._ranked.issues, live):
                    found.remove(issue)
                for issue in gone(live, self._ranked.issues):
                    found.add(issue)
                self._ranked.issues = live
            return found


class _Known:
    """An index of SKUs with what was taken into it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._files = Records(store, SKUS, KnownSku)
        self._logged = Records(store, LOGGED_SKUS, LoggedSku)
        self._cases = Records(store, TICKETS, _OfCase)
        self._skus = Skus()
        self._known: dict[str, str | None] = {}
        self._version = -1
        self.issues: Mapping[int, Issue] = {}

    def current(self) -> Skus:
        """The index with every SKU that is known now; without any issue if a SKU is known no more."""
        version = self._store.version
        if self._version == version:
            return self._skus
        known = {each.sku: each.product for each in self._files.live().values()}
        for case in self._cases.live().values():
            if case.sku is not None:
                known[case.sku] = known.get(case.sku) or case.product
        known |= {each.sku: None for each in self._logged.live().values() if each.sku not in known}
        if self._known.keys() - known.keys():
            self._skus, self._known, self.issues = Skus(), {}, {}
        for sku, product in known.items():
            if self._known.get(sku, "") != product:
                self._skus.know(sku, product)
        self._known, self._version = known, version
        return self._skus


def month_of(day: date) -> str:
    """The month under which an issue of this day is archived."""
    return issue_moment(day).strftime("%Y-%m")


def gone(before: Mapping[int, T], after: Mapping[int, T]) -> list[T]:
    """The records of `before` that `after` does not have as they were."""
    return [record for id, record in before.items() if after.get(id) is not record]
