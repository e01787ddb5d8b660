"""`workbench queue`: the tickets in order, as a table or as JSON."""

from __future__ import annotations

import argparse
import sys

from workbench.cli.call import Call
from workbench.core.saying import Misuse, say
from workbench.core.whole import whole
from workbench.i18n import _, n_


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--all", action="store_true", help=_("closed and archived tickets too"))
    parser.add_argument("--filter", metavar="EXPR", default="", help=_("such as: kind:refund_only due:<24h -tag:x"))
    parser.add_argument("--limit", metavar="N", help=_("at most so many"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(call: Call) -> int:
    """Print the queue."""
    limit = _limit(call.args.limit)
    tickets = call.session.tickets.queue(call.args.filter, closed=call.args.all)
    shown = tickets if limit is None else tickets[:limit]
    if call.args.json:
        return call.json({"tickets": [call.shaper.ticket(ticket) for ticket in shown]})
    from workbench.output.tickets.table import queue_table, screenful

    terminal = sys.stdout.isatty()
    if terminal and limit is None:
        shown = shown[: screenful()]
    call.out(*queue_table(shown, call.session.now(), call.session.zone, to_terminal=terminal))
    more = len(tickets) - len(shown)
    if more and terminal:
        call.out(n_("and {n} more: --limit {all} shows all", "and {n} more: --limit {all} shows all", more).format(
            n=more, all=len(tickets)))  # fmt: skip
    return 0


def _limit(text: str | None) -> int | None:
    if text is None:
        return None
    limit = whole(text)
    if limit is None:
        raise Misuse(say('--limit takes a number, not "{text}".', text=text))
    return limit
