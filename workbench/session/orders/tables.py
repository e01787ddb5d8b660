"""The table of orders: those kept by month beside the data file, and what they add up to in the daily tally.

The orders themselves never stand in the data file; the table answers for them wherever they are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, tzinfo

import msgspec

from workbench.core.orders.model import Kept
from workbench.core.saying import Saying, say
from workbench.session.table import NOTHING, Before, Count, Forget, Merge, StoredTable, TallyOfMonth
from workbench.storage.meta import KEPT

#: How long after it was created an order is still looked for among those that leave, arrive or come back.
REACH = timedelta(days=92)
_WHAT = ("shipped", "delivered", "refunded")


def _faults(row: Kept) -> Iterator[Saying]:
    if not row.order_id.isdecimal():
        yield say("has no order number")


def _without_creator(row: Kept, before: Before) -> Kept | None:
    return None if row.created_at >= before.midnight else msgspec.structs.replace(row, creator=None)


def _counted(rows: Iterable[Kept], since: date, zone: tzinfo) -> Iterator[Count]:
    """How many orders were shipped and delivered on a day, and how many of those shipped were paid back: of all, and
    behind a slash of a SKU."""
    from workbench.core.orders.counts import tallied

    for (day, what, sku), number in tallied(rows, since, zone, REACH).items():
        yield day, f"{what}/{sku}" if sku else what, number


def _seen(row: Kept) -> datetime:
    return row.seen_at


#: What lies beside the data file by month: without numbers, in no transaction but by `Transaction.keep`.
BESIDE = (
    StoredTable(
        name=KEPT,
        type=Kept,
        word=say("orders kept"),
        ref=NOTHING,
        archive=NOTHING,
        pointers=(),
        merge=Merge(name=lambda row: row.key, latest=_seen),
        forget=Forget(_without_creator, lambda row: row.creator is None),
        check=_faults,
        way_back="goes",
        export="csv",
        tally=TallyOfMonth(_WHAT, _counted, REACH),
    ),
)
#: Nothing of them stands in the data file itself.
TABLES: tuple[StoredTable[Kept], ...] = ()
