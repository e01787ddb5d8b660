"""Ways to cases from anywhere: the filter, what find finds, a place that opens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from workbench.core.place import Place
from workbench.core.spelling import plain
from workbench.core.tickets.model import Ticket
from workbench.i18n import _
from workbench.output.words import thing, todo
from workbench.ui.room import Hit
from workbench.ui.text import Span, fit
from workbench.ui.tickets.views import saved_views

if TYPE_CHECKING:
    from workbench.session import Session
    from workbench.ui.bench import AnyFrame, Bench
    from workbench.ui.board import Board

#: An id without its letter, or without its hyphen: `7`, `t7`.
_NUMBER = re.compile(r"t?-?([0-9]{1,7})")


def filter_(bench: Bench) -> None:
    """The filter of the screen that is open where it has one, else that of the Queue."""
    if bench.frame is not None and hasattr(bench.frame, "open_filter"):
        bench.frame.open_filter()
        return
    bench.ahead.hold()

    async def go() -> None:
        from workbench.ui.tickets.screen import QueueScreen

        if bench.current_mode != "queue":
            await bench.switch_mode("queue")
        if isinstance(bench.frame, QueueScreen):
            bench.frame.open_filter()

    bench.call_later(go)


def show(bench: Bench, place: Place) -> None:
    """This case in the Queue, closed or not; or the closed ones. Orders to ship have a list of their own."""
    ship = any(ticket.id == place.id for ticket in bench.board.ships)
    bench.visit("ship" if ship else "queue", lambda frame: frame.land(place))


def find(session: Session, board: Board, typed: str) -> Iterator[Hit]:
    """Open cases by id, order, buyer or product, the exact ones first; then saved views by their name."""
    ref, rest = _ref(typed), []
    for ticket in board.tickets:
        if ticket.ref.casefold() == ref or typed in (ticket.order_id, ticket.external_id):
            yield _hit(ticket, exact=True)
        elif any(typed in plain(text or "").casefold() for text in _texts(ticket)):
            rest.append(ticket)
    for ship in board.ships:
        if ship.ref.casefold() == ref or typed == ship.order_id:
            yield _hit(ship, exact=True)
    yield from map(_hit, rest)
    word = _("view")
    for view in saved_views(session.settings):
        if typed in f"{word} view {view.name}".casefold():
            name = _("view {name}").format(name=view.name)
            yield Hit([Span(fit(str(view.digit), 10), "bold"), Span(name)], _to_view(view.digit))


def _hit(ticket: Ticket, *, exact: bool = False) -> Hit:
    line = [
        Span(fit(ticket.ref, 10), "bold"), Span(fit(todo(ticket), 19)), Span(fit(thing(ticket), 13) + "  "),
        Span(fit(ticket.buyer or "", 16) + "  ", "quiet"), Span(ticket.order_id or "", "quiet"),
    ]  # fmt: skip
    return Hit(line, lambda bench: bench.open(Place("tickets", ticket.id)), exact)


def _to_view(digit: int) -> Callable[[Bench], None]:
    from workbench.ui.tickets.screen import QueueScreen

    def turn(frame: AnyFrame) -> None:
        if isinstance(frame, QueueScreen):
            frame.action_queue_view(digit)

    return lambda bench: bench.visit("queue", turn)


def _texts(ticket: Ticket) -> tuple[str | None, ...]:
    """Where a case is looked for."""
    return ticket.ref, ticket.order_id, ticket.external_id, ticket.buyer, ticket.sku, ticket.product


def recall(session: Session, ref: str) -> Place:
    """A closed or an archived case by its id; `Misuse` where there is none."""
    return Place("tickets", session.tickets.find(_ref(ref.casefold(), ref)).id)


def _ref(typed: str, otherwise: str = "") -> str:
    """The id that is meant by `7`, `t7` or `t-7`; else what was typed."""
    found = _NUMBER.fullmatch(typed)
    return f"t-{found[1]}" if found else otherwise or typed
