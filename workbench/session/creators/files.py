"""Taking files about creators: affiliate orders, and the figures of the performance export."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from workbench.core.creators.sales import AffiliateOrder, Performance
from workbench.core.tickets.merge import Effect
from workbench.intake.kinds.affiliate import Affiliated
from workbench.intake.performance import PerformedRow
from workbench.session.creators.tables import AFFILIATE, PERFORMANCE
from workbench.session.records import Records

if TYPE_CHECKING:
    from workbench.intake.model import FileReading
    from workbench.session.base import SessionBase
    from workbench.storage import Transaction


def take(session: SessionBase, reading: FileReading, tx: Transaction | None) -> Counter[Effect]:
    """Store what the file says (with `tx` None only count it), and count what it did."""
    records = reading.records["creators"]
    orders = [each for each in records if isinstance(each, Affiliated)]
    lines = [each for each in records if isinstance(each, PerformedRow)]
    return _orders(session, orders, reading, tx) + _lines(session, lines, reading, tx)


def _orders(
    session: SessionBase, rows: list[Affiliated], reading: FileReading, tx: Transaction | None
) -> Counter[Effect]:
    counted: Counter[Effect] = Counter()
    if not rows or reading.as_of is None:
        return counted
    records: Records[AffiliateOrder] = Records(session.store, AFFILIATE, AffiliateOrder)
    by_key = {each.key: each for each in records.live().values()}
    if any((row.order_id, row.sku_id, row.creator) not in by_key for row in rows):
        by_key = {each.key: each for each in records.archived().values()} | by_key
    done: dict[tuple[str, str, str | None], AffiliateOrder] = {}
    for row in rows:
        found = AffiliateOrder(id=0, seen_at=reading.as_of, **msgspec.structs.asdict(row))
        before = done.get(found.key) or by_key.get(found.key)
        if before is not None:
            found = msgspec.structs.replace(found, id=before.id)
            same = msgspec.structs.replace(found, seen_at=before.seen_at) == before
            if same or before.seen_at > reading.as_of:
                counted["unchanged"] += 1
                continue
        counted["new" if before is None else "updated"] += 1
        if tx is not None:
            id = found.id or tx.next_id(AFFILIATE)
            found = msgspec.structs.replace(found, id=id)
            tx.put(AFFILIATE, id, found)
        done[found.key] = found
    return counted


def _lines(
    session: SessionBase, rows: list[PerformedRow], reading: FileReading, tx: Transaction | None
) -> Counter[Effect]:
    counted: Counter[Effect] = Counter()
    if not rows or reading.as_of is None:
        return counted
    records: Records[Performance] = Records(session.store, PERFORMANCE, Performance)
    known = {each.name: each for each in sorted(records.live().values(), key=lambda each: each.seen_at)}
    for row in rows:
        found = Performance(id=0, seen_at=reading.as_of, **msgspec.structs.asdict(row))
        before = known.get(found.name)
        if before is not None:
            found = msgspec.structs.replace(found, id=before.id)
            same = msgspec.structs.replace(found, seen_at=before.seen_at) == before
            if before.seen_at > reading.as_of or (same and before.seen_at == reading.as_of):
                counted["unchanged"] += 1
                continue
            # That nothing changed since is news of another day: it is kept, but nothing to tell of.
            counted["unchanged" if same else "updated"] += 1
        else:
            counted["new"] += 1
        if tx is not None:
            found = msgspec.structs.replace(found, id=found.id or tx.next_id(PERFORMANCE))
            tx.put(PERFORMANCE, found.id, found)
        known[found.name] = found
    return counted
