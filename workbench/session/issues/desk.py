"""What can be done about the evening log. Every deed is one transaction and one step of undo.

A day holds issues or the one line that nothing was wrong, never both: the first issue of a day takes that line away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from workbench.core.issues.days import far
from workbench.core.issues.model import Decision, Issue, IssueDraft, nothing_wrong
from workbench.core.issues.reading import LineReading
from workbench.core.issues.week import Week
from workbench.core.saying import Misuse, Refusal, Saying, named, say, say_n
from workbench.session.base import Done, SessionBase
from workbench.session.issues import ISSUES
from workbench.session.issues.index import month_of
from workbench.session.issues.reader import EVENING_TIME, LogReader
from workbench.session.issues.tables import (
    DECISIONS,
    EVENING,
    LOGGED_SKUS,
    SKIPPED,
    Evening,
    LoggedSku,
    Skipped,
)
from workbench.session.records import Records
from workbench.storage import Transaction


class LogDesk(LogReader):
    """The evening log of a session."""

    def __init__(self, session: SessionBase) -> None:
        super().__init__(session)
        self._logged_skus = Records(session.store, LOGGED_SKUS, LoggedSku)

    def log(self, text: str, day: date | None = None, *, new: bool = False) -> Done:
        """Save one line; `day` is that of a line without one. `Misuse` names what is missing or may be meant, a known
        SKU for an unknown one too unless it is told to be `new`."""
        return self.add(_settled(self.read(text, day, new=new)))

    def add(self, draft: IssueDraft) -> Done:
        """Save an issue, or that a day had nothing wrong."""
        if draft.none:
            return self.nothing_wrong(draft.day)
        self._refuse_far(draft.day)
        with self._session.saving() as tx:
            ids = self._put(tx, [draft])
            saying = say("{ref} logged", ref=f"I-{ids[0]}")
            tx.commit_as(saying, self._session.now())
        return Done(saying, ids)

    def add_many(self, drafts: Callable[[], Sequence[IssueDraft]], saying: Callable[[int], Saying]) -> Done:
        """Save what `drafts` gives on the newest state, as one action; that much of the log is archived at once."""
        with self._session.saving() as tx:
            found = drafts()
            ids = self._put(tx, found)
            told = saying(len(ids))
            tx.sweep()
            tx.commit_as(told, self._session.now())
        return Done(told, ids)

    def nothing_wrong(self, day: date | None = None) -> Done:
        """Log that a day, today where None, had nothing wrong. `Refusal` where issues of it are logged."""
        on = day or self.today
        self._refuse_far(on)
        with self._session.saving() as tx:
            lines = self._of_days([on])
            _refuse_wrong(on, lines)
            saying = say("{day}: nothing wrong", day=on.isoformat())
            if lines:
                return Done(saying, (lines[0].id,))
            ids = self._put(tx, [nothing_wrong(on)])
            tx.commit_as(saying, self._session.now())
        return Done(saying, ids)

    def edit(self, id: int, text: str, *, new: bool = False) -> Done:
        """Say an issue anew by a line; without a day in it the day stays."""
        return self.replace(id, _settled(self.read(text, day=self.get(id).day, new=new)))

    def replace(self, id: int, draft: IssueDraft) -> Done:
        """Say an issue anew; its number and the time at which it was logged stay."""
        self._refuse_far(draft.day)
        with self._session.saving() as tx:
            before = self._stored(tx, id)
            after = draft.issue(id, before.logged_at)
            others = [issue for issue in self._of_days([draft.day]) if issue.id != id]
            if draft.none:
                _refuse_wrong(draft.day, others)
            for other in others:
                if other.none:
                    tx.remove(ISSUES, other.id)
            tx.put(ISSUES, id, after)
            self._count(tx, _lines([after]), _lines([before]))
            saying = say("{ref} changed", ref=after.ref)
            tx.commit_as(saying, self._session.now())
        return Done(saying, (id,))

    def delete(self, ids: Sequence[int]) -> Done:
        """Remove for good, but for undo."""
        with self._session.saving() as tx:
            issues = self._chosen(tx, ids)
            for issue in issues:
                tx.remove(ISSUES, issue.id)
            self._count(tx, Counter(), _lines(issues))
            refs = named([issue.ref for issue in issues])
            saying = say_n("{ref} deleted", "{n} issues deleted", len(issues), ref=refs)
            return self._done(tx, saying, (issue.id for issue in issues))

    def skip(self, ticket: int) -> Done:
        """Suggest a ticket no more today."""
        ref = self._session.desk("tickets").get(ticket).ref
        with self._session.saving() as tx:
            for old in self._skipped.live().values():
                if old.day != self.today:
                    tx.remove(SKIPPED, old.id)
            tx.put(SKIPPED, ticket, Skipped(id=ticket, day=self.today))
            saying = say("{ref} skipped this evening", ref=ref)
            tx.commit_as(saying, self._session.now())
        return Done(saying, (ticket,))

    def decide(self, sku: str, type: str, text: str, by: date | None = None, week: Week | None = None) -> Done:
        """Write down what will be done about a SKU and type, and by which day; it keeps the number of the `week` that
        is looked at, the last complete one where left out."""
        if not text.strip():
            raise Misuse(say("A decision needs some words."))
        now, week = self._session.now(), week or self.last_week()
        count = self.tally(week.monday).counts(week.monday, 7)[sku, type]
        with self._session.saving() as tx:
            id = tx.next_id(DECISIONS)
            decision = Decision(
                id=id, sku=sku, type=type, text=text.strip(), decided_at=now, by=by, week=str(week), count=count
            )
            tx.put(DECISIONS, id, decision)
            saying = say("decided about {sku}", sku=sku)
            tx.commit_as(saying, now)
        return Done(saying, (id,))

    def undecide(self, id: int) -> Done:
        """Take a decision out."""
        with self._session.saving() as tx:
            decision = self._decisions.within(tx, id)
            if decision is None:
                raise Refusal(say("This decision is there no more."))
            tx.remove(DECISIONS, id)
            saying = say("decision about {sku} deleted", sku=decision.sku)
            tx.commit_as(saying, self._session.now())
        return Done(saying, (id,))

    def spend(self, used: timedelta) -> None:
        """Remember how much of this evening's time is used; no user action, and nothing where nothing can be saved."""
        if self._session.readonly is not None or used == self.spent():
            return
        with self._session.saving() as tx:
            tx.put(EVENING, 1, Evening(id=1, day=self.today, seconds=int(used.total_seconds())))

    def _put(self, tx: Transaction, drafts: Sequence[IssueDraft]) -> tuple[int, ...]:
        """New records; a day with issues keeps no line that nothing was wrong."""
        busy = {draft.day for draft in drafts if not draft.none}
        logged = self._of_days({draft.day for draft in drafts})
        for issue in logged:
            if issue.none and issue.day in busy:
                tx.remove(ISSUES, issue.id)
        taken = busy | {issue.day for issue in logged}
        issues: list[Issue] = []
        for draft in drafts:
            if draft.none and draft.day in taken:
                continue
            taken.add(draft.day)
            issue = draft.issue(tx.next_id(ISSUES), self._session.now())
            tx.put(ISSUES, issue.id, issue)
            issues.append(issue)
        self._count(tx, _lines(issues), Counter())
        return tuple(issue.id for issue in issues)

    def _count(self, tx: Transaction, more: Counter[str], less: Counter[str]) -> None:
        """Keep the number of lines of each SKU."""
        known = {each.sku: each for each in self._logged_skus.live().values()}
        for sku in more | less:
            change, before = more[sku] - less[sku], known.get(sku)
            lines = change + (before.lines if before else 0)
            if change and lines > 0:
                id = before.id if before else tx.next_id(LOGGED_SKUS)
                tx.put(LOGGED_SKUS, id, LoggedSku(id=id, sku=sku, lines=lines))
            elif change and before:
                tx.remove(LOGGED_SKUS, before.id)

    def _of_days(self, wanted: Iterable[date]) -> list[Issue]:
        """The lines of some days, in the newest state. For one day only what may be of it is decoded."""
        asked = set(wanted)
        store = self._session.store
        raw = dict(store.table(ISSUES))
        months = {month_of(day) for day in asked} & store.archived_marks(ISSUES).keys()
        if months:
            raw |= store.archived(ISSUES, months)
        if len(asked) == 1:
            (day,) = asked
            mark = day.isoformat().encode()
            raw = {id: record for id, record in raw.items() if mark in bytes(record)}
        found = (self._records.decode(id, record) for id, record in raw.items())
        return [issue for issue in found if issue.day in asked]

    def _refuse_far(self, day: date) -> None:
        if far(day, self.today):
            raise Misuse(say('"{day}" is too far away to be meant. Check the year.', day=day.isoformat()))


def _refuse_wrong(day: date, lines: Iterable[Issue]) -> None:
    wrong = [issue for issue in lines if not issue.none]
    if wrong:
        raise Refusal(
            say_n(
                "{n} issue is logged for {day} ({refs}). Delete it first, if nothing was wrong.",
                "{n} issues are logged for {day} ({refs}). Delete them first, if nothing was wrong.",
                len(wrong),
                day=day.isoformat(),
                refs=", ".join(issue.ref for issue in wrong[:5]),
            )
        )


def _settled(reading: LineReading) -> IssueDraft:
    if reading.draft is None:
        raise Misuse(reading.problem or say("The line is empty."))
    return reading.draft


def _lines(issues: Iterable[Issue]) -> Counter[str]:
    return Counter(issue.sku for issue in issues if issue.sku is not None)


DESK = LogDesk

__all__ = ["EVENING_TIME", "LogDesk", "far"]
