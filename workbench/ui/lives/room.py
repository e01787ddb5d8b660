"""Lives: parts of the Plan, with a checklist before and after each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from workbench.core.place import Place
from workbench.core.saying import say
from workbench.core.whole import whole
from workbench.ui.room import Command, Hit, Room

if TYPE_CHECKING:
    from workbench.session import Session
    from workbench.ui.bench import Bench
    from workbench.ui.board import Board


def _check(bench: Bench) -> None:
    from workbench.ui.lives.sheet import CheckSheet

    place = bench.frame.here if bench.frame is not None else None
    if place is not None and place.domain == "lives" and isinstance(place.id, int):
        bench.push_screen(CheckSheet(place.id))


def _add(bench: Bench) -> None:
    from workbench.ui.lives.form import LiveForm

    bench.push_screen(LiveForm(bench.session, None))


def _edit(bench: Bench) -> None:
    from workbench.ui.lives.form import LiveForm

    place = bench.frame.here if bench.frame is not None else None
    if place is not None and place.domain == "lives" and isinstance(place.id, int):
        bench.push_screen(LiveForm(bench.session, bench.session.desk("lives").get(place.id)))


class Lives(Room):
    """What is to be ready before a live, and what is owed after it."""

    domain = "lives"
    order = 71
    scopes: ClassVar = {"livecheck": say("Checklist of a live")}
    commands = (
        Command("live.check", (), say("checklist"), say("tick off the checklist of this live"), "plan", _check),
        Command("live.add", ("L",), say("add a live"), say("add a live in a form"), "plan", _add),
        Command("live.edit", (), say("edit the live"), say("correct this live in a form"), "plan", _edit),
        Command("live.tick", ("space",), say("tick"), say("tick this item off, or open it again"), "livecheck"),
        Command("live.end", ("x",), say("it ended"), say("the live ended just now"), "livecheck"),
        Command("live.form", ("e",), say("edit"), say("correct this live in a form"), "livecheck"),
        Command("live.delete", ("D",), say("delete"), say("delete this live; asks first"), "livecheck"),
    )

    together = (("sheet", "livecheck"),)

    def find(self, session: Session, board: Board, typed: str) -> Iterator[Hit]:  # noqa: ARG002
        if not session.store.table("lives"):
            return
        from workbench.ui.text import Span, fit

        for live in session.desk("lives").all():
            text = f"{live.ref} {live.content or ''} {live.account or ''} {live.creator or ''}"
            if typed in text.casefold():
                line = [Span(fit(live.ref, 10), "bold"), Span(live.content or live.account or live.creator or "")]
                go = partial(self.open, place=Place("lives", live.id))
                yield Hit(line, go, typed == live.ref.casefold())

    def recall(self, session: Session, ref: str) -> Place | None:
        number = whole(ref[2:])
        if ref[:2].casefold() == "l-" and number is not None:
            return Place("lives", session.desk("lives").get(number).id)
        return None

    def open(self, bench: Bench, place: Place) -> None:
        """On its line of the Plan; where it has none any more, its checklist."""

        def land(frame: object) -> None:
            from workbench.ui.frame import Frame
            from workbench.ui.lives.sheet import CheckSheet

            if isinstance(frame, Frame) and not frame.land(place) and isinstance(place.id, int):
                bench.push_screen(CheckSheet(place.id))

        bench.visit("plan", land)


ROOM = Lives()
