"""Which records of two machines are one thing, and which of two versions counts; by table."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

import msgspec

from workbench.core.issues.model import Issue
from workbench.core.tickets import merge
from workbench.core.tickets.model import Ticket
from workbench.core.violations.model import Violation
from workbench.session.tables import (
    CALENDAR,
    DECISIONS,
    EVENING,
    FILES,
    ISSUES,
    MERGED,
    ROUTINES,
    SCORES,
    SKIPPED,
    SKUS,
    TICKETS,
    VIOLATIONS,
)

#: A record of whatever type its table has.
Record = Any


def _never(_ours: Record, _theirs: Record) -> bool:
    return False


def _whole(record: Record) -> Hashable:
    return msgspec.json.encode(record)


class Rule(NamedTuple):
    """`name` is what names a record on every machine, None where nothing does; of two versions the greater `latest`
    counts. `alike`: whether two records of one number may be one thing, by how they began. `born`: what of a record
    changes by actions alone, so that without any it is equal."""

    name: Callable[[Record], Hashable | None]
    latest: Callable[[Record], Any]
    alike: Callable[[Record, Record], bool] = _never
    born: Callable[[Record], Hashable] = _whole


def _ticket(ticket: Ticket) -> Hashable:
    """The platform's id, else all that was typed: what was typed twice in the same second is one thing."""
    return merge.key(ticket) or (ticket.timeline, _ticket_born(ticket))


def _ticket_born(ticket: Ticket) -> Hashable:
    fields = ("kind", "external_id", "order_id", "sku", "product", "buyer", "money", "reason", "words", "note", "tags")
    return tuple(getattr(ticket, name) for name in fields)


def _ticket_latest(ticket: Ticket) -> Any:
    moments = [event.at for event in ticket.timeline]
    return max((*moments, ticket.seen_at or ticket.opened_at, ticket.opened_at))


def _tickets_alike(ours: Ticket, theirs: Ticket) -> bool:
    names = merge.key(ours), merge.key(theirs)
    if None not in names and names[0] != names[1]:
        return False
    return ours.timeline[:1] == theirs.timeline[:1] if ours.timeline else ours.opened_at == theirs.opened_at


def _violations_alike(ours: Violation, theirs: Violation) -> bool:
    return ours.issued_at == theirs.issued_at or (ours.points, ours.reason) == (theirs.points, theirs.reason)


def _issue(issue: Issue) -> Hashable:
    return issue.logged_at, issue.day, issue.sku, issue.type, issue.words


def _issue_latest(_issue: Issue) -> Any:
    return 0  # it does not say when it was changed


def _issues_alike(ours: Issue, theirs: Issue) -> bool:
    return ours.logged_at == theirs.logged_at


RULES: dict[str, Rule] = {
    TICKETS: Rule(_ticket, _ticket_latest, _tickets_alike, _ticket_born),
    FILES: Rule(lambda file: (file.digest, file.as_of), lambda file: file.imported_at),
    SKUS: Rule(lambda known: known.sku, lambda known: known.seen_at),
    VIOLATIONS: Rule(
        lambda each: each.platform_id and each.platform_id.casefold(),
        lambda each: max(event.at for event in each.story),
        _violations_alike,
    ),
    SCORES: Rule(lambda stated: (stated.at, stated.score), lambda stated: stated.at),
    ISSUES: Rule(_issue, _issue_latest, _issues_alike),
    DECISIONS: Rule(lambda each: (each.decided_at, each.sku, each.type), lambda each: each.decided_at),
    ROUTINES: Rule(lambda done: done.routine, lambda done: done.day),
    CALENDAR: Rule(lambda entry: entry.uid, lambda entry: entry.sequence),
    MERGED: Rule(lambda copy: copy.digest, lambda copy: copy.at),
    EVENING: Rule(lambda evening: evening.id, lambda evening: (evening.day, evening.seconds)),
    SKIPPED: Rule(lambda skipped: skipped.id, lambda skipped: skipped.day),
}
