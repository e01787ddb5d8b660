"""`workbench reviews`: the bad reviews by product and cause, and what became of them."""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from workbench.cli.call import Call
from workbench.core.orders.counts import Counts
from workbench.core.rates import six
from workbench.core.saying import Misuse, say
from workbench.core.tickets.reviews import ReviewRow, review_rows
from workbench.core.time import shop_day
from workbench.i18n import _
from workbench.output.cells import clean

#: The days that are told where none are named: those that the negative rate looks back (60 days, US).
DAYS = 60


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--from", dest="first", metavar="DAY", help=_("the first shop day"))
    parser.add_argument("--to", dest="last", metavar="DAY", help=_("the last shop day"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(call: Call) -> int:
    """Print the rows. Where order files do not cover the days, deliveries and rate are unknown."""
    args, session = call.args, call.session
    today = shop_day(session.now(), session.zone)
    last = _day(call, args.last) or today
    first = _day(call, args.first) or last - timedelta(days=DAYS - 1)
    if first > last:
        raise Misuse(say("--from is after --to."))
    rule = session.policy.choose("bad_review", "reply", None, today).get("own")
    goal = None if rule is None or rule.within.unit == "wd" else rule.within.fixed
    rows = review_rows(session.tickets.all(archived=True), session.zone, goal, session.now(), first, last)
    orders = session.desk("orders").counts_by("sku", first, last)

    def delivered(row: ReviewRow) -> int | None:
        """Of a review that names no product nobody knows how many of it were delivered."""
        return None if orders is None or row.sku is None else orders.get(row.sku, Counts()).delivered

    if args.json:
        return call.json({"reviews": [_document(row, delivered(row)) for row in rows]})
    for row in rows:
        told = _("{in_time} in time, {late} late, {solved} solved, {removed} removed").format(
            in_time=row.in_time, late=row.late, solved=row.solved, removed=row.removed
        )
        if (rate := _rate(row, delivered(row))) is not None:
            told += "   " + _("{percent} % of {n} delivered").format(
                percent=f"{float(rate * 100):.1f}", n=delivered(row)
            )
        call.out(clean(f"{row.sku or '-':<16}{row.cause or '-':<16}x{row.count:<4}{told}"))
    return 0


def _day(call: Call, text: str | None) -> date | None:
    return None if text is None else shop_day(call.when(text, past=True), call.session.zone)


def _rate(row: ReviewRow, delivered: int | None) -> Fraction | None:
    """Reviews a delivered order; unknown where nothing is known to have been delivered."""
    return Fraction(row.count, delivered) if delivered else None


def _document(row: ReviewRow, delivered: int | None) -> dict[str, Any]:
    from workbench.output.json import money

    return {
        "sku": row.sku,
        "cause": row.cause,
        "count": row.count,
        "in_time": row.in_time,
        "late": row.late,
        "solved": row.solved,
        "removed": row.removed,
        "cost": money(row.cost),
        "deliveries": delivered,
        "rate": None if (rate := _rate(row, delivered)) is None else six(rate),
    }
