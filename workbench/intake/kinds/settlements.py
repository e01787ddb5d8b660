"""Settlement files: what was paid out, or is to be, for which order, with every fee in a column of its own.

Six layouts are read by their headers: that of Southeast Asia, Indonesia's, Thailand's, Thailand's by line, and for the
US what is settled (orders, adjustments) and what is not. `core.profit.settled` says what adds up to each one's total.
"""

from __future__ import annotations

import collections
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from workbench.core.profit.settled import looks_like_fee
from workbench.core.saying import say
from workbench.intake.layout import Context, Found, Layout
from workbench.intake.model import Refused
from workbench.intake.money import code_of
from workbench.intake.rows import BLANK, SHOWN, Quantities, is_id, unread

_OWN = ("Order/adjustment ID", "Order ID", "Adjustment ID")
_IDS = (*_OWN, "Related order ID", "SKU ID", "Statement ID", "linked statement id")
_WORDS = ("Type", "Adjustment Type", "Currency", "SKU name", "Quantity", "Sold Quantity")
_CREATED = ("Order created time", "creation date", "Order paid date", "Adjustment create time")
_SETTLED = ("Order settled time", "Statement Date", "Order settled date", "Adjustment settlement time")
_AMOUNTS = (
    "Total settlement amount", "Total revenue", "Subtotal after seller discounts", "Subtotal before discounts",
    "Seller discounts", "Refund subtotal after seller discounts", "Refund subtotal before seller discounts",
    "Refund of seller discounts", "Total fees", "Transaction fee", "TikTok Shop commission fee", "Seller shipping fee",
    "Actual shipping fee", "Platform shipping fee discount", "Customer shipping fee", "Refund customer shipping fee",
    "Actual return shipping fee", "Shipping fee subsidy", "Affiliate commission", "Affiliate partner commission",
    "Affiliate Shop Ads commission", "Affiliate commission deposit", "Affiliate commission refund",
    "Affiliate Partner shop ads commission", "GST", "SFP service fee", "Bonus cashback service fee",
    "LIVE Specials service fee", "Voucher Xtra service fee", "EAMS Program service fee", "Flash Sale service fee",
    "TikTok PayLater program fee", "Shipping service fee", "Campaign resource fee", "Order processing fee",
    "Pre-order service fee", "GMV Max Coupon", "Adjustment amount", "Customer payment", "Customer refund",
    "Seller co-funded voucher discount", "Refund of seller co-funded voucher discount", "Platform discounts",
    "Refund of platform discounts", "Platform co-funded voucher discounts",
    "Refund of platform co-funded voucher discounts", "Seller shipping fee discount",
    # Indonesia
    "Platform commission fee", "Flat fee", "Sales fee", "Mall service fee", "Payment fee", "Shipping cost",
    "Shipping costs passed on to the logistics provider", "Replacement shipping fee (passed on to the customer)",
    "Exchange shipping fee (passed on to the customer)", "Shipping cost borne by the platform",
    "Shipping cost paid by the customer", "Refunded shipping cost paid by the customer",
    "Return shipping costs (passed on to the customer)", "Shipping cost subsidy", "Installation service fee",
    "Fix Infrastructure Fee", "Brand Crazy Deals/Flash Sale service fee", "DT Handling Fee", "PayLater Handling Fee",
    "Seller shipping cost discount", "Dynamic Commission",
    # Thailand
    "Credit card installment - Interest rate cost", "Brands Crazy Deals/Flash Sale service fee",
    "Commerce growth fee", "Infrastructure fee", "Refunded customer shipping fee", "Shipping subsidy",
    # United States
    "Net Order Margin", "Order Income", "Order Cost", "Gross sales", "Seller discount", "Gross sales refund",
    "Seller discount refund", "Referral fee", "Refund administration fee", "Sales tax on referral fees",
    "Smart Promotion fee", "Smart Promotion fee tax", "Campaign service fee", "TikTok Shop Partner commission",
    "Managed service plan (Per order fee)", "Managed service plan (Sales tax)", "TikTok Shop shipping fee",
    "Fulfilled by TikTok Shop shipping fee", "Return shipping fee", "Return shipping label fee",
    "Shipping fee discount", "Total estimated settlement amount", "Net sales", "Fees", "Customer-paid shipping fee",
    "Sales tax payment", "Platform support fee",
)  # fmt: skip
#: Digits that an id of an order has at least.
_ID = 16
#: Room for fees that are newer than this list.
_SPARE = tuple(f"+{at}" for at in range(1, 13))
COLUMNS = (*_IDS, *_WORDS, *_CREATED, *_SETTLED, *_AMOUNTS, *_SPARE)
_NAMES: Any = ["number", *(f"c{at}" for at in range(len(COLUMNS)))]
_NAMES = ("number", *(f"c{at}" for at in range(len(COLUMNS))))
#: A row as it is picked: its number, then the columns; a class of a hundred fields would say no more.
_Row: Any = collections.namedtuple("_Row", _NAMES)  # type: ignore[misc]
_AT = {name: at for at, name in enumerate(COLUMNS, 1)}


class Settlement(msgspec.Struct, frozen=True, kw_only=True):
    """What a row says, for the desk of profit."""

    layout: str
    own: str
    order: str
    kind: str
    sku_id: str
    statement: str
    created_at: datetime | None
    settled_at: datetime | None
    currency: str | None
    settled: Decimal
    parts: dict[str, Decimal]
    quantity: int | None
    estimate: bool
    nth: int
    row: int


