"""An order that has to be handed over: what a file makes of its ticket.

A file never concludes too much: of what it no longer shows it is asked whether it was sent, and where it does not say
when, the ticket is neither late nor on time.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from workbench.core.policy import Policy
from workbench.core.tickets.merge import FileSource
from workbench.core.tickets.model import ShipSighting, Ticket
from workbench.core.tickets.moves import changed, close, enter, noted, open_ticket, timed
from workbench.core.timeline import Event

#: What a file does to an order to ship; "" is nothing worth telling.
ShipEffect = Literal["new", "sent", "cancelled", "missing", ""]
SHIP_EFFECTS: tuple[ShipEffect, ...] = ("new", "sent", "cancelled", "missing")


def opened(seen: ShipSighting, source: FileSource, policy: Policy, id: int) -> Ticket:
    """The new ticket of an order; without an external id, for the order's own names its requests."""
    first = seen.lines[0] if seen.lines else None
    return open_ticket(
        policy, id=id, kind="ship", stage="ship", opened_at=seen.opened_at, order_id=seen.order_id,
        sku=first.sku if first else None, product=first.product if first else None, lines=seen.lines, money=seen.money,
        ordered_at=seen.ordered_at, preorder=seen.preorder, seen_at=source.as_of, seen_guessed=source.guessed,
        times_guessed=source.guessed, shown_at=source.now,
        timeline=(Event(seen.opened_at, "buyer", "opened"), Event(source.now, "import", "ship", None, source.name)),
    )  # fmt: skip


def shown(known: Ticket, seen: ShipSighting, source: FileSource, policy: Policy) -> tuple[Ticket, ShipEffect]:
    """The known ticket after a file that shows the order still to ship."""
    if older(known, source):
        return known, ""
    effect: ShipEffect = ""
    after = known
    if known.stage == "closed":
        before = known.closed_at if known.closed_by == "seller" else known.seen_at
        if before is not None and before >= source.as_of:
            return known, ""
        after = noted(enter(known, "ship", seen.opened_at, policy), source.now, "import", "ship", None, source.name)
        effect = "new"
    first = seen.lines[0] if seen.lines else None
    after = changed(
        after, lines=seen.lines, sku=first.sku if first else None, product=first.product if first else None,
        ordered_at=seen.ordered_at, preorder=seen.preorder,
        missing_at=known.missing_at if misses_still(known, source) else None, seen_at=source.as_of,
        seen_guessed=source.guessed,
    )  # fmt: skip
    if not source.guessed or known.times_guessed:
        since = seen.opened_at
        after = changed(after, opened_at=since, stage_since=since, times_guessed=source.guessed)
    clock = ("preorder", "stage_since")
    return (timed(after, policy) if any(getattr(after, n) != getattr(known, n) for n in clock) else after), effect


def handed_over(known: Ticket, at: datetime | None, source: FileSource, policy: Policy) -> Ticket:
    """Closed as sent at that time; where the file does not say when, at a time unknown."""
    after = close(known, "sent", max(at or source.as_of, known.opened_at), policy, "import")
    return _closed(changed(after, closed_unknown=at is None), "sent", source)


def cancelled(
    known: Ticket, at: datetime | None, by: Literal["buyer", "seller", "platform"] | None, source: FileSource,
    policy: Policy,
) -> Ticket:  # fmt: skip
    """Closed because the order was cancelled, by whomever."""
    after = close(known, "withdrawn", max(at or source.as_of, known.opened_at), policy, "import")
    return _closed(changed(after, cancelled_by=by, closed_unknown=at is None), "withdrawn", source)


def missed(known: Ticket, source: FileSource) -> Ticket:
    """A file that must show it does not. What showed it last stays known: a file between the two may come later."""
    return changed(known, missing_at=source.as_of)


def sent_sometime(known: Ticket, now: datetime, policy: Policy) -> Ticket:
    """The seller says it was sent, nobody when."""
    after = changed(close(known, "sent", max(now, known.opened_at), policy), closed_unknown=True)
    return noted(after, now, "seller", "sent", "sent")


def misses_still(known: Ticket, source: FileSource) -> bool:
    """Whether a file that is no older than this one must have shown it and did not."""
    return known.missing_at is not None and source.as_of <= known.missing_at


def older(known: Ticket, source: FileSource) -> bool:
    """Whether the file is older than the last one applied; a guessed own time holds no certain file back."""
    if known.seen_at is None or (known.seen_guessed and not source.guessed):
        return False
    return source.as_of < known.seen_at


def _closed(after: Ticket, outcome: str, source: FileSource) -> Ticket:
    return changed(
        noted(after, source.now, "import", "closed", outcome, source.name),
        seen_at=source.as_of, seen_guessed=source.guessed,
    )  # fmt: skip
