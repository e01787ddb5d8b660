"""The one-line questions of the Plan: add, edit, renew, stop, note, list price."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import msgspec

from workbench.core.promotions.draft import PromotionDraft
from workbench.core.promotions.line import TOOL_WORDS, TypedPromotion, read_length, read_line, spelled, write_line
from workbench.core.promotions.model import TOOLS, Promotion
from workbench.core.promotions.reading import read_amount
from workbench.core.saying import Misuse, Refusal, Told, say
from workbench.i18n import _, language, render
from workbench.output.marks import SOON
from workbench.output.promotions.text import TOOL
from workbench.output.words import full_due, full_point, point
from workbench.session import Done, Session
from workbench.session.promotions.checks import OverLimit, span
from workbench.ui.promotions.head import figure
from workbench.ui.promotions.pane import rule_lines
from workbench.ui.sheets.base import labelled
from workbench.ui.sheets.line import instant
from workbench.ui.sheets.oneline import OneLine, Understood, amber
from workbench.ui.text import Line, Span, wrap


def _twice(deed: Callable[[Any, bool], Done]) -> Callable[[Any], Done]:
    """What a limit refuses is recorded as the platform took it when it is asked for once more."""
    refused: list[Any] = []

    def done(value: Any) -> Done:
        try:
            return deed(value, value in refused)
        except OverLimit as told:
            refused.append(value)
            raise Refusal(say("{why} Enter once more records it as the platform took it.", why=told.saying)) from None

    return done


def add(session: Session, begun: PromotionDraft | None = None) -> OneLine:
    """A promotion in one line, read back while it is typed; `begun` is what it starts from: what belongs to whom stays
    as it is there."""
    desk = session.desk("promotions")
    kept = {} if begun is None else {name: getattr(begun, name) for name in ("creator", "deal", "campaign")}

    def deed(draft: PromotionDraft, anyway: bool) -> Done:
        done: Done = desk.add(msgspec.structs.replace(draft, **kept), anyway=anyway)
        return done

    prompt = _("New promotion") if begun is None or not begun.creator else _("New promotion with {creator}").format(
        creator=begun.creator
    )  # fmt: skip
    return OneLine(
        prompt, lambda typed: _read(session, typed, kept), _twice(deed),
        value="" if begun is None else write_line(begun, session.zone),
        placeholder=_("flash LAMP-WHT 590 until fri 14:00 keep"), known=lambda typed: _typed(session, typed).known,
        complete=lambda typed: _complete(session, typed),
    )  # fmt: skip


def edit(session: Session, promotion: Promotion) -> OneLine:
    """What was entered, put right; only what differs is changed."""
    desk = session.desk("promotions")
    kept = {name: getattr(promotion, name) for name in ("creator", "deal", "campaign", "renews")}

    def read(text: str) -> Understood:
        typed = _typed(session, text)
        if typed.draft is None:
            return _problem(typed, text)
        names = ("tool", "items", "starts_at", "ends_at", "keep")
        found = {name: value for name in names if (value := getattr(typed.draft, name)) != getattr(promotion, name)}
        if not found:
            return Understood(None, (), [[Span("  " + _("nothing is changed yet"), "quiet")]])
        lines = read_back(session, msgspec.structs.replace(typed.draft, **kept), promotion.id)
        limit = desk.limit(promotion)
        if limit is not None and desk.locked(promotion, found):
            told = _("The platform does not let it be changed while it runs.")
            if limit.locked == "start":
                told = _("The platform does not let its start be changed while it runs.")
            lines.append([Span(f"  {SOON} ", "soon"), *amber(told)])
        return Understood(found, (), lines)

    return OneLine(
        promotion.ref, read, _twice(lambda found, anyway: desk.edit(promotion.id, anyway=anyway, **found)),
        value=write_line(promotion, session.zone), known=lambda typed: _typed(session, typed).known,
        complete=lambda typed: _complete(session, typed),
    )  # fmt: skip


def renew(session: Session, promotions: Sequence[Promotion]) -> OneLine:
    """Renew one or several; empty for as long as before. The new end and the rule that bounds it are read back."""
    desk, ids = session.desk("promotions"), [each.id for each in promotions]

    def read(text: str) -> Understood:
        length: timedelta | None = None
        if text.strip():
            length = read_length(text)
            if length is None:
                return Understood(None, amber(_("a length such as 3d, 72h or 90min")))
        try:
            drafts = [desk.renewal(each, length) for each in promotions]
        except Told as told:
            return Understood(None, (), [[Span("  ! ", "soon_bold"), *amber(render(told.saying))]])
        lines = [
            line for each, draft in zip(promotions, drafts, strict=True) for line in _renewed(session, each, draft)
        ]
        return Understood((length,), (), lines)

    what = ", ".join(each.ref for each in promotions)
    return OneLine(
        _("Renew {what} for").format(what=what), read,
        _twice(lambda value, anyway: desk.renew(ids, value[0], anyway=anyway)),
        placeholder=_("as long as before; such as 3d"),
    )  # fmt: skip


def _renewed(session: Session, promotion: Promotion, draft: PromotionDraft) -> list[Line]:
    now, zone = session.now(), session.zone
    currency = session.settings.shop.currency
    named = ", ".join(f"{item.sku or _('all SKUs')} {figure(item, currency)}" for item in promotion.items)
    times = _("{start} to {end}").format(start=point(draft.starts_at, now, zone), end=full_due(draft.ends_at, zone))
    lines = [
        labelled(promotion.ref, [Span(render(TOOL[promotion.tool])), Span(f"   {named}")]),
        labelled(_("Runs"), [Span(times, "strong"), Span(f"   {render(span(draft.length))}", "quiet")]),
    ]
    desk = session.desk("promotions")
    limit = desk.limit(draft)
    before = promotion.ends_at - promotion.starts_at
    if draft.length < before:
        said = _("cut from {length} to what is allowed").format(length=render(span(before)))
        lines.append([Span(f"  {SOON} ", "soon"), *amber(said)])
    rule = _(", ").join(rule_lines(limit))
    lines.append(labelled(_("Rule"), [Span(rule, "quiet")]))
    lines += _warned(session, draft)
    return lines


def stop(session: Session, promotion: Promotion) -> OneLine:
    """When it was ended by hand; empty is now."""
    desk = session.desk("promotions")

    def read(text: str) -> Understood:
        if not text.strip():
            now = full_point(session.now(), session.zone)
            return Understood((session.now(),), [Span(now), Span("   " + _("now"), "quiet")])
        at, tail = instant(session, text, past=True)
        return Understood(None if at is None else (at,), tail)

    prompt = _("{ref} was stopped").format(ref=promotion.ref)
    return OneLine(
        prompt, read, lambda value: desk.stop([promotion.id], value[0]), placeholder=_("now; such as: 13:20")
    )


def note(session: Session, promotion: Promotion) -> OneLine:
    """The note on a promotion; the empty text drops it."""
    desk = session.desk("promotions")

    def read(text: str) -> Understood:
        return Understood(None if text.strip() == (promotion.note or "") else (text.strip(),))

    prompt = _("Note on {what}").format(what=promotion.ref)
    return OneLine(prompt, read, lambda text: desk.edit(promotion.id, note=text[0]), value=promotion.note or "")


def list_price(session: Session, sku: str) -> OneLine:
    """The list price of a SKU from now on."""
    desk = session.desk("promotions")
    known = desk.list_prices(sku)

    def read(text: str) -> Understood:
        if not text.strip():
            return Understood(
                None, [Span(_("from now on; without it nothing tells what a price goes back to"), "quiet")]
            )
        try:
            return Understood(read_amount(text, desk.rules.places), [Span(_("from now on"), "quiet")])
        except Misuse as told:
            return Understood(None, amber(render(told.saying)))

    prompt = _("List price of {sku}").format(sku=sku)
    return OneLine(
        prompt, read, lambda value: desk.set_price(sku, value), value=f"{known[-1].price:f}" if known else ""
    )  # fmt: skip


def _typed(session: Session, text: str) -> TypedPromotion:
    return read_line(text, session.now(), session.zone, session.desk("promotions").rules.places)


def _problem(typed: TypedPromotion, text: str) -> Understood:
    problem = render(typed.problem) if typed.problem else ""
    return Understood(None, (), [[Span("  "), Span(problem, "soon" if text.strip() else "quiet")]])


def _read(session: Session, text: str, kept: Mapping[str, Any]) -> Understood:
    typed = _typed(session, text)
    if typed.draft is None:
        return _problem(typed, text)
    draft = msgspec.structs.replace(typed.draft, **kept)
    return Understood(draft, (), read_back(session, draft))


def read_back(session: Session, draft: PromotionDraft, id: int = 0) -> list[Line]:
    """How a line was understood: tool and items, the time, what is worth telling; `id` is the one that is corrected."""
    now, zone, currency = session.now(), session.zone, session.settings.shop.currency
    items: list[Span] = []
    for item in draft.items:
        items += [Span(f"   {item.sku or _('all SKUs')} "), Span(figure(item, currency), "strong")]
    kept = [Span("   " + _("the everyday price"), "quiet")] if draft.keep else []
    times = _("{start} to {end}").format(start=point(draft.starts_at, now, zone), end=full_due(draft.ends_at, zone))
    lines = [
        labelled(_("Read as"), [Span(render(TOOL[draft.tool]), "strong"), *items, *kept]),
        labelled(_("Runs"), [Span(times, "strong"), Span(f"   {render(span(draft.length))}", "quiet")]),
    ]
    return [*lines, *_warned(session, draft, id)]


def _warned(session: Session, draft: PromotionDraft, id: int = 0) -> list[Line]:
    cells = 74
    return [
        [Span(f"  {SOON} " if at == 0 else "    ", "soon"), *amber(row)]
        for saying in session.desk("promotions").doubts(draft, id) for at, row in enumerate(wrap(render(saying), cells))
    ]  # fmt: skip


def _complete(session: Session, text: str) -> str | None:
    """The tool, or the SKU, that the last word begins."""
    head, _blank, begun = text.rpartition(" ")
    if not begun:
        return None
    words = (
        [TOOL_WORDS[tool][1 if language() == "zh" else 0] for tool in TOOLS]
        if not head else session.desk("promotions").skus()
    )  # fmt: skip
    found = next((word for word in words if word.casefold().startswith(begun.casefold())), None)
    return None if found is None else f"{head} {spelled(found) if head else found} ".lstrip()
