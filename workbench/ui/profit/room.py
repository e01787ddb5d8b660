"""Profit, the second view of Creators, and its sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from workbench.core.place import Place
from workbench.core.saying import say
from workbench.ui.room import Command, Room, View, to_detail

if TYPE_CHECKING:
    from workbench.ui.bench import Bench
    from workbench.ui.frame import Frame


def _screen() -> Frame:
    from workbench.ui.profit.screen import ProfitScreen

    return ProfitScreen()


class Profit(Room):
    """What each product still pays."""

    domain = "profit"
    order = 9
    view = View("profit", "creators", say("profit"), say("deals"), _screen)
    scopes: ClassVar = {"profit": say("Profit")}
    commands = (
        Command("profit.what-if", ("equals_sign",), say("what if"),
                say("play with price, discount, commission, refunds; saves nothing"), "profit"),
        Command("profit.cost", ("enter",), say("cost"), say("enter what the product costs"), "profit"),
        Command("profit.why", ("w",), say("every step"), say("show every step with its source"), "profit"),
        Command("profit.take", ("t",), say("take a fee"), say("take a fee as settlements charge it"), "profit"),
        Command("profit.tax", ("x",), say("tax"), say("say what share of the price is your tax"), "profit"),
        Command("profit.copy", ("y",), say("copy"), say("copy the sentence of this product"), "profit"),
        *to_detail("profit", say("one step back: detail, filter")),
    )  # fmt: skip
    bars: ClassVar = {
        "profit": ("profit.what-if", "profit.cost", "profit.why", "profit.take", "app.import", "app.filter",
                   "app.help"),
    }  # fmt: skip
    together = (("app", "list", "profit"),)

    def open(self, bench: Bench, place: Place) -> None:
        bench.visit("profit", lambda frame: frame.land(place))


ROOM = Profit()
