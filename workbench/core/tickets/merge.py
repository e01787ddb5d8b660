"""What a file changes: one sighting against one known ticket, by the rules of order and ownership.

A row moves a ticket only forward, and only where the file is not older than the last file applied to it. The seller's
own close wins over an older file; a newer one that shows it open opens it again. What the seller typed stays typed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from workbench.core.deadline import Deadline
from workbench.core.kinds import Outcome
from workbench.core.policy import Policy
from workbench.core.tickets.clocks import deadline_of
from workbench.core.tickets.model import Sighting, There, Ticket
from workbench.core.tickets.moves import changed, close, enter, leaving, noted, open_ticket, timed
from workbench.core.tickets.stages import PROGRESS
from workbench.core.timeline import Event

Effect = Literal["new", "updated", "closed", "unchanged", "kept_local"]

#: What a file tells about a ticket beside its stage, and may correct later.
_DETAILS = (
    "order_id", "sku", "product", "buyer", "money", "largest", "reason", "words", "tracking", "raw_status", "lines",
)  # fmt: skip


class FileSource(msgspec.Struct, frozen=True):
    """The file behind a sighting: its name, its own time, when it is imported, whether its times are a guess."""

    name: str
    as_of: datetime
    now: datetime
    guessed: bool = False


def key(ticket: Ticket) -> tuple[bool, str] | None:
    """What a file would call it: cancel requests go by order id, everything else by the return order id."""
    return None if ticket.external_id is None else (ticket.kind == "cancel", ticket.external_id)


def sighting_key(seen: Sighting) -> tuple[bool, str]:
    """The key of a sighting, equal to that of the ticket it belongs to."""
    return seen.kind == "cancel", seen.external_id


def created(seen: Sighting, source: FileSource, policy: Policy, id: int) -> Ticket:
    """The new ticket of a sighting; one that the file shows closed is closed from its own time on."""
    if seen.stage == "closed":
        at, outcome = seen.ended_at or seen.since, seen.outcome or "other"
        found = Ticket(
            id=id, kind=seen.kind, stage="closed", market=policy.market, opened_at=seen.since, stage_since=at,
            deadline=Deadline(policy.fingerprint), outcome=outcome, closed_at=at, closed_by="import",
            disputable_until=_disputable(outcome, at, source, policy),
        )  # fmt: skip
    else:
        found = open_ticket(
            policy, id=id, kind=seen.kind, stage=seen.stage, opened_at=seen.since, money=seen.money,
            largest=seen.largest, pending_at=seen.due_floor, pending_since=seen.due_floor, shown_at=source.now,
        )  # fmt: skip
        if seen.began != seen.since:
            found = timed(changed(found, stage_since=seen.began), policy)
    # In three steps: of more than fifteen names of a call Python makes a table first, and a file has 100,000 rows.
    found = replace(
        found, pending_at=seen.due_floor, pending_since=seen.due_floor, seen_at=source.as_of, shown_at=source.now,
        seen_guessed=source.guessed, times_guessed=source.guessed,
        timeline=(
            Event(seen.since, "buyer", "opened"),
            Event(source.now, "import", seen.stage, seen.outcome, source.name),
        ),
    )  # fmt: skip
    return replace(
        found, external_id=seen.external_id, order_id=seen.order_id, sku=seen.sku, product=seen.product,
        buyer=seen.buyer, money=seen.money, largest=seen.largest, reason=seen.reason, words=seen.words,
        tracking=seen.tracking, raw_status=seen.raw_status, lines=seen.lines,
    )  # fmt: skip


def merged(known: Ticket, seen: Sighting, source: FileSource, policy: Policy) -> tuple[Ticket, Effect]:
    """The known ticket after the file, and what that did to it."""
    if _older(known, source):
        return known, "unchanged"
    effect: Effect = "unchanged"
    after = _corrected(known, seen, source, policy)
    since = known.opened_at if source.guessed and not known.times_guessed else seen.began
    corrected = after.opened_at != known.opened_at
    if known.stage == "closed":
        if seen.stage == "closed":
            after = changed(after, still_open=False)
        elif _reopens(known, source):
            after = enter(after, seen.stage, since, policy)
            effect = "updated"
        elif known.closed_by == "seller":
            after = changed(after, still_open=True)
            effect = "kept_local"
    elif seen.stage == "closed":
        began = after.stage_since
        ended = seen.ended_at if seen.ended_at and began <= seen.ended_at <= source.as_of else source.as_of
        after = _ended(after, seen.outcome or "other", max(ended, began), source, policy)
        effect = "closed"
    elif _rank(seen.stage) > _rank(known.stage):
        after = enter(after, seen.stage, since, policy)
        effect = "updated"
    elif seen.stage in PROGRESS and known.stage in PROGRESS:
        behind = _rank(seen.stage) < _rank(known.stage) and known.stage_since < source.as_of
        after = changed(after, there=_there(known, seen, policy) if behind else None)
        effect = "kept_local" if behind else "unchanged"
    told = _told(after, seen, policy) if effect != "kept_local" or known.stage != "closed" else after
    if effect == "unchanged" and (corrected or told != changed(after, raw_status=told.raw_status)):
        effect = "updated"  # the platform's word alone is not worth telling
    if effect not in ("unchanged", "kept_local"):
        moved = known.stage != "closed" and told.stage not in (known.stage, "closed")
        gone = leaving(known, max(source.as_of, known.stage_since)) if moved else None
        what = "corrected" if corrected and told.stage == known.stage else told.stage
        told = noted(told, source.now, "import", what, told.outcome, source.name, gone)
    return changed(told, seen_at=source.as_of, seen_guessed=source.guessed), effect


def _there(known: Ticket, seen: Sighting, policy: Policy) -> There:
    """What the platform still shows, with the deadline of that stage: it runs on whatever was entered here."""
    largest = seen.largest or seen.money or known.largest or known.money
    return There(seen.stage, deadline_of(policy, known.kind, seen.stage, seen.since, largest).at)


def missing(tickets: Iterable[Ticket], seen: Collection[Sighting], source: FileSource) -> list[Ticket]:
    """The open tickets that a returns file of this span must show and does not; nothing is concluded from it."""
    if not seen:
        return []
    first, last = min(one.since for one in seen), max(one.since for one in seen)
    ids = {one.external_id for one in seen} | {one.order_id for one in seen if one.order_id}
    kinds = {one.kind for one in seen} | {"refund_only", "return_refund"}
    return [
        ticket
        for ticket in tickets
        if ticket.stage != "closed"
        and ticket.kind in kinds
        and first <= ticket.opened_at <= last
        and (ticket.seen_at or ticket.opened_at) < source.as_of
        and not ids & {ticket.external_id, ticket.order_id if ticket.external_id is None else None}
    ]


def order_ended(
    known: Ticket, how: Literal["cancelled", "shipped"], at: datetime | None, source: FileSource, policy: Policy
) -> tuple[Ticket, Effect]:
    """A cancel request whose order a newer file shows as cancelled (withdrawn) or shipped (rejected)."""
    if known.stage == "closed" or _older(known, source):
        return known, "unchanged"
    when = at if at is not None and known.stage_since <= at <= source.as_of else max(source.as_of, known.stage_since)
    outcome: Outcome = "withdrawn" if how == "cancelled" else "rejected"
    after = _ended(known, outcome, when, source, policy)
    return changed(
        noted(after, source.now, "import", "closed", outcome, source.name),
        seen_at=source.as_of,
        seen_guessed=source.guessed,
    ), "closed"


def _older(known: Ticket, source: FileSource) -> bool:
    """Whether the file is older than the last one applied; a guessed own time holds no certain file back."""
    if known.seen_at is None or (known.seen_guessed and not source.guessed):
        return False
    return source.as_of < known.seen_at


def _corrected(known: Ticket, seen: Sighting, source: FileSource, policy: Policy) -> Ticket:
    """The ticket with the times that a certain file says: when it began, and what a file had reckoned from that.

    A stage in which the seller put it, a stated deadline and what was typed stay.
    """
    if source.guessed or "opened_at" in known.typed:
        return known
    after = changed(known, times_guessed=False, opened_at=seen.since)
    if known.opened_at == seen.since:
        return after
    if known.stage == "closed":
        if known.closed_by != "import" or known.closed_at is None or seen.stage != "closed":
            return after
        ended = seen.ended_at or (seen.since if known.closed_at == known.opened_at else known.closed_at)
        at = max(min(ended, source.as_of), seen.since)
        return changed(after, closed_at=at, stage_since=at)
    if known.stage_since != known.opened_at:
        return after
    return timed(changed(after, stage_since=seen.since), policy)


def _reopens(known: Ticket, source: FileSource) -> bool:
    """Open in the file although closed here: the file must be newer than the close, or than the file that closed it."""
    if known.closed_by == "seller":
        return known.closed_at is not None and known.closed_at < source.as_of
    return known.seen_at is None or known.seen_at < source.as_of


def _ended(ticket: Ticket, outcome: Outcome, at: datetime, source: FileSource, policy: Policy) -> Ticket:
    """Closed by the file."""
    after = close(ticket, outcome, at, policy, "import")
    return changed(after, disputable_until=_disputable(outcome, at, source, policy))


def _disputable(outcome: Outcome, at: datetime, source: FileSource, policy: Policy) -> datetime | None:
    """Until when the buyer may dispute a rejection. Counted from the file's own time: the file has no time of the
    rejection, and the right may last that long."""
    if outcome != "rejected" or policy.disputable_days is None:
        return None
    return max(at, source.as_of) + timedelta(days=policy.disputable_days)


def _told(ticket: Ticket, seen: Sighting, policy: Policy) -> Ticket:
    """The ticket with what the file mentions beside the stage; its clock is set anew where that changes it."""
    fields: dict[str, Any] = {}
    for name in _DETAILS:
        value = getattr(seen, name)
        if value not in (None, ()) and name not in ticket.typed:
            fields[name] = value
    if ticket.kind == "other" and seen.kind != "other" and "kind" not in ticket.typed:
        fields["kind"] = seen.kind
    if seen.due_floor is not None and ticket.stage == "decide":
        fields["pending_at"] = max(seen.due_floor, ticket.pending_at or seen.due_floor)
        fields["pending_since"] = ticket.pending_since or ticket.pending_at or seen.due_floor
    after = changed(ticket, **fields)
    clock = ("kind", "money", "largest", "pending_at", "pending_since")
    if any(getattr(after, name) != getattr(ticket, name) for name in clock):
        after = timed(after, policy)
    return after


def _rank(stage: str) -> int:
    """The place of a stage on the way; *check* and the stages no file knows stand before all others."""
    return PROGRESS.index(stage) if stage in PROGRESS else -1
