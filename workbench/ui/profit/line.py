"""The one-line questions of Profit: what a product costs, what if, filter.

A cost is written as goods, packing, shipping out, shipping back, lost share: `210 6 40 35 30%`. What-if takes, in any
order, the price, `-30` or `-10%` off it, the commission as `12%`, refunds as `r5%`, the target as `t20%`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from workbench.core.profit.reading import read_amount, read_discount
from workbench.core.profit.records import DatedCost
from workbench.core.saying import Misuse, Told, say
from workbench.core.shares import read_share
from workbench.core.spelling import plain
from workbench.core.when import read_due
from workbench.i18n import _, render
from workbench.output.profit.text import back, least, margin, money, rate, sentence
from workbench.output.words import short_date
from workbench.session import Done, Session
from workbench.session.profit.desk import PART, Asking
from workbench.ui.sheets.base import labelled
from workbench.ui.sheets.oneline import OneLine, Understood, amber
from workbench.ui.text import Line, Span

_PARTS = ("goods", "packing", "shipping_out", "shipping_back")


def cost(session: Session, sku: str) -> OneLine:
    """What a product costs, from today on or from the day behind `from`."""
    desk = session.desk("profit")
    known = desk.cost_on(sku, desk.today)

    def read(text: str) -> Understood:
        try:
            since, parts = _cost(session, plain(text).split())
        except Misuse as mistake:
            return Understood(None, amber(render(mistake.saying)))
        if not parts:
            return Understood()
        return Understood((since, parts), (), _told_cost(since, parts, desk.terms.places))

    def deed(value: tuple[date, dict[str, Any]]) -> Done:
        since, parts = value
        done: Done = desk.set_cost(sku, since, **parts)
        return done

    return OneLine(
        _("Cost of {sku}").format(sku=sku), read, deed, value=_written(known),
        placeholder=_("210 6 40 35 30%: goods, packing, out, back, lost"),
    )  # fmt: skip


def _cost(session: Session, words: list[str]) -> tuple[date, dict[str, Any]]:
    desk = session.desk("profit")
    since: date = desk.today
    if "from" in words:
        at = words.index("from")
        found = read_due(" ".join(words[at + 1 :]), session.now(), session.zone)
        if not isinstance(found, date) or isinstance(found, datetime):
            raise Misuse(say("Write a day behind from, such as 1 Oct."))
        since, words = found, words[:at]
    parts: dict[str, Any] = {}
    amounts = 0
    for word in words:
        if word.endswith("%"):
            parts["lost_share"] = read_share(word)
        elif amounts < len(_PARTS):
            if word != "?":
                parts[_PARTS[amounts]] = read_amount(word, desk.terms.places)
            amounts += 1
        else:
            parts["category"] = word
    return since, parts


def _written(known: DatedCost | None) -> str:
    if known is None:
        return ""
    found = [getattr(known, name) for name in _PARTS]
    words = ["?" if value is None else f"{value:f}" for value in found]
    if known.lost_share is not None:
        words.append(rate(known.lost_share).replace(" ", ""))
    if known.category:
        words.append(known.category)
    return " ".join(words)


def _told_cost(since: date, parts: dict[str, Any], places: int) -> list[Line]:
    words: list[Span] = []
    for name, value in parts.items():
        text = value if name == "category" else rate(value) if name == "lost_share" else money(value, places)
        words += [Span(f"{render(PART[name])} ", "quiet"), Span(f"{text}   ", "strong")]
    missing = [render(PART[name]) for name in (*_PARTS, "lost_share") if name not in parts]
    words.append(Span(_("from {day}").format(day=short_date(since)), "quiet"))
    lines = [labelled(_("Read as"), words)]
    if missing:
        lines.append(labelled("", [Span(_("not yet: {parts}").format(parts=_(", ").join(missing)), "soon")]))
    return lines


def what_if(session: Session, sku: str, start: Asking) -> OneLine:
    """Play with what goes into the sum; nothing is saved."""
    desk = session.desk("profit")

    def read(text: str) -> Understood:
        try:
            answer = desk.ask(sku, _asking(session, sku, plain(text).split(), start))
        except Told as told:
            return Understood(None, amber(render(told.saying)))
        places = answer.terms.places
        account = answer.account
        line: Line = [
            Span(_("if kept") + " ", "quiet"), Span(money(account.order.kept, places) + "   "),
            Span(_("expected") + " ", "quiet"), Span(money(account.expected, places), "strong"),
            Span(f"   {margin(answer)}   "), Span(_("price at least") + " ", "quiet"),
            Span(least(account, places)),
        ]  # fmt: skip
        lines: list[Line] = [[Span(sentence(answer), "title")], line, [Span(back(answer), "quiet")]]
        return Understood(True, (), [labelled("", each) for each in lines])

    return OneLine(_("What if"), read, placeholder="590 -10% 12% r5.7% t20%")


def _asking(session: Session, sku: str, words: list[str], start: Asking) -> Asking:
    desk = session.desk("profit")
    places = desk.terms.places
    price, off, commission, refunds, target = start.price, start.off, start.commission, start.refund_rate, start.target
    for word in words:
        head, rest = word[:1].casefold(), word[1:]
        if head == "-":
            off = rest
            shown = price if price is not None else None if (found := desk.shown(sku)) is None else found.price
            if shown is not None:
                read_discount(rest, shown, places)
        elif head == "r":
            refunds = read_share(rest)
        elif head == "t":
            target = read_share(rest)
        elif word.endswith("%"):
            commission = read_share(word)
        else:
            price = read_amount(word, places)
    return Asking(price=price, off=off, commission=commission, refund_rate=refunds, target=target)


def tax(session: Session) -> OneLine:
    """What share of the price is the seller's tax; asked once for a market."""
    desk = session.desk("profit")

    def read(text: str) -> Understood:
        word = plain(text).strip().casefold()
        if not word:
            return Understood()
        try:
            share = read_share("0" if word in ("none", "no", "0%", "无", "没有") else word)
        except Misuse as mistake:
            return Understood(None, amber(render(mistake.saying)))
        told = _("none of the price is your tax") if not share else _("{rate} of the price is your tax")
        return Understood((share,), (), [labelled(_("Read as"), [Span(told.format(rate=rate(share)), "strong")])])

    return OneLine(
        _("Tax in the price, market {market}").format(market=session.settings.shop.market), read,
        lambda value: desk.set_tax(value[0]), placeholder=_("7%, or none"),
    )  # fmt: skip
