"""What `check` knows of the records: each fits its type, and what they say of themselves and of each other holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

import msgspec

from workbench.core.issues.model import Issue
from workbench.core.saying import Saying, say
from workbench.core.tickets.model import Deadline, Ticket
from workbench.core.time import plausible
from workbench.session.tables import ISSUES, TICKETS, TYPES
from workbench.storage.format import Raw


class Crosschecks:
    """One pass over the records of one data directory; it keeps numbers, never the records."""

    def __init__(self) -> None:
        self._decoders = {name: msgspec.json.Decoder(type) for name, type in TYPES.items()}
        self._named: dict[int, int] = {}  # ticket -> an issue that names it

    def knows(self, table: str) -> bool:
        """Whether it is one of ours."""
        return table in TYPES

    def record(self, table: str, number: int, record: Raw) -> Iterator[Saying]:
        """What is wrong with one record."""
        if table not in self._decoders:
            return
        try:
            found = self._decoders[table].decode(record)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield say("does not have the shape it must have ({why})", why=str(error))
            return
        if _far(found):
            yield say("holds a time that cannot be meant")
        own: int = getattr(found, "id", number)
        if own != number:
            yield say("calls itself {id}", id=own)
        if isinstance(found, Ticket):
            yield from _ticket(found)
        elif isinstance(found, Issue) and found.ticket is not None:
            self._named.setdefault(found.ticket, number)

    def together(self, counters: dict[str, int]) -> Iterator[Saying]:
        """What is wrong between records. A ticket that was deleted may still be named; one that never was may not."""
        for ticket, issue in self._named.items():
            if not 0 < ticket <= counters.get(TICKETS, 0):
                yield say(
                    "record {id} of {table}: {what}", id=issue, table=ISSUES,
                    what=say("names a ticket T-{ticket} that never was", ticket=ticket),
                )  # fmt: skip


def _far(value: object) -> bool:
    """Whether a time anywhere in it is of a year beyond reckoning."""
    if isinstance(value, datetime):
        return not plausible(value)
    if isinstance(value, msgspec.Struct):
        return any(_far(getattr(value, name)) for name in value.__struct_fields__)
    return isinstance(value, tuple) and any(map(_far, value))


def _ticket(ticket: Ticket) -> Iterator[Saying]:
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
