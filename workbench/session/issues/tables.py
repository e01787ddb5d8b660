"""The tables of the evening log: issues and what was decided about them, and what the log remembers for itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

import msgspec

from workbench.core.issues.model import Decision, Issue
from workbench.core.saying import say
from workbench.session.issues import ISSUES
from workbench.session.table import (
    NOTHING,
    Archiving,
    Before,
    Count,
    Follow,
    Forget,
    Merge,
    Pointer,
    StoredTable,
    TallyRule,
)

DECISIONS = "decisions"
LOGGED_SKUS = "logged_skus"
SKIPPED = "skipped"
EVENING = "evening"

#: How long an issue stays before it is archived: the week that is looked at, and the six weeks of its picture.
ISSUE_STAYS = timedelta(days=60)
DECISION_STAYS = timedelta(days=365)


class LoggedSku(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A SKU of the log and how many lines name it, archived ones too: it is known as long as there is one."""

    id: int
    sku: str
    lines: int


class Skipped(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A ticket that was not to be logged on that day; the id is the ticket's."""

    id: int
    day: date


class Evening(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How much of the evening's time is used, of the log's day it was last used on. There is one such record."""

    id: int
    day: date
    seconds: int


class _Logged(msgspec.Struct):
    day: date


class _Decided(msgspec.Struct):
    decided_at: datetime


def issue_moment(day: date) -> datetime:
    """The instant by which an issue of this day is archived, of an honest year whatever the day says."""
    return datetime.combine(min(max(day, date(1970, 1, 1)), date(2999, 12, 31)), time(), UTC)


def _name(issue: Issue) -> Hashable:
    return issue.logged_at, issue.day, issue.sku, issue.type, issue.words


def _wordless(issue: Issue, before: Before) -> Issue | None:
    meant = issue.day < before.day or before.reach == "any"
    return msgspec.structs.replace(issue, words="") if meant else None


def _counted(issue: Issue, zone: tzinfo) -> Iterator[Count]:  # noqa: ARG001 - it says its day
    """That something was logged, and of which SKU and type how much."""
    yield issue.day, "lines", 1
    if issue.pair is not None and issue.count:
        yield issue.day, f"count/{issue.sku}/{issue.type}", issue.count


def _more_lines(known: Sequence[LoggedSku], came: Sequence[Issue], next_id: Callable[[], int]) -> Iterable[LoggedSku]:
    before = {each.sku: each for each in known}
    for sku, lines in Counter(issue.sku for issue in came if issue.sku is not None).items():
        own = before.get(sku)
        yield LoggedSku(id=own.id if own else next_id(), sku=sku, lines=lines + (own.lines if own else 0))


TABLES = (
    StoredTable(
        name=ISSUES,
        type=Issue,
        word=say("issues"),
        ref="I",
        archive=Archiving(_Logged, lambda issue: issue_moment(issue.day), ISSUE_STAYS),
        pointers=(
            Pointer(
                "tickets",
                lambda issue: issue.ticket,
                lambda issue, number: msgspec.structs.replace(issue, ticket=number),
            ),
        ),
        merge=Merge(
            name=_name,
            latest=lambda _issue: 0,  # it does not say when it was changed
            alike=lambda ours, theirs: ours.logged_at == theirs.logged_at,
            told=True,
        ),
        forget=Forget(_wordless, lambda issue: not issue.words and not issue.none),
        check=NOTHING,
        way_back="goes",
        export="csv",
        tally=TallyRule(("lines", "count"), _counted),
    ),
    StoredTable(
        name=DECISIONS,
        type=Decision,
        word=say("decisions"),
        ref=NOTHING,
        archive=Archiving(_Decided, lambda decision: decision.decided_at, DECISION_STAYS),
        pointers=(),
        merge=Merge(
            name=lambda each: (each.decided_at, each.sku, each.type), latest=lambda each: each.decided_at, told=True
        ),
        forget=NOTHING,  # the seller's own plans, of SKUs and types
        check=NOTHING,
        way_back="goes",
        export="csv",
        tally=NOTHING,
    ),
    StoredTable(
        name=LOGGED_SKUS,
        type=LoggedSku,
        word=say("SKUs of the log"),
        ref=NOTHING,
        archive=NOTHING,
        pointers=(),
        merge=Follow(of=ISSUES, follow=_more_lines),
        forget=NOTHING,
        check=NOTHING,
        way_back="goes",
        export="csv",
        tally=NOTHING,
    ),
    StoredTable(
        name=SKIPPED,
        type=Skipped,
        word=say("cases not to be logged"),
        ref=NOTHING,
        archive=NOTHING,
        pointers=(
            Pointer(
                "tickets",
                lambda skipped: skipped.id,
                lambda skipped, number: msgspec.structs.replace(skipped, id=number),
            ),
        ),
        merge=Merge(name=lambda skipped: skipped.id, latest=lambda skipped: skipped.day),
        forget=NOTHING,
        check=NOTHING,
        way_back="goes",
        export="csv",
        tally=NOTHING,
    ),
    StoredTable(
        name=EVENING,
        type=Evening,
        word=say("evenings"),
        ref=NOTHING,
        archive=NOTHING,
        pointers=(),
        merge=Merge(name=lambda evening: evening.id, latest=lambda evening: (evening.day, evening.seconds)),
        forget=NOTHING,
        check=NOTHING,
        way_back="goes",
        export="csv",
        tally=NOTHING,
    ),
)
