"""The keys of sheets, entry lines, forms and questions."""

from __future__ import annotations

from typing import ClassVar

from workbench.core.saying import say
from workbench.ui.room import Command, Room


class Sheets(Room):
    """What every sheet has, whatever it is about."""

    domain = "sheets"
    order = 800
    scopes: ClassVar = {
        "sheet": say("Sheets"), "line": say("Entry lines"), "form": say("Forms"), "confirm": say("Questions"),
    }  # fmt: skip
    commands = (
        Command("sheet.leave", ("escape",), say("leave"), say("leave and change nothing"), "sheet"),
        Command("sheet.accept", ("enter",), say("take it"), say("take what is marked"), "sheet"),
        Command(
            "sheet.draft",
            ("ctrl+r",),
            say("brings it back"),
            say("bring back what was typed here and not saved"),
            "sheet",
        ),
        Command("sheet.down", ("down",), say("down"), say("one line down"), "sheet"),
        Command("sheet.up", ("up",), say("up"), say("one line up"), "sheet"),
        Command("line.complete", ("tab",), say("complete"), say("complete the word before the cursor"), "line"),
        Command("line.new", ("ctrl+n",), say("new SKU"), say("the SKU asked about is a new one"), "line"),
        Command("form.line", ("ctrl+o",), say("as a line"), say("go back to the line with what the form says"), "form"),
        Command("form.after", ("right",), say("choose"), say("the next answer, in a field that offers some"), "form"),
        Command("form.before", ("left",), say("answer before"), say("the answer before"), "form"),
        Command("confirm.yes", ("y",), say("yes"), say("do it"), "confirm"),
    )
    together = (("sheet", "line", "form"), ("sheet", "confirm"))


ROOM = Sheets()
