"""`workbench costs`: every cost; `costs import FILE`: those of a spreadsheet."""

from __future__ import annotations

import argparse

from workbench.cli.call import Call
from workbench.cli.parsing import optional_subverbs
from workbench.cli.profit.desk import desk_of
from workbench.i18n import _
from workbench.output.profit import json as shapes


def declare(parser: argparse.ArgumentParser) -> None:
    """The second word and the options."""
    parser.add_argument("--json", action="store_true", help=_("as JSON"))
    text = _("read costs from a CSV or XLSX file")
    read = optional_subverbs(parser).add_parser("import", help=text, description=text)
    read.add_argument("files", metavar="FILE", nargs="+")
    read.add_argument("--dry-run", action="store_true", help=_("say what would change, change nothing"))
    # Suppressed, so that it does not erase a --json that stood before the word.
    read.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=_("as JSON"))


def run(call: Call) -> int:
    """Print them, or read them in."""
    if call.args.subverb == "import":
        from workbench.cli import imports

        call.args.as_of, call.args.foreign = None, False
        return imports.run(call)
    found = desk_of(call).costs()
    if call.args.json:
        return call.json({"costs": [shapes.cost(each) for each in found]})
    from workbench.output.profit.text import cost_line

    call.out(*(cost_line(each) for each in found))
    return 0
