"""The seller's own costs, from a spreadsheet: `sku, goods, packing, shipping_out, shipping_back, lost_share, category,
from`. A blank cell says nothing: what was known stays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

import msgspec

from workbench.core.currencies import places
from workbench.core.saying import Misuse, say
from workbench.core.shares import read_share
from workbench.intake.layout import Context, Found, Layout
from workbench.intake.model import Refused
from workbench.intake.rows import BLANK


class CostRow(NamedTuple):
    """A row as it is picked: its number, then the columns of the layout in their order."""

    number: int
    sku: str
    goods: str
    packing: str
    shipping_out: str
    shipping_back: str
    lost_share: str
    category: str
    since: str


class Costed(msgspec.Struct, frozen=True, kw_only=True):
    """What a row says, for the desk of profit; `since` None: from the day of the import."""

    sku: str
    since: datetime | None
    parts: dict[str, Decimal]
    category: str | None


_AMOUNTS = ("goods", "packing", "shipping_out", "shipping_back")
_THREE = re.compile(r"\D*\d{1,3}\.\d{3}\D*", re.ASCII)
_WHOLE = re.compile(r"1(?:\.0+)?|100(?:\.0+)?\s*%", re.ASCII)


def _read(rows: Sequence[CostRow], context: Context) -> Found:
    found: list[Costed] = []
    refused: list[Refused] = []
    for row in rows:
        if row.sku in BLANK:
            refused.append(Refused(row.number, say("It names no SKU.")))
            continue
        parts: dict[str, Decimal] = {}
        wrong = ""
        for name in _AMOUNTS:
            text = getattr(row, name)
            if text in BLANK:
                continue
            money = context.amounts.money(text)
            if (
                money is None
                or money.amount < 0
                or _is_doubtful(text, money.currency)
                or context.amounts.said(text) not in (None, context.rules.currency)
            ):
                wrong = wrong or text
            else:
                parts[name] = money.amount
        if row.lost_share not in BLANK:
            try:
                parts["lost_share"] = Decimal(1) if _WHOLE.fullmatch(row.lost_share) else read_share(row.lost_share)
            except Misuse as mistake:
                refused.append(Refused(row.number, mistake.saying))
                continue
        since = context.instants.get(row.since)
        if wrong or (row.since not in BLANK and since is None):
            refused.append(Refused(row.number, say('"{text}" cannot be read.', text=wrong or row.since)))
            continue
        found.append(
            Costed(sku=row.sku, since=since, parts=parts, category=None if row.category in BLANK else row.category)
        )
    return Found(records=found, refused=refused)


def _is_doubtful(text: str, currency: str | None) -> bool:
    """Whether a cost may be one with three decimals as well as one of thousands: a shop knows its costs exactly."""
    return places(currency) > 0 and _THREE.fullmatch(text) is not None


LAYOUT = Layout(
    kind="costs",
    name=say("costs"),
    desk="profit",
    make=CostRow._make,
    read=_read,
    columns=("sku", "goods", "packing", "shipping_out", "shipping_back", "lost_share", "category", "from"),
    marks=(
        ("sku", "goods"), ("sku", "packing"), ("sku", "shipping_out"), ("sku", "shipping_back"), ("sku", "lost_share"),
    ),
    needed=frozenset(("sku",)),
    times=frozenset(("from",)),
    money=frozenset(_AMOUNTS),
    rates=frozenset(("lost_share",)),
    spellings={
        # As an export of the workbench has it.
        "since": "from",
        "shipping out": "shipping_out", "shipping back": "shipping_back", "lost share": "lost_share",
        "商品成本": "goods", "包装": "packing", "发货运费": "shipping_out", "退货运费": "shipping_back",
        "损耗比例": "lost_share", "类目": "category", "起始日": "from",
    },
    undated=True,
    rank=90,
)  # fmt: skip
