"""`workbench messages`: how soon buyers were answered, the rate, and how many misses are left."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from typing import Any

from workbench.cli.call import Call
from workbench.core.rates import minutes, six
from workbench.core.saying import Misuse, say
from workbench.core.tickets.messages import Measures, ToldRound, first_rounds, measure
from workbench.core.time import shop_day
from workbench.core.whole import whole
from workbench.i18n import _, n_


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--from", dest="first", metavar="DAY", help=_("the first shop day"))
    parser.add_argument("--to", dest="last", metavar="DAY", help=_("the last shop day"))
    parser.add_argument("--content", metavar="C", help=_("of this video, live or post alone"))
    parser.add_argument("--first", dest="top", metavar="N", help=_("list the first so many"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(call: Call) -> int:
    """Print the measures."""
    args, session = call.args, call.session
    first, last, top = _day(call, args.first), _day(call, args.last), _number(args.top)
    if first is not None and last is not None and first > last:
        raise Misuse(say("--from is after --to."))
    tickets = session.tickets.all(archived=True)
    found = measure(tickets, session.policy, session.now(), first, last, args.content)
    if args.json:
        return call.json(_document(call, found, top))
    call.out(*_lines(call, found, top))
    return 0


def _day(call: Call, text: str | None) -> date | None:
    return None if text is None else shop_day(call.when(text, past=True), call.session.zone)


def _number(text: str | None) -> int:
    if text is None:
        return 0
    number = whole(text)
    if number is None:
        raise Misuse(say('--first takes a number, not "{text}".', text=text))
    return number


def _document(call: Call, found: Measures, top: int) -> dict[str, Any]:
    time, window = call.shaper.time, found.window

    def told(each: ToldRound) -> dict[str, Any]:
        answered = each.round.answered_at
        return {
            "id": each.ticket.ref,
            "begun_at": time(each.round.begun_at),
            "answered_at": time(answered),
            "minutes": None if answered is None else float(minutes(answered - each.round.begun_at)),
        }

    return {
        "count": len(found.told),
        "answered": sum(each.round.answered_at is not None for each in found.told),
        "waiting": found.count("waiting"),
        "waiting_late": sum(_open(each) and each.verdict == "late" for each in found.told),
        "late": found.count("late"),
        "automatic": found.automatic,
        "median_minutes": None if found.median is None else float(found.median),
        "p90_minutes": None if found.p90 is None else float(found.p90),
        "within": [
            {"minutes": each.minutes, "count": each.count, "share": None if each.share is None else six(each.share)}
            for each in found.within
        ],
        "window_hours": found.window_hours,
        "rate": None if window.rate is None else six(window.rate),
        "target": None if window.target is None else six(window.target.share),
        "misses_left": window.misses_left,
        "needed": window.needed,
        "forgives_at": time(window.forgives_at),
        "recovers_at": time(window.recovers_at),
        "by_channel": found.by_channel,
        "by_content": found.by_content,
        "first": [told(each) for each in first_rounds(found, top)],
    }


def _open(each: ToldRound) -> bool:
    """Whether the round still waits for a person, late or not."""
    return each.round.answered_at is None and each.ticket.stage == "reply" and each.verdict != "left"


def _lines(call: Call, found: Measures, top: int) -> list[str]:
    window = found.window
    counts = n_("{n} message", "{n} messages", len(found.told)).format(n=len(found.told))
    waiting, late = found.count("waiting"), found.count("late")
    lines = [_("{messages}, {waiting} waiting, {late} late").format(messages=counts, waiting=waiting, late=late)]
    if window.rate is not None:
        lines.append(_("in time {rate} %").format(rate=_percent(window.rate)) + _target(window))
    if found.median is not None:
        lines.append(_("median {median} min, nine of ten within {p90} min").format(median=found.median, p90=found.p90))
    for each in found.within:
        if each.share is not None:
            lines.append(
                _("within {minutes} min: {count} ({share} %)").format(
                    minutes=each.minutes, count=each.count, share=_percent(each.share)
                )
            )
    for told in first_rounds(found, top):
        answered = told.round.answered_at
        wait = _("not answered") if answered is None else f"{minutes(answered - told.round.begun_at)} min"
        lines.append(f"{told.ticket.ref:<8}{_clock(call, told.round.begun_at):<20}{wait}")
    return lines


def _target(window: Any) -> str:
    if window.target is None:
        return ""
    line = f" ({window.target.compare} {_percent(window.target.share)} %)"
    if window.misses_left is not None:
        line += ", " + n_("{n} miss left", "{n} misses left", window.misses_left).format(n=window.misses_left)
    return line


def _percent(share: Any) -> str:
    return f"{float(share * 100):.1f}"


def _clock(call: Call, moment: datetime) -> str:
    return moment.astimezone(call.session.zone).strftime("%Y-%m-%d %H:%M")
