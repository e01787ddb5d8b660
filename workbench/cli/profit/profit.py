"""`workbench profit`: what an order of a SKU earns and up to which commission it pays; and the model against what was
settled."""

from __future__ import annotations

import argparse

from workbench.cli.call import Call
from workbench.cli.profit.desk import desk_of
from workbench.core.profit.reading import read_amount
from workbench.core.saying import Misuse, say
from workbench.core.shares import read_share
from workbench.i18n import _
from workbench.output.profit import json as shapes
from workbench.session.profit.desk import Asking


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("sku", metavar="SKU", nargs="?")
    for name, place, text in (
        ("--price", "P", _("the price; left out: what is shown now, else the list price")),
        ("--discount", "D", _("comes off the price: 30, or 10%")),
        ("--commission", "C", _("the creator's commission: 12%, or 0.12")),
        ("--refund-rate", "R", _("how many come back; left out: what the orders say")),
        ("--target", "T", _("the share of the price that is to be left")),
    ):
        parser.add_argument(name, metavar=place, help=text)
    parser.add_argument(
        "--price-tax", metavar="S", help=_("keep what share of the price is your tax, for this market: 7%, or none")
    )  # fmt: skip
    parser.add_argument("--settled", action="store_true", help=_("the model against what was settled"))
    parser.add_argument("--from", dest="since", metavar="DAY", help=_("settled from this day on"))
    parser.add_argument("--to", dest="until", metavar="DAY", help=_("settled up to this day"))
    parser.add_argument("--take", metavar="FEE", help=_("take the fee as settlements charge it from today on"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(call: Call) -> int:
    """Reckon, and print the sum."""
    args = call.args
    if args.settled or args.take is not None:
        from workbench.cli.profit.settled import settled

        return settled(call)
    if args.since is not None or args.until is not None:
        raise Misuse(say("--from and --to belong to --settled."))
    if args.price_tax is not None:
        word = args.price_tax.strip().casefold()
        call.tell(desk_of(call).set_tax(read_share("0" if word == "none" else word)).saying)
        if args.sku is None:
            return call.json({"price_tax": shapes.share(desk_of(call).terms.price_tax)}) if args.json else 0
    if args.sku is None or not args.sku.strip():
        raise Misuse(say("Say which SKU: workbench profit LAMP-WHT"))
    answer = desk_of(call).ask(args.sku.strip(), asking(call))
    if args.json:
        return call.json(shapes.profit(answer))
    from workbench.output.profit.text import profit_lines

    call.out(*profit_lines(answer))
    return 0


def asking(call: Call) -> Asking:
    """What the options ask for."""
    args, desk = call.args, desk_of(call)
    places = desk.terms.places
    return Asking(
        price=None if args.price is None else read_amount(args.price, places, desk.currency),
        off=args.discount,
        commission=read_share(args.commission) if args.commission is not None else read_share("0"),
        refund_rate=None if args.refund_rate is None else read_share(args.refund_rate),
        target=None if args.target is None else read_share(args.target),
    )
