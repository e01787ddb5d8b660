"""The tables of profit: costs, the tax in the price, fees learnt from settlements, rows of settlements."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from workbench.core.profit.records import DatedCost, PriceTax, SeenFee, SettledRow
from workbench.core.saying import say
from workbench.session.table import NOTHING, Archiving, Merge, StoredTable

COSTS = "costs"
TAXES = "taxes"
SEEN = "seen"
SETTLEMENTS = "settlements"

#: How long the row of a settlement stays at hand: this month's and the last one's.
STAYS = timedelta(days=62)


class _Settled(msgspec.Struct):
    settled_at: datetime | None = None


TABLES = (
    StoredTable(
        name=COSTS,
        type=DatedCost,
        word=say("costs"),
        ref=NOTHING,
        archive=NOTHING,
        pointers=(),
        merge=Merge(name=lambda cost: (cost.sku, cost.since), latest=lambda cost: cost.set_at, told=True),
        forget=NOTHING,
        check=NOTHING,
        way_back="goes",
        export="csv",
        tally=NOTHING,
    ),
    StoredTable(
        name=TAXES,
        type=PriceTax,
        word=say("answers about the tax in the price"),
        ref=NOTHING,
        archive=NOTHING,
        pointers=(),
        merge=Merge(name=lambda tax: tax.market, latest=lambda tax: tax.set_at, told=True),
        forget=NOTHING,
        check=NOTHING,
        way_back="goes",
        export="csv",
        tally=NOTHING,
    ),
    StoredTable(
        name=SEEN,
        type=SeenFee,
        word=say("fees taken from settlements"),
        ref=NOTHING,
        archive=NOTHING,
        pointers=(),
        merge=Merge(
            name=lambda seen: (seen.fee, seen.category, seen.since), latest=lambda seen: seen.taken_at, told=True
        ),
        forget=NOTHING,
        check=NOTHING,
        way_back="goes",
        export="csv",
        tally=NOTHING,
    ),
    StoredTable(
        name=SETTLEMENTS,
        type=SettledRow,
        word=say("rows of settlements"),
        ref=NOTHING,
        archive=Archiving(_Settled, lambda row: row.settled_at, STAYS),
        pointers=(),
        merge=Merge(name=lambda row: (row.estimate, row.key), latest=lambda row: row.read_at, told=True),
        forget=NOTHING,  # numbers of orders and amounts: no buyer is in them
        check=NOTHING,
        way_back="goes",
        export="csv",
        tally=NOTHING,
    ),
)
