"""Orders of a file into those kept: by the UTC month of their creation, newer file wins.

An export of one order has all its rows in one month, so that what the daily tally counts by month adds up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from workbench.core.orders.model import Kept, newest
from workbench.core.tickets.merge import Effect
from workbench.intake import FileReading
from workbench.storage.format import to_json

if TYPE_CHECKING:
    from workbench.session.base import SessionBase
    from workbench.storage import Transaction

_Key = tuple[str, str]


def take(session: SessionBase, reading: FileReading, tx: Transaction | None) -> Counter[Effect]:
    """Keep the orders of a file. They are counted nowhere: what a seller is told of is what he must do."""
    if tx is not None:
        keep(session, tx, reading.records["orders"])
    return Counter()


def keep(session: SessionBase, tx: Transaction, rows: Iterable[Kept]) -> None:
    """Bring rows into the months to which they belong; a month in which nothing is different stays as it is."""
    months: dict[str, list[Kept]] = {}
    for row in rows:
        months.setdefault(row.month, []).append(row)
    for month, came in months.items():
        before = months_rows(session, month)
        after = _with(before, came)
        if after != before:
            put(tx, month, after.values())


def months_rows(session: SessionBase, month: str) -> dict[_Key, Kept]:
    """The orders kept of a month, by their key."""
    decoder = msgspec.json.Decoder(Kept)
    return {(row.order_id, row.sku_id): row for row in map(decoder.decode, session.store.kept(month))}


def put(tx: Transaction, month: str, rows: Iterable[Kept]) -> None:
    """Have these be all the orders kept of a month."""
    tx.keep(month, [to_json(row) for row in sorted(rows, key=lambda row: (row.created_at, row.order_id, row.sku_id))])


def _with(known: Mapping[_Key, Kept], came: Iterable[Kept]) -> dict[_Key, Kept]:
    after = dict(known)
    for row in came:
        key = row.order_id, row.sku_id
        before = after.get(key)
        after[key] = row if before is None else newest(before, row)
    return after
