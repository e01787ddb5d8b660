"""The performance export of creators: one line a creator, with what the shop sold through each.

Headers are English or the authentic Chinese ones; the row below them describes the columns and is left out; `--` is no
value. The file holds no time: it counts as of the moment in which it is read, or as --as-of says.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

import msgspec

from workbench.core.saying import say
from workbench.intake.layout import Context, Found, Layout
from workbench.intake.model import Refused
from workbench.intake.rows import BLANK, Quantities, unread


class CreatorRow(NamedTuple):
    """A row as it is picked: its number, then the columns of the layout in their order."""

    number: int
    name: str
    sales: str
    refunds: str
    orders: str
    items: str
    items_refunded: str
    aov: str
    videos: str
    lives: str
    commission: str
    samples: str
    flat_fee: str
    video_sales: str
    live_sales: str
    card_sales: str


class Performed(msgspec.Struct, frozen=True, kw_only=True):
    """What a row says, for the desk of creators."""

    creator: str
    sales: Decimal | None
    refunds: Decimal | None
    orders: int | None
    items: int | None
    items_refunded: int | None
    commission: Decimal | None
    flat_fee: Decimal | None
    samples: int | None
    videos: int | None
    lives: int | None
    currency: str | None


def _read(rows: Sequence[CreatorRow], context: Context) -> Found:
    found: list[Performed] = []
    refused: list[Refused] = []
    counts = Quantities()
    for at, row in enumerate(rows):
        if at == 0 and _describes(row, context):
            continue
        if row.name in BLANK:
            refused.append(Refused(row.number, say("It names no creator.")))
            continue
        sales = context.amounts.money(row.sales)
        found.append(
            Performed(
                creator=row.name.removeprefix("@"),
                sales=None if sales is None else sales.amount,
                refunds=_amount(row.refunds, context),
                orders=counts.count(row.orders),
                items=counts.count(row.items),
                items_refunded=counts.count(row.items_refunded),
                commission=_amount(row.commission, context),
                flat_fee=_amount(row.flat_fee, context),
                samples=counts.count(row.samples),
                videos=counts.count(row.videos),
                lives=counts.count(row.lives),
                currency=None if sales is None else sales.currency,
            )
        )
    unread_amounts = {} if not rows or not found else dict(context.amounts.unread)
    return Found(records=found, refused=refused, unknown=unread(counts.unread, "") + unread(unread_amounts, ""))


def _amount(text: str, context: Context) -> Decimal | None:
    money = context.amounts.money(text)
    return None if money is None else money.amount


def _describes(row: CreatorRow, context: Context) -> bool:
    """Whether the row describes the columns: words stand where amounts and counts would."""
    cells = [cell for cell in (row.sales, row.refunds, row.orders, row.commission) if cell not in BLANK]
    described = bool(cells) and not any(any(char.isdigit() for char in cell) for cell in cells)
    if described:
        for cell in cells:
            context.amounts.unread.pop(cell, None)
    return described


LAYOUT = Layout(
    kind="creators",
    name=say("performance of creators"),
    desk="creators",
    make=CreatorRow._make,
    read=_read,
    columns=(
        "Creator name", "Creator-attributed GMV", "Refunds", "Attributed orders", "Creator-attributed items sold",
        "Items refunded", "AOV", "Videos", "LIVE streams", "Est. commission", "Samples shipped", "Est. flat fee",
        "Creator video-attributed GMV", "Creator LIVE-attributed GMV", "Affiliate product card-attributed GMV",
    ),
    marks=(("Creator name", "Creator-attributed GMV"),),
    needed=frozenset(("Creator name", "Creator-attributed GMV")),
    money=frozenset((
        "Creator-attributed GMV", "Refunds", "AOV", "Est. commission", "Est. flat fee",
        "Creator video-attributed GMV", "Creator LIVE-attributed GMV", "Affiliate product card-attributed GMV",
    )),
    spellings={
        "Affiliate-attributed GMV": "Creator-attributed GMV",
        "达人名称": "Creator name", "达人归因GMV": "Creator-attributed GMV", "达人归因 GMV": "Creator-attributed GMV",
        "达人直播归因GMV": "Creator LIVE-attributed GMV", "达人直播归因 GMV": "Creator LIVE-attributed GMV",
        "联盟视频归因GMV": "Creator video-attributed GMV", "联盟视频归因 GMV": "Creator video-attributed GMV",
        "联盟商品卡归因GMV": "Affiliate product card-attributed GMV",
        "联盟商品卡归因 GMV": "Affiliate product card-attributed GMV", "退款金额": "Refunds",
        "归因订单数": "Attributed orders", "成交订单数": "Attributed orders",
        "达人归因成交件数": "Creator-attributed items sold", "已退款的商品件数": "Items refunded",
        "平均订单金额": "AOV", "视频数": "Videos", "直播数": "LIVE streams", "预计佣金": "Est. commission",
        "已发样品数": "Samples shipped", "已发货样品数": "Samples shipped",
    },
    undated=True,
    rank=40,
)  # fmt: skip
