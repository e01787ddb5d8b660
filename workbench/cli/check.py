"""`workbench check`: every record of every file is looked at, backups too. Nothing is locked, and nothing is changed
but a daily tally that does not add up."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from workbench.cli.call import Call
from workbench.core.saying import Misuse, Refusal, say
from workbench.i18n import _, n_, render
from workbench.output.cells import clean

if TYPE_CHECKING:
    from workbench.storage.checking import CheckFinding, Report


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--json", action="store_true", help=_("as JSON"))
    text = _("take one record out of the way, such as tickets/7; undo brings it back")
    parser.add_argument("--set-aside", metavar="TABLE/ID", help=text)


def run(call: Call) -> int:
    """Print the problems; 1 if there are any. With `--set-aside` take one record out of the way instead."""
    if call.args.set_aside is not None:
        table, _slash, number = call.args.set_aside.partition("/")
        if not (number.isascii() and number.isdecimal() and len(number) < 12):
            raise Misuse(say('"{text}" is no record. Write it like tickets/7.', text=call.args.set_aside))
        return _set_aside(call, table, int(number))
    from workbench.session.safety.desk import check

    report = check(call.data)
    if not report.tally:
        _retally(call, report)
    if call.args.json:
        call.json({"problems": [_shaped(each) for each in report.problems]})
    elif report.problems:
        call.out(*(clean(f"{each.file}: {render(each.what)}") for each in report.problems))
    elif report.files:
        files = n_("{n} file", "{n} files", report.files).format(n=report.files)
        text = n_("{n} record in {files}: all in order.", "{n} records in {files}: all in order.", report.records)
        call.out(text.format(n=report.records, files=files))
    else:
        call.out(_("There is no data yet."))
    for remark in report.remarks:
        call.tell(say("{file}: {what}", file=str(remark.file), what=remark.what))
    return 1 if report.problems else 0


def _retally(call: Call, report: Report) -> None:
    """The daily tally is no record: it is put right at once where that is possible, else it is a fault."""
    from workbench.storage.checking import CheckFinding
    from workbench.storage.meta import DATA

    path, what = call.data / DATA, say("the daily tally is not what the archive adds up to")
    try:
        call.session.safety.retally()
    except Refusal as refused:
        report.problems.append(CheckFinding(path, what, refused.saying))
    else:
        done = say("the daily tally was not what the archive adds up to, and was reckoned anew")
        report.remarks.append(CheckFinding(path, done))


def _set_aside(call: Call, table: str, number: int) -> int:
    from workbench.storage import Damaged

    try:
        done = call.session.safety.set_aside(table, number)
    except Damaged:  # perhaps by this very record
        from workbench.session.safety import aside

        if aside.in_the_way(call.data) is None:
            raise
        kept = aside.take_out(call.opened, call.data, (table, number), call.now)
        call.did()
        call.out(clean(render(say("record {id} of {table} set aside", id=number, table=table))))
        call.tell(say("The damaged data file is kept as {file}.", file=str(kept)))
        return 0
    call.out(clean(render(done.saying)))
    call.tell(say("`workbench undo` brings it back."))
    return 0


def _shaped(found: CheckFinding) -> dict[str, Any]:
    way = None if found.way_out is None else render(found.way_out)
    return {
        "file": str(found.file), "table": found.table, "id": found.id, "what": render(found.fault), "way_out": way,
    }  # fmt: skip
