"""`workbench questions`: what buyers ask, by product and type, and what answers it."""

from __future__ import annotations

import argparse

from workbench.cli.call import Call
from workbench.core.saying import Misuse, say
from workbench.core.whole import whole
from workbench.i18n import _
from workbench.output.cells import clean

#: Ten years back is as far as anybody asks.
_LONGEST = 520


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--weeks", metavar="N", default="4", help=_("so many weeks to today"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(call: Call) -> int:
    """Print the questions, the most frequent first."""
    text = call.args.weeks
    weeks = whole(text)
    if weeks is None or not 1 <= weeks <= _LONGEST:
        raise Misuse(say('--weeks takes a number from 1 to {most}, not "{text}".', text=text, most=_LONGEST))
    from workbench.session.replies.questions import questions

    found = questions(call.session, weeks)
    if call.args.json:
        return call.json(
            {
                "questions": [
                    {
                        "sku": each.sku,
                        "type": each.type,
                        "count": each.count,
                        "automatic": each.automatic,
                        "automatic_failed": each.automatic_failed,
                        "reply": each.reply,
                    }
                    for each in found
                ]
            }
        )
    for each in found:
        answer = each.reply or (_("no answer yet") if each.type else _("the type is not known yet"))
        call.out(clean(f"{each.sku or '-':<16}{each.type or '-':<16}x{each.count:<5}{answer}"))
    return 0
