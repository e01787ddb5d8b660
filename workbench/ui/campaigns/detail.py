"""A campaign with the one like it beside it, line by line; a step of a plan; an event ahead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import zip_longest

from workbench.core.bigdays.plan import PlanStep
from workbench.core.campaigns.model import After, Campaign
from workbench.core.sku_list import joined
from workbench.i18n import _, language, p_, pick
from workbench.output.campaigns.text import state_words
from workbench.output.words import full_due, full_point, long_date, point
from workbench.session import Session
from workbench.ui.promotions.head import price
from workbench.ui.text import Line, Span, cut, fit, wrap

#: How a step of a plan stands.
_STEP: dict[str, Callable[[], str]] = {
    "coming": lambda: _("coming"), "open": lambda: p_("step", "open"), "late": lambda: p_("step", "late"),
    "done": lambda: _("done"),
}  # fmt: skip


def campaign_lines(session: Session, found: Campaign, cells: int) -> list[Line]:
    """All about a campaign, the newest one like it at its right."""
    desk, now = session.desk("campaigns"), session.now()
    like = next(iter(desk.like(found)), None)
    margin = 12 if language() == "zh" else 15
    room = (cells - 4 - margin) // 2 - 1 if like is not None else cells - 4 - margin
    lines: list[Line] = [[], [
        Span(f"  {found.name}", "title"), Span(f"   {state_words(found, now, desk.after(found))}"),
        Span(f"   {found.ref}", "quiet"),
    ]]  # fmt: skip
    if like is not None:
        year = like.starts_at.astimezone(session.zone).year
        head = fit(_("this one"), room) + "  " + cut(f"{like.name} {year}", room)
        lines += [[], [Span("  " + " " * margin), Span(head, "quiet")]]
    else:
        lines.append([])
    for label, ask in _fields(session):
        mine, other = ask(found), ask(like) if like is not None else ""
        if mine or other:
            for at, (left, right) in enumerate(zip_longest(wrap(mine, room), wrap(other, room), fillvalue="")):
                beside = [Span("  " + right, "quiet")] if right else []
                name = Span("  " + fit(label if at == 0 else "", margin), "quiet")
                lines.append([name, Span(fit(left, room) if right else left), *beside])
    for each in found.later:
        when = point(each.at, now, session.zone)
        lines.append([Span("  " + fit(_("later"), margin), "quiet"), Span(f"{each.what}: {each.value}   "),
                      Span(when, "quiet")])  # fmt: skip
    for label, text in ((_("Why"), found.why), (_("Note"), found.note)):
        if text:
            lines.append([])
            rows = wrap(text, cells - 4 - margin)
            lines += [[Span("  " + fit(label if at == 0 else "", margin), "quiet"), Span(row)]
                      for at, row in enumerate(rows)]  # fmt: skip
    if found.locked(now) and found.actual == type(found.actual)():
        lines += [[], [Span("  " + _("What was expected is locked since it started."), "quiet")]]
    return lines


def _fields(session: Session) -> Iterator[tuple[str, Callable[[Campaign], str]]]:
    zone, currency = session.zone, session.settings.shop.currency

    def at(name: str, *, end: bool = False) -> Callable[[Campaign], str]:
        def ask(found: Campaign) -> str:
            moment: datetime | None = getattr(found, name)
            return "" if moment is None else (full_due if end else full_point)(moment, zone)

        return ask

    def text(name: str) -> Callable[[Campaign], str]:
        return lambda found: getattr(found, name) or ""

    def figure(which: str, name: str) -> Callable[[Campaign], str]:
        def ask(found: Campaign) -> str:
            value: Decimal | int | None = getattr(getattr(found, which), name)
            if value is None:
                return ""
            if name == "conversion":
                return f"{Decimal(value) * 100:.2f} %"
            return price(Decimal(value), currency) if name == "sales" else f"{value:,}"

        return ask

    def after(found: Campaign) -> str:
        known: After | None = session.desk("campaigns").after(found)
        if known is None:
            return ""
        return _("{n} refunds, {money}").format(n=known.refunds, money=price(known.money, currency))

    yield _("Starts"), at("starts_at")
    yield _("Ends"), at("ends_at", end=True)
    yield _("Registration"), at("registration_opens")
    yield _("Register by"), at("registration_closes", end=True)
    yield _("Prices lock"), at("price_fixed_from")
    yield _("Withdraw by"), at("withdraw_until", end=True)
    yield _("Products"), lambda found: joined(found.skus)
    for label, name in ((_("Categories"), "categories"), (_("Discount"), "discount"), (_("Stock"), "stock"),
                        (_("Way"), "way"),
                        (_("Sold at"), "sold_at"), (_("Slot"), "slot"), (_("Hours"), "hours")):  # fmt: skip
        yield label, text(name)
    yield _("Expected sales"), figure("expected", "sales")
    yield _("  orders"), figure("expected", "orders")
    yield _("  conversion"), figure("expected", "conversion")
    yield _("Came"), figure("actual", "sales")
    yield _("  orders"), figure("actual", "orders")
    yield _("  conversion"), figure("actual", "conversion")
    yield _("After 30 days"), after


def step_lines(session: Session, step: PlanStep, cells: int) -> list[Line]:
    """All about a step."""
    today = session.now().astimezone(session.zone).date()
    lines: list[Line] = [[], [
        Span("  " + pick(step.title), "title"), Span(f"   {_STEP[step.state(today)]()}"),
        Span(f"   {step.ref}", "quiet"),
    ], []]  # fmt: skip
    said = _("{first} to {last}").format(first=long_date(step.begins), last=long_date(step.ends))
    rows: Sequence[tuple[str, str]] = (
        (_("Days"), said), (_("Wanted"), pick(step.wanted) if step.wanted else ""), (_("Noted"), step.note or ""),
        (_("Done"), "" if step.done_at is None else full_point(step.done_at, session.zone)),
    )  # fmt: skip
    for label, text in rows:
        if text:
            found = wrap(text, cells - 16)
            lines += [[Span("  " + fit(label if at == 0 else "", 12), "quiet"), Span(row)]
                      for at, row in enumerate(found)]  # fmt: skip
    return lines


def event_lines(session: Session, id: str) -> list[Line]:
    """An event ahead, and what starting its plan would lay out."""
    for event, dated in session.desk("bigdays").events():
        if event.id == id and dated is not None:
            lines: list[Line] = [[], [Span("  " + pick(event.name), "title")], [],
                                 [Span("  " + long_date(dated.day)), Span(f" {dated.day.year}", "quiet")]]  # fmt: skip
            if dated.assumed:
                lines.append([Span("  " + _("The calendar only estimates this day."), "soon")])
            steps = next((each.steps for each in session.settings.plans if each.event == id), ())
            if steps:
                lines += [[], [Span("  " + _("Enter starts its plan:"), "quiet")]]
                lines += [[Span(f"  [ ] {pick(step.title)}")] for step in steps]
            return lines
    return [[]]
