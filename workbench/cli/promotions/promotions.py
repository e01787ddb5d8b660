"""`workbench promotions`: the promotions, next end first."""

from __future__ import annotations

import argparse

from workbench.cli.call import Call
from workbench.cli.promotions.desk import desk_of
from workbench.i18n import _
from workbench.output.promotions import json as shapes
from workbench.output.promotions.text import promotion_rows


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--all", action="store_true", help=_("also those that are over"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(call: Call) -> int:
    """Print them by end."""
    desk, now = desk_of(call), call.session.now()
    ticking = {each.id for each in desk.ticking()}
    found = [each for each in desk.all() if call.args.all or now < each.over_at or each.id in ticking]
    found.sort(key=lambda each: (each.over_at, each.id))
    if call.args.json:
        return call.json({"promotions": [shapes.promotion(call.shaper, desk.standing(each)) for each in found]})
    call.out(*promotion_rows(found, now, call.session.zone))
    return 0
