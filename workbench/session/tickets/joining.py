"""One ticket out of two that were changed apart: field by field, and what belongs together moves together.

Where it stands (stage, clock, outcome) is by the newer move; in the same stage the earlier deadline holds. What a file
gave is by the newer file. Timeline, tags and notes are united. Any other field is by the newer entry of the timeline
that names it (an edit writes one), else as the newer ticket has it. What was forgotten on one machine stays forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from workbench.core.tickets.model import Ticket
from workbench.core.timeline import Event

_FIRST = datetime.min.replace(tzinfo=UTC)
#: Entries of the timeline that are no move.
_STAYS = frozenset({"note", "due", "edit", "snooze", "not_yet", "tag"})
_PLACE = (
    "stage", "stage_since", "deadline", "outcome", "closed_at", "closed_by", "closed_from", "disputable_until",
    "snoozed_until", "still_open",
)  # fmt: skip
_FILE = ("seen_at", "seen_guessed", "tracking", "raw_status", "lines", "pending_at")
#: What the program reckons for itself, or where the newer and the older are one story.
_OWN = ("id", "market", "pending_since", "there", "shown_at", "looked_at", "times_guessed", "rounds")
_UNITED = ("timeline", "tags", "note", "typed")
_PRIVATE = ("buyer", "words", "note")


def joined(newer: Ticket, older: Ticket) -> Ticket:
    """What two versions of a ticket become; `newer` is the one whose history goes on later."""
    fields: dict[str, Any] = {}
    for name in Ticket.__struct_fields__:
        if name not in (*_PLACE, *_FILE, *_UNITED):
            fields[name] = _field(name, newer, older)
    fields |= _of(_PLACE, _placed(newer, older))
    fields |= _of(_FILE, max(newer, older, key=lambda ticket: ticket.seen_at or _FIRST))
    fields |= {
        "timeline": tuple(sorted(united(newer.timeline, older.timeline), key=lambda event: event.at)),
        "tags": tuple(united(newer.tags, older.tags)),
        "typed": tuple(united(newer.typed, older.typed)),
        "note": "\n".join(united((newer.note or "").splitlines(), (older.note or "").splitlines())) or None,
    }
    if any(_forgotten(ticket) for ticket in (newer, older)):
        fields |= dict.fromkeys(_PRIVATE)
    if fields["stage"] == newer.stage == older.stage and newer.closed_at is older.closed_at is None:
        early = min(newer, older, key=lambda ticket: (ticket.deadline.at is None, ticket.deadline.at or _FIRST))
        fields |= _of(("stage_since", "deadline"), early)
    return Ticket(**fields)


def undecided(newer: Ticket, older: Ticket) -> Iterator[str]:
    """The fields that are different, and no entry of a timeline says since when: as the newer ticket has them."""
    for name in Ticket.__struct_fields__:
        if name not in (*_PLACE, *_FILE, *_UNITED, *_OWN):
            ours, theirs = getattr(newer, name), getattr(older, name)
            both = ours not in (None, ()) and theirs not in (None, ()) and ours != theirs
            if both and named_at(newer.timeline, name) == named_at(older.timeline, name):
                yield name


def united(ones: Any, others: Any) -> list[Any]:
    """What is in either, once."""
    return [*ones, *(each for each in others if each not in ones)]


def named_at(timeline: tuple[Event, ...], name: str) -> datetime:
    """When an edit last named a field; long ago for never."""
    named = (event.at for event in timeline if event.what == "edit" and name in (event.text or "").split(", "))
    return max(named, default=_FIRST)


def _field(name: str, newer: Ticket, older: Ticket) -> Any:
    ours, theirs = getattr(newer, name), getattr(older, name)
    if named_at(older.timeline, name) > named_at(newer.timeline, name):
        return theirs
    return theirs if ours is None and named_at(newer.timeline, name) == _FIRST else ours


def _placed(newer: Ticket, older: Ticket) -> Ticket:
    return older if _moved_at(older) > _moved_at(newer) else newer


def _moved_at(ticket: Ticket) -> datetime:
    moves = (event.at for event in ticket.timeline if event.what not in _STAYS)
    return max(moves, default=ticket.closed_at or ticket.stage_since)


def _of(names: tuple[str, ...], ticket: Ticket) -> dict[str, Any]:
    return {name: getattr(ticket, name) for name in names}


def _forgotten(ticket: Ticket) -> bool:
    return ticket.buyer is ticket.words is None and {"buyer", "words"} <= {*ticket.typed}
