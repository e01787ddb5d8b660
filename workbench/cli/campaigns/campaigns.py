"""`workbench campaigns`: the campaigns, the newest first."""

from __future__ import annotations

import argparse

from workbench.cli.call import Call
from workbench.cli.campaigns.campaign import campaign_line, desk_of, document
from workbench.cli.parsing import optional_subverbs, second_word
from workbench.i18n import _


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--like", metavar="ID", help=_("only those like this one"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))
    words = optional_subverbs(parser)
    second_word(words, "import", _("read campaigns from a CSV or XLSX file, as export writes it"), "FILE")
    export = second_word(words, "export", _("write the campaigns as a CSV or XLSX file"))
    export.add_argument(
        "--output",
        metavar="FILE",
        help=_("into this file, a workbook where it ends in .xlsx; left out: standard output"),
    )


def run(call: Call) -> int:
    """Print them, read them in, or write them out."""
    if call.args.subverb is not None:
        from workbench.cli.campaigns import sheet

        return sheet.read_in(call) if call.args.subverb == "import" else sheet.write_out(call)
    desk = desk_of(call)
    found = desk.all() if call.args.like is None else desk.like(desk.find(call.args.like))
    found = sorted(found, key=lambda each: each.starts_at, reverse=True)
    if call.args.json:
        return call.json({"campaigns": [document(call, each) for each in found]})
    for each in found:
        call.out(campaign_line(call, each))
    return 0
