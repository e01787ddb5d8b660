"""Affiliate orders: which creator brought which order, and what commission it cost.

US files have 30 columns, UK ones the creator's region besides. Of each part of a commission what was paid counts where
that is above 0, else what is estimated; a row that is not eligible, or was returned whole, owes only what was paid.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

import msgspec

from workbench.core.saying import Saying, say
from workbench.intake.layout import Context, Found, Layout
from workbench.intake.model import Refused
from workbench.intake.money import code_of
from workbench.intake.rows import BLANK, SHOWN, Quantities, Words, unread

_ZERO = Decimal(0)
_YES = {
    "yes": True, "true": True, "y": True, "1": True, "ya": True, "no": False, "false": False, "n": False, "0": False,
    "tidak": False,
}  # fmt: skip
#: A row of this status owes no commission.
_INELIGIBLE = ("ineligible", "tidak memenuhi syarat")
_RATE = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)\s*%", re.ASCII)


class AffiliateRow(NamedTuple):
    """A row as it is picked: its number, then the columns of the layout in their order."""

    number: int
    order_id: str
    product_id: str
    sku_id: str
    seller_sku: str
    product: str
    price: str
    paid: str
    currency: str
    quantity: str
    returned: str
    status: str
    creator: str
    rate: str
    est: str
    actual: str
    est_ads: str
    actual_ads: str
    est_bonus: str
    actual_bonus: str
    created: str
    paid_at: str
    delivered: str
    commission_paid: str


class Affiliated(msgspec.Struct, frozen=True, kw_only=True):
    """What a row says, for the desk of creators."""

    order_id: str
    sku_id: str
    creator: str
    sku: str | None
    product: str | None
    price: Decimal | None
    paid: Decimal | None
    currency: str | None
    quantity: int | None
    refunded: bool | None
    status: str
    rate: Decimal | None
    commission: Decimal | None
    created_at: datetime
    delivered_at: datetime | None


def _read(rows: Sequence[AffiliateRow], context: Context) -> Found:
    found: list[Affiliated] = []
    refused: list[Refused] = []
    counts, returned = Quantities(), Words({}, "Fully returned or refunded")
    rates, states = Words({}, "Standard commission rate"), Words({}, "Order Status")
    for row in rows:
        if (why := _wrong(row, context)) is not None:
            refused.append(Refused(row.number, why))
            continue
        word = returned.fold(row.returned)
        if word and word not in _YES:
            returned.wonder(row.returned)
        if _RATE.fullmatch(row.rate) is None and row.rate not in BLANK:
            rates.wonder(row.rate)
        if not row.status.isascii():  # nobody knows whether it owes a commission, so it counts
            states.wonder(row.status)
        found.append(_affiliated(row, context, counts, _YES.get(word)))
    unknown = (
        returned.unknown()
        + rates.unknown()
        + states.unknown()
        + unread(context.amounts.unread, "Price")
        + unread(counts.unread, "Quantity")
    )
    return Found(records=found, refused=refused, unknown=unknown)


def _wrong(row: AffiliateRow, context: Context) -> Saying | None:
    """Why a row cannot be taken."""
    if row.order_id in BLANK:
        return say("It has no Order ID.")
    if row.creator in BLANK:
        return say("It names no creator.")
    if context.instants.get(row.created) is None:
        return say("It has no time of creation.")
    code = _currency(row, context)
    if code is None and row.currency not in BLANK:
        return say('"{text}" is no currency.', text=row.currency[:SHOWN])
    owed = (row.price, row.paid, row.est, row.actual, row.est_ads, row.actual_ads, row.est_bonus, row.actual_bonus)
    units = {code} if code is not None else set[str]()
    units.update(unit for text in owed if text and (unit := context.amounts.said(text)) is not None)
    if len(units) > 1:
        return say("Its amounts are in several currencies: {currencies}.", currencies=", ".join(sorted(units)))
    return None


def _currency(row: AffiliateRow, context: Context) -> str | None:
    return None if row.currency in BLANK else code_of(row.currency, context.rules.currency)


def _affiliated(row: AffiliateRow, context: Context, counts: Quantities, refunded: bool | None) -> Affiliated:
    """A row that can be taken."""
    money, rate = context.amounts.money, _RATE.fullmatch(row.rate)
    price, paid = money(row.price), money(row.paid)
    return Affiliated(
        order_id=row.order_id,
        # A file without SKUs tells its rows apart by product.
        sku_id=next((id for id in (row.sku_id, row.product_id) if id not in BLANK), ""),
        creator=row.creator.removeprefix("@"),
        sku=None if row.seller_sku in BLANK else row.seller_sku,
        product=None if row.product in BLANK else row.product,
        price=None if price is None else price.amount,
        paid=None if paid is None else paid.amount,
        currency=_currency(row, context) or (price.currency if price else None),
        quantity=counts.count(row.quantity),
        refunded=refunded,
        status="" if row.status in BLANK else row.status,
        rate=None if rate is None else Decimal(rate[1]) / 100,
        commission=_commission(row, context, bool(refunded)),
        created_at=context.instants[row.created],
        delivered_at=context.instants.get(row.delivered),
    )


def _commission(row: AffiliateRow, context: Context, refunded: bool) -> Decimal | None:
    """What the row costs; None where the file says nothing of it."""
    owed = not refunded and row.status.strip().casefold() not in _INELIGIBLE
    total, said = _ZERO, False
    for estimate, actual in ((row.est, row.actual), (row.est_ads, row.actual_ads), (row.est_bonus, row.actual_bonus)):
        paid, expected = context.amounts.money(actual), context.amounts.money(estimate)
        said = said or paid is not None or expected is not None
        if paid is not None and paid.amount > 0:
            total += paid.amount
        elif expected is not None and owed:
            total += expected.amount
    return total if said else None


_MONEY = (
    "Price", "Payment Amount", "Est. standard commission payment", "Actual Commission Payment",
    "Est. Shop Ads commission payment", "Actual Shop Ads commission payment", "Est. co-funded creator bonus",
    "Actual co-funded creator bonus",
)  # fmt: skip
LAYOUT = Layout(
    kind="affiliate",
    name=say("affiliate orders"),
    desk="creators",
    make=AffiliateRow._make,
    read=_read,
    columns=(
        "Order ID", "Product ID", "SKU ID", "Seller Sku", "Product Name", "Price", "Payment Amount", "Currency",
        "Quantity", "Fully returned or refunded", "Order Status", "Creator Username", "Standard commission rate",
        "Est. standard commission payment", "Actual Commission Payment", "Est. Shop Ads commission payment",
        "Actual Shop Ads commission payment", "Est. co-funded creator bonus", "Actual co-funded creator bonus",
        "Time Created", "Payment time", "Order Delivery Time", "Time Commission Paid",
    ),
    marks=(
        ("Order ID", "Creator Username"), ("Creator Username", "Standard commission rate"),
        ("Order ID", "Est. standard commission payment"), ("Order ID", "Actual Commission Payment"),
    ),
    needed=frozenset(("Order ID", "Creator Username", "Time Created")),
    ids=frozenset(("Order ID", "Product ID", "SKU ID")),
    keys=frozenset(("Order ID", "Product ID", "SKU ID")),
    times=frozenset(("Time Created", "Payment time", "Order Delivery Time", "Time Commission Paid")),
    began="Time Created",
    money=frozenset(_MONEY),
    counts=frozenset(("Quantity",)),
    rates=frozenset(("Standard commission rate",)),
    currency="Currency",
    filled=True,
    spellings={
        "Product SKU ID": "SKU ID", "Payment Order ID": "Order ID",
        # Indonesia
        "ID Pesanan": "Order ID", "ID Produk": "Product ID", "Produk": "Product Name", "ID SKU": "SKU ID",
        "Harga": "Price", "Mata Uang": "Currency", "Kuantitas": "Quantity",
        "Pengembalian Barang Atau Dana": "Fully returned or refunded", "Status Pesanan": "Order Status",
        "Nama pengguna kreator": "Creator Username", "Persentase komisi standar": "Standard commission rate",
        "Perkiraan pembayaran komisi standar": "Est. standard commission payment",
        "Pembayaran Komisi Aktual": "Actual Commission Payment",
        "Perkiraan pembayaran komisi Iklan Toko": "Est. Shop Ads commission payment",
        "Pembayaran komisi Iklan Toko aktual": "Actual Shop Ads commission payment",
        "Perkiraan bonus yang ditanggung bersama untuk kreator": "Est. co-funded creator bonus",
        "Bonus sebenarnya yang ditanggung bersama untuk kreator": "Actual co-funded creator bonus",
        "Waktu Dibuat": "Time Created", "Waktu Pembayaran": "Payment time",
        "Waktu Komisi Dibayar": "Time Commission Paid",
    },
    rank=30,
)  # fmt: skip
