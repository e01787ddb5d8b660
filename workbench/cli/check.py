"""`workbench check`: every record of every file is looked at, backups too; nothing is changed, nothing is locked."""

from __future__ import annotations

import argparse

from workbench.cli.call import Call
from workbench.core.saying import say
from workbench.i18n import _, n_, render
from workbench.output.cells import clean


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(call: Call) -> int:
    """Print the problems; 1 if there are any."""
    from workbench.session.safety.desk import check

    report = check(call.data)
    if call.args.json:
        call.json({"problems": [{"file": str(each.file), "what": render(each.what)} for each in report.problems]})
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
