"""`workbench issues`: the lines of the log, or of some of its days, as a table, as JSON or as a CSV."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from workbench.cli.call import Call
from workbench.core.issues.days import parse_day
from workbench.core.saying import Misuse, say
from workbench.i18n import _, n_
from workbench.output.issues.lines import document, issue_table


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument(
        "--from", metavar="DAY", dest="first", help=_("from this day on; from the beginning where left out")
    )
    parser.add_argument("--to", metavar="DAY", dest="last", help=_("up to this day, which is included"))
    parser.add_argument("--content", metavar="C", help=_("of this video, live or post alone"))
    parser.add_argument("--csv", metavar="FILE", help=_("write them to FILE, for a spreadsheet; log --import reads it"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(call: Call) -> int:
    """Print the lines, the oldest first; a terminal gets the last screenful."""
    desk = call.session.log
    first, last = _day(call.args.first, desk.today), _day(call.args.last, desk.today)
    if first is not None and last is not None and first > last:
        raise Misuse(say("--from is after --to."))
    found = desk.issues(first, last)
    if call.args.content is not None:
        named = call.args.content.removeprefix("#").casefold()
        found = [issue for issue in found if (issue.content or "").casefold() == named]
    if call.args.csv is not None:
        from workbench.cli.files import write_file
        from workbench.session.issues.sheet import exported

        path = write_file(call, call.args.csv, exported(desk, found))
        call.tell(say("The log is in {path}.", path=str(path)))
        if not call.args.json:
            return 0
    if call.args.json:
        return call.json({"issues": [document(call.shaper, issue) for issue in found]})
    from workbench.output.tickets.table import line_limit, screenful

    terminal = sys.stdout.isatty()
    shown = found[-screenful() :] if terminal else found
    if len(shown) < len(found):
        earlier = len(found) - len(shown)
        call.out(
            n_("{n} earlier: --from DAY shows them", "{n} earlier: --from DAY shows them", earlier).format(n=earlier)
        )
    call.out(*issue_table(shown, desk.types, line_limit(terminal)))
    return 0


def _day(text: str | None, today: date) -> date | None:
    return None if text is None else parse_day(text, today)
