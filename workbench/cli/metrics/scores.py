"""`workbench scores`: where every metric stands; `scores import FILE`: readings of a spreadsheet, one step of undo."""

from __future__ import annotations

import argparse
from pathlib import Path

from workbench.cli.call import Call
from workbench.cli.metrics.score import desk_of, show, unit
from workbench.cli.parsing import optional_subverbs
from workbench.core.saying import say, say_n
from workbench.i18n import _, render
from workbench.output.cells import clean


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb, and its second word."""
    parser.add_argument("--json", action="store_true", help=_("as JSON"))
    text = _("read a spreadsheet with the columns day, metric, value and perhaps sku")
    sub = optional_subverbs(parser).add_parser("import", help=text, description=text)
    sub.add_argument("file", metavar="FILE", type=Path)
    sub.add_argument("--dry-run", action="store_true", help=_("say what would change, change nothing"))
    sub.add_argument("--unit", metavar="U", help=_("how bare numbers of shares are meant: percent or fraction"))
    sub.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=_("as JSON"))


def run(call: Call) -> int:
    """Do it, and print what was read."""
    if call.args.subverb != "import":
        return show(call)
    from workbench.session.metrics.sheet import bring_in, read_plan

    desk, written = desk_of(call), unit(call.args.unit)
    plan = read_plan(desk, call.args.file, written)
    for number, why in plan.refused:
        call.tell(say("Row {row}: {why}", row=number, why=why))
    if not call.args.dry_run and plan.given:
        call.tell(bring_in(desk, plan).saying)
    new = len(plan.given)
    if call.args.json:
        rows = [{"row": number, "why": render(why)} for number, why in plan.refused]
        return call.json({"new": new, "unchanged": plan.known, "refused": rows, "done": not call.args.dry_run})
    call.out(clean(render(say_n("{n} reading", "{n} readings", new))))
    return 0
