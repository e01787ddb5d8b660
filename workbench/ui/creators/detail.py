"""All about one deal as lines: what by when and what follows, products with rate and ceiling, screening, timeline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal

from workbench.core.creators.result import Result
from workbench.core.creators.standing import DealStanding, Pays
from workbench.core.money import Money
from workbench.core.time import due_day
from workbench.i18n import _, render
from workbench.output import marks
from workbench.output.creators.json import WHO
from workbench.output.creators.text import DONE, FIGURE, figure, performed_lines, stage, wanted_words
from workbench.output.profit.text import near, percent, rate
from workbench.output.words import amount, countdown, due_point, short_date, time_left
from workbench.session.creators.dues import OTHERWISE
from workbench.ui.sections import section
from workbench.ui.text import Line, Span, fit, headed, width, wrap


def whole(
    stands: DealStanding, now: datetime, zone: tzinfo, cells: int, result: Result | None, before: Sequence[str]
) -> list[Line]:
    """The detail in full, in `cells`; empty fields are left out."""
    deal, room = stands.deal, cells - 4 - _margin()
    lines: list[Line] = [[], *_head(stands, now, zone, cells), []]
    lines += _section(_("Creator"), _creator(stands))
    lines += _section(_("Deal"), list(_deal(stands, zone)))
    for label, part in (
        (_("Products"), list(_products(stands, room))),
        (_("Screening"), list(_screening(stands, room))),
        (_("Figures"), list(_figures(stands, room))),
        (_("Files"), list(_files(stands, zone, room))),
        (_("Warnings"), [[Span(row, "soon")] for saying in stands.warnings for row in wrap(render(saying), room)]),
        (_("Result"), [] if result is None else _result(result, stands)),
        (_("Timeline"), list(_timeline(stands, zone, room))),
        (_("Before"), [[Span(text)] for text in before]),
        (_("Rule"), list(_clock(stands, room))),
        (_("Note"), [[Span(row)] for row in wrap(deal.note, room)] if deal.note else []),
    ):
        if part:
            lines += [[], *_section(label, part)]
    return lines


def short(stands: DealStanding, now: datetime, zone: tzinfo, cells: int) -> list[Line]:
    """The same in eight rows: what by when, what follows, with whom, the products with rate and ceiling."""
    room = cells - 4 - _margin()
    head = list(_head(stands, now, zone, cells))[:2]
    return [
        [], *head, *_section(_("Creator"), _creator(stands)), *_section(_("Products"), list(_products(stands, room))),
    ]  # fmt: skip


def _margin() -> int:
    return 10


def _section(label: str, lines: Sequence[Line]) -> list[Line]:
    return section(label, lines, _margin())


def _head(stands: DealStanding, now: datetime, zone: tzinfo, cells: int) -> Iterator[Line]:
    deal, clock = stands.deal, stands.clock
    what = render(stands.what) if deal.open else stage(deal)
    at = clock.goal_at if clock.goal_at is not None and now < clock.goal_at else clock.at
    text = what if at is None else _("{what} by {point}").format(what=what, point=due_point(at, now, zone))
    left = ("",) if at is None or at <= now else (time_left(at - now), countdown(at - now))
    yield headed([Span(f"  {text}", "title")], deal.ref, [[Span(each)] for each in left], cells - 2)
    if clock.on_timeout is not None:
        for row in wrap(render(OTHERWISE[clock.on_timeout]), cells - 4):
            yield [Span(f"  {row}")]


def _clock(stands: DealStanding, room: int) -> Iterator[Line]:
    """Where the deadline is from."""
    rule = stands.clock.rule
    if rule is not None:
        words = (rule.source, str(rule.as_of or ""), _("assumed") if rule.assumed else "")
        for row in wrap(_(", ").join(word for word in words if word), room):
            yield [Span(row, "quiet")]


def _creator(stands: DealStanding) -> list[Line]:
    found = stands.figures
    words = [found[name].word for name in ("category", "audience") if name in found]
    return [
        [
            Span(stands.deal.handle or "***", "strong"),
            Span("   " + _(", ").join(word for word in words if word), "quiet"),
        ]
    ]


def _deal(stands: DealStanding, zone: tzinfo) -> Iterator[Line]:
    deal = stands.deal
    kind = {"target": _("target"), "open": _("open")}[deal.collaboration]
    goal = {"sales": _("goal sales"), "brand": _("goal brand")}[deal.goal]
    span = "" if deal.starts_at is None and deal.ends_at is None else _("{start} to {end}").format(
        start="?" if deal.starts_at is None else short_date(deal.starts_at.astimezone(zone).date()),
        end="?" if deal.ends_at is None else short_date(due_day(deal.ends_at, zone)),
    )  # fmt: skip
    yield [Span(_(", ").join((kind, goal))), Span(f"   {span}", "quiet")]
    spent = [
        f"{name} {amount(Money(value, stands.currency))}"
        for name, value in ((_("fixed fee"), deal.fixed_fee), (_("sample"), deal.samples_cost)) if value
    ]  # fmt: skip
    if spent:
        orders = "" if stands.from_orders is None else _("earned by {n} orders").format(n=stands.from_orders)
        yield [Span(_(", ").join(spent)), Span(f"   {orders}", "quiet")]


def _products(stands: DealStanding, room: int) -> Iterator[Line]:
    prices = ["?" if each.price is None else amount(Money(each.price, stands.currency)) for each in stands.pays]
    wide = max((width(price) for price in prices), default=0) + 1
    wide = max(wide, width(_("price")) + 1)
    name = max(room - wide - 16, 8)
    yield [Span(fit("", name)), *(Span(fit(head, cells, True), "quiet") for head, cells in (
        (_("price"), wide), (_("rate"), 7), (_("up to"), 9)))]  # fmt: skip
    for each, price in zip(stands.pays, prices, strict=True):
        yield _product(each, price, stands, name, wide)
    for each in stands.pays:
        if each.why is not None:
            for row in wrap(f"{each.sku}: {render(each.why)}", room):
                yield [Span(row, "soon" if each.over else "quiet")]
        elif each.over:
            text = _("{sku} leaves {margin}, target {target}").format(
                sku=each.sku, margin=near(each.margin), target=rate(stands.target)
            )
            for row in wrap(text, room):
                yield [Span(row, "quiet")]


def _product(each: Pays, price: str, stands: DealStanding, name: int, wide: int) -> Line:
    deal = stands.deal
    agreed = "" if deal.rate is None else rate(deal.rate)
    top = "?" if each.ceiling is None else percent(each.ceiling)
    role = "soon_bold" if each.over else "text"
    mark = marks.SOON if each.over else " "
    return [
        Span(fit(each.sku, name)), Span(fit(price, wide, True)), Span(fit(agreed, 7, True), role),
        Span(f" {mark}", role), Span(fit(top, 7, True), role),
    ]  # fmt: skip


def _screening(stands: DealStanding, room: int) -> Iterator[Line]:
    read = max((each.value.day for each in stands.screening if each.value and each.value.day), default=None)
    day = "" if read is None else short_date(read)
    values = [
        _("unknown") if each.value is None else figure(each.figure, each.value) for each in stands.screening
    ]  # fmt: skip
    wanted = [wanted_words(each.figure, each.wanted) for each in stands.screening]
    beside = max(map(width, (day, *values))) + 2
    last = max(map(width, (_("wanted"), *wanted))) + 2
    name = max(room - 2 - beside - last, 8)
    if values:
        yield [
            Span(fit("", name + 2)), Span(fit(day, beside, True), "quiet"), Span(fit(_("wanted"), last, True), "quiet"),
        ]  # fmt: skip
    for judged, value, bound in zip(stands.screening, values, wanted, strict=True):
        mark, role = {True: (marks.DONE, "text"), False: (marks.SOON, "soon"), None: ("?", "quiet")}[judged.fits]
        yield [
            Span(f"{mark} ", role), Span(fit(render(FIGURE[judged.figure]), name), role),
            Span(fit(value, beside, True), role), Span(fit(bound, last, True), "quiet"),
        ]  # fmt: skip


def _figures(stands: DealStanding, room: int) -> Iterator[Line]:
    shown = {judged.figure for judged in stands.screening} | {"category", "audience"}
    days = {name: "" if each.day is None else short_date(each.day) for name, each in stands.figures.items()}
    beside = max(map(width, days.values()), default=0) + 2
    for name, value in stands.figures.items():
        if name not in shown and name in FIGURE:
            yield [
                Span(fit(render(FIGURE[name]), max(room - 11 - beside, 8))), Span(fit(figure(name, value), 11, True)),
                Span(fit(days[name], beside, True), "quiet"),
            ]  # fmt: skip


def _files(stands: DealStanding, zone: tzinfo, room: int) -> Iterator[Line]:
    """What performance files say of the creator, with the day on which they were read."""
    if stands.performed is None:
        return
    for text, day in performed_lines(stands.performed, stands.places, zone):
        rows = list(wrap(text, room))
        yield from ([Span(row)] for row in rows[:-1])
        told = short_date(date.fromisoformat(day))
        if width(rows[-1]) + width(told) + 3 <= room:
            yield [Span(rows[-1]), Span(f"   {told}", "quiet")]
        else:
            yield from ([Span(rows[-1])], [Span(told, "quiet")])


def _result(result: Result, stands: DealStanding) -> list[Line]:
    text = _("{orders} orders, {refunds} back").format(orders=result.orders, refunds=result.refunds)
    profit = "?" if result.profit is None else amount(Money(result.profit, stands.currency))
    lines: list[Line] = [[Span(text), Span("   " + _("profit {amount}").format(amount=profit), "quiet")]]
    if result.unusual:
        expected = _("unusual: {n} back, {expected} expected").format(
            n=result.refunds, expected=f"{result.expected_refunds:.1f}"
        )
        lines.append([Span(f"{marks.SOON} {expected}", "soon")])
    return lines


def _timeline(stands: DealStanding, zone: tzinfo, room: int) -> Iterator[Line]:
    names = {"seller": _("you"), "creator": _("creator"), "carrier": _("carrier")}
    cells = max(map(width, names.values())) + 2
    days = max((width(short_date(entry.at.astimezone(zone).date())) for entry in stands.deal.story), default=0) + 2
    for entry in stands.deal.story:
        day = short_date(entry.at.astimezone(zone).date())
        done = render(DONE[entry.what]) if entry.what in DONE else entry.what
        text = done if not entry.because else f"{done}: {entry.because}"
        for at, row in enumerate(wrap(text, max(room - days - cells, 8))):
            who = names[WHO.get(entry.what, "seller")]
            yield [
                Span(fit(day if at == 0 else "", days)),
                Span(fit(who if at == 0 else "", cells), "quiet"),
                Span(row),
            ]


def before_words(ref: str, month: str, result: Result | None) -> str:
    """An earlier deal with the same creator, in one line."""
    if result is None:
        return _("{ref} in {month}").format(ref=ref, month=month)
    return _("{ref} in {month}: {orders} orders, {refunds} back").format(
        ref=ref, month=month, orders=result.orders, refunds=result.refunds
    )


def total(values: Sequence[Decimal | None]) -> Decimal | None:
    """The sum; None where one of them is not known."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None
