"""What was settled, against the model: does each row add up, and does each fee cost what the table says?

A column that is not in a file is not known, never 0: a row is then not checked, an order then not used.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, tzinfo
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from workbench.core.profit.model import Fee, in_force
from workbench.core.profit.order import rounded
from workbench.core.profit.records import SettledRow

ZERO = Decimal(0)
#: With fewer orders nothing is said of what was seen.
ENOUGH = 30
#: So many of a hundred must agree for a fee to be taken.
AGREE = 90

#: What the total of a layout adds up from. The parts in brackets may be missing from a file.
ADDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "sea": (("Total revenue", "Total fees"), ("Adjustment amount",)),
    "us": (("Order Income", "Order Cost"), ()),
    "us_unsettled": (
        ("Net sales", "Fees"), ("TikTok Shop shipping fee", "Customer-paid shipping fee", "Adjustment amount"),
    ),
    "us_adjustment": (("Adjustment amount",), ()),
}  # fmt: skip
#: Of what a fee is, by column: the first set that is all there counts, added up.
BASES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "price": (("Subtotal after seller discounts",), ("Gross sales", "Seller discount")),
    "paid": (("Customer payment",),),
    "paid_and_platform": (("Customer payment", "Platform discounts"),),
}
#: Any of these that is not 0 is a refund.
REFUNDS = (
    "Refund subtotal after seller discounts", "Refund subtotal before seller discounts", "Customer refund",
    "Gross sales refund",
)  # fmt: skip
#: What the platform or a programme of its takes of an order, by column; what is no fee of the settings is told as seen.
CHARGES = frozenset((
    "Transaction fee", "TikTok Shop commission fee", "Platform commission fee", "Dynamic Commission", "Flat fee",
    "Sales fee", "Mall service fee", "Payment fee", "GST", "SFP service fee", "Bonus cashback service fee",
    "LIVE Specials service fee", "Voucher Xtra service fee", "EAMS Program service fee", "Flash Sale service fee",
    "Brand Crazy Deals/Flash Sale service fee", "Brands Crazy Deals/Flash Sale service fee",
    "TikTok PayLater program fee", "PayLater Handling Fee", "DT Handling Fee", "Shipping service fee",
    "Campaign resource fee", "Campaign service fee", "Order processing fee", "Pre-order service fee",
    "Installation service fee", "Fix Infrastructure Fee", "Infrastructure fee", "Commerce growth fee",
    "Platform support fee", "Credit card installment - Interest rate cost", "Referral fee",
    "Refund administration fee", "Sales tax on referral fees", "Smart Promotion fee", "Smart Promotion fee tax",
    "TikTok Shop Partner commission", "Managed service plan (Per order fee)", "Managed service plan (Sales tax)",
))  # fmt: skip
#: Words by which a new column of the platform is a fee, and those by which it is something else that has such a word.
_TAKEN = ("fee", "commission", "surcharge")
_NOT_TAKEN = ("affiliate", "creator", "shipping", "refund", "total", "subsid", "discount", "deposit")
_PLATFORM = "Platform discounts"
_FOUR = Decimal("0.0001")


class Mismatch(msgspec.Struct, frozen=True):
    """A row whose parts do not add up to its total."""

    order: str
    file: str
    row: int
    settled: Decimal
    sum: Decimal


class FeeSeen(msgspec.Struct, frozen=True, kw_only=True):
    """One fee for one category: what the table says of the orders used, what they were charged, what that is as a rate
    or (fixed) an amount; None where fewer than 30 could be used. `orders` were charged it at all, `used` could be
    judged, `agree` of those lie within one minor unit of what was seen. One that is not `listed` has a column but no
    entry in the table: nothing is expected of it, and only what the orders agree on is seen."""

    fee: Fee
    listed: bool = True
    expected: Decimal | None
    settled: Decimal
    rate_seen: Decimal | None
    amount_seen: Decimal | None
    orders: int
    used: int
    agree: int

    @property
    def differs(self) -> bool:
        """Whether it was seen otherwise than the table has it."""
        if self.rate_seen is not None:
            return self.fee.rate is None or self.rate_seen != self.fee.rate.quantize(_FOUR)
        return self.amount_seen is not None and self.amount_seen != self.fee.amount

    @property
    def takable(self) -> bool:
        """Whether enough orders agree for it to be taken."""
        seen = self.rate_seen is not None or self.amount_seen is not None
        return seen and self.agree * 100 >= AGREE * self.used


def mismatches(rows: Iterable[SettledRow], places: int) -> Iterator[Mismatch]:
    """The rows that do not add up; those of which a part is not in the file are not known to fail."""
    for row in rows:
        needed, optional = ADDS.get(row.layout, ((), ()))
        if row.settled is None or not needed or any(name not in row.parts for name in needed):
            continue
        total = sum((row.parts.get(name, ZERO) for name in (*needed, *optional)), ZERO)
        if rounded(total, places) != rounded(row.settled, places):
            yield Mismatch(row.order_id, row.file, row.row, row.settled, total)


class _Used(msgspec.Struct, frozen=True):
    """One order that can be judged for a fee: of which base it was charged what, and what the table says."""

    base: Decimal | None
    charged: Decimal
    expected: Decimal


#: The SKUs of a row's order, as far as anybody knows; none where nobody does.
Skus = Callable[[SettledRow], Collection[str]]


def fees_seen(
    rows: Sequence[SettledRow], fees: Sequence[Fee], skus: Skus, category: Callable[[str], str | None], places: int,
    zone: tzinfo,
) -> Iterator[FeeSeen]:  # fmt: skip
    """Every fee that falls due with an order, by category, over orders that are settled, then what is charged beside
    them. `category` leads from a SKU to the seller's word."""
    by_order: dict[str, list[SettledRow]] = defaultdict(list)
    for row in rows:
        by_order[row.order_id].append(row)
    charged: Counter[tuple[str, str | None]] = Counter()
    used: dict[tuple[str, str | None], list[_Used]] = defaultdict(list)
    model: dict[tuple[str, str | None], Fee] = {}
    for mine in by_order.values():
        row = mine[0]
        sold = skus(row)
        kind = category(next(iter(sold))) if len(sold) == 1 else None
        plain = len(sold) <= 1 and _plain(mine)
        for fee in in_force(tuple(fees), kind, _day(row, zone)):
            if fee.on != "order":
                continue
            key = fee.id, fee.category
            if key not in model or (fee.effective or date.min) >= (model[key].effective or date.min):
                model[key] = fee
            column = _column(fee, row)
            if column is None:
                continue
            charged[key] += 1
            one = _one(fee, row, column, fees, kind, places, zone) if plain else None
            if one is not None:
                used[key].append(one)
    for key, fee in model.items():
        yield _seen(fee, used[key], charged[key], places)
    known = [*model.values(), *(fee for fee in fees if fee.on == "refund")]
    yield from _unlisted(by_order.values(), known, skus, places)


