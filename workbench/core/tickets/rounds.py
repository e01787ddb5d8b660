"""The rounds of a message: a round is one stay of a case in *reply*, from the buyer's words to a person's answer."""

from __future__ import annotations

from datetime import datetime

import msgspec

from workbench.core.tickets.model import Round, Ticket

#: What the daily tally keeps of the rounds of archived cases: enough for every rule, so that a rate needs no archive.
COUNTERS = ("quick", "answered", "unanswered", "by_card")


def rounds_of(ticket: Ticket) -> tuple[Round, ...]:
    """The rounds of a case; of one from before they were kept, as its timeline tells them."""
    if ticket.rounds or ticket.kind != "message":
        return ticket.rounds
    found = [Round(ticket.opened_at)]
    for event in ticket.timeline:
        if event.what == "answer" and found[-1].answered_at is None:
            found[-1] = Round(found[-1].begun_at, event.at)
        elif event.what == "wrote" and found[-1].answered_at is not None:
            found.append(Round(event.at))
    return tuple(found)


def begun(ticket: Ticket, at: datetime) -> Ticket:
    """The case with a round that began at `at`; one that nobody has answered yet goes on."""
    if ticket.kind != "message":
        return ticket
    rounds = rounds_of(ticket)
    if rounds and rounds[-1].answered_at is None:
        return msgspec.structs.replace(ticket, rounds=rounds)
    return msgspec.structs.replace(ticket, rounds=(*rounds, Round(at)))


def answered(ticket: Ticket, at: datetime) -> Ticket:
    """The case with its last round answered by a person at `at`."""
    rounds = rounds_of(ticket)
    if not rounds or rounds[-1].answered_at is not None:
        return ticket
    return msgspec.structs.replace(ticket, rounds=(*rounds[:-1], Round(rounds[-1].begun_at, at)))


def reopened_at(ticket: Ticket, opened_at: datetime) -> Ticket:
    """The case with its first round as old as it is itself, after its opening was corrected."""
    if not ticket.rounds or ticket.rounds[0].begun_at != ticket.opened_at:
        return ticket
    first = Round(opened_at, ticket.rounds[0].answered_at)
    return msgspec.structs.replace(ticket, rounds=(first, *ticket.rounds[1:]))
