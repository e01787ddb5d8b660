"""`workbench routine [done ID]`: what is looked at again and again; ticked off by the id of the settings."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from workbench.cli.call import Call
from workbench.cli.parsing import optional_subverbs, second_word
from workbench.core.routines.model import Routine
from workbench.i18n import _, pick
from workbench.output.cells import clean
from workbench.output.json import Document
from workbench.output.marks import DONE


def declare(parser: argparse.ArgumentParser) -> None:
    """The second word; without one all are shown."""
    parser.add_argument("--json", action="store_true", help=_("as JSON"))
    second_word(optional_subverbs(parser), "done", _("tick a routine off for today"), "ID")


def run(call: Call) -> int:
    """Tick it off, or show all."""
    desk = call.session.routines
    if call.args.subverb == "done":
        call.tell(desk.tick(call.args.id).saying)
        found = [each for each in desk.all() if each.id == call.args.id]
        if call.args.json:
            return call.json(document(found[0]))
    elif call.args.json:
        return call.json({"routines": [document(each) for each in desk.all()]})
    else:
        found = desk.all()
    call.out(*lines(found))
    return 0


def document(routine: Routine) -> Document:
    """A routine as JSON; days are the shop's."""
    return {
        "id": routine.id, "due": routine.due, "due_from": routine.due_from, "late_from": routine.late_from,
        "last": routine.last, "next": routine.next, "missed": routine.missed, "ticks": routine.ticks,
    }  # fmt: skip


def lines(found: list[Routine]) -> Iterator[str]:
    """One line a routine: whether it is due, since when, what was missed, when it was done."""
    for each in found:
        mark = "[ ]" if each.due else f"[{DONE}]" if each.last else "   "
        parts = [f"{mark} {each.id}", clean(pick(each.name))]
        if each.due_from is not None:
            parts.append(_("due {day}").format(day=each.due_from.isoformat()))
        if each.missed:
            parts.append(_("missed {n}").format(n=each.missed))
        if each.ticks:
            parts.append(_("done {days}").format(days=_(", ").join(day.isoformat() for day in each.ticks[:5])))
        yield "  ".join(parts)
