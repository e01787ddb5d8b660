"""`workbench price SKU 329`: what a SKU costs without any promotion."""

from __future__ import annotations

import argparse

from workbench.cli.call import Call
from workbench.cli.promotions.desk import desk_of, sku_in, tell_unknown
from workbench.core.promotions.draft import minute
from workbench.core.promotions.reading import read_amount
from workbench.i18n import _
from workbench.output.promotions import json as shapes
from workbench.output.words import full_point


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("sku", metavar="SKU")
    parser.add_argument("price", metavar="PRICE", nargs="?", help=_("the list price; left out: shows what is known"))
    parser.add_argument("--from", dest="since", metavar="TIME", help=_("from when on; left out: from now on"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(call: Call) -> int:
    """State it, and print what is known."""
    args, desk, sku = call.args, desk_of(call), sku_in(call.args.sku)
    if args.price is not None:
        since = None if args.since is None else minute(call.when(args.since))
        call.tell(desk.set_price(sku, read_amount(args.price, desk.rules.places), since).saying)
    else:
        tell_unknown(call, [sku])
    found = desk.list_prices(sku)
    if args.json:
        return call.json(shapes.prices(call.shaper, sku, found))
    for each in found:
        year = each.since.astimezone(call.session.zone).year
        call.out(f"{full_point(each.since, call.session.zone)} {year}  {each.price:f}")
    return 0
