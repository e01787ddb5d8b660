"""Profit in plain lines: the sentence first, then the sum with its sources."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_FLOOR, Decimal

from workbench.core.money import Money
from workbench.core.profit.account import Account, AccountStep
from workbench.core.profit.answer import ProfitAnswer
from workbench.core.profit.model import Fee
from workbench.core.profit.order import rounded
from workbench.core.profit.records import DatedCost
from workbench.core.profit.settled import FeeSeen, Mismatch
from workbench.core.saying import Saying, say
from workbench.i18n import _, pick, render
from workbench.output.cells import clean, pad
from workbench.output.words import amount as price_of

STEP: dict[str, Saying] = {
    "price": say("Price"), "tax": say("Tax"), "goods": say("Goods"), "packing": say("Packing"),
    "shipping": say("Shipping"), "commission": say("Creator"), "kept": say("A kept order"), "refunds": say("Refunds"),
    "expected": say("Expected"),
}  # fmt: skip


def percent(value: Decimal | None, places: int = 1) -> str:
    """A share in per cent, rounded down, so that nothing that is shown is more than it is; "?" where not known."""
    if value is None:
        return "?"
    shown = (value * 100).quantize(Decimal(1).scaleb(-places), ROUND_FLOOR)
    return f"{_short(shown)} %"


def near(value: Decimal | None) -> str:
    """A share that was counted, in per cent to the nearest tenth; "?" where not known."""
    return "?" if value is None else f"{_short(rounded(value * 100, 1))} %"


def margin(answer: ProfitAnswer) -> str:
    """What is left of the price, to the nearest tenth of a per cent; never so much as the target it misses."""
    left = answer.margin
    if left is not None and left < answer.target <= rounded(left * 100, 1) / 100:
        return percent(left)
    return near(left)


def rate(value: Decimal) -> str:
    """A rate as it is agreed: with as many decimals as it has."""
    return f"{_short(value * 100)} %"


def _short(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(value: Decimal | None, places: int) -> str:
    """An amount with grouped thousands; "?" where not known."""
    return "?" if value is None else f"{rounded(value, places):,f}"


def sentence(answer: ProfitAnswer) -> str:
    """Up to which commission it pays, or why it does not."""
    found, price = answer.account, price_of(Money(answer.price.price, answer.currency))
    sku = clean(answer.sku)
    if found.ceiling.rate is not None:
        return _("{sku} pays up to {rate} commission at {price}.").format(
            sku=sku, rate=percent(found.ceiling.rate), price=price
        )
    match found.ceiling.why:
        case "refunds":
            return _("{sku} does not reach {target} at {price}: too many come back.").format(
                sku=sku, target=rate(answer.target), price=price
            )
        case "cost":
            return _("{sku} does not reach {target} at {price}, even without a commission.").format(
                sku=sku, target=rate(answer.target), price=price
            )
    return _("How often {sku} comes back is not known yet.").format(sku=sku)


def back(answer: ProfitAnswer) -> str:
    """How often it comes back, with the range."""
    found = answer.account.refunds
    if found.value is None and found.orders is None:
        return _("The order files do not cover the days that count.")
    if found.value is None:
        return _("{refunds} of {orders} came back, too few to tell").format(
            refunds=found.refunds or 0, orders=found.orders or 0
        )
    if found.low is None or found.high is None:
        return _("{rate} come back, as you say").format(rate=near(found.value))
    text = _("{refunds} of {orders} come back, {rate} ({low} to {high})").format(
        refunds=found.refunds, orders=found.orders, rate=near(found.value),
        low=_short(rounded(found.low * 100, 1)), high=_short(rounded(found.high * 100, 1)),
    )  # fmt: skip
    return f"{text}, {_('the whole shop')}" if found.assumed else text


def step_name(step: AccountStep, fees: tuple[Fee, ...]) -> str:
    """What a step is called."""
    if step.what.startswith("fee:"):
        id = step.what.removeprefix("fee:")
        return next((clean(pick(fee.name)) for fee in fees if fee.id == id), id)
    return render(STEP[step.what])


def step_source(step: AccountStep, answer: ProfitAnswer) -> str:
    """Where a step is from, in words."""
    if step.what == "price":
        source = answer.price.source
        return {"typed": _("as you say"), "list": _("list price")}.get(source, source)
    if step.what in ("goods", "packing", "shipping"):
        return _("yours, from {day}").format(day=answer.cost.since.isoformat())
    if step.what == "refunds":
        return _("each loses {lost} and the {kept} not earned").format(
            lost=money(answer.account.order.lost, answer.terms.places),
            kept=money(answer.account.order.kept, answer.terms.places),
        )
    if step.what == "expected":
        return _("{margin}, target {target}").format(margin=margin(answer), target=rate(answer.target))
    words = [clean(step.source or "")]
    if step.as_of is not None:
        words.append(step.as_of.isoformat())
    if step.assumed:
        words.append(_("assumed"))
    if step.what.startswith("fee:") and any(
        charge.fee.kept_on_refund for charge in answer.account.order.charges if f"fee:{charge.fee.id}" == step.what
    ):
        words.append(_("kept on a refund"))
    return _(", ").join(word for word in words if word)


def least(found: Account, places: int) -> str:
    """The lowest price that pays; whether there is none, or nobody knows."""
    return _("none") if found.lowest_price is None and found.refunds.value is not None else money(
        found.lowest_price, places
    )  # fmt: skip


def profit_lines(answer: ProfitAnswer) -> Iterator[str]:
    """The sentence, the sum, the limits."""
    places = answer.terms.places
    yield sentence(answer)
    yield back(answer)
    if answer.account.refunds.value is None:
        yield _("State it: --refund-rate 5%")
    for step in answer.account.steps:
        name = pad(step_name(step, answer.fees), 24)
        share = pad("" if step.rate is None else rate(step.rate) if step.what != "refunds" else near(step.rate), 9)
        yield f"{name} {share} {money(step.amount, places):>14}  {step_source(step, answer)}".rstrip()
    found = answer.account
    if found.refunds.high is not None:
        yield _("At careful refunds: up to {rate}").format(rate=percent(found.ceiling_careful.rate))
    yield _("Without loss: up to {rate}").format(rate=percent(found.break_even.rate))
    yield _("Price at least: {price}").format(price=least(found, places))
    if not answer.tax_known:
        yield _(
            "No tax is taken off the price (assumed). Say once what it is: workbench profit --price-tax 7%, or none"
        )


def fee_line(each: FeeSeen, places: int) -> str:
    """A fee in one line: the table, what was seen, over how many orders."""
    fee = each.fee
    table, seen = fee_table(each, places), fee_seen(each, places)
    name = clean(pick(fee.name)) if fee.category is None else f"{clean(pick(fee.name))}, {clean(fee.category)}"
    counts = _("{agree} of {used} orders agree").format(agree=each.agree, used=each.used)
    return f"{pad(name, 28)} {table:>10} {seen:>10}  {counts}"


def fee_table(each: FeeSeen, places: int) -> str:
    """What the table says of a fee."""
    if not each.listed:
        return _("none")
    return money(each.fee.amount, places) if each.fee.rate is None else rate(each.fee.rate)


def fee_seen(each: FeeSeen, places: int) -> str:
    """What was seen of a fee; "?" where too few orders say it, or they say different things."""
    return money(each.amount_seen, places) if each.rate_seen is None else rate(each.rate_seen)


def mismatch_line(each: Mismatch, places: int) -> str:
    """A row that does not add up."""
    return _("{file}, row {row}: {settled} settled, its parts make {sum} (order {order})").format(
        file=clean(each.file), row=each.row, settled=money(each.settled, places), sum=money(each.sum, places),
        order=clean(each.order),
    )  # fmt: skip


def cost_line(each: DatedCost) -> str:
    """A cost in one line."""
    parts = (
        (_("goods"), each.goods), (_("packing"), each.packing), (_("shipping out"), each.shipping_out),
        (_("shipping back"), each.shipping_back),
    )  # fmt: skip
    words = [f"{name} {value:f}" for name, value in parts if value is not None]
    if each.lost_share is not None:
        words.append(f"{_('lost share')} {rate(each.lost_share)}")
    if each.category:
        words.append(clean(each.category))
    return "  ".join((clean(each.sku), each.since.isoformat(), *words))
