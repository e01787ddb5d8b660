"""The Queue, the sheets of a case, and what a case is on other screens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from workbench.core.place import Place
from workbench.core.saying import say
from workbench.output.marks import LATE, SOON
from workbench.ui.room import Command, Fact, Glance, Hit, Pane, Room, to_detail, to_select

if TYPE_CHECKING:
    from workbench.session import Session
    from workbench.ui.bench import Bench
    from workbench.ui.board import Board
    from workbench.ui.frame import Frame
    from workbench.ui.text import Span


def _screen() -> Frame:
    from workbench.ui.tickets.screen import QueueScreen

    return QueueScreen()


def _filter(bench: Bench) -> None:
    from workbench.ui.tickets.going import filter_

    filter_(bench)


class Tickets(Room):
    """Cases: what must be done before which minute."""

    domain = "tickets"
    pane = Pane("queue", say("Queue"), _screen, "app.queue", say("queue"), say("go to the Queue"), "f3", 3)
    scopes: ClassVar = {
        "ticket": say("Cases"), "queue": say("Queue"), "case": say("New case"), "act": say("What did you do"),
    }  # fmt: skip
    commands = (
        Command("app.filter", ("slash",), say("filter"), say("show only the cases that match"), "app", _filter),
        Command("ticket.act", ("enter",), say("act"), say("say what you did with this case"), "ticket"),
        *to_select("ticket", "queue"),
        Command("ticket.add", ("a",), say("add"), say("add a case by hand, in one line"), "ticket"),
        Command("ticket.edit", ("e",), say("edit"), say("correct this case in one line"), "ticket"),
        Command("ticket.note", ("c",), say("note"), say("write a note"), "ticket"),
        Command("ticket.tag", ("t",), say("tag"), say("put tags on; -tag takes one off"), "ticket"),
        Command(
            "ticket.snooze",
            ("s",),
            say("snooze"),
            say("put it off until a time; it wakes before its deadline"),
            "ticket",
        ),
        Command("ticket.deadline", ("b",), say("deadline"), say("set the deadline yourself"), "ticket"),
        Command("ticket.why", ("w",), say("why"), say("show how the deadline came about"), "ticket"),
        Command(
            "ticket.copy", ("y",), say("copy id"), say("copy the order id, to paste it into Seller Center"), "ticket"
        ),
        Command("ticket.close", ("x",), say("close"), say("end this case, whatever its stage"), "ticket"),
        Command("ticket.reopen", ("X",), say("reopen"), say("open a closed case again"), "ticket"),
        Command("ticket.delete", ("D",), say("delete"), say("delete this case; asks first"), "ticket"),
        *to_detail("queue", say("one step back: selection, filter, detail")),
        Command(
            "queue.trial",
            ("equals_sign",),
            say("as a rule"),
            say("try the filter as a rule of automatic approval: what it would have cost and saved"),
            "queue",
        ),
        Command("queue.closed", ("ctrl+t",), say("closed too"), say("show closed cases too, or no longer"), "queue"),
        *(
            Command(f"queue.view-{digit}", (str(digit),), say("view"), say("show a saved view"), "queue")
            for digit in range(10)
        ),
        Command("ticket.form", ("ctrl+o",), say("as a form"), say("fill in a form in place of the line"), "case"),
        Command("act.when", ("at",), say("at another time"), say("say when it happened"), "act"),
        Command("act.copy", ("y",), say("copy id"), say("copy the order id"), "act"),
        Command("act.why", ("w",), say("why"), say("show how the deadline came about"), "act"),
        Command("act.skip", ("n",), say("skip"), say("leave this case as it is and take the next"), "act"),
    )
    bars: ClassVar = {
        "queue": ("ticket.act", "ticket.select", "app.filter", "ticket.add", "ticket.note", "ticket.copy", "app.undo",
                  "app.help"),
    }  # fmt: skip
    together = (("app", "list", "ticket", "queue"), ("sheet", "act"), ("sheet", "line", "case"))

    def number(self, board: Board) -> Span | None:
        """The number overdue or due today: red only where the platform decides."""
        from workbench.ui.text import Span

        late, today = board.dues(self.domain, "overdue"), board.dues(self.domain, "today")
        if not late + today:
            return None
        loud = any(due.kind == "platform" for due in late)
        return Span(f"{LATE if late else SOON}{len(late + today)}", "late_bold" if loud else "soon")

    def facts(self, glance: Glance) -> Iterator[Fact]:
        from workbench.ui.tickets.facts import facts

        return facts(glance)

    def find(self, session: Session, board: Board, typed: str) -> Iterator[Hit]:
        from workbench.ui.tickets.going import find

        return find(session, board, typed)

    def recall(self, session: Session, ref: str) -> Place | None:
        from workbench.ui.tickets.going import recall

        return recall(session, ref)

    def open(self, bench: Bench, place: Place) -> None:
        from workbench.ui.tickets.going import show

        show(bench, place)


ROOM = Tickets()
