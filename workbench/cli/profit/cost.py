"""`workbench cost SKU`: what a SKU costs, from a day on."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from typing import Any

from workbench.cli.call import Call
from workbench.cli.profit.desk import desk_of
from workbench.core.profit.reading import read_amount
from workbench.core.saying import Misuse, say
from workbench.core.shares import read_share
from workbench.core.when import read_due
from workbench.i18n import _
from workbench.output.profit import json as shapes


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("sku", metavar="SKU")
    for name, place, text in (
        ("--goods", "A", _("what the goods cost")),
        ("--packing", "A", _("what packing costs")),
        ("--shipping-out", "A", _("what shipping to the buyer costs")),
        ("--shipping-back", "A", _("your share of shipping back")),
        ("--lost-share", "S", _("the share of returned goods that is lost: 30%")),
        ("--category", "C", _("the category that chooses among the fees")),
        ("--from", "DAY", _("from which day on; left out: today")),
    ):
        parser.add_argument(name, metavar=place, dest="since" if name == "--from" else None, help=text)
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(call: Call) -> int:
    """Enter what is given, and print what is known."""
    args, desk = call.args, desk_of(call)
    sku = args.sku.strip()
    if not sku:
        raise Misuse(say("Say which SKU: workbench cost LAMP-WHT"))
    places = desk.terms.places
    parts: dict[str, Any] = {
        name: None if getattr(args, name) is None else read_amount(getattr(args, name), places, desk.currency)
        for name in ("goods", "packing", "shipping_out", "shipping_back")
    }
    parts["lost_share"] = None if args.lost_share is None else whole_or_share(args.lost_share)
    parts["category"] = args.category
    if any(each is not None for each in parts.values()):
        since = None if args.since is None else day(call, args.since)
        call.tell(desk.set_cost(sku, since, **parts).saying)
    elif args.since is not None:
        raise Misuse(say("Say what it costs from then on, such as --goods 210."))
    found = desk.costs(sku)
    if args.json:
        return call.json({"costs": [shapes.cost(each) for each in found]})
    from workbench.output.profit.text import cost_line

    call.out(*(cost_line(each) for each in found))
    return 0


def whole_or_share(text: str) -> Any:
    """A share; all of it may be written as 1."""
    return read_share("100%" if text.strip() in ("1", "1.0") else text)


def day(call: Call, text: str) -> date:
    """A shop day as it is typed."""
    found = read_due(text, call.session.now(), call.session.zone)
    if isinstance(found, date) and not isinstance(found, datetime):
        return found
    return call.when(text).astimezone(call.session.zone).date()


def days(call: Call) -> tuple[date | None, date | None]:
    """The shop days of --from and --to; `Misuse` where the first is after the last."""
    since, until = (None if text is None else day(call, text) for text in (call.args.since, call.args.until))
    if since is not None and until is not None and since > until:
        raise Misuse(say("--from is after --to."))
    return since, until
