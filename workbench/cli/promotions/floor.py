"""`workbench floor SKU`: the lowest price shown in the last 30 days, and when it turns."""

from __future__ import annotations

import argparse

from workbench.cli.call import Call
from workbench.cli.promotions.desk import desk_of, sku_in, tell_unknown
from workbench.i18n import _
from workbench.output.promotions import json as shapes
from workbench.output.promotions.text import floor_lines


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("sku", metavar="SKU")
    parser.add_argument("--at", metavar="TIME", help=_("at which instant; left out: now"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(call: Call) -> int:
    """Print it."""
    now = call.session.now()
    sku = sku_in(call.args.sku)
    tell_unknown(call, [sku])
    found = desk_of(call).floor(sku, now if call.args.at is None else call.when(call.args.at))
    if call.args.json:
        return call.json(shapes.floor(call.shaper, sku, found))
    call.out(*floor_lines(sku, found, call.session.zone))
    return 0
