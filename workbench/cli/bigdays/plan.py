"""`workbench plan ...`: the big days, and what is to be done before them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from typing import cast

from workbench.cli.call import Call
from workbench.cli.parsing import optional_subverbs, second_word
from workbench.core.bigdays.plan import PlanStep
from workbench.core.saying import Misuse, say
from workbench.i18n import _, p_, pick
from workbench.output.bigdays import json as shapes
from workbench.output.cells import clean, pad
from workbench.output.words import long_date
from workbench.session import Done
from workbench.session.bigdays.desk import BigDayDesk


def declare(parser: argparse.ArgumentParser) -> None:
    """The second words and their options."""
    parser.add_argument("--json", action="store_true", help=_("as JSON"))
    words = optional_subverbs(parser)
    start = second_word(words, "start", _("start the plan of an event"), "EVENT")
    start.add_argument("--year", type=int, metavar="Y", help=_("of that year; left out: the next one"))
    second_word(words, "done", _("tick a step off"), "ID")
    second_word(words, "move", _("let a step begin on another day"), "ID", "DAY")
    second_word(words, "note", _("write down what a step wants"), "ID", "TEXT")


def run(call: Call) -> int:
    """Do it, and print the plans as they are then."""
    if call.args.subverb is not None:
        call.tell(_DO[call.args.subverb](call).saying)
    desk, today = _desk(call), call.session.now().astimezone(call.session.zone).date()
    if call.args.json:
        return call.json(shapes.plans(desk.plans(), today))
    for plan, steps in desk.plans():
        call.out(f"{clean(pick(plan.name))}  {long_date(plan.day)} {plan.day.year}")
        for step in steps:
            days = f"{long_date(step.begins)} - {long_date(step.ends)}"
            state = _STATE[step.state(today)]()
            call.out(f"  {pad(step.ref, 6)}{pad(state, 8)}{pad(days, 30)}{clean(pick(step.title))}")
    return 0


def _desk(call: Call) -> BigDayDesk:
    return cast(BigDayDesk, call.session.desk("bigdays"))


def _meant(call: Call) -> PlanStep:
    return _desk(call).find(call.args.id)


def _move(call: Call) -> Done:
    try:
        day = date.fromisoformat(call.args.day)
    except ValueError:
        day = call.when(call.args.day).astimezone(call.session.zone).date()
    return _desk(call).move(_meant(call).id, day)


def _start(call: Call) -> Done:
    year = call.args.year
    if year is not None and not 2000 <= year <= 2100:
        raise Misuse(say("--year is a number from 2000 to 2100."))
    return _desk(call).start(call.args.event, year)


_DO: dict[str, Callable[[Call], Done]] = {
    "start": _start,
    "done": lambda call: _desk(call).done([_meant(call).id]),
    "move": _move,
    "note": lambda call: _desk(call).note(_meant(call).id, call.args.text),
}
_STATE: dict[str, Callable[[], str]] = {
    "coming": lambda: _("coming"),
    "open": lambda: p_("step", "open"),
    "late": lambda: p_("step", "late"),
    "done": lambda: _("done"),
}
