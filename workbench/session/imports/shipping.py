"""What an order file does to the orders to ship: new, sent, cancelled, no longer shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Protocol

import msgspec

from workbench.core.orders.model import Kept
from workbench.core.policy import Policy
from workbench.core.tickets import shipping
from workbench.core.tickets.merge import FileSource
from workbench.core.tickets.model import Ticket
from workbench.core.tickets.shipping import ShipEffect
from workbench.intake import FileReading
from workbench.session.records import Records

_EARLY = datetime.min.replace(tzinfo=UTC)


class ShipChange(msgspec.Struct, frozen=True):
    """One order to ship before (None where new) and after a file, and what the file did to it."""

    before: Ticket | None
    after: Ticket
    effect: ShipEffect


class KnownShips:
    """The orders to ship by their number, the newest ticket of each; archived ones of the months that may matter."""

    def __init__(self, records: Records[Ticket]) -> None:
        self._records = records
        self._by_order: dict[str, Ticket] = {}
        self._put(records.live().values())
        self._read: set[str] = set()

    def look_back(self, reading: FileReading, now: datetime) -> None:
        """Look through the archives since the oldest order that is still to ship and not known."""
        unknown = [seen.ordered_at for seen in reading.ships if seen.order_id not in self._by_order]
        if not unknown:
            return
        months = set(_months(min(unknown), now)) - self._read
        self._read |= months
        known = dict(self._by_order)
        self._put(self._records.archived(months).values() if months else ())
        self._by_order.update(known)

    def take(self, changes: Iterable[ShipChange]) -> None:
        """Count the changes of a plan as done, for the plans after it."""
        self._put(change.after for change in changes)

    @property
    def by_order(self) -> Mapping[str, Ticket]:
        """The tickets by the number of their order."""
        return self._by_order

    def _put(self, tickets: Iterable[Ticket]) -> None:
        for ticket in tickets:
            if ticket.kind == "ship" and ticket.order_id is not None:
                self._by_order[ticket.order_id] = ticket


class NewerFiles(Protocol):
    """What newer files, imported before this one, say of an order that nobody knows yet."""

    def shows(self, order_id: str, ordered_at: datetime) -> bool:
        """Whether one of them shows it, so that this file tells nothing of it."""

    def misses(self, ordered_at: datetime) -> FileSource | None:
        """The newest of them that should show it."""


def changes(
    reading: FileReading, source: FileSource, known: Mapping[str, Ticket], policy: Policy, next_id: Callable[[], int],
    newer: NewerFiles,
) -> Iterator[ShipChange]:  # fmt: skip
    """What the file does, order by order."""
    for seen in reading.ships:
        before = known.get(seen.order_id)
        if before is None:
            if newer.shows(seen.order_id, seen.ordered_at):
                continue
            after, misses = shipping.opened(seen, source, policy, next_id()), newer.misses(seen.ordered_at)
            yield ShipChange(None, after, "new")
            if misses is not None:
                yield ShipChange(after, shipping.missed(after, misses), "missing")
        else:
            yield ShipChange(before, *shipping.shown(before, seen, source, policy))
    rows: list[Kept] = reading.records.get("orders", [])
    shown = {seen.order_id for seen in reading.ships}
    awaited = {
        order: ticket
        for order, ticket in known.items()
        if ticket.stage != "closed" and order not in shown and not shipping.older(ticket, source)
    }
    if not awaited or not rows:
        return
    found: dict[str, list[Kept]] = {}
    for row in rows:
        if row.order_id in awaited:
            found.setdefault(row.order_id, []).append(row)
    first, last = min(row.created_at for row in rows), max(row.created_at for row in rows)
    for order, ticket in awaited.items():
        if order in found:
            yield _ended(ticket, found[order], source, policy)
        elif first <= (ticket.ordered_at or ticket.opened_at) <= last and _overdue(ticket, source):
            yield ShipChange(ticket, shipping.missed(ticket, source), "missing")


def _overdue(ticket: Ticket, source: FileSource) -> bool:
    """Whether the file is newer than all that was said of it, so that it must show it."""
    return (ticket.seen_at or _EARLY) < source.as_of and not shipping.misses_still(ticket, source)


def _ended(ticket: Ticket, rows: list[Kept], source: FileSource, policy: Policy) -> ShipChange:
    """An order that the file shows, and no row of it still to ship. It ends at the latest time of its rows."""
    sent = [row for row in rows if row.state == "sent"]
    if sent:
        at = _latest(row.rts_at or row.shipped_at for row in sent)
        return ShipChange(ticket, shipping.handed_over(ticket, at, source, policy), "sent")
    over = [row for row in rows if row.state == "cancelled"]
    if over and len(over) == len(rows):
        by = next((row.cancelled_by for row in over if row.cancelled_by), None)
        at = _latest(row.cancelled_at for row in over)
        return ShipChange(ticket, shipping.cancelled(ticket, at, by, source, policy), "cancelled")
    return ShipChange(ticket, ticket, "")


def _latest(times: Iterable[datetime | None]) -> datetime | None:
    found = list(times)
    known = [at for at in found if at is not None]
    return max(known) if known and len(known) == len(found) else None


def _months(first: datetime, last: datetime) -> Iterator[str]:
    month = first.astimezone(UTC).date().replace(day=1)
    while month <= last.astimezone(UTC).date():
        yield f"{month:%Y-%m}"
        month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
