"""`workbench coverage`: which price of a SKU is shown when, and where an everyday price has holes."""

from __future__ import annotations

import argparse
from datetime import timedelta

from workbench.cli.call import Call
from workbench.cli.promotions.desk import desk_of, sku_in, tell_unknown
from workbench.core.saying import Misuse, say
from workbench.core.time import midnight
from workbench.i18n import _
from workbench.output.cells import clean
from workbench.output.promotions.text import piece_line
from workbench.output.words import full_due, full_point
from workbench.session.promotions.reader import DAYS


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--sku", action="append", metavar="SKU", help=_("only this one; again for each"))
    parser.add_argument("--days", type=int, default=DAYS, metavar="N", help=_("until the shop's 00:00 so many days on"))
    parser.add_argument("--from", dest="since", metavar="TIME", help=_("from when on; left out: from now on"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(call: Call) -> int:
    """Print the pieces and the holes."""
    args, desk = call.args, desk_of(call)
    now, zone = call.session.now(), call.session.zone
    if not 1 <= args.days <= 3660:
        raise Misuse(say("--days is a number from 1 to 3660."))
    begins = now if args.since is None else call.when(args.since)
    ends = midnight(begins.astimezone(zone).date() + timedelta(days=args.days), zone)
    skus = [sku_in(each) for each in args.sku or ()]
    if skus:
        tell_unknown(call, skus)
    found = list(desk.coverages(skus or desk.skus(), begins, ends))
    if args.json:
        from workbench.output.promotions import json as shapes

        return call.json(shapes.coverage(call.shaper, found))
    for sku, pieces, holes in found:
        call.out(clean(sku), *(f"  {piece_line(piece, zone)}" for piece in pieces))
        for low, high in holes:
            spell = {"from": full_point(low, zone), "to": full_due(high, zone)}
            call.out(_("  ! hole from {from} to {to}").format(**spell))
    return 0
