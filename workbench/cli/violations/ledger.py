"""`workbench ledger`: the points and what is to come, at any instant; `ledger set`: the platform's own score."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import datetime

from workbench.cli.call import Call
from workbench.cli.parsing import optional_subverbs
from workbench.core.saying import Misuse, say
from workbench.i18n import _
from workbench.output.violations import json as ledger_json


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb, and its second word."""
    parser.add_argument("--on", metavar="TIME", help=_("as it stands then, by all that is known now"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))
    text = _("state the score that Seller Center shows, where it counts down")
    score = optional_subverbs(parser).add_parser("set", help=text, description=text)
    score.add_argument("score", metavar="SCORE")
    score.add_argument("--at", metavar="TIME", help=_("when it was read; now where left out"))
    # Suppressed, so that it does not erase a --json that stood before the word.
    score.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=_("as JSON"))


def run(call: Call) -> int:
    """State the score where asked to; print the ledger."""
    args = call.args
    on = None if args.on is None else call.when(args.on)
    if args.subverb == "set":
        return stated(call, args.score, None if args.at is None else call.when(args.at))
    return _print(call, on)


def stated(call: Call, score: str, at: datetime | None) -> int:
    """State the platform's score, and print the ledger."""
    call.tell(call.session.ledger.set_score(_score(score), at).saying)
    return _print(call, None)


def _score(text: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,6}", text.strip()):
        raise Misuse(say('"{text}" is not a score. Write a whole number like 172.', text=text))
    return int(text)


def _print(call: Call, on: datetime | None) -> int:
    desk = call.session.ledger
    stands, listed = desk.ledger(on), desk.listed(on)
    if call.args.json:
        by_id = sorted(listed, key=lambda pair: pair[0].id)
        documents = [ledger_json.violation(call.shaper, each, how, desk.checklist(each)) for each, how in by_id]
        return call.json(ledger_json.ledger(call.shaper, stands, documents))
    from workbench.output.violations.text import ledger_lines

    call.out(*ledger_lines(stands, listed, desk.rules, call.session.zone, to_terminal=sys.stdout.isatty()))
    return 0
