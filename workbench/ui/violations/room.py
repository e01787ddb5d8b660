"""The Ledger, its sheets, and what violations are on other screens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from workbench.core.place import Place
from workbench.core.saying import say
from workbench.output.marks import SOON
from workbench.ui.room import Command, Fact, Glance, Hit, Pane, Room, to_detail

if TYPE_CHECKING:
    from workbench.session import Session
    from workbench.ui.bench import Bench
    from workbench.ui.board import Board
    from workbench.ui.frame import Frame
    from workbench.ui.text import Span


def _screen() -> Frame:
    from workbench.ui.violations.screen import LedgerScreen

    return LedgerScreen()


_TAB, _, _BACK = to_detail("ledger", say("one step back: what if, detail"))


class Violations(Room):
    """Points, appeals, evidence."""

    domain = "violations"
    pane = Pane("ledger", say("Ledger"), _screen, "app.ledger", say("ledger"), say("go to the Ledger"), "f4", 4)
    scopes: ClassVar = {"ledger": say("Ledger"), "evidence": say("Evidence"), "statement": say("Appeal statement")}
    commands = (
        Command("ledger.act", ("enter",), say("act"), say("say what happened to this violation"), "ledger"),
        Command("ledger.add", ("a",), say("add"), say("add a violation in one line, or paste several"), "ledger"),
        Command(
            "ledger.what-if",
            ("equals_sign",),
            say("what if"),
            say("see what a won appeal would change; saves nothing"),
            "ledger",
        ),
        Command("ledger.keep", ("space",), say("keep"), say("what if: keep this appeal as won and go on"), "ledger"),
        Command("ledger.evidence", ("v",), say("evidence"), say("tick off evidence, attach files"), "ledger"),
        Command("ledger.statement", ("t",), say("statement"), say("write the statement of the appeal"), "ledger"),
        Command("ledger.edit", ("e",), say("edit"), say("correct this violation in one line"), "ledger"),
        Command("ledger.note", ("c",), say("note"), say("write a note on this violation"), "ledger"),
        Command("ledger.score", ("s",), say("score"), say("state the score, where points count down"), "ledger"),
        Command("ledger.why", ("w",), say("why"), say("show how the date came about"), "ledger"),
        Command("ledger.copy", ("y",), say("copy id"), say("copy the platform's id of this violation"), "ledger"),
        Command("ledger.delete", ("D",), say("delete"), say("delete this violation; asks first"), "ledger"),
        _TAB,
        Command(
            "ledger.whole",
            ("plus",),
            say("whole screen"),
            say("show the detail on the whole screen; what if: suppose one more violation"),
            "ledger",
        ),
        _BACK,
        Command("evidence.tick", ("space",), say("tick"), say("tick this item off, or open it again"), "evidence"),
        Command(
            "evidence.file", ("f",), say("attach a file"), say("attach the file that proves this item"), "evidence"
        ),
        Command("evidence.add", ("a",), say("add an item"), say("add an item of your own"), "evidence"),
        Command("statement.save", ("ctrl+o", "ctrl+s", "f10"), say("save"), say("save the statement"), "statement"),
    )
    bars: ClassVar = {
        "ledger": ("ledger.act", "ledger.add", "ledger.what-if", "ledger.why", "ledger.evidence", "ledger.statement",
                   "app.undo", "app.help"),
    }  # fmt: skip
    together = (("app", "list", "ledger"), ("sheet", "evidence"), ("sheet", "statement"))

    def number(self, board: Board) -> Span | None:
        """The number of appeals whose window closes soon."""
        from workbench.ui.text import Span

        near = board.session.now() + board.session.settings.soon.appeals
        mine = (due for due in board.brief.agenda.lines if due.place.domain == self.domain and due.kind == "platform")
        n = sum(due.asks_since is None and due.at is not None and due.at < near for due in mine)
        return Span(f"{SOON}{n}", "soon") if n else None

    def facts(self, glance: Glance) -> Iterator[Fact]:
        from workbench.ui.violations.facts import appeals, points

        yield from points(glance)
        yield from appeals(glance)

    def find(self, session: Session, board: Board, typed: str) -> Iterator[Hit]:  # noqa: ARG002
        from workbench.ui.violations.going import find

        return find(session, typed)

    def recall(self, session: Session, ref: str) -> Place | None:
        from workbench.ui.violations.going import recall

        return recall(session, ref)

    def open(self, bench: Bench, place: Place) -> None:
        bench.visit("ledger", lambda frame: frame.land(place))


ROOM = Violations()
