"""The orders to ship: the second view of the Queue, and where their lines of Today open."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from workbench.core.saying import say
from workbench.ui.room import Command, Room, View, to_detail, to_select

if TYPE_CHECKING:
    from workbench.core.place import Place
    from workbench.ui.bench import Bench
    from workbench.ui.frame import Frame


def _screen() -> Frame:
    from workbench.ui.orders.screen import ShipScreen

    return ShipScreen()


_SELECT, _RANGE, _SELECT_ALL = to_select("ship", "ship")


class Orders(Room):
    """What must be handed over by which day."""

    domain = "orders"
    order = 200
    view = View("ship", "queue", say("to ship"), say("cases"), _screen)
    scopes: ClassVar = {"ship": say("Orders to ship"), "packing": say("Packing list")}
    commands = (
        Command("ship.sent", ("enter",), say("sent"), say("say that these orders were handed over"), "ship"),
        Command("ship.list", ("t",), say("packing list"), say("what to take from the shelf, and the orders"), "ship"),
        _SELECT,
        Command("ship.day", ("v",), say("all of the day"), say("select all orders of this day"), "ship"),
        _SELECT_ALL,
        Command("ship.copy", ("y",), say("copy id"), say("copy the order id, to paste it into Seller Center"), "ship"),
        Command("ship.why", ("w",), say("why"), say("show how the deadline came about"), "ship"),
        Command("ship.cannot", ("x",), say("cannot ship"), say("say that it cannot be shipped; asks first"), "ship"),
        *to_detail("ship", say("back: detail, selection, cases")),
        Command("packing.copy", ("y",), say("copy ids"), say("copy the order ids, one a line"), "packing"),
    )
    bars: ClassVar = {
        "ship": ("ship.sent", "ship.select", "ship.day", "ship.list", "ship.copy", "ship.why", "app.filter",
                 "app.undo", "app.help"),
    }  # fmt: skip
    together = (("app", "list", "ship"), ("sheet", "packing"))

    def open(self, bench: Bench, place: Place) -> None:
        bench.visit("ship", lambda frame: frame.land(place))


ROOM = Orders()
