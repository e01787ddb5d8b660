"""`workbench today`: the morning brief; with `--notify` for cron, where status 3 says that something is overdue; with
`--until DAY` what an absence would cost."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import tzinfo

from workbench.cli.call import Call
from workbench.core.agenda import PRESSING
from workbench.i18n import _, n_, pick, render
from workbench.session.today import NEXT, Today

#: How many appeals the brief names.
_APPEALS = 3


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--notify", action="store_true", help=_("a notice, and status 3 if something is overdue, for cron")
    )
    which.add_argument("--until", metavar="DAY", help=_("what lapses if you are away until DAY begins"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(call: Call) -> int:
    """Print the brief, or the absence."""
    if call.args.until is not None:
        return _away(call)
    brief = call.session.today()
    if call.args.json:
        call.json(_document(call, brief))
    else:
        print_brief(call, brief)
    call.tell_notices()
    if call.args.notify:
        _notify(call, brief)
    return 3 if call.args.notify and brief.overdue else 0


def _away(call: Call) -> int:
    from workbench.output.away import document, lines

    found, zone = call.session.away(call.when(call.args.until)), call.session.zone
    if call.args.json:
        return call.json(document(found, zone))
    call.out(*lines(found, call.session.now(), zone))
    return 0


def _notify(call: Call, brief: Today) -> None:
    """A desktop notice if something is overdue or falls due today. It names no buyer and quotes none."""
    from workbench.output.notice import show
    from workbench.output.words import due_point

    if not brief.overdue and not brief.due_today:
        return
    text = _counts(brief)
    first = next((due for due in brief.agenda.all if due.case and due.turn == "seller"), None)
    if first is not None and first.at is not None:
        point = due_point(first.at, brief.now, call.session.zone)
        text += " " + _("First: {todo}, {point}.").format(todo=render(first.tell().what), point=point)
    show("workbench", text)


def _document(call: Call, brief: Today) -> dict[str, object]:
    from workbench.output.violations import json as ledger_json

    shape = call.shaper
    return {
        "as_of": shape.time(brief.as_of),
        "overdue": brief.overdue,
        "due_today": brief.due_today,
        "due_tomorrow": brief.due_tomorrow,
        "waiting": brief.waiting,
        "next": [shape.ticket(ticket) for ticket in brief.next],
        "to_clear": [shape.ticket(ticket) for ticket in brief.to_clear],
        "to_clear_late": brief.to_clear_late,
        "asks": [
            {"id": told.ref, "kind": due.asks, "since": shape.time(due.asks_since), "count": told.count}
            for due in brief.asks
            for told in (due.tell(),)
        ],
        "ship": [
            {
                "day": day.day.isoformat() if day.day else None,
                "due_at": shape.time(day.due_at),
                "count": len(day.tickets),
                "late": day.late,
            }
            for day in brief.ship
        ],
        "still_open": [shape.ticket(ticket) for ticket in brief.still_open],
        "appeals": [ledger_json.appeal(shape, option) for option in brief.appeals],
        "points": ledger_json.points(shape, brief.ledger),
        "renewals": _renewals(call),
        "deals": _deals(call, brief),
        "alerts": _alerts(brief),
        "messages": _messages(brief),
        "rising": [{"sku": rise.sku, "type": rise.type, "count": rise.count} for rise in brief.rising],
        **_days(call),
    }


def _renewals(call: Call) -> list[dict[str, object]]:
    """The everyday prices that are near their end or past it, one for each promotion and SKU."""
    if not call.session.store.table("promotions"):
        return []
    from workbench.output.promotions.json import renewal

    desk = call.session.desk("promotions")
    return [
        renewal(call.shaper, each, item, desk.price_of(each, item), desk.back_to(each, item))
        for each, item in desk.renewals()
    ]


def _deals(call: Call, brief: Today) -> list[dict[str, object]]:
    """The deals that wait for the seller, past or due today."""
    due = [each for group in PRESSING for each in brief.agenda.groups.get(group, ()) if each.place.domain == "creators"]
    if not due:
        return []
    from workbench.output.creators.json import waiting

    desk = call.session.desk("creators")
    return [waiting(call.shaper, desk.get(each.place.id), each) for each in due if each.turn == "seller"]


def _alerts(brief: Today) -> list[dict[str, str]]:
    if not brief.alerts:
        return []
    from workbench.session.alerts.words import because

    return [{"id": alert.id, "because": render(because(alert))} for alert in brief.alerts]


def _alert_lines(call: Call, brief: Today) -> list[str]:
    """The alerts that fire, the worst first; `workbench alerts` has the rest."""
    from workbench.output.cells import clean
    from workbench.session.alerts.sending import type_names
    from workbench.session.alerts.words import because, thing

    types = type_names(call.session)
    lines = [clean(f"! {render(thing(alert, types))}: {render(because(alert))}") for alert in brief.alerts[:_APPEALS]]
    if more := len(brief.alerts) - len(lines):
        lines.append(n_("{n} more", "{n} more", more).format(n=more))
    return lines


def _messages(brief: Today) -> dict[str, object]:
    """How messages stand: rate and target as text with six decimals."""
    from workbench.core.rates import six

    found = brief.messages
    rate, target = found.reading.rate, found.reading.target
    return {
        "rate": None if rate is None else six(rate),
        "target": None if target is None else six(target.share),
        "misses_left": found.reading.misses_left,
        "waiting": found.waiting,
        "automatic": found.automatic,
    }


def _days(call: Call) -> dict[str, object]:
    """How the days went, and the routines; more than the interface promises."""
    from msgspec import structs

    days = call.session.days()
    month = days.month
    return {
        "yesterday": structs.asdict(days.yesterday) if days.yesterday else None,
        "cleared": structs.asdict(days.today),
        "evenings_at_zero": days.evenings,
        "on_time": None if month is None else {
            "month": month.month.isoformat()[:7], "in_time": month.in_time, "late": month.late,
            "unknown": month.unknown, "misses_left": month.misses_left, "needed": month.needed,
        },
        "routines": [
            {
                "id": routine.id, "due": routine.due, "due_from": routine.due_from, "late_from": routine.late_from,
                "last": routine.last, "next": routine.next, "missed": routine.missed,
            }
            for routine in call.session.routines.all()
        ],
    }  # fmt: skip


def print_brief(call: Call, brief: Today) -> None:
    """The brief for a person. Nothing of it is printed where a part cannot be read: that is refused."""
    call.out(*_brief(call, brief))


def _brief(call: Call, brief: Today) -> Iterator[str]:
    """One sentence, how fresh it is, and what comes next."""
    from workbench.output.agenda import agenda_table
    from workbench.output.cells import clean
    from workbench.output.days import lines, to_clear
    from workbench.output.tickets.table import behind_table, queue_table
    from workbench.output.violations.words import sentence
    from workbench.output.words import full_point

    zone = call.session.zone
    yield _counts(brief)
    if text := to_clear(len(brief.to_clear) - brief.to_clear_late, brief.to_clear_late):
        yield text
    if brief.ship:
        yield _ship(brief, zone)
    if brief.asks:
        yield _asks(brief, zone)
    if brief.as_of is None:
        yield _("Nothing was imported yet: workbench import FILE reads a Seller Center export.")
    else:
        yield _("The newest file speaks of {time}.").format(time=full_point(brief.as_of, zone))
    yield sentence(brief.ledger, brief.now, zone, empty=brief.unblemished)
    if brief.appeals:
        yield _appeals(brief, zone)
    if brief.alerts:
        yield from _alert_lines(call, brief)
    if brief.rising:
        from workbench.output.issues.lines import rising

        yield rising(brief.rising, call.session.log.types)
    if mine := brief.agenda.lines[:NEXT]:
        yield ""
        yield from agenda_table(brief.agenda, mine, to_terminal=sys.stdout.isatty())
    if closed := [ticket for ticket in brief.still_open if ticket.there is None]:
        yield ""
        yield _("Closed here, but the platform still shows it open:")
        yield from queue_table(closed, brief.now, zone, to_terminal=sys.stdout.isatty())
    if moved := [ticket for ticket in brief.still_open if ticket.there is not None]:
        yield ""
        yield _("Moved on here, but the platform still shows it earlier:")
        yield from behind_table(moved, brief.now, zone)
    if brief.messaged:
        _messages(brief)  # no line of it, but what cannot be read of the archive is told
    routines = (clean(pick(routine.name)) for routine in call.session.routines.all() if routine.due)
    yield ""
    yield from lines(call.session.days(), routines)


def _counts(brief: Today) -> str:
    parts = [
        n_("{n} overdue", "{n} overdue", brief.overdue).format(n=brief.overdue),
        n_("{n} more today", "{n} more today", brief.due_today).format(n=brief.due_today),
        _("{n} tomorrow").format(n=brief.due_tomorrow),
        n_("{n} waiting for others", "{n} waiting for others", brief.waiting).format(n=brief.waiting),
    ]
    return _(", ").join(parts) + _(".")


def _ship(brief: Today, zone: tzinfo) -> str:
    """`To ship: 3 late since Wed 03:40; 12, first by 18:00`: no past weekday is to be taken for the next one."""
    from workbench.output.words import due_point

    named = []
    for day in brief.ship:
        count = len(day.tickets)
        point = "" if day.due_at is None else due_point(day.due_at, brief.now, zone)
        if not point:
            named.append(_("{n} without a deadline").format(n=count))
        elif day.late == count:
            named.append(_("{n} late since {point}").format(n=count, point=point))
        elif day.late:
            named.append(_("{n}, {late} late since {point}").format(n=count, late=day.late, point=point))
        else:
            named.append(_("{n}, first by {point}").format(n=count, point=point))
    return _("To ship: {days}").format(days=_("; ").join(named))


def _asks(brief: Today, zone: tzinfo) -> str:
    """`Questions: Appeal answered? V-8 since Mon 18:00`."""
    from workbench.output.cells import clean
    from workbench.output.words import point

    named = []
    for due in brief.asks[:_APPEALS]:
        told = due.tell()
        since = point(due.asks_since or brief.now, brief.now, zone)
        text = _("{question} {ref}, since {point}")
        named.append(text.format(question=clean(render(told.what)), ref=told.ref, point=since))
    if more := len(brief.asks) - len(named):
        named.append(n_("{n} more", "{n} more", more).format(n=more))
    return _("Questions: {questions}").format(questions=_("; ").join(named))


def _appeals(brief: Today, zone: tzinfo) -> str:
    """The appeals that close first; the ledger has the rest."""
    from workbench.output.violations.words import count
    from workbench.output.words import due_point

    named = [
        _("{ref}, {points}, by {point}").format(
            ref=option.violation.ref,
            points=count(option.violation.points),
            point=due_point(option.due_at, brief.now, zone),
        )
        for option in brief.appeals[:_APPEALS]
    ]
    if more := len(brief.appeals) - len(named):
        named.append(n_("{n} more", "{n} more", more).format(n=more))
    return _("To appeal: {violations}").format(violations=_("; ").join(named))
