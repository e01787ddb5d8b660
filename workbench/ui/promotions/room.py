"""The Plan, its sheets, and what promotions are on other screens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from workbench.core.place import Place
from workbench.core.saying import say
from workbench.core.whole import whole
from workbench.output import marks
from workbench.ui.room import Command, Hit, Pane, Room, to_detail

if TYPE_CHECKING:
    from workbench.session import Session
    from workbench.ui.bench import AnyFrame, Bench
    from workbench.ui.board import Board
    from workbench.ui.frame import Frame
    from workbench.ui.text import Span

#: Prices that go back so soon are counted in the header.
SOON = timedelta(hours=24)


def _screen() -> Frame:
    from workbench.ui.promotions.screen import PlanScreen

    return PlanScreen()


_, _WHOLE, _BACK = to_detail("plan", say("one step back: selection, pane, list"))


class Promotions(Room):
    """Prices for a time: when they go back, the holes between them, the floor."""

    domain = "promotions"
    pane = Pane("plan", say("Plan"), _screen, "app.plan", say("plan"), say("go to the Plan"), "f7", 7)
    scopes: ClassVar = {"plan": say("Plan"), "planboard": say("The board of the Plan")}
    commands = (
        Command("plan.act", ("enter",), say("act"), say("renew, or do what this line asks for"), "plan"),
        Command("promotion.add", ("a",), say("add"), say("add a promotion in one line"), "plan"),
        Command("promotion.edit", ("e",), say("edit"), say("correct this promotion in one line"), "plan"),
        Command("promotion.renew", ("r",), say("renew"), say("renew this promotion, or all selected"), "plan"),
        Command("promotion.stop", ("x",), say("stop"), say("this promotion was ended by hand"), "plan"),
        Command("promotion.why", ("w",), say("why"), say("show the rules, the floor and the pieces"), "plan"),
        Command("promotion.note", ("c",), say("note"), say("write a note on this promotion"), "plan"),
        Command("promotion.price", ("P",), say("list price"), say("say the list price of this SKU"), "plan"),
        Command("promotion.delete", ("D",), say("delete"), say("delete this promotion; asks first"), "plan"),
        Command("plan.detail", ("tab",), say("what is next"), say("go to what ends next and back"), "plan"),
        _WHOLE,
        _BACK,
        Command("board.left", ("left",), say("left"), say("one piece to the left"), "planboard"),
        Command("board.right", ("right",), say("piece"), say("one piece to the right"), "planboard"),
        Command("board.down", ("down", "j"), say("down"), say("one row down"), "planboard", does="list_down"),
        Command("board.up", ("up", "k"), say("up"), say("one row up"), "planboard", does="list_up"),
        Command(
            "board.page-down", ("pagedown",), say("page down"), say("one page down"), "planboard", does="list_page_down"
        ),
        Command("board.page-up", ("pageup",), say("page up"), say("one page up"), "planboard", does="list_page_up"),
        Command("board.top", ("home", "g"), say("top"), say("to the first row"), "planboard", does="list_top"),
        Command("board.bottom", ("end", "G"), say("bottom"), say("to the last row"), "planboard", does="list_bottom"),
        Command("board.pick", ("space",), say("select"), say("select this promotion, or not"), "planboard"),
    )  # fmt: skip
    bars: ClassVar = {
        "plan": ("promotion.renew", "board.right", "promotion.add", "promotion.stop", "promotion.why",
                 "promotion.note", "plan.detail", "app.undo", "app.help"),
        "plannext": ("plan.act", "promotion.add", "promotion.why", "plan.detail", "app.undo", "app.help"),
    }  # fmt: skip
    together = (("app", "list", "plan"), ("app", "plan", "planboard"))

    def number(self, board: Board) -> Span | None:
        """How many prices go back within a day, or went back already, and how many steps are late or end today."""
        from workbench.ui.text import Span

        session, now, found = board.session, board.session.now(), 0
        gone = False
        if session.store.table("promotions"):
            prices = session.desk("promotions").going_back(now + SOON)
            found, gone = len(prices), any(promotion.ends_at <= now for promotion, _item in prices)
        if session.store.table("steps"):
            today = now.astimezone(session.zone).date()
            steps = [each for each in session.desk("bigdays").all() if each.done_at is None and each.ends <= today]
            found, gone = found + len(steps), gone or any(each.ends < today for each in steps)
        return Span(f"{marks.LATE if gone else marks.SOON}{found}", "soon") if found else None

    def find(self, session: Session, board: Board, typed: str) -> Iterator[Hit]:  # noqa: ARG002
        if not session.store.table("promotions"):
            return
        from workbench.i18n import render
        from workbench.output.promotions.text import TOOL, items
        from workbench.ui.text import Span, fit

        for each in session.desk("promotions").all():
            text = f"{each.ref} {each.name or ''} {items(each)}"
            if typed in text.casefold():
                line = [Span(fit(each.ref, 10), "bold"), Span(fit(render(TOOL[each.tool]), 19)), Span(items(each))]
                go = partial(_open, place=Place("promotions", each.id))
                yield Hit(line, go, typed == each.ref.casefold())

    def recall(self, session: Session, ref: str) -> Place | None:
        number = whole(ref[2:])
        if ref[:2].casefold() == "p-" and number is not None:
            return Place("promotions", session.desk("promotions").get(number).id)
        return None

    def open(self, bench: Bench, place: Place) -> None:
        """In the days of the board; one that is over, by what is known of it."""

        def land(frame: AnyFrame) -> None:
            if not frame.land(place) and isinstance(place.id, int):
                from workbench.ui.promotions.why import PlanWhySheet

                found = bench.session.desk("promotions").get(place.id)
                bench.push_screen(PlanWhySheet(found, found.items[0].sku))

        bench.visit("plan", land)


def _open(bench: Bench, place: Place) -> None:
    bench.open(place)


ROOM = Promotions()
