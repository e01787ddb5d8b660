"""Creators, its sheets, and what deals are on other screens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from workbench.core.agenda import PRESSING
from workbench.core.place import Place
from workbench.core.saying import say
from workbench.output.marks import SOON
from workbench.ui.room import Command, Hit, Pane, Room, to_detail, to_select

if TYPE_CHECKING:
    from workbench.session import Session
    from workbench.ui.bench import Bench
    from workbench.ui.board import Board
    from workbench.ui.frame import Frame
    from workbench.ui.text import Span


def _screen() -> Frame:
    from workbench.ui.creators.screen import CreatorsScreen

    return CreatorsScreen()


class Creators(Room):
    """Deals by their clock."""

    domain = "creators"
    pane = Pane(
        "creators", say("Creators"), _screen, "app.creators", say("creators"), say("go to the Creators"), "f8", 8
    )
    scopes: ClassVar = {"creators": say("Creators"), "dealact": say("What happened with a deal")}
    commands = (
        Command("creators.act", ("enter",), say("act"), say("say what happened with this deal"), "creators"),
        Command("creators.profit", ("p",), say("profit"), say("see what its first product brings"), "creators"),
        Command("creators.message", ("r",), say("message"), say("write down that you messaged again"), "creators"),
        Command("creators.add", ("a",), say("add"), say("add a creator in one line"), "creators"),
        Command("creators.edit", ("e",), say("edit"), say("correct products, rate, dates in one line"), "creators"),
        Command("creators.note", ("c",), say("note"), say("write a note on this deal"), "creators"),
        Command("creators.why", ("w",), say("why"), say("show how the ceiling of its product came about"), "creators"),
        Command("creators.close", ("x",), say("decline"), say("end this deal as declined"), "creators"),
        Command("creators.copy", ("y",), say("copy handle"), say("copy the creator's handle"), "creators"),
        Command("creators.delete", ("D",), say("delete"), say("delete this deal; asks first"), "creators"),
        *to_select("creators", "creators"),
        *to_detail("creators", say("one step back: detail, selection, filter")),
        Command("dealact.when", ("at",), say("when"), say("say when it happened"), "dealact"),
    )
    bars: ClassVar = {
        "creators": ("creators.act", "creators.profit", "creators.message", "creators.add", "creators.edit",
                     "creators.note", "creators.why", "app.filter", "app.help"),
    }  # fmt: skip
    together = (("app", "list", "creators"), ("sheet", "dealact"))

    def number(self, board: Board) -> Span | None:
        """How many deals are past or due today."""
        from workbench.ui.text import Span

        due = len(board.dues("creators", *PRESSING))
        return Span(f"{SOON}{due}", "soon") if due else None

    def find(self, session: Session, board: Board, typed: str) -> Iterator[Hit]:  # noqa: ARG002
        from workbench.ui.creators.going import find

        return find(session, typed)

    def recall(self, session: Session, ref: str) -> Place | None:
        from workbench.ui.creators.going import recall

        return recall(session, ref)

    def open(self, bench: Bench, place: Place) -> None:
        bench.visit("creators", lambda frame: frame.land(place))


ROOM = Creators()
