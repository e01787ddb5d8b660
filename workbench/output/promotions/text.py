"""Promotions, coverage and the floor as plain lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo

from workbench.core.promotions.coverage import PricePiece
from workbench.core.promotions.floor import Floor
from workbench.core.promotions.model import Item, Promotion, Tool
from workbench.core.saying import Saying, say
from workbench.i18n import _, render
from workbench.output.cells import clean, pad
from workbench.output.words import full_due, full_point

#: The tools by name.
TOOL: dict[Tool, Saying] = {
    "discount": say("Discount"), "flash": say("Flash deal"), "live_flash": say("LIVE flash deal"),
    "creator_flash": say("Creator flash deal"), "coupon": say("Coupon"), "gift": say("Gift"), "bundle": say("Bundle"),
    "shipping": say("Shipping discount"), "giveaway": say("Giveaway"), "campaign": say("Campaign price"),
}  # fmt: skip
STATE: dict[str, Saying] = {
    "coming": say("coming"), "running": say("running"), "ended": say("ended"), "stopped": say("stopped"),
}  # fmt: skip


def items(promotion: Promotion) -> str:
    """What it is about: SKUs with prices or percentages."""
    return "  ".join(_item(item) for item in promotion.items)


def _item(item: Item) -> str:
    what = f"{item.price:f}" if item.price is not None else f"-{item.percent:f} %"
    return clean(f"{item.sku or _('all SKUs')} {what}")


def promotion_lines(promotion: Promotion, renewed_by: int | None, now: datetime, zone: tzinfo) -> Iterator[str]:
    """The promotion for a person; empty fields are left out. `renewed_by` is the number of what renews it."""
    head = f"{promotion.ref}  {render(TOOL[promotion.tool])}  {render(STATE[promotion.state(now)])}"
    yield f"{head}  {clean(promotion.name)}" if promotion.name else head
    yield items(promotion)
    if promotion.over_at <= promotion.starts_at:
        yield _("stopped before it started, {point}").format(point=full_point(promotion.over_at, zone))
    else:
        yield _("from {start} to {end}").format(
            start=full_point(promotion.starts_at, zone), end=full_due(promotion.over_at, zone)
        )
    if promotion.keep:
        yield _("kept: it is the everyday price")
    if promotion.renews is not None:
        yield _("renews {ref}").format(ref=f"P-{promotion.renews}")
    if renewed_by is not None:
        yield _("renewed by {ref}").format(ref=f"P-{renewed_by}")
    if promotion.creator:
        yield _("for {creator}").format(creator=clean(promotion.creator))
    for letter, number in (("D", promotion.deal), ("C", promotion.campaign)):
        if number is not None:
            yield _("belongs to {ref}").format(ref=f"{letter}-{number}")
    if promotion.note:
        yield clean(promotion.note)


def promotion_rows(found: Sequence[Promotion], now: datetime, zone: tzinfo) -> Iterator[str]:
    """One line a promotion."""
    for each in found:
        yield "  ".join(
            (
                pad(each.ref, 6),
                pad(render(TOOL[each.tool]), 18),
                pad(render(STATE[each.state(now)]), 8),
                pad(full_due(each.over_at, zone), 20),
                items(each),
            )
        ).rstrip()


def piece_line(piece: PricePiece, zone: tzinfo) -> str:
    """A piece of a SKU's price."""
    price = _("not known") if piece.price is None else f"{piece.price:f}"
    by = render(TOOL[piece.tool]) if piece.tool else _("list price")
    ref = "" if piece.promotion is None else f"P-{piece.promotion}"
    live = _("in a live") if piece.live else ""
    ends = full_due(piece.ends, zone)
    return "  ".join(part for part in (pad(ends, 20), pad(price, 10), by, ref, live) if part)


def floor_lines(sku: str, found: Floor, zone: tzinfo) -> Iterator[str]:
    """The lowest price of 30 days, and when it turns."""
    low = _("not known") if found.floor is None else f"{found.floor:f}"
    by = "" if found.set_by is None else f"  P-{found.set_by}"
    yield f"{clean(sku)}  {low}{by}"
    if found.changes_at is not None:
        then = _("not known") if found.next_floor is None else f"{found.next_floor:f}"
        yield _("{point}: {price}").format(point=full_point(found.changes_at, zone), price=then)
    if found.rises_at is not None and found.rises_at != found.changes_at:
        yield _("rises {point}").format(point=full_point(found.rises_at, zone))
