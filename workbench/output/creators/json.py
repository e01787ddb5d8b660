"""Deals and results as the interface promises them: shares with six decimals, amounts in the shop's currency."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.core.agenda import Due
from workbench.core.creators.model import Deal, DealEntry
from workbench.core.creators.performance import RATES
from workbench.core.creators.result import Result
from workbench.core.creators.screening import SHARES, Figure, Judged, Wanted
from workbench.core.creators.standing import DealStanding, Pays
from workbench.i18n import render
from workbench.output.json import Document, Shaper
from workbench.output.profit.json import amount, share

#: Who did what is told of in a timeline; what is left out is the seller's.
WHO = {"answered": "creator", "sample_asked": "creator", "posted": "creator", "arrived": "carrier"}


def deal(shaper: Shaper, stands: DealStanding) -> Document:
    """A deal with its clock, ceilings and screening."""
    time, found, clock, places = shaper.time, stands.deal, stands.clock, stands.places
    return {
        "id": found.ref,
        "handle": found.handle,
        "goal": found.goal,
        "products": [_product(each, places) for each in stands.pays],
        "rate": share(found.rate),
        "fixed_fee": amount(found.fixed_fee, places),
        "collaboration": found.collaboration,
        "stage": found.stage,
        "stage_since": time(found.stage_since),
        "due_at": time(clock.at),
        "goal_at": time(clock.goal_at),
        "due_kind": clock.kind,
        "on_timeout": clock.on_timeout,
        "outcome": found.outcome,
        "closed_at": time(found.closed_at),
        "because": found.because,
        "messages": found.messages,
        "starts_at": time(found.starts_at),
        "ends_at": time(found.ends_at),
        "samples_cost": amount(found.samples_cost, places),
        "currency": stands.currency,
        "figures": {
            name: {"value": figure_text(name, each), "day": None if each.day is None else each.day.isoformat()}
            for name, each in figures_of(stands).items()
        },
        "screening": [_judged(each) for each in stands.screening],
        "pays_from_orders": stands.from_orders,
        "warnings": [render(saying) for saying in stands.warnings],
        "note": found.note,
        "timeline": [_entry(shaper, each) for each in found.story],
    }


def figures_of(stands: DealStanding) -> Mapping[str, Figure]:
    """What is known of the creator: what was typed, and what performance files say."""
    files = {} if stands.performed is None else stands.performed.figures
    return {**stands.figures, **{name: each for name, each in files.items() if name not in stands.figures}}


def waiting(shaper: Shaper, found: Deal, due: Due) -> Document:
    """A deal that waits for the seller today."""
    return {
        "id": found.ref, "handle": found.handle, "stage": found.stage, "due_at": shaper.time(due.at),
        "due_kind": due.kind,
    }  # fmt: skip


def _product(each: Pays, places: int) -> Document:
    return {
        "sku": each.sku, "price": amount(each.price, places), "ceiling": share(each.ceiling),
        "why": None if each.why is None else render(each.why),
    }  # fmt: skip


def _judged(each: Judged) -> Document:
    return {
        "figure": each.figure,
        "value": None if each.value is None else figure_text(each.figure, each.value),
        "wanted": wanted_text(each.figure, each.wanted),
        "fits": each.fits,
    }


def figure_text(name: str, figure: Figure) -> str | None:
    """A figure as text: a share with six decimals, a number as it is, a word."""
    if figure.number is None:
        return figure.word
    return share(figure.number) if name in SHARES or name in RATES else f"{figure.number:f}"


def wanted_text(name: str, wanted: Wanted) -> str:
    """What is wanted of a figure: `>= 10000`, or the words."""
    if wanted.one_of:
        return ", ".join(wanted.one_of)
    bounds = ((">=", wanted.at_least), ("<=", wanted.at_most))
    return " ".join(f"{sign} {figure_text(name, Figure(bound))}" for sign, bound in bounds if bound is not None)


def _entry(shaper: Shaper, entry: DealEntry) -> Document:
    return {
        "at": shaper.time(entry.at), "who": WHO.get(entry.what, "seller"), "what": entry.what,
        "text": entry.text, "because": entry.because,
    }  # fmt: skip


def result(found: Result, places: int) -> Document:
    """What came of one creator."""
    return {
        "handle": found.handle,
        "orders": found.orders,
        "sales": amount(found.sales, places),
        "refunds": found.refunds,
        "expected_refunds": None if found.expected_refunds is None else round(found.expected_refunds, 4),
        "p": found.p,
        "unusual": found.unusual,
        "commission": amount(found.commission, places),
        "samples": amount(found.samples, places),
        "profit": amount(found.profit, places),
    }
