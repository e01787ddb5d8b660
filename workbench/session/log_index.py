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
from workbench.session.records import Records
from workbench.session.tables import ISSUES, LOGGED_SKUS, SKUS, KnownSku, LoggedSku, issue_moment
from workbench.storage import Store

T = TypeVar("T", bound=msgspec.Struct)

_Products = dict[str, str | None]


class LogIndex:
    """The indexes of one store. Any thread may ask; an answer stays current until the next question."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._issues = Records(store, ISSUES, Issue)
        self._files = Records(store, SKUS, KnownSku)
        self._logged = Records(store, LOGGED_SKUS, LoggedSku)
        self._busy = threading.RLock()
        self._tally: Tally | None = None
        self._counted: Mapping[int, Issue] = {}
        #: The archived months that the tally holds, with their marks.
        self._reached: dict[str, str] = {}
        self._skus: Skus | None = None
        self._known: _Products = {}
        self._version = -1
        #: The issues by which SKUs and types are ranked; None where nobody asked for an order yet.
        self._ranked: Mapping[int, Issue] | None = None

    def live(self) -> Mapping[int, Issue]:
        """The issues that are not archived, by id."""
        with self._busy:
            return self._issues.live()

    def tally(self, since: date) -> Tally:
        """The counts, complete from the day `since` on."""
        with self._busy:
            live, marks = self._issues.live(), self._store.archived_marks(ISSUES)
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
        """The issues of one archived month."""
        return [self._issues.decode(id, raw) for id, raw in self._store.archived(ISSUES, [month]).items()]

    def earlier(self, day: date) -> str | None:
        """The last archived month before that of `day`, for a question that reaches back step by step."""
        return max((month for month in self._store.archived_marks(ISSUES) if month < month_of(day)), default=None)

    def skus(self, *, ranked: bool) -> Skus:
        """The known SKUs: those of files and those of the whole log; `ranked` by how the live issues use them."""
        with self._busy:
            found = self._spelled()
            if ranked or self._ranked is not None:
                live, before = self._issues.live(), self._ranked or {}
                if live is not before:
                    for issue in gone(before, live):
                        found.remove(issue)
                    for issue in gone(live, before):
                        found.add(issue)
                    self._ranked = live
            return found

    def _spelled(self) -> Skus:
        """The known SKUs in whatever order."""
        version = self._store.version
        if self._skus is not None and self._version == version:
            return self._skus
        known: _Products = {each.sku: None for each in self._logged.live().values()}
        known |= {each.sku: each.product for each in self._files.live().values()}
        if self._skus is None or self._known.keys() - known.keys():
            self._skus, self._known, self._ranked = Skus(), {}, None
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
