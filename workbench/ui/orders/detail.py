"""The pane beside the orders to ship: what to take from the shelf for the day, then the order under the cursor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from workbench.core.issues.types import IssueType
from workbench.core.issues.week import Rise
from workbench.core.policy import Policy
from workbench.core.tickets.model import Ticket
from workbench.i18n import _, n_, p_, pick
from workbench.output.marks import SOON
from workbench.output.reasons import why
from workbench.output.sentences import consequence
from workbench.output.words import amount, full_point, time_left
from workbench.session.orders.shipping import Missing, ShipDay
from workbench.ui.board import symbol
from workbench.ui.orders.folding import FoldedDay
from workbench.ui.orders.rows import asked, things
from workbench.ui.sections import margin, section, summed
from workbench.ui.text import Line, Span, fit, headed, shorten, spread, width, wrap

#: The rows of a short pane that are not products: two empty ones, two of the head, the order.
_AROUND = 5


class Shelf(NamedTuple):
    """A day, an order of it, and what is to know around them."""

    day: ShipDay
    ticket: Ticket
    now: datetime
    zone: tzinfo
    policy: Policy
    soon: timedelta
    #: What the log says of products of late.
    rising: Sequence[Rise]
    types: Sequence[IssueType]
    copy: str


def whole(shelf: Shelf, cells: int) -> list[Line]:
    """All of it, in `cells`."""
    return [[], *_head(shelf, cells), [], *_take(shelf, cells), [], [], *_order(shelf, cells)]


def short(shelf: Shelf, cells: int, rows: int) -> list[Line]:
    """The same in so many rows: what to do, the first products, the order."""
    skus, room = len(shelf.day.skus), max(rows - _AROUND, 2)
    take = _take(shelf, cells)[: min(skus, room)]
    if skus > room:
        n = skus - room + 1
        text = p_("products", "and {n} more").format(n=n)
        take[-1:] = section("", [[Span("     " + text, "quiet")]])
    return [[], *_head(shelf, cells)[:2], *take, [], *_order(shelf, cells)[:1]]


def folded(found: FoldedDay, said: str, cells: int) -> list[Line]:
    """The orders of a later day that have no row of their own; `said` is what the row says of them."""
    lines: list[Line] = [[], [Span("  "), Span(said, "title")], [Span("  "), Span(_("Enter shows them."), "quiet")], []]
    return lines + [_listed(ticket, cells) for ticket in found.tickets]


def question(missing: Missing, cells: int, zone: tzinfo) -> list[Line]:
    """What a file no longer shows, and what Enter says of it."""
    lines: list[Line] = [[], [Span("  "), Span(asked(missing), "title")]]
    text = _("The file of {point} covers these days and does not show them. Enter: they were sent, nobody knows when.")
    lines += [[Span("  "), Span(row)] for row in wrap(text.format(point=full_point(missing.since, zone)), cells - 4)]
    lines.append([])
    return lines + [_listed(ticket, cells) for ticket in missing.tickets]


def _listed(ticket: Ticket, cells: int) -> Line:
    return [Span("  "), *shorten([Span(f"{ticket.order_id}  "), Span(things(ticket), "quiet")], cells - 4)]


def _head(shelf: Shelf, cells: int) -> list[Line]:
    """How much, the time that is left, and what follows otherwise."""
    day, now = shelf.day, shelf.now
    pieces = n_("Pack {n} piece", "Pack {n} pieces", day.pieces).format(n=day.pieces)
    orders = n_("{n} order", "{n} orders", len(day.tickets)).format(n=len(day.tickets))
    title = [Span("  "), Span(_("{pieces}, {orders}").format(pieces=pieces, orders=orders), "title")]
    text = consequence(day.tickets[0], now, shelf.zone, appealable=False)
    return [
        spread(title, _left(day.tickets[0], shelf), cells - 2),
        *([Span("  "), Span(row)] for row in wrap(text, cells - 4)),
    ]


def _left(ticket: Ticket, shelf: Shelf) -> Line:
    mark, role = symbol(ticket, shelf.now, shelf.soon)
    due = ticket.deadline.at
    return [Span(f"{mark} ", role), Span(time_left(due - shelf.now), role)] if due else [Span(mark, role)]


def _take(shelf: Shelf, cells: int) -> list[Line]:
    """The packing list; the products of the order under the cursor are bold."""
    mine = {line.sku or line.sku_id for line in shelf.ticket.lines}
    rows: list[Line] = []
    room, widest = cells - 4 - margin(), min(14, max(width(sku) for sku, _product, _number in shelf.day.skus))
    for sku, product, number in shelf.day.skus:
        role = "bold" if sku in mine else "text"
        line = [Span(f"{number:>3}  ", "bold"), Span(fit(sku, widest), role), Span(f"  {product}", "quiet")]
        rows.append(shorten(line, room))
    several = sum(len(ticket.lines) > 1 for ticket in shelf.day.tickets)
    if several:
        text = n_("{n} order holds more than one product", "{n} orders hold more than one product", several)
        rows += [[], shorten([Span(text.format(n=several), "quiet")], room)]
    return section(_("Take"), rows)


def _order(shelf: Shelf, cells: int) -> list[Line]:
    ticket, room = shelf.ticket, cells - 4 - margin()
    title = [Span("  "), Span(things(ticket), "title"), Span(f"   {amount(ticket.money)}")]
    lines: list[Line] = [headed(title, ticket.ref, [_left(ticket, shelf)], cells - 2)]
    names = dict.fromkeys(line.product for line in ticket.lines if line.product)
    lines += [[Span("  "), *shorten([Span(name)], cells - 4)] for name in names]
    lines.append([])
    number = [Span(ticket.order_id or ""), Span(f"   {shelf.copy}", "bold"), Span(" " + _("copy"), "quiet")]
    lines += section(_("Order"), [number])
    lines += section(_("Paid"), [[Span(full_point(ticket.opened_at, shelf.zone))]])
    if ticket.preorder:
        lines += section("", [[Span(row, "quiet")] for row in wrap(_("Pre-order: the platform says by when."), room)])
    steps = why(ticket, shelf.policy, shelf.now, shelf.zone)
    if steps:
        lines += [[], *section(_("Why"), summed(steps, room))]
    careful = list(_careful(shelf, room))
    if careful:
        lines += [[], *section(_("Careful"), careful)]
    source = next((event.source for event in reversed(ticket.timeline) if event.source), None)
    if source:
        lines += [[], *section(_("File"), [shorten([Span(source, "quiet")], room)])]
    return lines


def _careful(shelf: Shelf, room: int) -> Iterator[Line]:
    """What buyers said of its products of late, and what to look at before it is packed."""
    skus = {line.sku for line in shelf.ticket.lines}
    types = {type.id: type for type in shelf.types}
    for rise in shelf.rising:
        if rise.sku in skus and (type := types.get(rise.type)) is not None:
            text = _("{n} in 7 days, {type}: {check}").format(
                n=rise.count, type=pick(type.name), check=pick(type.check)
            )
            for at, row in enumerate(wrap(text, room - 2)):
                yield [Span("  " if at else f"{SOON} ", "soon"), Span(row)]