def _unlisted(
    orders: Iterable[Sequence[SettledRow]], fees: Iterable[Fee], skus: Skus, places: int
) -> Iterator[FeeSeen]:  # fmt: skip
    """What orders were charged under a name that no fee had that was in force."""
    known = {name.casefold() for fee in fees for name in (*fee.aliases, *fee.name.values())}
    charged: Counter[str] = Counter()
    used: dict[str, list[_Used]] = defaultdict(list)
    for mine in orders:
        row = mine[0]
        plain = len(skus(row)) <= 1 and _plain(mine)
        for column in {name for each in mine for name, value in each.parts.items() if value and _charged(name)}:
            charged[column] += column.casefold() not in known
        for column, value in row.parts.items() if plain else ():
            if _charged(column) and column.casefold() not in known:
                used[column].append(_Used(_price(row), -value, ZERO))
    for column in sorted(+charged):
        fee = Fee(id=id_of(column), name={"en": column}, aliases=(column,))
        fixed = _seen(msgspec.structs.replace(fee, amount=ZERO), used[column], charged[column], places)
        shared = _seen(
            msgspec.structs.replace(fee, rate=ZERO), [each for each in used[column] if each.base], charged[column],
            places,
        )  # fmt: skip
        best = fixed if fixed.takable or not shared.takable else shared
        if not best.takable or best.amount_seen == ZERO:
            best = msgspec.structs.replace(best, amount_seen=None)
        yield msgspec.structs.replace(best, fee=fee, listed=False, expected=None)


