"""`workbench creators`: the deals, next clock first; `--results`: what came of each creator."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from workbench.cli.call import Call
from workbench.cli.creators.creator import desk_of
from workbench.core.saying import Misuse, say
from workbench.i18n import _
from workbench.output.creators import json as shapes

_EVER = datetime.max.replace(tzinfo=UTC)


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--filter", metavar="EXPR", default="", help=_("only the deals that match"))
    parser.add_argument("--results", action="store_true", help=_("what came of each creator, from files"))
    parser.add_argument("--from", dest="since", metavar="DAY", help=_("orders from this day on"))
    parser.add_argument("--to", dest="until", metavar="DAY", help=_("orders up to this day"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(call: Call) -> int:
    """Print them."""
    args = call.args
    if args.results:
        return _results(call)
    if args.since is not None or args.until is not None:
        raise Misuse(say("--from and --to belong to --results."))
    from workbench.core.creators.filter import compiled

    desk, fits = desk_of(call), compiled(args.filter, call.session.now())
    due = {deal.id: desk.running(deal).at for deal in desk.all()}
    found = [deal for deal in desk.all() if fits(deal, due[deal.id])]
    found.sort(key=lambda deal: (not deal.open, due[deal.id] or _EVER, deal.stage_since, deal.id))
    if args.json:
        return call.json({"deals": [shapes.deal(call.shaper, desk.standing(deal)) for deal in found]})
    from workbench.output.creators.text import deal_row

    for deal in found:
        call.out(deal_row(desk.standing(deal), call.session.zone))
    return 0


def _results(call: Call) -> int:
    from workbench.cli.profit.cost import days
    from workbench.session.creators.results import results

    args, desk = call.args, desk_of(call)
    since, until = days(call)
    found = results(call.session, desk, since, until)
    places = desk.profit.terms.places
    if args.json:
        return call.json({"creators": [shapes.result(each, places) for each in found]})
    from workbench.output.creators.text import result_line

    for each in found:
        call.out(result_line(each, places))
    return 0