def _read(rows: Sequence[Any], context: Context) -> Found:
    found: list[Settlement] = []
    refused: list[Refused] = []
    counts, repeated = Quantities(), Counter[tuple[object, ...]]()
    for row in rows:
        own = _first(row, _OWN)
        layout, total = _layout(row)
        settled = context.amounts.money(row[_AT[total]])
        if not own:
            refused.append(Refused(row.number, say("It has no id of an order or an adjustment.")))
            continue
        if settled is None:
            refused.append(Refused(row.number, say("It has no amount that was or will be settled.")))
            continue
        related = row[_AT["Related order ID"]]
        if related not in BLANK and not (is_id(related) and len(related) >= _ID):
            why = say('Its Related order ID "{text}" is no id of an order.', text=related[:SHOWN])
            refused.append(Refused(row.number, why))
            continue
        said = _first(row, ("Currency",))
        currency = code_of(said, context.rules.currency) if said else settled.currency
        if said and currency is None:
            refused.append(Refused(row.number, say('"{text}" is no currency.', text=said[:SHOWN])))
            continue
        if (other := _other(row, currency, context)) is not None:
            why = say('Its amount "{text}" is not in {currency}.', text=other[:SHOWN], currency=currency)
            refused.append(Refused(row.number, why))
            continue
        settled_at = _time(row, _SETTLED, context.instants)
        estimate = layout == "us_unsettled" or (settled_at is None and layout == "sea")
        values: dict[str, Any] = {
            "layout": layout,
            "own": own,
            "order": own if related in BLANK else related,
            "kind": _first(row, ("Type", "Adjustment Type")),
            "sku_id": _first(row, ("SKU ID",)),
            "statement": _first(row, ("Statement ID", "linked statement id")),
            "created_at": _time(row, _CREATED, context.instants),
            "settled_at": settled_at,
            "currency": currency,
            "settled": settled.amount,
            "parts": _parts(row, context),
            "quantity": counts.count(_first(row, ("Quantity", "Sold Quantity"))),
            "estimate": estimate,
        }
        key = tuple(values[name] for name in ("statement", "own", "kind", "sku_id", "settled_at"))
        found.append(Settlement(**values, nth=repeated[key], row=row.number))
        repeated[key] += 1
    unknown = unread(context.amounts.unread, "") + unread(counts.unread, "Quantity")
    return Found(records=found, refused=refused, unknown=unknown)


def _layout(row: Any) -> tuple[str, str]:
    """Which layout a row is of, and its total: by the id that it has, not by what else is filled."""
    if row[_AT["Adjustment ID"]] not in BLANK:
        return "us_adjustment", "Adjustment amount"
    if row[_AT["Order ID"]] not in BLANK:
        return "us", "Net Order Margin"
    if row[_AT["Total estimated settlement amount"]] not in BLANK:
        return "us_unsettled", "Total estimated settlement amount"
    return "sea", "Total settlement amount"


def _other(row: Any, currency: str | None, context: Context) -> str | None:
    """An amount of the row that says another currency than its own."""
    texts = (row[_AT[name]] for name in (*_AMOUNTS, *_SPARE))
    return next((text for text in texts if text and context.amounts.said(text) not in (None, currency)), None)


def _parts(row: Any, context: Context) -> dict[str, Decimal]:
    """The amounts of a row by column; what is not there, or cannot be read, is in none."""
    found = {}
    for name, column in (*zip(_AMOUNTS, _AMOUNTS, strict=True), *zip(context.spare, _SPARE, strict=False)):
        text = row[_AT[column]]
        if text and text not in BLANK and (money := context.amounts.money(text)) is not None:
            found[name] = money.amount
    return found


def _first(row: Any, names: Sequence[str]) -> str:
    return next((text for name in names if (text := row[_AT[name]]) and text not in BLANK), "")


def _time(row: Any, names: Sequence[str], instants: Mapping[str, datetime]) -> datetime | None:
    return next((at for name in names if (at := instants.get(row[_AT[name]])) is not None), None)


LAYOUT = Layout(
    kind="settlement",
    name=say("settlement"),
    desk="profit",
    make=_Row._make,
    read=_read,
    columns=COLUMNS,
    marks=(
        ("Order/adjustment ID", "Total settlement amount"),
        ("Order/adjustment ID", "Total estimated settlement amount"),
        ("Order Income", "Order Cost", "Net Order Margin"),
        ("Adjustment ID", "Adjustment amount"),
    ),
    needed=frozenset(),
    ids=frozenset(_IDS),
    keys=frozenset(("Order/adjustment ID", "Order ID", "Related order ID", "SKU ID", "Statement ID",
                    "linked statement id")),
    times=frozenset((*_CREATED, *_SETTLED)),
    money=frozenset((*_AMOUNTS, *_SPARE)),
    spare=_SPARE,
    takes=looks_like_fee,
    counts=frozenset(("Quantity", "Sold Quantity")),
    filled=True,
    currency="Currency",
    spellings={
        "Ajustment amount": "Adjustment amount", "Order/Adjustment ID": "Order/adjustment ID",
        "llinked statement id": "linked statement id", "linked Statement ID": "linked statement id",
        "Commission fee": "TikTok Shop commission fee", "Adjustment type": "Adjustment Type",
    },
    month_first=frozenset(("US",)),
    rank=20,
)  # fmt: skip
