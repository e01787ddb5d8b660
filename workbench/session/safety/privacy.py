"""What `forget` takes from a record: the buyer's name and words, and what the seller wrote about them.

Of a ticket closed before the day, or an issue logged for an earlier one. Everything that counts stays: kinds, times,
amounts, SKUs, order numbers, the platform's own reason.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import msgspec

from workbench.core.issues.model import Issue
from workbench.core.saying import Refusal, say
from workbench.core.tickets.model import Event, Ticket
from workbench.core.tickets.stages import ACTIONS, STAGES
from workbench.session.tables import ISSUES, TICKETS
from workbench.storage.forgetting import Reach, Scrub
from workbench.storage.format import Raw, to_json

#: Entries of a timeline whose text is a word of the program: an outcome, a stage, names of fields, a time.
_OWN_WORDS = frozenset((*ACTIONS, *STAGES, "edit", "due", "reopened", "lapsed"))

_PRIVATE = ("buyer", "words")


def scrub(day: date, midnight: datetime) -> Scrub:
    """The rule for everything before `day`, which begins at the instant `midnight`.

    Fields of these records that this version does not know go, too: nobody can tell what is in them.
    """
    rules: dict[str, Callable[[Raw, Reach], Ticket | Issue | None]] = {
        TICKETS: lambda record, reach: _ticket(msgspec.json.decode(record, type=Ticket), midnight, reach),
        ISSUES: lambda record, reach: _issue(msgspec.json.decode(record, type=Issue), day, reach),
    }

    def scrubbed(table: str, record: Raw, reach: Reach) -> Raw | None:
        if table not in rules:
            return None
        try:
            found = rules[table](record, reach)
        except msgspec.DecodeError as error:
            raise Refusal(
                say(
                    'A record of "{table}" is damaged ({what}), so nothing was forgotten. `workbench check` names it; '
                    "put it right, or go back to a backup, then try again.",
                    table=table,
                    what=str(error),
                )
            ) from error
        return None if found is None else to_json(found)

    return scrubbed


def forgotten(record: object) -> bool:
    """Whether a ticket went through this."""
    return isinstance(record, Ticket) and record.buyer is record.words is None and {*_PRIVATE} <= {*record.typed}


def _ticket(ticket: Ticket, midnight: datetime, reach: Reach) -> Ticket | None:
    when = ticket.opened_at if reach == "begun" else ticket.closed_at
    if reach != "any" and (when is None or when >= midnight):
        return None
    by_hand = "reason" in ticket.typed  # then it may be the buyer's own words; a file has the platform's list
    return msgspec.structs.replace(
        ticket, buyer=None, words=None, note=None, reason=None if by_hand else ticket.reason,
        timeline=tuple(_event(event) for event in ticket.timeline),
        typed=tuple(dict.fromkeys((*ticket.typed, *_PRIVATE))),  # so that no file brings them back
    )  # fmt: skip


def _event(event: Event) -> Event:
    return event if event.what in _OWN_WORDS else msgspec.structs.replace(event, text=None)


def _issue(issue: Issue, day: date, reach: Reach) -> Issue | None:
    return msgspec.structs.replace(issue, words="") if issue.day < day or reach == "any" else None
