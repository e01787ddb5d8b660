"""What can be asked about the evening log: lines as they are read and completed, days, weeks, suggestions, decisions.

A day is a day of the log: the shop's zone, and before `day_ends_at` still the day before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property

import msgspec

from workbench.core.issues import days, line, week, writing
from workbench.core.issues.complete import Completer
from workbench.core.issues.heat import Heat, heat
from workbench.core.issues.model import Decision, Issue, IssueDraft, Pair
from workbench.core.issues.names import TypeBook
from workbench.core.issues.reading import LineReading
from workbench.core.issues.skus import Skus
from workbench.core.issues.suggest import Suggestion, suggestions
from workbench.core.issues.tally import Tally
from workbench.core.issues.week import MovedSince, Rise, Week, WeekRow
from workbench.core.saying import Saying, say
from workbench.core.time import shop_day
from workbench.i18n import language
from workbench.session.base import SessionBase
from workbench.session.desk import Desk
from workbench.session.issues import ISSUES
from workbench.session.issues.index import LogIndex, month_of
from workbench.session.issues.tables import DECISIONS, EVENING, SKIPPED, TABLES, Evening, Skipped
from workbench.session.records import Records
from workbench.session.tickets.tables import TICKETS

#: What an evening may take.
EVENING_TIME = timedelta(minutes=15)


class LogReader(Desk[Issue]):
    """The evening log of a session, for reading; `LogDesk` is what writes.

    Questions are asked by one thread at a time; lines are read, and issues found, beside it by the one that saves.
    """

    table = TABLES[0]

    def __init__(self, session: SessionBase) -> None:
        super().__init__(session)
        self._index = LogIndex(session.store)
        self._decisions = Records(session.store, DECISIONS, Decision)
        self._skipped = Records(session.store, SKIPPED, Skipped)
        self._evening = Records(session.store, EVENING, Evening)
        self._completer: tuple[tuple[int, str, date], Completer] | None = None
        self._cases: tuple[date, Mapping[int, msgspec.Raw], list[Suggestion], date] | None = None

    @property
    def today(self) -> date:
        """The log's day of now."""
        return self._day(self._session.now())

    @cached_property
    def types(self) -> TypeBook:
        """The issue types of the settings with all their names."""
        return TypeBook(self._session.settings.issue_types)

    def skus(self) -> Skus:
        """The known SKUs, from files and from the log."""
        return self._index.spelled()

    def read(self, text: str, day: date | None = None, *, new: bool = False) -> LineReading:
        """What a line says; `day` is that of a line without one, today where None. Nothing is saved. With `new` an
        unknown SKU is not asked about."""
        return line.read(
            text, types=self.types, skus=self.skus(), today=self.today, language=language(), day=day, new=new
        )

    def write(self, issue: Issue | IssueDraft) -> str:
        """The line that reads as the issue, for editing it: its day is left out where the line is read with it."""
        return writing.write(issue, types=self.types, language=language(), skus=self.skus(), dated=False)

    def opening(self, issue: Issue, *, with_type: bool = True) -> str:
        """The beginning of a line about the same SKU again, or the same SKU and type."""
        type = issue.type if with_type else None
        return writing.opening(issue.sku or "", type, types=self.types, language=language())

    def completer(self) -> Completer:
        """What completes a line, as of now: known SKUs, types, and the words of today's cases."""
        key = (self._session.store.version, language(), self.today)
        if self._completer is None or self._completer[0] != key:
            made = Completer(
                skus=self._index.ranked(), types=self.types, language=key[1], suggestions=self.suggestions()
            )
            self._completer = key, made
        return self._completer[1]

    def issues(self, first: date | None = None, last: date | None = None) -> list[Issue]:
        """The lines from `first` to `last`, both included and everything where None: by day, then as logged."""
        found = list(self._index.live().values())
        for month in self._session.store.archived_marks(ISSUES):
            if (first is None or month >= month_of(first)) and (last is None or month <= month_of(last)):
                found += self._index.archived(month)
        wanted = (i for i in found if (first is None or i.day >= first) and (last is None or i.day <= last))
        return sorted(wanted, key=lambda issue: (issue.day, issue.logged_at, issue.id))

    def tally(self, since: date, content: str | None = None) -> Tally:
        """The counts by day, complete from `since` on; those of one content, where it is named."""
        if content is None:
            return self._index.tally(since)
        named = content.removeprefix("#").casefold()
        return Tally(issue for issue in self.issues(since) if (issue.content or "").casefold() == named)

    def contents(self, of: Week) -> list[str]:
        """The videos, lives and posts that the lines of a week and of the one before name, the most frequent first."""
        found = Counter(issue.content for issue in self.issues(of.later(-1).monday, of.sunday) if issue.content)
        return [content for content, _count in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))]

    def last_week(self) -> Week:
        """The last week that is over."""
        return week.last_complete(self.today)

    def report(self, of: Week | None = None, content: str | None = None) -> list[WeekRow]:
        """The rows of a week, of the last complete one where None; of one content, where it is named."""
        chosen = of or self.last_week()
        return week.report(self.tally(chosen.monday - timedelta(days=28), content), chosen, self.today)

    def heat(self, of: Week | None = None, columns: int = 8) -> Heat:
        """The week as a table of at most so many types."""
        return heat(self.report(of), columns)

    def history(self, pairs: Iterable[Pair], of: Week, weeks: int = 6, content: str | None = None) -> list[int]:
        """The sums of these SKUs and types in so many weeks up to that one, oldest first."""
        return week.history(self.tally(of.later(1 - weeks).monday, content), pairs, of, weeks)

    def rising(self, day: date | None = None) -> list[Rise]:
        """What rises on a day, today where None, the most frequent first."""
        on = day or self.today
        return week.rising(self.tally(on - timedelta(days=13)), on)

    def normal(self) -> int | None:
        """What is normal for a day; None where nothing was logged before today."""
        found = days.normal(self.tally(self.today - timedelta(days=7)), self.today)
        return 0 if found is None and self._session.store.archived_marks(ISSUES) else found

    def streak(self) -> int:
        """How many evenings in a row were logged, up to today or yesterday; reads as much of the archive as it must."""
        today = since = self.today
        while True:
            since -= timedelta(days=31)
            found = days.streak(self.tally(since), today)
            if found < (today - since).days - 1 or self._index.earlier(since) is None:
                return found

    def suggestions(self) -> list[Suggestion]:
        """What today's cases would be as issues: those neither logged nor skipped, the oldest first."""
        found, opened = self._all_suggestions()
        tally = self.tally(opened)
        skipped = {each.id for each in self._skipped.live().values() if each.day == self.today}
        return [each for each in found if each.ticket not in skipped and not tally.has_ticket(each.ticket)]

    def decisions(self, pair: Pair | None = None) -> list[Decision]:
        """What was decided, about one SKU and type or about all, the newest first."""
        found = [each for each in self._decisions.live().values() if pair is None or each.pair == pair]
        return sorted(found, key=lambda each: (each.decided_at, each.id), reverse=True)

    def looked_at(self, decision: Decision) -> Week:
        """The week that a decision looked at."""
        return week.looked_at(decision, self._day(decision.decided_at))

    def moved(self, of: Week) -> list[MovedSince]:
        """Of each decision that a week looks back on, whether the number moved; the newest first."""
        asked = [(each, self._day(each.decided_at)) for each in self.decisions()]
        if not asked:
            return []
        tally = self.tally(min(of.monday, min(day for _, day in asked) - timedelta(days=13)))
        return [found for each, day in asked if (found := week.moved(tally, each, day, of)) is not None]

    def spent(self) -> timedelta:
        """How much of this evening's time is used."""
        found = self._evening.live().get(1)
        return timedelta(seconds=found.seconds) if found is not None and found.day == self.today else timedelta()

    def _day(self, moment: datetime) -> date:
        return shop_day(moment, self._session.zone, self._session.settings.shop.day_ends_at)

    def _nothing(self, ref: str) -> Saying:
        return say("There is no issue {ref}. An id is I-7; `workbench issues` lists them.", ref=ref)

    def _all_suggestions(self) -> tuple[list[Suggestion], date]:
        """What today's tickets suggest, and the day on which the oldest was opened; made anew as tickets change."""
        today, raw = self.today, self._session.store.table(TICKETS)
        if self._cases is None or self._cases[:2] != (today, raw):
            shop, zone = self._session.settings.shop, self._session.zone
            tickets = [ticket for ticket in self._session.desk("tickets").all() if ticket.kind != "ship"]
            found = suggestions(
                tickets, tally=Tally(), skipped=(), types=self.types, today=today, zone=zone, ends_at=shop.day_ends_at
            )
            ids = {each.ticket for each in found}
            opened = (self._day(ticket.opened_at) for ticket in tickets if ticket.id in ids)
            self._cases = today, raw, found, min(opened, default=today)
        return self._cases[2], self._cases[3]
