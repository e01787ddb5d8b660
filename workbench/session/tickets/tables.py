"""The table of tickets."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Any

import msgspec

from workbench.core.deadline import Deadline
from workbench.core.saying import Saying, say
from workbench.core.tickets.model import Ticket
from workbench.core.time import day_ends
from workbench.core.timeline import Event
from workbench.session.table import Archiving, Before, Count, Forget, Merge, StoredTable, TallyRule

TICKETS = "tickets"

#: How long a closed ticket stays among the open ones before it is archived.
CLOSED_STAYS = timedelta(days=14)

#: What of a ticket is the buyer's.
_PRIVATE = ("buyer", "words")


class _Closed(msgspec.Struct):
    closed_at: datetime | None = None
    kind: str = ""


def _leaves(closed: _Closed, zone: tzinfo) -> datetime | None:
    """An order to ship is done with the next shop day: there may be hundreds a day."""
    if closed.kind != "ship" or closed.closed_at is None:
        return None
    return day_ends(closed.closed_at.astimezone(zone).date(), zone)


# Two machines


def _key(ticket: Ticket) -> Hashable | None:
    from workbench.core.tickets import merge

    return merge.key(ticket)


def _name(ticket: Ticket) -> Hashable:
    """The platform's id, else all that was typed: what was typed twice in the same second is one thing."""
    return _key(ticket) or (ticket.timeline, _born(ticket))


def _born(ticket: Ticket) -> Hashable:
    fields = ("kind", "external_id", "order_id", "sku", "product", "buyer", "money", "reason", "words", "note", "tags")
    return tuple(getattr(ticket, name) for name in fields)


def _latest(ticket: Ticket) -> Any:
    moments = [event.at for event in ticket.timeline]
    return max((*moments, ticket.seen_at or ticket.opened_at, ticket.opened_at))


def _alike(ours: Ticket, theirs: Ticket) -> bool:
    names = _key(ours), _key(theirs)
    if None not in names and names[0] != names[1]:
        return False
    return ours.timeline[:1] == theirs.timeline[:1] if ours.timeline else ours.opened_at == theirs.opened_at


def _joined(newer: Ticket, older: Ticket) -> Ticket:
    from workbench.session.tickets.joining import joined

    return joined(newer, older)


def _undecided(newer: Ticket, older: Ticket) -> Iterator[str]:
    from workbench.session.tickets.joining import undecided

    return undecided(newer, older)


# Forgetting: the buyer's name and words, and what the seller wrote about them. Everything that counts stays: kinds,
# times, amounts, SKUs, order numbers, the platform's own reason.


def _taken_out(ticket: Ticket, before: Before) -> Ticket | None:
    when = ticket.opened_at if before.reach == "begun" else ticket.closed_at
    if before.reach != "any" and (when is None or when >= before.midnight):
        return None
    by_hand = "reason" in ticket.typed  # then it may be the buyer's own words; a file has the platform's list
    return msgspec.structs.replace(
        ticket, buyer=None, words=None, note=None, offered=None, reason=None if by_hand else ticket.reason,
        timeline=tuple(_without_words(event) for event in ticket.timeline),
        typed=tuple(dict.fromkeys((*ticket.typed, *_PRIVATE))),  # so that no file brings them back
    )  # fmt: skip


def _without_words(event: Event) -> Event:
    """The text of some entries is a word of the program: an outcome, a stage, names of fields, a time."""
    from workbench.core.kinds import STAGES
    from workbench.core.tickets.stages import ACTIONS

    own = (*ACTIONS, *STAGES, "edit", "due", "reopened", "lapsed")
    # An answer may hold the text that was sent, with the buyer's name in it.
    return event if event.what in own and event.what != "answer" else msgspec.structs.replace(event, text=None)


def _forgotten(ticket: Ticket) -> bool:
    return ticket.buyer is ticket.words is None and {*_PRIVATE} <= {*ticket.typed}


# Checking


def _faults(ticket: Ticket) -> Iterator[Saying]:
    if (ticket.stage == "closed") != (ticket.closed_at is not None):
        yield say("is closed without a time, or open with one")
    if not _adds_up(ticket.deadline) or (ticket.closed_from and not _adds_up(ticket.closed_from.deadline)):
        yield say("has a deadline that is not the sum of its steps")


def _adds_up(deadline: Deadline) -> bool:
    steps = deadline.steps
    if not steps:
        return deadline.at is None
    return steps[-1].at == deadline.at and all(
        (after.at - before.at).total_seconds() == after.seconds for before, after in pairwise(steps)
    )


# What days add up to


def _counted(ticket: Ticket, zone: tzinfo) -> Iterator[Count]:
    from workbench.core.tickets.days import counted
    from workbench.core.tickets.messages import tallied

    yield from counted(ticket, zone)
    yield from tallied(ticket, zone)


TABLE = StoredTable(
    name=TICKETS,
    type=Ticket,
    word=say("cases"),
    ref="T",
    archive=Archiving(_Closed, lambda ticket: ticket.closed_at, CLOSED_STAYS, _leaves),
    pointers=(),
    merge=Merge(name=_name, latest=_latest, joined=_joined, undecided=_undecided, alike=_alike, born=_born, told=True),
    forget=Forget(_taken_out, _forgotten),
    check=_faults,
    way_back="goes",
    export="csv",
    tally=TallyRule(
        ("used", "late_evening", "in_time", "late", "unknown", "quick", "answered", "unanswered", "by_card"),
        _counted,
        ("closed_from", "ended", "rounds"),
    ),
)
TABLES = (TABLE,)
