"""`workbench lives`: the lives, by their start."""

from __future__ import annotations

import argparse

from workbench.cli.call import Call
from workbench.cli.lives.live import desk_of, document, live_line
from workbench.i18n import _


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(call: Call) -> int:
    """Print them."""
    found = sorted(desk_of(call).all(), key=lambda live: (live.starts_at, live.id))
    if call.args.json:
        return call.json({"lives": [document(call, live) for live in found]})
    for live in found:
        call.out(live_line(call, live))
    return 0
