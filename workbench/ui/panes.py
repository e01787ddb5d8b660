"""The screens of the program, in the order of the header: a new one is one more line here.

Each is imported when it is first shown, because the first frame must not wait for the others.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from workbench.core.saying import Saying, say
from workbench.ui.board import Board
from workbench.ui.frame import Frame
from workbench.ui.text import Span


class Pane(NamedTuple):
    """One screen: its id, its title, how to make it, and what is urgent in it, for the header."""

    id: str
    title: Saying
    make: Callable[[], Frame]
    urgent: Callable[[Board], Span | None]


def _today() -> Frame:
    from workbench.ui.today.screen import TodayScreen

    return TodayScreen()


def _queue() -> Frame:
    from workbench.ui.tickets.screen import QueueScreen

    return QueueScreen()


def _ledger() -> Frame:
    from workbench.ui.violations.screen import LedgerScreen

    return LedgerScreen()


def _log() -> Frame:
    from workbench.ui.issues.screen import LogScreen

    return LogScreen()


def _nothing_urgent(_board: Board) -> Span | None:
    return None


def _urgent_cases(board: Board) -> Span | None:
    """The number overdue or due today: red only where the platform decides."""
    overdue, today, loud = board.urgent
    if not overdue + today:
        return None
    mark = "!" if overdue else "\u25aa"
    return Span(f"{mark}{overdue + today}", "late_bold" if loud else "soon")


def _closing_appeals(board: Board) -> Span | None:
    """The number of appeals whose window closes soon."""
    return Span(f"\u25aa{board.closing}", "soon") if board.closing else None


PANES: tuple[Pane, ...] = (
    Pane("today", say("Today"), _today, _nothing_urgent),
    Pane("queue", say("Queue"), _queue, _urgent_cases),
    Pane("ledger", say("Ledger"), _ledger, _closing_appeals),
    Pane("log", say("Log"), _log, _nothing_urgent),
)
