"""Suggestions for the evening: what today's cases would be as issues."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Protocol

import msgspec

from workbench.core.issues.model import OTHER, IssueDraft
from workbench.core.issues.names import TypeBook
from workbench.core.issues.tally import Tally
from workbench.core.time import at_local
from workbench.core.timeline import Event


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """An issue that a ticket makes likely. `type` is None where nothing points to one and there is no type `other`."""

    ticket: int
    sku: str
    type: str | None
    words: str
    product: str | None = None
    content: str | None = None

    def draft(self, day: date) -> IssueDraft:
        """What saving it would log."""
        return IssueDraft(
            day=day, sku=self.sku, type=self.type, words=self.words, ticket=self.ticket, content=self.content
        )


class Bought(Protocol):
    """One SKU of a case."""

    @property
    def sku(self) -> str | None: ...


class CaseToday(Protocol):
    """What is looked at of a case; `cause` is the type that was said to be behind it."""

    @property
    def id(self) -> int: ...
    @property
    def opened_at(self) -> datetime: ...
    @property
    def sku(self) -> str | None: ...
    @property
    def product(self) -> str | None: ...
    @property
    def content(self) -> str | None: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def words(self) -> str | None: ...
    @property
    def note(self) -> str | None: ...
    @property
    def cause(self) -> str | None: ...
    @property
    def lines(self) -> Sequence[Bought]: ...
    @property
    def timeline(self) -> Sequence[Event]: ...


def suggestions(
    tickets: Iterable[CaseToday],
    *,
    tally: Tally,
    skipped: Collection[int],
    types: TypeBook,
    today: date,
    zone: tzinfo,
    ends_at: time,
) -> list[Suggestion]:
    """One suggestion for each ticket of today that has a SKU and is neither logged nor skipped, the oldest first.

    Of today is what was opened on the log's day or has an entry of that day in its timeline. The words are the
    buyer's last ones, else those of the case, else the note, else the reason; the type is the one that was said to be
    the cause, else the one that the words name, else the reason.
    """
    begins, over = (at_local(datetime.combine(today + timedelta(days=n), ends_at), zone) for n in (0, 1))
    found: list[tuple[CaseToday, str]] = []
    for ticket in tickets:
        sku = ticket.sku or next((line.sku for line in ticket.lines if line.sku), None)
        if sku is None or ticket.id in skipped or tally.has_ticket(ticket.id):
            continue
        if begins <= ticket.opened_at < over or any(begins <= event.at < over for event in ticket.timeline):
            found.append((ticket, sku))
    return [
        _suggestion(ticket, sku, types) for ticket, sku in sorted(found, key=lambda it: (it[0].opened_at, it[0].id))
    ]


def _suggestion(ticket: CaseToday, sku: str, types: TypeBook) -> Suggestion:
    said = [event.text for event in ticket.timeline if event.who == "buyer" and event.text]
    words = said[-1] if said else ticket.words or ticket.note or ticket.reason or ""
    stated = ticket.cause if ticket.cause in types.types else None
    type = stated or types.find(words) or types.find(ticket.reason or "") or (OTHER if OTHER in types.types else None)
    return Suggestion(
        ticket=ticket.id, sku=sku, type=type, words=words, product=ticket.product, content=ticket.content
    )  # fmt: skip
