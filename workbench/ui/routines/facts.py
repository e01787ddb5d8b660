"""Routines on Today: what is due, ticked off in place, and the screen that a routine looks at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from workbench.core.place import Place
from workbench.core.routines.model import Routine
from workbench.i18n import _, pick
from workbench.output.marks import DONE
from workbench.output.words import short_date
from workbench.ui.room import Fact
from workbench.ui.text import Span, wrap

if TYPE_CHECKING:
    from workbench.ui.bench import Bench

#: The routines that look at a screen of the program.
_LOOKS_AT = {"sku_report": Place("issues", "week")}


def routines(all: Sequence[Routine], cells: int, wide: bool) -> Iterator[Fact]:
    """Each with whether it is done; so many cells are for a row of its own."""
    for routine in all:
        role = "text" if routine.due else "quiet"
        text = pick(routine.name)
        if routine.rules_age is not None and wide:
            text = _("{name} ({n} days old)").format(name=text, n=routine.rules_age)
        if routine.missed:
            text = _("{name} (missed {n})").format(name=text, n=routine.missed)
        rows = wrap(text, cells - 4) if wide else [text]
        first = [Span("[ ] " if routine.due else f"[{DONE}] ", role), Span(rows[0], role)]
        more = [[Span(f"    {row}", role)] for row in rows[1:]]
        yield Fact(50, _("Routines"), Place("routines", routine.id), first, more, done=not routine.due)


def look(bench: Bench, id: str) -> None:
    """To what the routine looks at, where that is a screen."""
    if id in _LOOKS_AT:
        bench.open(_LOOKS_AT[id])
    elif bench.frame is not None:
        bench.frame.tell([Span(_("Space ticks it off when it is done."), "quiet")])


def tick(bench: Bench, id: str) -> None:
    """Done, or when it comes up again."""
    routine = next((each for each in bench.session.routines.all() if each.id == id), None)
    if routine is None:
        return
    if routine.due:
        bench.do(partial(bench.session.routines.tick, id), bench.saved)
    elif bench.frame is not None and routine.next is not None:
        text = _('"{name}" is done; it comes up again on {day}.').format(
            name=pick(routine.name), day=short_date(routine.next)
        )
        bench.frame.tell([Span(text, "quiet")])
