"""`workbench score ...`: readings as they are typed or pasted, and where every metric stands.

`delete` and `import` are words of the verb only as the first one. `ahr` is no reading: its points are the ledger's.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import cast

from workbench.cli.call import Call
from workbench.core.issues.days import parse_day
from workbench.core.metrics.model import Written
from workbench.core.saying import Misuse, say
from workbench.i18n import _
from workbench.output.metrics import json as shapes
from workbench.session.metrics.desk import MetricDesk


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument(
        "words",
        metavar="METRIC VALUE",
        nargs="*",
        help=_("readings: sps 4.2 nrr 1.26% late 14/1150; - reads them from standard input; or: delete METRIC"),
    )
    parser.add_argument("--day", metavar="DAY", help=_("the day they are of; today where left out"))
    parser.add_argument("--sku", metavar="SKU", help=_("the product they are of; the shop where left out"))
    parser.add_argument(
        "--unit", metavar="U", help=_("how bare numbers of shares are meant: percent or fraction; it is kept")
    )
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(call: Call) -> int:
    """Enter or delete readings where there are some, and print where everything stands."""
    args, desk = call.args, desk_of(call)
    words = list(args.words)
    if not words:
        if args.day or args.sku or args.unit:
            raise Misuse(say("--day, --sku and --unit belong to a reading: score nrr 1.26% --day yesterday"))
        return show(call)
    if words[0] == "delete":
        return _delete(call, words[1:])
    if words[0].casefold() == "ahr":
        return _ahr(call, words[1:])
    text = sys.stdin.read() if words == ["-"] else " ".join(words)
    written = unit(args.unit)
    given = desk.read(text, _day(call), args.sku, written)
    call.tell(desk.enter(given, written).saying)
    return show(call)


def desk_of(call: Call) -> MetricDesk:
    """The desk of metrics."""
    return cast(MetricDesk, call.session.desk("metrics"))


def show(call: Call) -> int:
    """Print where everything stands."""
    found = desk_of(call).standings()
    if call.args.json:
        return call.json(shapes.score(call.shaper, found, desk_of(call).eligible))
    from workbench.output.metrics.text import rows, sentence

    call.out(sentence(found))
    if lines := rows(found, call.session.zone):
        call.out("", *lines)
    return 0


def _delete(call: Call, words: list[str]) -> int:
    if not words or call.args.day is None:
        raise Misuse(say("Say which reading: score delete nrr --day 2026-11-24"))
    if call.args.unit:
        raise Misuse(say("--unit belongs to a reading, not to delete."))
    desk = desk_of(call)
    metric, day = desk.find(" ".join(words)), _day(call)
    call.tell(desk.delete(metric, day or desk.today, call.args.sku).saying)
    return show(call)


def _ahr(call: Call, words: list[str]) -> int:
    """The account health rating is the ledger's score."""
    from workbench.cli.violations.ledger import stated

    if len(words) != 1:
        raise Misuse(say("The account health rating stands alone: score ahr 172"))
    if call.args.sku or call.args.unit:
        raise Misuse(say("The account health rating has neither product nor unit."))
    day = _day(call)
    return stated(call, words[0], None if day is None else call.when(day.isoformat()))


def _day(call: Call) -> date | None:
    return None if call.args.day is None else parse_day(call.args.day, desk_of(call).today)


def unit(text: str | None) -> Written | None:
    """How bare numbers are meant, as the option says."""
    if text is None:
        return None
    if text not in ("percent", "fraction"):
        raise Misuse(say('"{text}" is no unit. Write --unit percent or --unit fraction.', text=text))
    return cast(Written, text)
