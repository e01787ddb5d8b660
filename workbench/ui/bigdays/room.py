"""Big days: steps stand in the second view of the Plan; here is what is done to one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from workbench.core.place import Place
from workbench.core.saying import say
from workbench.ui.room import Command, Hit, Room

if TYPE_CHECKING:
    from workbench.core.bigdays.plan import PlanStep
    from workbench.session import Session
    from workbench.ui.bench import Bench
    from workbench.ui.board import Board


def _here(bench: Bench) -> PlanStep | None:
    """The step under the cursor, on whatever screen."""
    place = bench.frame.here if bench.frame is not None else None
    if place is None or place.domain != "bigdays" or not isinstance(place.id, int):
        return None
    found: PlanStep = bench.session.desk("bigdays").get(place.id)
    return found


def _done(bench: Bench) -> None:
    """Ask whether it is done, and what was to be written down: a line of the agenda is never dealt with unasked."""
    found = _here(bench)
    if found is not None and found.done_at is None:
        from workbench.ui.bigdays.sheets import note

        bench.push_screen(note(bench.session, found, done=True))


def _tick(bench: Bench) -> None:
    if (found := _here(bench)) is not None:
        bench.do(partial(bench.session.desk("bigdays").done, [found.id]), bench.saved)


def _move(bench: Bench) -> None:
    from workbench.ui.bigdays.sheets import move

    if (found := _here(bench)) is not None:
        bench.push_screen(move(bench.session, found))


class BigDays(Room):
    """What is to be done before a big day."""

    domain = "bigdays"
    order = 73
    commands = (
        Command("step.done", (), say("done"), say("this step is done; writes down what it wants"), "campaigns", _done),
        Command("step.tick", ("space",), say("tick"), say("tick this step off"), "campaigns", _tick),
        Command("step.move", ("m",), say("move"), say("let this step begin on another day"), "campaigns", _move),
    )

    def find(self, session: Session, board: Board, typed: str) -> Iterator[Hit]:  # noqa: ARG002
        if not session.store.table("steps"):
            return
        from workbench.i18n import pick
        from workbench.ui.text import Span, fit

        for plan, steps in session.desk("bigdays").plans():
            for step in steps:
                if typed in f"{step.ref} {pick(step.title)}".casefold():
                    line = [
                        Span(fit(step.ref, 10), "bold"),
                        Span(f"{pick(step.title)}  "),
                        Span(pick(plan.name), "quiet"),
                    ]
                    go = partial(self.open, place=Place("bigdays", step.id))
                    yield Hit(line, go, typed == step.ref.casefold())

    def open(self, bench: Bench, place: Place) -> None:
        bench.visit("campaigns", lambda frame: frame.land(place))


ROOM = BigDays()
