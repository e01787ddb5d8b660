"""The keys of the pages outside the screens."""

from __future__ import annotations

from typing import ClassVar

from workbench.core.saying import say
from workbench.ui.room import Command, Room


class Outside(Room):
    """The first start, and the page for data that cannot be opened."""

    domain = "outside"
    order = 900
    scopes: ClassVar = {"first": say("First start"), "trouble": say("Data that cannot be opened")}
    commands = (
        Command("first.look", ("enter",), say("look around"), say("look around in an invented shop"), "first"),
        Command("first.import", ("i",), say("import"), say("take the answers and import files"), "first"),
        Command(
            "first.empty", ("a",), say("empty queue"), say("take the answers and start with an empty queue"), "first"
        ),
        Command("first.up", ("up", "k"), say("up"), say("one question up"), "first"),
        Command("first.down", ("down", "j", "tab"), say("down"), say("one question down"), "first"),
        Command("first.left", ("left", "h"), say("left"), say("the answer at the left"), "first"),
        Command("first.right", ("right", "l", "space"), say("right"), say("the answer at the right"), "first"),
        Command("first.quit", ("q", "escape"), say("quit"), say("leave and write nothing"), "first"),
        Command(
            "trouble.restore",
            ("enter",),
            say("restore"),
            say("see what the newest good backup brings; asks"),
            "trouble",
        ),
        Command(
            "trouble.aside",
            ("a",),
            say("set aside"),
            say("set the one damaged record aside; all else stays"),
            "trouble",
        ),
        Command("trouble.check", ("c",), say("check"), say("list what check finds; changes nothing"), "trouble"),
        Command("trouble.again", ("r",), say("try again"), say("try to open the data again"), "trouble"),
        Command("trouble.leave", ("escape", "q"), say("leave"), say("leave and change nothing"), "trouble"),
    )
    together = (("trouble", "confirm"),)


ROOM = Outside()
