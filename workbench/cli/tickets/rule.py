"""`workbench rule EXPR`: what a rule of automatic approval would have cost and saved over the requests of a span."""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from decimal import Decimal

from workbench.cli.call import Call
from workbench.core.issues.days import parse_day
from workbench.core.metrics.standing import rounded
from workbench.core.money import Money
from workbench.core.saying import Misuse, say
from workbench.core.tickets.trial import Trial
from workbench.core.time import shop_day
from workbench.i18n import _
from workbench.output.json import Document, money
from workbench.session.tickets.trial import Tried, tried

#: Looked back on where nothing is said.
_DAYS = 180


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument(
        "rule", metavar="EXPR", help=_('which requests it approves, such as: "kind:refund_only amount:<=10"')
    )
    parser.add_argument("--from", metavar="DAY", dest="first", help=_("the first day of requests; 180 days back"))
    parser.add_argument("--to", metavar="DAY", dest="last", help=_("the last day of requests; today"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(call: Call) -> int:
    """Print the trial."""
    today = shop_day(call.session.now(), call.session.zone)
    last = _day(call.args.last, today) or today
    first = _day(call.args.first, today) or last - timedelta(days=_DAYS - 1)
    if first > last:
        raise Misuse(say("--from is after --to."))
    found = tried(call.session, call.args.rule, first, last)
    if call.args.json:
        return call.json(_document(found))
    from workbench.output.tickets.trial import lines

    call.out(*lines(found.trial, found.now, found.then))
    return 0


def _day(text: str | None, today: date) -> date | None:
    return None if text is None else parse_day(text, today)


def _document(found: Tried) -> Document:
    trial = found.trial

    def amount(value: Decimal | None) -> Document | None:
        return _money(trial, value)

    return {
        "matched": len(trial.matched),
        "other_currency": trial.other_currency,
        "money": amount(trial.money),
        "lost_anyway": trial.lost_anyway,
        "kept": trial.kept,
        "other_ends": trial.others,
        "open": trial.open,
        "cost": amount(trial.cost),
        "minutes": trial.minutes,
        "handling_hours": {
            name: None if hours is None else float(rounded(hours, 6))
            for name, hours in (("now", found.now), ("then", found.then))
        },
        "caps": [
            {
                "cap": amount(each.cap),
                "matched": each.matched,
                "money": amount(each.money),
                "cost": amount(each.cost),
                "minutes": each.minutes,
                "balance": amount(each.balance),
            }
            for each in trial.caps
        ],
        "recommended": amount(trial.recommended),
    }


def _money(trial: Trial, value: Decimal | None) -> Document | None:
    return None if value is None or trial.currency is None else money(Money(value, trial.currency))
