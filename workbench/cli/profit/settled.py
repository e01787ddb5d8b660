"""`workbench profit --settled`: the model against what was settled; `--take FEE`: keep what was seen."""

from __future__ import annotations

from workbench.cli.call import Call
from workbench.cli.profit.cost import days
from workbench.cli.profit.desk import desk_of
from workbench.core.saying import Misuse, say
from workbench.i18n import _
from workbench.output.profit import json as shapes
from workbench.session.profit.settled import settled as reckoned
from workbench.session.profit.settled import take


def settled(call: Call) -> int:
    """Compare, take where asked to, and print."""
    args, desk = call.args, desk_of(call)
    asked = (args.sku, args.price, args.discount, args.commission, args.refund_rate, args.target)
    if any(each is not None for each in asked):
        raise Misuse(say("--settled is about every order: leave SKU and price out."))
    _currency = desk.currency
    since, until = days(call)
    found = reckoned(call.session, desk, since, until)
    if args.take is not None:
        call.tell(take(call.session, desk, found, args.take.strip()).saying)
    places = desk.terms.places
    if args.json:
        return call.json(shapes.settled(found.orders, found.fees, found.mismatches, places))
    from workbench.output.profit.text import fee_line, mismatch_line

    call.out(_("{n} orders settled").format(n=found.orders))
    call.out(*(fee_line(each, places) for each in found.fees))
    for each in found.mismatches:
        call.out(mismatch_line(each, places))
    return 0
