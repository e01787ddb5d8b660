"""The Replies screen, and the sheet with which a case is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from workbench.core.place import Place
from workbench.core.saying import say
from workbench.ui.room import Command, Pane, Room, to_detail

if TYPE_CHECKING:
    from workbench.ui.bench import Bench
    from workbench.ui.frame import Frame


def _screen() -> Frame:
    from workbench.ui.replies.screen import RepliesScreen

    return RepliesScreen()


def _answer(bench: Bench) -> None:
    from workbench.ui.replies.going import answer

    answer(bench)


_, _WHOLE, _BACK = to_detail("replies", say("one step back: search, category"))


class Replies(Room):
    """Texts to buyers: found, filled, checked, copied."""

    domain = "replies"
    pane = Pane("replies", say("Replies"), _screen, "app.replies", say("replies"), say("go to the Replies"), "f6", 6)
    scopes: ClassVar = {"replies": say("Replies"), "reply": say("Reply to a case"), "write": say("Write a text")}
    commands = (
        Command("ticket.reply", ("r",), say("reply"), say("write to the buyer of this case"), "ticket", _answer),
        Command("act.reply", ("tab",), say("reply"), say("write to the buyer of this case"), "act", _answer),
        Command("reply.copy", ("y",), say("copy only"), say("copy the text and leave the case as it is"), "reply"),
        Command("reply.right", ("right",), say("language"), say("the next language of this reply"), "reply"),
        Command("reply.left", ("left",), say("language before"), say("the language before"), "reply"),
        Command("reply.edit", ("e",), say("edit"), say("change the words before they are copied"), "reply"),
        Command("reply.take", ("t",), say("take it"), say("put the better wording in"), "reply"),
        Command(
            "reply.why", ("w",), say("why"), say("what the rules say of this text, and where they say it"), "reply"
        ),
        Command("reply.find", ("slash",), say("find"), say("find another reply"), "reply"),
        Command("replies.copy", ("enter",), say("copy"), say("copy this text; asks for what is missing"), "replies"),
        Command("replies.edit", ("tab",), say("edit the text"), say("change the text of this reply"), "replies"),
        Command("replies.right", ("right",), say("language"), say("the next language of this reply"), "replies"),
        Command("replies.left", ("left",), say("language before"), say("the language before"), "replies"),
        Command("replies.take", ("t",), say("take it"), say("put the better wording in"), "replies"),
        Command("replies.why", ("w",), say("why"), say("what the rules say of this text, and where"), "replies"),
        Command("replies.add", ("a",), say("add"), say("write a reply of your own"), "replies"),
        Command("replies.delete", ("D",), say("delete"), say("delete your own; hide a shipped one"), "replies"),
        _WHOLE,
        _BACK,
        *(
            Command(f"replies.category-{digit}", (str(digit),), say("category"), say("show a category"), "replies")
            for digit in range(10)
        ),
        Command("write.save", ("tab", "ctrl+o"), say("save"), say("take these words"), "write"),
        Command("write.leave", ("escape",), say("leave"), say("leave the text as it was"), "write"),
    )
    bars: ClassVar = {
        "replies": ("replies.copy", "replies.edit", "replies.right", "replies.why", "replies.add", "app.filter",
                    "app.help"),
    }  # fmt: skip
    together = (("app", "list", "replies"), ("sheet", "reply"))

    def open(self, bench: Bench, place: Place) -> None:
        bench.visit("replies", lambda frame: frame.land(place))


ROOM = Replies()
