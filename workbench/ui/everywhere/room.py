"""The keys that hold on every screen, and those of the pages outside the screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from workbench.core.saying import say
from workbench.ui.room import Command, Room

if TYPE_CHECKING:
    from workbench.ui.bench import Bench


def _next(bench: Bench) -> None:
    from workbench.ui.walk import walk

    walk(bench)


def _choosing(what: str) -> Callable[[Bench], None]:
    """What is chosen on the screens and remembered."""

    def run(bench: Bench) -> None:
        from workbench.ui.everywhere import choosing

        choosing.WAYS[what](bench)

    return run


class Everywhere(Room):
    """Help, the way between the screens, undo, the palette, the way out."""

    domain = "everywhere"
    order = 0
    scopes: ClassVar = {"app": say("Everywhere")}
    commands = (
        Command(
            "app.next",
            ("n",),
            say("next case"),
            say("walk through all that is due, line by line, and act on each"),
            "app",
            _next,
        ),
        Command("app.help", ("question_mark", "f1"), say("help"), say("show the keys of this screen"), "app"),
        Command(
            "app.second", ("f9",), say("second view"), say("go to the second view of this screen, and back"), "app"
        ),
        Command(
            "app.before", ("left_square_bracket",), say("screen before"), say("go to the screen at the left"), "app"
        ),
        Command(
            "app.after", ("right_square_bracket",), say("screen after"), say("go to the screen at the right"), "app"
        ),
        Command("app.go", ("colon",), say("go to"), say("go to a case by its id, or run a command by its name"), "app"),
        Command("app.copied", ("Y",), say("copied"), say("show what was copied last, to select it by hand"), "app"),
        Command("app.undo", ("u",), say("undo"), say("take back the last thing that was saved"), "app"),
        Command("app.redo", ("U",), say("redo"), say("do again what was taken back"), "app"),
        Command("app.history", ("ctrl+l",), say("history"), say("show what was done, newest first"), "app"),
        Command("app.palette", ("ctrl+p",), say("commands"), say("find a command or a case"), "app"),
        Command(
            "app.demo",
            ("d",),
            say("invented shop"),
            say("look around in an invented shop, while there are no cases"),
            "app",
        ),
        Command("app.market", (), say("market"), say("choose whose rules apply"), "app", _choosing("market")),
        Command("app.zone", (), say("shop time"), say("choose the zone of the shop's days"), "app", _choosing("zone")),
        Command("app.theme", (), say("theme"), say("choose the colours"), "app", _choosing("theme")),
        Command(
            "app.language", (), say("language"), say("speak Chinese, or English again"), "app", _choosing("language")
        ),
        Command(
            "app.backup", (), say("backup"), say("make a backup, and choose where it goes"), "app", _choosing("backup")
        ),
        Command(
            "app.suspend", ("ctrl+z",), say("to the shell"), say("stop here and go to the shell; fg comes back"), "app"
        ),
        Command("app.quit", ("q",), say("quit"), say("leave the program; everything is saved already"), "app"),
    )


ROOM = Everywhere()
