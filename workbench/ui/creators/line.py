"""The one-line questions of Creators: add, edit, note, filter.

A line is the handle, then in any order SKUs (`LAMP-WHT=590` or `LAMP-WHT 590` where a price was agreed), the rate with
its %, and figures or terms by name: `followers=48200`, `samples=830`, `fee=500`, `open`, `brand`, `from 1 Dec`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from workbench.core.creators.model import Deal, Product
from workbench.core.creators.screening import FIGURES, SHARES, TEXTS, Figure
from workbench.core.money import Money
from workbench.core.profit.reading import read_amount
from workbench.core.saying import Misuse, say
from workbench.core.shares import read_share
from workbench.core.spelling import plain
from workbench.core.time import day_ends, due_day, midnight
from workbench.core.when import read_due
from workbench.i18n import _, render
from workbench.output.creators.text import FIGURE, figure
from workbench.output.profit.text import rate
from workbench.output.words import amount, short_date
from workbench.session import Done, Session
from workbench.ui.sheets.base import labelled
from workbench.ui.sheets.oneline import OneLine, Understood, amber
from workbench.ui.text import Line, Span

_TERMS = {"samples": "samples_cost", "fee": "fixed_fee"}
#: Nobody's SKU, unless the shop has it; as in the line of a promotion it is the price of the SKU before it.
_PRICE = re.compile(r"\d{1,6}(?:\.\d{1,2})?", re.ASCII)
_WORDS = {"target": "collaboration", "open": "collaboration", "sales": "goal", "brand": "goal"}


def add(session: Session) -> OneLine:
    """A creator as a candidate, read back while it is typed."""

    def read(text: str) -> Understood:
        words = plain(text).split()
        if not words:
            return Understood()
        try:
            found = _read(session, words[1:])
        except Misuse as mistake:
            return Understood(None, amber(render(mistake.saying)))
        return Understood((words[0].removeprefix("@"), found), (), _told(session, words[0], found))

    def deed(value: tuple[str, dict[str, Any]]) -> Done:
        handle, found = value
        done: Done = session.desk("creators").add(handle, **found)
        return done

    return OneLine(
        _("New creator"),
        read,
        deed,
        placeholder="ploy_daily LAMP-WHT 12% followers=48200",
        complete=_completes(session),
    )


def edit(session: Session, deal: Deal, rate: Decimal | None = None) -> OneLine:
    """Products, rate, terms, dates; figures are laid over those that are there. `rate` stands in the line already."""
    begun = deal if rate is None else msgspec.structs.replace(deal, rate=rate)

    def read(text: str) -> Understood:
        try:
            found = _read(session, plain(text).split())
        except Misuse as mistake:
            return Understood(None, amber(render(mistake.saying)))
        changed = {name: each for name, each in found.items() if getattr(deal, name) != each}
        if not changed:
            return Understood(None, (), [[Span("  " + _("nothing is changed yet"), "quiet")]])
        return Understood(changed, (), _told(session, deal.handle or "", found))

    def deed(found: dict[str, Any]) -> Done:
        done: Done = session.desk("creators").edit(deal.id, **found)
        return done

    return OneLine(deal.ref, read, deed, value=_written(session, begun), complete=_completes(session))


def note(session: Session, deal: Deal) -> OneLine:
    """The note on a deal; the empty text drops it."""

    def read(text: str) -> Understood:
        return Understood(None if text.strip() == (deal.note or "") else (text.strip(),))

    prompt = _("Note on {what}").format(what=deal.ref)
    return OneLine(
        prompt, read, lambda text: session.desk("creators").edit(deal.id, note=text[0]), value=deal.note or ""
    )


def _completes(session: Session) -> Callable[[str], str | None]:
    """The SKU that is begun."""

    def complete(text: str) -> str | None:
        begun = text.rpartition(" ")[2]
        if not begun:
            return None
        found = next(
            (sku for sku in session.desk("profit").skus() if sku.casefold().startswith(begun.casefold())), None
        )
        return None if found is None else text[: len(text) - len(begun)] + found

    return complete


def _read(session: Session, words: list[str]) -> dict[str, Any]:
    """The fields that the words say. `Misuse` names one that is not understood."""
    profit = session.desk("profit")
    places, today = profit.terms.places, profit.today
    found: dict[str, Any] = {"products": ()}
    figures: dict[str, Figure] = {}
    rest = list(words)
    bare = False
    while rest:
        word = rest.pop(0)
        #: Whether the word before is a SKU without a price.
        behind, bare = bare, False
        name, sign, value = word.partition("=")
        key = name.casefold()
        if key in ("from", "to") and not sign:
            at, taken = _day(session, rest)
            del rest[:taken]
            found["starts_at" if key == "from" else "ends_at"] = (
                midnight(at, session.zone) if key == "from" else day_ends(at, session.zone)
            )
        elif key in _WORDS and not sign:
            found[_WORDS[key]] = key
        elif word.endswith("%") and not sign:
            found["rate"] = read_share(word)
        elif sign and key in _TERMS:
            found[_TERMS[key]] = read_amount(value, places)
        elif sign and key in FIGURES:
            figures[key] = _figure(key, value, today)
        elif behind and _PRICE.fullmatch(word) and word not in profit.skus():
            *before, last = found["products"]
            found["products"] = (*before, msgspec.structs.replace(last, price=read_amount(word, places)))
        else:
            found["products"] += (Product(name, read_amount(value, places) if sign else None),)
            bare = not sign
    if figures:
        found["figures"] = figures
    if "starts_at" in found and "ends_at" in found and found["ends_at"] <= found["starts_at"]:
        raise Misuse(say("It would end before it starts."))
    return found


def _day(session: Session, words: list[str]) -> tuple[date, int]:
    """The day that the next words name, and how many they are."""
    for taken in (3, 2, 1):
        if len(words) >= taken:
            at = read_due(" ".join(words[:taken]), session.now(), session.zone)
            if isinstance(at, date) and not isinstance(at, datetime):
                return at, taken
    raise Misuse(say("Write a day behind from and to, such as 1 Dec."))


def _figure(name: str, text: str, day: date) -> Figure:
    if name in TEXTS:
        return Figure(word=text, day=day)
    if name in SHARES:
        return Figure(number=read_share(text), day=day)
    return Figure(number=read_amount(text, 0), day=day)


def _written(session: Session, deal: Deal) -> str:
    """A deal as its line."""
    words = [each.sku if each.price is None else f"{each.sku}={each.price:f}" for each in deal.products]
    if deal.rate is not None:
        words.append(rate(deal.rate).replace(" ", ""))
    words += [word for word, plain_word in ((deal.collaboration, "target"), (deal.goal, "sales")) if word != plain_word]
    for name, field in _TERMS.items():
        value: Decimal | None = getattr(deal, field)
        if value is not None:
            words.append(f"{name}={value:f}")
    for word, at in (("from", deal.starts_at), ("to", deal.ends_at)):
        if at is not None:
            day = at.astimezone(session.zone).date() if word == "from" else due_day(at, session.zone)
            words.append(f"{word} {day.isoformat()}")
    return " ".join(words)


def _told(session: Session, handle: str, found: dict[str, Any]) -> list[Line]:
    """How a line was understood."""
    currency = session.settings.shop.currency
    words: list[Span] = [Span(handle, "strong")]
    for each in found["products"]:
        price = "" if each.price is None else f" {amount(Money(each.price, currency))}"
        words.append(Span(f"   {each.sku}{price}"))
    if "rate" in found:
        words.append(Span(f"   {rate(found['rate'])}", "strong"))
    for field in ("collaboration", "goal"):
        if field in found:
            words.append(Span(f"   {found[field]}", "quiet"))
    for field in ("samples_cost", "fixed_fee"):
        if field in found:
            words.append(Span(f"   {amount(Money(found[field], currency))}", "quiet"))
    lines = [labelled(_("Read as"), words)]
    named = [f"{render(FIGURE[name])} {figure(name, each)}" for name, each in found.get("figures", {}).items()]
    dates = [short_date(found["starts_at"].astimezone(session.zone).date())] if "starts_at" in found else []
    dates += [short_date(due_day(found["ends_at"], session.zone))] if "ends_at" in found else []
    if named or dates:
        lines.append(labelled("", [Span("   ".join((*named, *dates)), "quiet")]))
    return lines
