"""The sum of one product as lines: each step with where it is from, then the limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from decimal import Decimal

import msgspec

from workbench.core.creators.sales import Performance
from workbench.core.money import Money
from workbench.core.profit.account import AccountStep
from workbench.core.profit.answer import ProfitAnswer
from workbench.i18n import _, pick
from workbench.output.profit.text import back, margin, money, near, percent, rate, sentence, step_name
from workbench.output.words import amount, due_point, short_date
from workbench.ui.text import Line, Span, cut, fit, width, wrap


def whole(
    answer: ProfitAnswer, now: datetime, zone: tzinfo, cells: int, deal: str, then: ProfitAnswer | None,
    sold: Performance | None,
) -> list[Line]:  # fmt: skip
    """The detail in full, in `cells`; `then` is the answer at the price that comes after this one, `sold` is what
    creators sold of it, by the performance file."""
    room = cells - 4
    lines: list[Line] = [[]]
    lines += [[Span(f"  {row}", "title")] for row in wrap(sentence(answer), room)]
    lines += [[Span(f"  {row}")] for row in wrap(back(answer), room)]
    lines.append([])
    lines += list(_steps(answer, room, deal))
    lines.append([])
    lines += list(_limits(answer, room))
    lines.append([])
    for text in (*_told(answer, then, now, zone), *(() if sold is None else _sold(sold, answer, zone))):
        lines += [[Span(f"  {row}", "quiet")] for row in wrap(text, room)]
    return lines


def short(answer: ProfitAnswer, cells: int) -> list[Line]:
    """The same in eight rows: the sentence, what comes back, what to expect, the limits."""
    room = cells - 4
    lines: list[Line] = [
        [],
        [Span(f"  {cut(sentence(answer), room)}", "title")],
        [Span(f"  {cut(back(answer), room)}")],
    ]
    return [*lines, *list(_steps(answer, room, ""))[-2:], *_limits(answer, room)]


def _steps(answer: ProfitAnswer, room: int, deal: str) -> Iterator[Line]:
    places, account = answer.terms.places, answer.account
    steps = list(_joined(account.steps))
    target = answer.target * answer.price.price
    wide = max(width(money(amount, places)) for amount in (*(step.amount for step in steps), target)) + 2
    beside = max(width(_source(step.what, answer, deal)) for step in steps)
    name = max(room - 8 - wide - 2 - beside, 12)
    for step in steps:
        if step.what in ("kept", "expected"):
            yield []
        role = "strong" if step.what == "kept" else "title" if step.what == "expected" else "text"
        share = "" if step.rate is None else near(step.rate) if step.what == "refunds" else rate(step.rate)
        if step.what == "expected":
            share = margin(answer)
        called = _("Packing, shipping") if step.what == "packing" else step_name(step, answer.fees)
        yield [
            Span("  " + fit(called, name), role), Span(fit(share, 8, True), "quiet"),
            Span(fit(money(step.amount, places), wide, True), role),
            Span("  " + fit(_source(step.what, answer, deal), beside), "quiet"),
        ]  # fmt: skip
        if step.what == "refunds":
            text = _("each loses {lost} and the {kept} not earned").format(
                lost=money(account.order.lost, places), kept=money(account.order.kept, places)
            )
            for row in wrap(text, room):
                yield [Span(f"  {row}", "quiet")]
    yield [
        Span("  " + fit(_("Target"), name), "quiet"), Span(fit(rate(answer.target), 8, True), "quiet"),
        Span(fit(money(target, places), wide, True), "quiet"),
    ]  # fmt: skip


def _joined(steps: Iterable[AccountStep]) -> Iterator[AccountStep]:
    """Packing and shipping as one line."""
    packing = None
    for step in steps:
        if step.what == "packing":
            packing = step
        elif step.what == "shipping" and packing is not None:
            yield msgspec.structs.replace(packing, amount=packing.amount + step.amount)
        else:
            yield step


def _source(what: str, answer: ProfitAnswer, deal: str) -> str:
    if what == "price":
        return {"typed": deal, "list": _("list price")}.get(answer.price.source, answer.price.source)
    if what in ("goods", "packing", "shipping"):
        return short_date(answer.cost.since)
    if what == "commission":
        return deal
    if what.startswith("fee:"):
        fee = next((each for each in answer.fees if f"fee:{each.id}" == what), None)
        if fee is None:
            return ""
        if fee.source == "settlements":
            return _("settled")
        return _("assumed") if fee.assumed or fee.conflicting else answer.market
    return ""


def _limits(answer: ProfitAnswer, room: int) -> Iterator[Line]:
    account, places = answer.account, answer.terms.places
    name = max(room - 26, 12)
    yield [
        Span("  " + fit(_("Limits"), name), "quiet"), Span(fit(_("rate up to"), 10, True), "quiet"),
        Span(fit(_("price at least"), 16, True), "quiet"),
    ]  # fmt: skip
    careful = account.refunds.high
    rows: list[tuple[str, Decimal | None, Decimal | None, str]] = [
        (_("target {rate}").format(rate=rate(answer.target)), account.ceiling.rate, account.lowest_price, "strong"),
        (_("at {rate} refunds").format(rate=near(careful)), account.ceiling_careful.rate, account.lowest_careful,
         "text"),
        (_("no loss"), account.break_even.rate, account.lowest_even, "text"),
    ]  # fmt: skip
    for label, top, price, role in rows if careful is not None else (rows[0], rows[2]):
        limit = "?" if account.ceiling.why == "unknown" else _("none") if top is None else percent(top)
        yield [
            Span("  " + fit(label, name), role), Span(fit(limit, 10, True), role),
            Span(fit("" if price is None else money(price, places), 16, True), role),
        ]  # fmt: skip


def _told(answer: ProfitAnswer, then: ProfitAnswer | None, now: datetime, zone: tzinfo) -> Iterator[str]:
    if answer.price.until is not None:
        yield _("The price is {ref}, until {point}.").format(
            ref=answer.price.source, point=due_point(answer.price.until, now, zone)
        )
    if then is not None and then.account.ceiling.rate is not None:
        yield _("At {price} it would pay up to {rate}.").format(
            price=amount(Money(then.price.price, then.currency)), rate=percent(then.account.ceiling.rate)
        )
    if not answer.tax_known:
        yield _("No tax is taken off the price (assumed).")
    kept = [pick(fee.name) for fee in answer.fees if fee.kept_on_refund]
    if kept:
        yield _("A refund does not give back: {fees}.").format(fees=_(", ").join(kept))
    newest = max((fee.effective for fee in answer.fees if fee.effective is not None), default=None)
    if newest is not None:
        yield _("Fees as of {day} {year}.").format(day=short_date(newest), year=newest.year)
    if any(fee.assumed or fee.conflicting for fee in answer.fees):
        yield _("An assumed fee is an example: put your own into the settings, or take it from settlements.")


def _sold(line: Performance, answer: ProfitAnswer, zone: tzinfo) -> Iterator[str]:
    figures = line.figures
    words = [
        text.format(n=f"{figures[name]:,f}")
        for name, text in (
            ("items", _("{n} items")), ("items_refunded", _("{n} items back")), ("videos", _("{n} videos")),
            ("lives", _("{n} LIVE streams")), ("samples", _("{n} samples")),
        )
        if name in figures
    ]  # fmt: skip
    if "sales" in figures and line.currency in (None, answer.currency):
        words.insert(0, _("sales {n}").format(n=money(figures["sales"], answer.terms.places)))
    if words:
        day = short_date(line.seen_at.astimezone(zone).date())
        yield _("By creators, as of {day}: {text}.").format(day=day, text=_(", ").join(words))
