"""Taking files for profit: rows of settlements, and the seller's own costs."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from workbench.core.profit.records import SettledRow
from workbench.core.tickets.merge import Effect
from workbench.intake.kinds.costs import Costed
from workbench.intake.kinds.settlements import Settlement
from workbench.session.profit.tables import SETTLEMENTS
from workbench.session.records import Records

if TYPE_CHECKING:
    from workbench.intake.model import FileReading
    from workbench.session.base import SessionBase
    from workbench.storage import Transaction


def take(session: SessionBase, reading: FileReading, tx: Transaction | None) -> Counter[Effect]:
    """Store what the file says (with `tx` None only count it), and count what it did."""
    records = reading.records["profit"]
    counted = _costs(session, [each for each in records if isinstance(each, Costed)], tx)
    rows = [each for each in records if isinstance(each, Settlement)]
    return counted + _settlements(session, rows, reading, tx)


def _costs(session: SessionBase, rows: list[Costed], tx: Transaction | None) -> Counter[Effect]:
    counted: Counter[Effect] = Counter()
    desk = session.desk("profit")
    days: list[tuple[str, object, dict[str, object]]] = []
    for row in rows:
        day = desk.today if row.since is None else row.since.astimezone(session.zone).date()
        parts: dict[str, object] = dict(row.parts)
        if row.category is not None:
            parts["category"] = row.category
        days.append((row.sku, day, parts))
    for effect in desk.put_costs(days, tx):
        counted[effect] += 1
    return counted


def _settlements(
    session: SessionBase, rows: list[Settlement], reading: FileReading, tx: Transaction | None
) -> Counter[Effect]:
    counted: Counter[Effect] = Counter()
    if not rows or reading.as_of is None:
        return counted
    records: Records[SettledRow] = Records(session.store, SETTLEMENTS, SettledRow)
    known = dict(records.live())
    keys = {each.key for each in known.values()}
    if any(row.key not in keys for row in map(_bare, rows)):
        known |= records.archived()
    by_key = {(each.estimate, each.key): each for each in known.values()}
    estimates: dict[tuple[str, str], list[SettledRow]] = {}
    settled_own: set[tuple[str, str]] = set()
    for each in known.values():
        if each.estimate:
            estimates.setdefault((each.external_id, each.sku_id), []).append(each)
        else:
            settled_own.add((each.external_id, each.sku_id))
    name = reading.file.replace("\\", "/").rpartition("/")[2]
    for row in rows:
        record = _record(row, 0, name, reading.as_of)
        mine = (row.own, row.sku_id)
        if row.estimate and mine in settled_own:
            counted["kept_local"] += 1
            continue
        before = by_key.get((row.estimate, record.key))
        if before is not None and (before.read_at > reading.as_of or _same(before, record)):
            counted["unchanged"] += 1
            continue
        replaced = [] if row.estimate else estimates.pop(mine, [])
        counted["new" if before is None and not replaced else "updated"] += 1
        if not row.estimate:
            settled_own.add(mine)
        if tx is not None:
            for old in replaced:
                tx.remove(SETTLEMENTS, old.id)
            id = before.id if before is not None else tx.next_id(SETTLEMENTS)
            tx.put(SETTLEMENTS, id, msgspec.structs.replace(record, id=id))
    return counted


def _bare(row: Settlement) -> SettledRow:
    return _record(row, 0, "", row.settled_at or row.created_at or datetime.min)  # noqa: DTZ901 (only its key counts)


def _record(row: Settlement, id: int, file: str, read_at: datetime) -> SettledRow:
    return SettledRow(
        id=id, layout=row.layout, external_id=row.own, order_id=row.order, kind=row.kind, sku_id=row.sku_id,
        statement=row.statement, created_at=row.created_at, settled_at=row.settled_at, currency=row.currency,
        settled=row.settled, parts=row.parts, quantity=row.quantity, estimate=row.estimate, nth=row.nth, file=file,
        row=row.row, read_at=read_at,
    )  # fmt: skip


def _same(before: SettledRow, after: SettledRow) -> bool:
    return (
        msgspec.structs.replace(after, id=before.id, file=before.file, row=before.row, read_at=before.read_at) == before
    )
