"""`workbench log ...`: one line of the evening log saved, corrected or deleted; a quiet day; a spreadsheet.

LINE is one argument. `edit` and `delete` are words of the verb only as arguments of their own, so that a line may
begin with them: `log "edit size too small"`. A line that begins with a minus sign stands behind `--`.
"""

from __future__ import annotations

import argparse
from typing import Any

from workbench.cli.call import Call
from workbench.core.issues.days import parse_day
from workbench.core.issues.model import Issue
from workbench.core.saying import Misuse, Refusal, Saying, say
from workbench.i18n import _
from workbench.output.issues.lines import document, issue_table


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument(
        "words",
        metavar="LINE",
        nargs="*",
        help=_('"SKU type words", with a day in front and x2 or @T-7 behind the type; or: edit ID LINE; or: delete ID'),
    )
    parser.add_argument("--none", action="store_true", help=_("nothing was wrong on that day"))
    parser.add_argument(
        "--day", metavar="DAY", help=_("the day of --none or of a line without one; today where left out")
    )
    parser.add_argument("--new", action="store_true", help=_("the SKU is a new one, however like it is to a known one"))
    parser.add_argument("--import", metavar="FILE", dest="file", help=_("read a spreadsheet in, CSV or XLSX"))
    parser.add_argument("--dry-run", action="store_true", help=_("say what would change, change nothing"))
    parser.add_argument(
        "--columns",
        metavar="FIELD=HEADER",
        action="append",
        default=[],
        help=_("which column of the spreadsheet is which: day, sku, type, words, count, ticket"),
    )
    parser.add_argument(
        "--types", metavar="WORD=TYPE", action="append", default=[], help=_("which issue type a word of it means")
    )
    parser.add_argument("--dates", metavar="ORDER", help=_("the order of its dates: dmy or mdy"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(call: Call) -> int:
    """Do it, and print the issue as it is then, or was."""
    args = call.args
    if args.file is not None:
        if args.words or args.none:
            raise Misuse(say("--import stands alone: leave the line and --none out."))
        from workbench.cli.issues.file import bring_in  # the readers of files, for this alone

        return bring_in(call)
    if args.dry_run or args.columns or args.types or args.dates:
        raise Misuse(say("--dry-run, --columns, --types and --dates belong to --import FILE."))
    if args.none:
        if args.words:
            raise Misuse(say("Either a line or --none: a day has issues, or nothing was wrong."))
        return _none(call)
    if len(args.words) > 1 and args.words[0] in ("edit", "delete"):
        return _edit(call) if args.words[0] == "edit" else _delete(call)
    if not args.words:
        raise Misuse(say('Write a line, such as: workbench log "PANTS-BLK-L size too tight"'))
    done = call.session.log.log(" ".join(args.words), _day(call), new=args.new)
    return _told(call, done.saying, call.session.log.get(done.ids[0]))


def _none(call: Call) -> int:
    done = call.session.log.nothing_wrong(_day(call))
    return _told(call, done.saying, call.session.log.get(done.ids[0]))


def _edit(call: Call) -> int:
    if len(call.args.words) < 3:
        raise Misuse(say('Say which issue and how it reads now: workbench log edit I-7 "SKU type words"'))
    _alone(call)
    desk = call.session.log
    done = desk.edit(desk.find(call.args.words[1]).id, " ".join(call.args.words[2:]), new=call.args.new)
    return _told(call, done.saying, desk.get(done.ids[0]))


def _delete(call: Call) -> int:
    if len(call.args.words) > 2:
        raise Misuse(say("One issue at a time: workbench log delete I-7"))
    _alone(call)
    issue = call.session.log.find(call.args.words[1])
    return _told(call, call.session.log.delete([issue.id]).saying, issue, was=True)


def _alone(call: Call) -> None:
    if call.args.day is not None:
        raise Misuse(say("--day is for a new line. Write the day in front of the line: yesterday SKU type words"))


def _day(call: Call) -> Any:
    return None if call.args.day is None else parse_day(call.args.day, call.session.log.today)


def _told(call: Call, saying: Saying, issue: Issue, *, was: bool = False) -> int:
    call.tell(saying)
    if not was:
        _wonder(call, issue)
    if call.args.json:
        return call.json(document(call.shaper, issue))
    call.out(*issue_table([issue], call.session.log.types))
    return 0


def _wonder(call: Call, issue: Issue) -> None:
    """Say what is saved but looks mistyped."""
    if issue.day > call.session.log.today:
        call.tell(say("This date is still to come."))
    if issue.ticket is not None:
        try:
            call.session.tickets.get(issue.ticket)
        except Refusal as refusal:
            call.tell(refusal.saying)
