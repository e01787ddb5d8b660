"""Profit and costs as the interface promises them: shares with six decimals, rounded down; amounts in the currency."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_FLOOR, Decimal

from workbench.core.profit.account import AccountStep
from workbench.core.profit.answer import ProfitAnswer
from workbench.core.profit.order import rounded
from workbench.core.profit.records import DatedCost
from workbench.core.profit.settled import FeeSeen, Mismatch
from workbench.i18n import pick
from workbench.output.json import Document

_MILLIONTH = Decimal("0.000001")


def share(value: Decimal | None) -> str | None:
    """A share as a fraction with six decimals, rounded down."""
    return None if value is None else f"{value.quantize(_MILLIONTH, ROUND_FLOOR):f}"


def amount(value: Decimal | None, places: int) -> str | None:
    """An amount as decimal text with the decimals of the currency."""
    return None if value is None else f"{rounded(value, places):f}"


def profit(answer: ProfitAnswer) -> Document:
    """What an order brings, and its limits."""
    found, places = answer.account, answer.terms.places
    back = found.refunds
    return {
        "sku": answer.sku,
        "currency": answer.currency,
        "price": amount(answer.price.price, places),
        "steps": [_step(step, answer) for step in found.steps],
        "kept": amount(found.order.kept, places),
        "lost_on_refund": amount(found.order.lost, places),
        "refund_rate": {
            "value": share(back.value), "low": share(back.low), "high": share(back.high), "orders": back.orders,
            "refunds": back.refunds, "assumed": back.assumed,
        },
        "expected": amount(found.expected, places),
        "expected_careful": amount(found.expected_careful, places),
        "margin": share(answer.margin),
        "ceiling": share(found.ceiling.rate),
        "ceiling_careful": share(found.ceiling_careful.rate),
        "ceiling_why": found.ceiling.why,
        "expected_without_commission": amount(found.ceiling.expected, places),
        "break_even": share(found.break_even.rate),
        "lowest_price": amount(found.lowest_price, places),
        "target": share(answer.target),
    }  # fmt: skip


def _step(step: AccountStep, answer: ProfitAnswer) -> Document:
    places = answer.terms.places
    source, as_of = step.source or None, step.as_of
    if step.what == "price":
        source = answer.price.source
    elif step.what in ("goods", "packing", "shipping"):
        source, as_of = "cost", answer.cost.since
    return {
        "what": step.what,
        "amount": amount(step.amount, places),
        "rate": share(step.rate),
        "base": amount(step.base, places),
        "source": source,
        "as_of": None if as_of is None else as_of.isoformat(),
        "assumed": step.assumed,
    }


def settled(orders: int, fees: Iterable[FeeSeen], mismatches: Iterable[Mismatch], places: int) -> Document:
    """The model against what was settled."""
    return {
        "orders": orders,
        "fees": [_fee(each, places) for each in fees],
        "mismatches": [
            {
                "order": each.order, "file": each.file, "row": each.row, "settled": amount(each.settled, places),
                "sum": amount(each.sum, places),
            }
            for each in mismatches
        ],
    }  # fmt: skip


def _fee(each: FeeSeen, places: int) -> Document:
    return {
        "id": each.fee.id if each.listed else None,
        "name": pick(each.fee.name),
        "category": each.fee.category,
        "expected": amount(each.expected, places),
        "settled": amount(each.settled, places),
        "rate_table": share(each.fee.rate),
        "amount_table": amount(each.fee.amount, places),
        "rate_seen": share(each.rate_seen),
        "amount_seen": amount(each.amount_seen, places),
        "orders": each.orders,
        "used": each.used,
        "agree": each.agree,
    }


def cost(each: DatedCost) -> Document:
    """A cost from a day on."""
    return {
        "sku": each.sku,
        "from": each.since.isoformat(),
        "goods": _plain(each.goods),
        "packing": _plain(each.packing),
        "shipping_out": _plain(each.shipping_out),
        "shipping_back": _plain(each.shipping_back),
        "lost_share": share(each.lost_share),
        "category": each.category,
    }


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
