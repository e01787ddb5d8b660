"""The keys of lists."""

from __future__ import annotations

from typing import ClassVar

from workbench.core.saying import say
from workbench.ui.room import Command, Room


class Lists(Room):
    """Up and down, whatever the rows are of."""

    domain = "lists"
    order = 1
    scopes: ClassVar = {"list": say("Lists")}
    commands = (
        Command("list.down", ("down", "j"), say("down"), say("one row down"), "list"),
        Command("list.up", ("up", "k"), say("up"), say("one row up"), "list"),
        Command("list.top", ("home", "g"), say("top"), say("to the first row"), "list"),
        Command("list.bottom", ("end", "G"), say("bottom"), say("to the last row"), "list"),
        Command("list.page-down", ("pagedown", "ctrl+d"), say("page down"), say("a page down"), "list"),
        Command("list.page-up", ("pageup", "ctrl+u"), say("page up"), say("a page up"), "list"),
    )


ROOM = Lists()
