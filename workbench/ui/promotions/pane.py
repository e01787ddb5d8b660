"""All about the piece under the cursor: what by when, the chain, the floor and when it rises, what renewing brings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from workbench.core.promotions.board import Stretch
from workbench.core.promotions.coverage import PricePiece
from workbench.core.promotions.draft import PromotionDraft
from workbench.core.promotions.floor import Floor
from workbench.core.promotions.limits import Limit
from workbench.core.promotions.model import Promotion, PromotionEntry
from workbench.core.saying import Saying, say
from workbench.i18n import _, render
from workbench.output.marks import CURSOR, SOON
from workbench.output.profit.text import percent
from workbench.output.promotions.text import TOOL
from workbench.output.words import countdown, due_point, full_due, full_point, point, time_left, year_date
from workbench.session.promotions.checks import span
from workbench.ui.promotions.earning import Earning
from workbench.ui.promotions.head import price
from workbench.ui.sections import margin, section
from workbench.ui.text import Line, Span, cut, fit, headed, line_width, shorten, spread, width, wrap

_DONE: dict[str, Saying] = {
    "add": say("added"), "edit": say("changed"), "renew": say("renewed"), "stop": say("stopped"),
    "taken": say("ticked off"),
}  # fmt: skip
#: Of a long name in the first line at least so many cells are left.
_NAME = 10
#: A pane shows so many links of a chain.
_LINKS = 6


class PieceFacts(NamedTuple):
    """A piece and what is to know around it. `after` is what is shown after its promotion, `renewal` what would renew
    it, None where nothing can. `earnings`: what an order brings at its price, and at what it goes back to."""

    sku: str | None
    product: str
    piece: Stretch
    promotion: Promotion | None
    chain: Sequence[Promotion]
    after: PricePiece | None
    floor: Floor | None
    limit: Limit | None
    renewal: PromotionDraft | None
    warnings: Sequence[Saying]
    ticking: bool
    renewed_by: int | None
    currency: str | None
    now: datetime
    zone: tzinfo
    earnings: Sequence[Earning] = ()


def headline(facts: PieceFacts, cells: int) -> tuple[str, str]:
    """What by when, and the id: `LAMP-WHT at ฿590 until 14:00`; of what does not fit in `cells` the name is cut."""
    name = facts.sku or _("all SKUs")
    found = _headline(facts, name)
    over = width(found[0]) - cells
    return found if over <= 0 else _headline(facts, cut(name, max(width(name) - over, _NAME)))


def _headline(facts: PieceFacts, name: str) -> tuple[str, str]:
    ends, found = due_point(facts.piece.ends, facts.now, facts.zone), facts.promotion
    if facts.piece.hole:
        since = point(facts.piece.begins, facts.now, facts.zone)
        text = _("{sku} stands at {price} since {point}")
        if facts.piece.begins > facts.now:
            text, since = _("{sku} goes back to {price} {point}"), due_point(facts.piece.begins, facts.now, facts.zone)
        return text.format(sku=name, price=price(facts.piece.price, facts.currency), point=since), ""
    said = _off(facts)
    if found is not None and facts.now < found.starts_at:
        starts = point(found.starts_at, facts.now, facts.zone)
        return _("{sku} at {price} from {point}").format(sku=name, price=said, point=starts), found.ref
    return _("{sku} at {price} until {point}").format(sku=name, price=said, point=ends), found.ref if found else ""


def _off(facts: PieceFacts) -> str:
    if facts.sku is None and facts.promotion is not None and facts.promotion.items[0].percent is not None:
        return f"-{facts.promotion.items[0].percent:f}%"
    return price(facts.piece.price, facts.currency)


def consequence(facts: PieceFacts) -> str:
    """What follows if nothing is done."""
    if facts.piece.hole:
        return _("The everyday price is not shown here. Renew it, or start another promotion.")
    found = facts.promotion
    if facts.ticking and facts.renewed_by is not None:
        text = _("{ref} renews it, if the platform takes a second one. Enter ticks it off.")
        return text.format(ref=f"P-{facts.renewed_by}")
    if found is None or not facts.ticking:
        if facts.renewed_by is not None:
            return _("Renewed by {ref}.").format(ref=f"P-{facts.renewed_by}")
        return _("It ends by itself; it is not to be kept.") if found is not None and not found.keep else ""
    if facts.sku is None:
        return _("If you do nothing, every price goes back to its list price.")
    if facts.after is None or facts.after.price is None:
        return _("If you do nothing, the price goes back; the list price is not known.")
    said, back = price(facts.piece.price, facts.currency), price(facts.after.price, facts.currency)
    if facts.after.promotion is not None:
        text = _("If you do nothing, the price goes from {price} to {back}, by {ref}.")
        return text.format(price=said, back=back, ref=f"P-{facts.after.promotion}")
    if facts.piece.ends != found.over_at:
        # Another goes before it until then, and it comes back.
        until = due_point(found.over_at, facts.now, facts.zone)
        text = _("If you do nothing, the price goes back {point} from {price} to {back}, and stays.")
        return text.format(point=until, price=said, back=back)
    return _("If you do nothing, the price goes back from {price} to {back}, and stays.").format(price=said, back=back)


def brief(facts: PieceFacts, cells: int) -> list[Line]:
    """The pane of a narrow screen: three lines."""
    found, right = facts.promotion, _left(facts)
    title, ref = headline(facts, cells - line_width(right) - 11 - (0 if found is None else width(found.ref)))
    left: Line = [Span("  "), Span(title, "title"), Span(f"  {ref}   ", "quiet")]
    if found is not None and not facts.piece.hole:
        kind = render(TOOL[found.tool])
        if len(facts.chain) > 1:
            kind = _("{tool}, {n} in a row").format(tool=kind, n=len(facts.chain))
        left = [*left, Span(kind, "quiet")]
    floor = _floor_brief(facts)
    if facts.renewal is not None and not facts.piece.hole:
        until = due_point(facts.renewal.ends_at, facts.now, facts.zone)
        floor = [*floor, Span("   " + _("renewed it runs to {point}").format(point=until))]
    return [
        spread(left, right, cells - 2),
        shorten([Span("  "), Span(consequence(facts))], cells - 2),
        shorten([Span("  "), *floor], cells - 2),
    ]


def _floor_brief(facts: PieceFacts) -> Line:
    if facts.sku is None:
        return []
    if facts.floor is None or facts.floor.floor is None:
        return [Span(_("lowest price of 30 days not known"), "quiet")]
    text = _("lowest of 30 days {price}").format(price=price(facts.floor.floor, facts.currency))
    if facts.floor.rises_at is not None:
        at = point(facts.floor.rises_at, facts.now, facts.zone)
        text += _(", rises {point}").format(point=at)
    return [Span(text, "quiet")]


def _left(facts: PieceFacts, words: Callable[[timedelta], str] = time_left) -> Line:
    found = facts.promotion
    if found is None or not facts.ticking:
        return []
    left = found.ends_at - facts.now
    soon = left.total_seconds() < 86400
    return [
        Span(f"{SOON} " if left.total_seconds() > 0 else "! ", "soon"),
        Span(words(left), "soon" if soon else "text"),
    ]


def whole(facts: PieceFacts, cells: int, focused: bool) -> list[Line]:
    """The pane in full, in `cells`; empty fields are left out."""
    room = cells - 4 - margin()
    title, ref = headline(facts, cells - 4 - (0 if facts.promotion is None else width(facts.promotion.ref) + 2))
    head: Line = [Span(f"{CURSOR} " if focused else "  ", "accent_bold"), Span(title, "title")]
    left = _left(facts, countdown)
    if line_width([*head, *left]) + width(ref) + 3 <= cells - 2:
        lines: list[Line] = [[], headed(head, ref, [_left(facts), left], cells - 2)]
    else:
        lines = [[], headed(head, ref, [[]], cells - 2), [Span("  "), *_left(facts)]]
    lines += [[Span(f"  {row}")] for row in wrap(consequence(facts), cells - 4) if row]
    for part in (_what(facts, room), _floor(facts, room), _renewal(facts, room), _profit(facts), _warnings(facts, room),
                 _timeline(facts), _note(facts, room)):  # fmt: skip
        found = list(part)
        if found:
            lines += [[], *found]
    return lines


def nothing() -> list[Line]:
    """The pane where there is no piece."""
    return [[], [Span("  " + _("No promotion stands here."), "quiet")]]


def _what(facts: PieceFacts, room: int) -> Iterator[Line]:
    name: Line = [Span(facts.sku or _("all SKUs"))]
    if facts.product:
        name = shorten([*name, Span(f"   {facts.product}", "quiet")], room)
    yield from section(_("Item"), [name])
    found = facts.promotion
    if found is None:
        return
    tool: Line = [Span(render(TOOL[found.tool]))]
    if found.keep:
        tool = shorten([*tool, Span("   " + _("the everyday price"), "quiet")], room)
    yield from section(_("Tool"), [tool])
    length = render(span(found.over_at - found.starts_at))
    times: list[Line] = [
        [Span(full_point(found.starts_at, facts.zone))],
        [Span(full_due(found.over_at, facts.zone)), Span(f"   {length}", "quiet")],
    ]
    label = _("Runs") if facts.now < found.over_at else _("Ran")
    yield from section(label, times)
    if len(facts.chain) > 1:
        since = point(facts.chain[0].starts_at, facts.now, facts.zone)
        row: Line = [
            Span(_("{n} in a row").format(n=len(facts.chain))),
            Span("   " + _("since {point}").format(point=since), "quiet"),
        ]
        yield from section(_("Chain"), [shorten(row, room)])
    if found.creator:
        yield from section(_("Creator"), [[Span(found.creator)]])


def _floor(facts: PieceFacts, room: int) -> Iterator[Line]:
    floor = facts.floor
    if floor is None:
        return
    if floor.floor is None:
        yield from section(_("Floor"), [[Span(_("not known"), "quiet")]])
        return
    by = _("set by {ref}").format(ref=f"P-{floor.set_by}") if floor.set_by is not None else _("the list price")
    rows: list[Line] = [[Span(price(floor.floor, facts.currency), "title")]]
    text = _("lowest of 30 days, {by}").format(by=by)
    rows += [[Span(row, "quiet")] for row in wrap(text, room)]
    if floor.unknown:
        rows.append([Span(_("part of it is not known"), "soon")])
    yield from section(_("Floor"), rows)
    if floor.rises_at is not None:
        at = full_point(floor.rises_at, facts.zone)
        then = floor.next_floor if floor.rises_at == floor.changes_at else None
        said = at if then is None else _("{point} to {price}").format(point=at, price=price(then, facts.currency))
        rows = [[Span(said)], [Span(_("if it is not shown again"), "quiet")]]
        yield []
        yield from section(_("Rises"), rows)


def _renewal(facts: PieceFacts, room: int) -> Iterator[Line]:
    draft = facts.renewal
    if draft is None:
        return
    text = _("{start} to {end}").format(
        start=point(draft.starts_at, facts.now, facts.zone), end=due_point(draft.ends_at, facts.now, facts.zone)
    )
    rows: list[Line] = [[Span(row)] for row in wrap(text, room)]
    rows += [[Span(row, "quiet")] for said in rule_lines(facts.limit) for row in wrap(said, room)]
    yield from section(_("Renew"), rows)


def rule_lines(limit: Limit | None) -> Iterator[str]:
    """Which rule bounds a renewal, and how sure it is."""
    if limit is None:
        yield _("no limit known")
        return
    if limit.longest is not None:
        yield _("{longest} is the longest").format(longest=render(span(limit.longest)))
    elif limit.shortest is None:
        yield _("no limit known")
    dated = year_date(limit.as_of) if limit.as_of is not None else ""
    if limit.assumed:
        yield _("assumed, rule of {date}").format(date=dated) if dated else _("assumed")
    elif limit.conflicting:
        yield _("sources differ, rule of {date}").format(date=dated) if dated else _("sources differ")
    elif dated:
        yield _("rule of {date}").format(date=dated)


def _profit(facts: PieceFacts) -> Iterator[Line]:
    rows: list[Line] = []
    for at, each in enumerate(facts.earnings):
        text = _("{money} an order").format(money=price(each.brings, facts.currency))
        if each.brings < 0:
            text = _("loses {money} an order").format(money=price(-each.brings, facts.currency))
        if at:
            text = _("{what} at {price}").format(what=text, price=price(each.price, facts.currency))
            rows.append([Span(text, "quiet")])
        else:
            share = f"   {percent(each.margin)}" if each.brings >= 0 else ""
            rows.append([Span(text, "soon" if each.brings < 0 else "text"), Span(share, "quiet")])
    if any(each.kept for each in facts.earnings):
        rows.append([Span(_("if it is kept; refunds not known"), "quiet")])
    if rows:
        yield from section(_("Profit"), rows)


def _warnings(facts: PieceFacts, room: int) -> Iterator[Line]:
    rows: list[Line] = [
        [Span(f"{SOON} " if at == 0 else "  ", "soon"), Span(row, "soon")]
        for saying in facts.warnings for at, row in enumerate(wrap(render(saying), room - 2))
    ]  # fmt: skip
    if rows:
        yield from section(_("Careful"), rows)


def _timeline(facts: PieceFacts) -> Iterator[Line]:
    if len(facts.chain) > 1:
        found = facts.chain[-_LINKS:]
        rows: list[Line] = [
            [
                Span(fit(point(each.starts_at, facts.now, facts.zone), 11)),
                Span(fit(_("you"), 8), "quiet"),
                Span(each.ref),
            ]
            for each in found
        ]
        yield from section(_("Timeline"), rows)
        return
    story: Sequence[PromotionEntry] = facts.promotion.story if facts.promotion is not None else ()
    rows = [
        [Span(fit(point(entry.at, facts.now, facts.zone), 12)), Span(_("you"), "quiet"),
         Span("   " + render(_DONE.get(entry.what, say("changed"))))]
        for entry in story[-_LINKS:]
    ]  # fmt: skip
    yield from section(_("Timeline"), rows)


def _note(facts: PieceFacts, room: int) -> Iterator[Line]:
    if facts.promotion is not None and facts.promotion.note:
        yield from section(_("Note"), [[Span(row)] for row in wrap(facts.promotion.note, room)])
