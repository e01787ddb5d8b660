"""Where a line of Today leads: the screen that shows what it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.core.place import Place
from workbench.i18n import _
from workbench.ui.frame import Frame
from workbench.ui.text import Span

if TYPE_CHECKING:
    from workbench.ui.app import Workbench


def open_place(app: Workbench, place: str) -> None:
    """Go to `ledger`, `violation:7`, `ticket:7`, `week`, `day`, `closed`; of a routine to what it looks at."""
    kind, _colon, id = place.partition(":")
    match kind:
        case "ledger":
            app.action_app_ledger()
        case "violation":
            app.go_to_violation(int(id))
        case "ticket":
            app.go_to(int(id))
        case "week" | "day":
            app.visit("log", lambda frame: _turn(frame, kind == "week"))
        case "closed":
            app.visit("queue", _show_closed)
        case "routine" if id == "sku_report":
            app.visit("log", lambda frame: _turn(frame, True))
        case "routine" if app.frame is not None:
            app.frame.tell([Span(_("Space ticks it off when it is done."), "quiet")])


def open_at(app: Workbench, place: Place) -> None:
    """Go to where this opens."""
    kind = {"tickets": "ticket", "violations": "violation", "routines": "routine"}.get(place.domain, place.domain)
    open_place(app, f"{kind}:{place.id}")


def _turn(frame: Frame, to_week: bool) -> None:
    from workbench.ui.issues.screen import LogScreen

    if isinstance(frame, LogScreen):
        frame.turn(to_week)


def _show_closed(frame: Frame) -> None:
    from workbench.ui.tickets.screen import QueueScreen

    if isinstance(frame, QueueScreen) and not frame.closed:
        frame.action_queue_closed()
