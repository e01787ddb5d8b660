"""`workbench campaigns`: the campaigns, the newest first."""

from __future__ import annotations

import argparse

from workbench.cli.call import Call
from workbench.cli.campaigns.campaign import campaign_line, desk_of, document
from workbench.i18n import _


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--like", metavar="ID", help=_("only those like this one"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(call: Call) -> int:
    """Print them."""
    desk = desk_of(call)
    found = desk.all() if call.args.like is None else desk.like(desk.find(call.args.like))
    found = sorted(found, key=lambda each: each.starts_at, reverse=True)
    if call.args.json:
        return call.json({"campaigns": [document(call, each) for each in found]})
    for each in found:
        call.out(campaign_line(call, each))
    return 0
