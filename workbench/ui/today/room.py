"""Today: what must be done, and the facts that every room has of the shop."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from workbench.core.place import Place
from workbench.core.saying import say
from workbench.ui.room import Command, Pane, Room

if TYPE_CHECKING:
    from workbench.ui.bench import Bench
    from workbench.ui.frame import Frame


def _screen() -> Frame:
    from workbench.ui.today.screen import TodayScreen

    return TodayScreen()


def _away(bench: Bench) -> None:
    from workbench.ui.sheets.away import AwaySheet

    bench.push_screen(AwaySheet())


class TodayRoom(Room):
    """The first screen."""

    domain = "today"
    pane = Pane("today", say("Today"), _screen, "app.today", say("today"), say("go to Today"), "f2", 2)
    scopes: ClassVar = {"today": say("Today"), "facts": say("The state of the shop")}
    commands = (
        Command("app.away", ("A",), say("away"), say("see what lapses if you are away until a day"), "app", _away),
        Command("today.jump", ("tab",), say("state of the shop"), say("go to the state of the shop and back"), "today"),
        Command("today.open", ("enter",), say("open"), say("open the place of this line"), "facts"),
        Command("today.tick", ("space",), say("tick off"), say("tick off this routine"), "facts"),
    )
    bars: ClassVar = {
        "today": ("app.next", "ticket.act", "app.import", "app.log", "app.filter", "app.undo", "today.jump",
                  "app.away", "app.help"),
        "calm": ("app.log", "app.next", "ticket.act", "app.import", "app.filter", "app.undo", "today.jump",
                 "app.away", "app.help"),
        "facts": ("today.open", "today.tick", "today.jump", "app.next", "app.import", "app.log", "app.undo",
                  "app.help"),
    }  # fmt: skip
    together = (("app", "list", "ticket", "today"), ("app", "list", "today", "facts"))

    def open(self, bench: Bench, place: Place) -> None:  # noqa: ARG002
        bench.go_to_pane("today")


ROOM = TodayRoom()