def _charged(column: str) -> bool:
    return column in CHARGES or looks_like_fee(column)


def looks_like_fee(column: str) -> bool:
    """Whether a column that nobody knows is one of what the platform takes, by its name."""
    name = column.casefold()
    return name != "fees" and any(word in name for word in _TAKEN) and not any(word in name for word in _NOT_TAKEN)


def id_of(column: str) -> str:
    """The id that a fee has which is only known by its column."""
    return re.sub(r"[^a-z0-9]+", "_", column.casefold()).strip("_")[:40]


def _price(row: SettledRow) -> Decimal | None:
    found = (sum((row.parts[name] for name in names), ZERO) for names in BASES["price"] if set(names) <= set(row.parts))
    return next(found, None)


def _day(row: SettledRow, zone: tzinfo) -> date:
    at = row.created_at or row.settled_at
    return date.max if at is None else at.astimezone(zone).date()


def _column(fee: Fee, row: SettledRow) -> str | None:
    names = {name.casefold() for name in (*fee.aliases, *fee.name.values())}
    return next((column for column in row.parts if column.casefold() in names), None)


def _plain(rows: Sequence[SettledRow]) -> bool:
    """Whether it is an order of one SKU, without a refund or an adjustment."""
    if len(rows) != 1:
        return False
    row = rows[0]
    if row.layout == "us_adjustment" or row.order_id != row.external_id:
        return False
    if row.kind and row.kind.strip().casefold() not in ("order", "orders", "pesanan", "订单"):
        return False
    there = [row.parts[name] for name in REFUNDS if name in row.parts]
    return bool(there) and not any(there) and not row.parts.get("Adjustment amount")


def _one(
    fee: Fee, row: SettledRow, column: str, fees: Sequence[Fee], kind: str | None, places: int, zone: tzinfo
) -> _Used | None:  # fmt: skip
    amount = -row.parts[column]
    if fee.rate is None:
        return _Used(None, amount, fee.amount or ZERO)
    base = _base(fee, row, fees, kind, zone)
    if base is None or base <= 0:
        return None
    expected = rounded(base * fee.rate, places)
    if fee.cap is not None:
        most = fee.cap * (row.quantity or 1)
        if amount >= fee.cap or expected >= most:
            return None
    return _Used(base, amount, expected)


def _base(fee: Fee, row: SettledRow, fees: Sequence[Fee], kind: str | None, zone: tzinfo) -> Decimal | None:
    if fee.base.startswith("fee:"):
        id = fee.base.removeprefix("fee:")
        other = next((each for each in in_force(tuple(fees), kind, _day(row, zone)) if each.id == id), None)
        column = None if other is None else _column(other, row)
        return None if column is None else -row.parts[column]
    for names in BASES.get(fee.base, ()):
        if all(name in row.parts for name in names):
            return sum((abs(row.parts[name]) if name == _PLATFORM else row.parts[name] for name in names), ZERO)
    return None


def _seen(fee: Fee, used: Sequence[_Used], charged: int, places: int) -> FeeSeen:
    settled = sum((each.charged for each in used), ZERO)
    rate = amount = None
    agree = 0
    unit = Decimal(1).scaleb(-places)
    if used and fee.rate is None:
        amount = min(Counter(each.charged for each in used).most_common(), key=lambda pair: (-pair[1], pair[0]))[0]
        agree = sum(abs(each.charged - amount) <= unit for each in used)
    elif used:
        whole = sum((each.base or ZERO for each in used), ZERO)
        rate = (settled / whole).quantize(_FOUR, ROUND_HALF_UP)
        agree = sum(abs(each.charged - rounded((each.base or ZERO) * rate, places)) <= unit for each in used)
    enough = len(used) >= ENOUGH
    return FeeSeen(
        fee=fee, expected=sum((each.expected for each in used), ZERO), settled=settled,
        rate_seen=rate if enough else None, amount_seen=amount if enough else None, orders=charged, used=len(used),
        agree=agree,
    )  # fmt: skip
