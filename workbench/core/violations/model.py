"""The records of the ledger, as they are stored: violations with their appeals and evidence, and stated scores.

Instants are aware UTC datetimes without microseconds. Whether a violation is void follows from its appeals, and what
happened to it from its records: nothing is stored twice.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from workbench.core.timeline import Event

Result = Literal["accepted", "rejected"]


class Filing(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One appeal as it was filed, and what the platform decided.

    `because` is why it was filed with evidence still open. `answer_by` was computed when it was filed, with the rules
    of the fingerprint `policy`: another one means "compute again", so that reading loads no holidays.
    """

    filed_at: datetime
    because: str | None = None
    answer_by: datetime
    policy: str = ""
    result: Result | None = None
    decided_at: datetime | None = None


class Evidence(msgspec.Struct, frozen=True, omit_defaults=True):
    """One item of the checklist, with the file that proves it: its path, size in bytes and SHA-256 in hex."""

    item: str
    done: bool = False
    path: str | None = None
    size: int | None = None
    sha256: str | None = None


class ViolationDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a violation before it is in the ledger. `platform_id` is the platform's own id of it."""

    points: int
    issued_at: datetime
    issued_day_only: bool = False
    reason: str | None = None
    platform_id: str | None = None
    note: str | None = None
    pending: bool = False
    stated_due: datetime | None = None


class Violation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One penalty with its points. `id` is the number of `V-1`; `platform_id` is what the interface calls `ref`.

    `issued_at` of a day-only date is that day's 00:00 in the shop's zone. `evidence` holds only the items that the
    seller has touched; the whole list is `evidence.checklist`. `statement` is the draft of the appeal's text.

    While it is `pending` it was announced at `issued_at` and is not in force: it counts nowhere, and may be appealed.
    Enforced, it is issued at that instant and keeps its `announced_at`; dropped, it is void and never was in force.
    `stated_due` is by when the platform says the next appeal must be filed; a filing ends it.
    """

    id: int
    points: int
    issued_at: datetime
    issued_day_only: bool = False
    platform_id: str | None = None
    reason: str | None = None
    note: str | None = None
    appeals: tuple[Filing, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    statement: str | None = None
    pending: bool = False
    announced_at: datetime | None = None
    dropped_at: datetime | None = None
    stated_due: datetime | None = None
    #: Edits, notes and evidence; `story` has the rest.
    timeline: tuple[Event, ...] = ()

    @property
    def ref(self) -> str:
        """The id as people write it."""
        return f"V-{self.id}"

    @property
    def void(self) -> bool:
        """An accepted appeal voids it from its issue on, as if it had never been; so does the platform, dropping it."""
        return self.dropped_at is not None or (bool(self.appeals) and self.appeals[-1].result == "accepted")

    @property
    def announced(self) -> datetime | None:
        """When it was announced, if it ever was pending."""
        return self.issued_at if self.pending else self.announced_at

    @property
    def story(self) -> tuple[Event, ...]:
        """Everything that happened to it, oldest first."""
        events = [] if self.announced is None else [Event(self.announced, "platform", "announced")]
        if not self.pending:
            events.append(Event(self.issued_at, "platform", "issued"))
        if self.dropped_at is not None:
            events.append(Event(self.dropped_at, "platform", "dropped"))
        for filing in self.appeals:
            events.append(Event(filing.filed_at, "seller", "filed", filing.because))
            if filing.result is not None and filing.decided_at is not None:
                events.append(Event(filing.decided_at, "platform", filing.result))
        return tuple(sorted((*events, *self.timeline), key=lambda event: event.at))


class ScoreStatement(msgspec.Struct, frozen=True):
    """The platform's score at an instant, as the seller read it; only where the system counts down."""

    id: int
    score: int
    at: datetime
