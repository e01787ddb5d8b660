"""Every table of every domain, in one place: what is stored under which name, and when it moves to the archive.

Undo and archive know only names, ids and patches; a new domain registers its tables here and has both.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import msgspec

from workbench.core.issues.model import Decision, Issue
from workbench.core.published import Published
from workbench.core.tickets.model import Ticket
from workbench.core.violations.model import ScoreStatement, Violation
from workbench.storage import ArchiveRule

TICKETS = "tickets"
FILES = "files"
SKUS = "skus"
VIOLATIONS = "violations"
SCORES = "scores"
CALENDAR = "calendar"
ROUTINES = "routines"
ISSUES = "issues"
DECISIONS = "decisions"
LOGGED_SKUS = "logged_skus"
SKIPPED = "skipped"
EVENING = "evening"
MERGED = "merged"

#: How long a closed ticket stays among the open ones before it is archived.
CLOSED_STAYS = timedelta(days=14)
#: How long an issue stays before it is archived: the week that is looked at, and the six weeks of its picture.
ISSUE_STAYS = timedelta(days=60)
DECISION_STAYS = timedelta(days=365)


class ImportedFile(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A Seller Center file that was imported: its own time, and the digest by which it is known again."""

    id: int
    name: str
    kind: str
    as_of: datetime
    imported_at: datetime
    rows: int
    digest: str


class KnownSku(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A SKU seen in a file, with the product's name, for completion."""

    id: int
    sku: str
    product: str | None = None
    seen_at: datetime


class RoutineDone(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The shop day on which a routine of the settings was ticked off last."""

    id: int
    routine: str
    day: date


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


class MergedCopy(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A conflict copy of a synced drive that was merged, so that it never is again."""

    id: int
    name: str
    digest: str
    at: datetime


#: The record type of each table, for reading and for checking.
TYPES: dict[str, type[msgspec.Struct]] = {
    TICKETS: Ticket, FILES: ImportedFile, SKUS: KnownSku, VIOLATIONS: Violation, SCORES: ScoreStatement,
    CALENDAR: Published, ROUTINES: RoutineDone, ISSUES: Issue, DECISIONS: Decision, LOGGED_SKUS: LoggedSku,
    SKIPPED: Skipped, EVENING: Evening, MERGED: MergedCopy,
}  # fmt: skip


class _Closed(msgspec.Struct):
    closed_at: datetime | None = None


def _closed_at(raw: msgspec.Raw) -> datetime | None:
    return msgspec.json.decode(raw, type=_Closed).closed_at


class _Logged(msgspec.Struct):
    day: date


_logged = msgspec.json.Decoder(_Logged)


def _logged_for(raw: msgspec.Raw) -> datetime:
    return issue_moment(_logged.decode(raw).day)


def issue_moment(day: date) -> datetime:
    """The instant by which an issue of this day is archived, of an honest year whatever the day says."""
    return datetime.combine(min(max(day, date(1970, 1, 1)), date(2999, 12, 31)), time(), UTC)


class _Decided(msgspec.Struct):
    decided_at: datetime


def _decided_at(raw: msgspec.Raw) -> datetime:
    return msgspec.json.decode(raw, type=_Decided).decided_at


ARCHIVES = (
    ArchiveRule(TICKETS, _closed_at, CLOSED_STAYS),
    ArchiveRule(ISSUES, _logged_for, ISSUE_STAYS),
    ArchiveRule(DECISIONS, _decided_at, DECISION_STAYS),
)
