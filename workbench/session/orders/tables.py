"""The tables of orders: those kept by month beside the data file, and what a shop day of them adds up to.

The orders themselves never stand in the data file; the table answers for them wherever they are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import msgspec

from workbench.core.orders.model import Kept
from workbench.core.saying import Saying, say
from workbench.session.table import NOTHING, Before, Forget, Merge, StoredTable
from workbench.storage.meta import KEPT

DAYS = "order_days"


class OrderDay(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How many orders kept were shipped and delivered on a shop day, and how many of those shipped were paid back: by
    SKU, under "" all. `id` is the ordinal of the day."""

    id: int
    day: date
    shipped: dict[str, int] = {}
    delivered: dict[str, int] = {}
    refunded: dict[str, int] = {}


def _faults(row: Kept) -> Iterator[Saying]:
    if not row.order_id.isdecimal():
        yield say("has no order number")


def _without_creator(row: Kept, before: Before) -> Kept | None:
    return None if row.created_at >= before.midnight else msgspec.structs.replace(row, creator=None)


def _day(day: OrderDay) -> date:
    return day.day


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
        tally=NOTHING,
    ),
)

TABLES = (
    StoredTable(
        name=DAYS,
        type=OrderDay,
        word=say("days of orders"),
        ref=NOTHING,
        archive=NOTHING,
        pointers=(),
        merge=Merge(name=_day, latest=_day),
        forget=NOTHING,
        check=NOTHING,
        way_back="goes",
        export="csv",
        tally=NOTHING,
    ),
)
