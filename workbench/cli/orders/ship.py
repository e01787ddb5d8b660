"""`workbench ship`: what must be handed over, by due day, past days first; `ship sent`: it was."""

from __future__ import annotations

import argparse
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from workbench.cli.call import Call
from workbench.cli.parsing import optional_subverbs, second_word
from workbench.core.saying import Misuse, Refusal, say
from workbench.i18n import _, n_
from workbench.output.cells import clean, pad
from workbench.output.words import due_point, long_date
from workbench.session.orders.shipping import ShipDay, Shipping

if TYPE_CHECKING:
    from workbench.output.json import TicketDocument

#: How the day of what has no deadline is called.
_NONE = "none"


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb and of its second word."""
    parser.add_argument("--day", metavar="DAY", help=_("only what is due on that day; none: what has no deadline"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))
    words = optional_subverbs(parser)
    sent = second_word(words, "sent", _("they were handed over, all of a day, in one step of undo"))
    which = sent.add_mutually_exclusive_group(required=True)
    which.add_argument("--day", metavar="DAY", help=_("all that is due on that day"))
    which.add_argument("--missing", action="store_true", help=_("all that files no longer show, at a time unknown"))
    sent.add_argument("--at", metavar="TIME", help=_("when that was; left out: now"))


def run(call: Call) -> int:
    """Do it, and print what is left."""
    desk: Shipping = call.session.desk("orders").shipping
    if call.args.subverb is not None:
        call.tell(_sent(call, desk))
        days = desk.days()
    else:
        days = [day for day in desk.days() if call.args.day is None or day.day == _day(call)]
    if call.args.json:
        return call.json({"days": [_document(call, day) for day in days]})
    for day in days:
        _print(call, day)
    if missing := sum(len(each.tickets) for each in desk.missing()):
        text = n_("{n} order is no longer in the file: sent?", "{n} orders are no longer in the file: sent?", missing)
        call.out(text.format(n=missing) + "  workbench ship sent --missing")
    return 0


def _sent(call: Call, desk: Shipping) -> Any:
    at = None if call.args.at is None else _when(call)
    if call.args.missing:
        return desk.sent_sometime([ticket.id for each in desk.missing() for ticket in each.tickets], at).saying
    wanted = _day(call)
    ids = [ticket.id for day in desk.days() if day.day == wanted for ticket in day.tickets]
    if not ids:
        raise Refusal(say("There is nothing to ship on that day."))
    return desk.sent(ids, at).saying


def _when(call: Call) -> datetime:
    return call.when(call.args.at, past=True)


def _day(call: Call) -> date | None:
    text: str = call.args.day.strip()
    if text.casefold() == _NONE:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        found = call.due(text)
    if isinstance(found, datetime):
        local = found.astimezone(call.session.zone)
        if local.time() != time():
            raise Misuse(say('"{text}" is not a day. Write it like 2026-11-24, today or Fri.', text=text))
        return local.date()
    return found


def _document(call: Call, day: ShipDay) -> dict[str, Any]:
    shape = call.shaper
    return {
        "day": day.day.isoformat() if day.day else None,
        "due_at": shape.time(day.due_at),
        "late": day.late,
        "orders": [_order(shape.ticket(ticket)) for ticket in day.tickets],
        "skus": [{"sku": sku, "quantity": quantity} for sku, _product, quantity in day.skus],
    }


def _order(ticket: TicketDocument) -> dict[str, Any]:
    return {name: getattr(ticket, name) for name in ("id", "order_id", "opened_at", "due_at", "preorder", "lines")}


def _print(call: Call, day: ShipDay) -> None:
    """The day with its totals, the packing list, then one line an order."""
    now, zone = call.session.now(), call.session.zone
    count = n_("{n} order", "{n} orders", len(day.tickets)).format(n=len(day.tickets))
    pieces = n_("{n} piece", "{n} pieces", day.pieces).format(n=day.pieces)
    late = "  " + n_("{n} late", "{n} late", day.late).format(n=day.late) if day.late else ""
    name = long_date(day.day) if day.day else _("No deadline")
    call.out(f"{name}  {count}  {pieces}{late}")
    for sku, product, quantity in day.skus:
        call.out(clean(f"  {quantity:>4}  {pad(sku, 16)}  {product}".rstrip()))
    for ticket in day.tickets:
        at = ticket.deadline.at
        when = "" if at is None else due_point(at, now, zone)
        skus = ", ".join(
            f"{line.sku} x{line.quantity}" if (line.quantity or 1) > 1 else (line.sku or "?") for line in ticket.lines
        )
        call.out(clean(f"  {pad(ticket.ref, 7)}{pad(when, 13)}{pad(ticket.order_id or '', 20)}{skus}"))
    call.out("")
