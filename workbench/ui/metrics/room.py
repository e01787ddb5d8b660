"""The score: the second view of the Ledger, with every metric and what alerts say above them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from workbench.core.place import Place
from workbench.core.saying import say
from workbench.ui.room import Command, Room, View, to_detail

if TYPE_CHECKING:
    from workbench.ui.bench import Bench
    from workbench.ui.frame import Frame


def _screen() -> Frame:
    from workbench.ui.metrics.screen import ScoreScreen

    return ScoreScreen()


class Metrics(Room):
    """What the platform measures, and how near each line is."""

    domain = "metrics"
    order = 210
    view = View("score", "ledger", say("score"), say("points"), _screen)
    scopes: ClassVar = {"score": say("Score")}
    commands = (
        Command("score.open", ("enter",), say("the lines"), say("show what this alert or metric is made of"), "score"),
        Command(
            "score.add", ("a",), say("enter a reading"), say("enter readings as Seller Center shows them"), "score"
        ),
        Command("score.definition", ("w",), say("definition"), say("what this is, and where that stands"), "score"),
        Command("score.ack", ("x",), say("seen, until it is worse"), say("quiet until it is worse"), "score"),
        Command("score.delete", ("D",), say("take out"), say("take the last reading out; asks first"), "score"),
        *to_detail("score", say("back: detail, points")),
    )
    bars: ClassVar = {
        "score": ("score.open", "score.add", "score.definition", "score.ack", "app.import", "app.undo",
                  "app.help"),
    }  # fmt: skip
    together = (("app", "list", "score"),)

    def open(self, bench: Bench, place: Place) -> None:
        bench.visit("score", lambda frame: frame.land(place))


ROOM = Metrics()
