"""Tickets as rows of a table, the same everywhere a ticket is a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, tzinfo
from functools import cache

from workbench.core.tickets.model import Ticket
from workbench.i18n import language
from workbench.output.words import amount, due_point, group_name, left, thing, todo
from workbench.ui.board import parts, shouts, symbol
from workbench.ui.text import Span
from workbench.ui.widgets.table import Column


def columns() -> list[Column]:
    """The columns of a ticket in the language of the moment; what goes first when there is no room, goes first."""
    chinese = language() == "zh"
    return [
        Column("cursor", 2),
        Column("group", 8 if chinese else 10, goes=4),
        Column("picked", 1),
        Column("state", 2),
        Column("left", 10 if chinese else 8, right=True),
        Column("due", 10 if chinese else 9, gap=2, right=True, goes=3),
        Column("todo", 12 if chinese else 17, gap=2),
        Column("thing", 13, gap=2),
        Column("amount", 10, gap=1, right=True, goes=2),
        Column("words", 20, gap=2, goes=1, most=40),
    ]


#: The role of the due time, where it differs from the rest of the row.
_DUE = {"late_bold": "late", "soon_bold": "soon"}


class TicketRows:
    """Tickets in queue order as the source of a table. `clock` gives the instant for which the rows are drawn; they are
    made anew each minute, so what a second cannot change is told once."""

    def __init__(self, tickets: Sequence[Ticket], clock: Callable[[], datetime], zone: tzinfo, soon: timedelta) -> None:
        self.tickets = tickets
        self._clock = clock
        self._zone = zone
        self._soon = soon
        self._still = cache(self._stays)

    def __len__(self) -> int:
        return len(self.tickets)

    def key(self, row: int) -> int:
        """The number of the ticket."""
        return self.tickets[row].id

    def groups(self) -> list[tuple[str, str, int]]:
        """The groups with their margin names, in the order of the queue."""
        now = self._clock()
        found = parts(self.tickets, now, self._zone)
        late = self.tickets[: found[1].first if len(found) > 1 else None]
        loud = "late_bold" if any(map(shouts, late)) else "soon_bold"
        return [(group_name(part.group), loud if part.group == "overdue" else "quiet", part.first) for part in found]

    def cells(self, row: int, current: bool) -> dict[str, Span]:
        """The cells of a row as they are to be drawn now."""
        ticket, now = self.tickets[row], self._clock()
        mark, role = symbol(ticket, now, self._soon)
        countdown = Span(left(ticket, now), "late_cell" if role == "late_bold" else role)
        return {"state": Span(mark, role), "left": countdown, **self._still(row, role, current)}

    def _stays(self, row: int, role: str, current: bool) -> dict[str, Span]:
        ticket, now = self.tickets[row], self._clock()
        plain = "quiet" if role == "quiet" else "text"
        due = ticket.deadline.at
        return {
            "due": Span(due_point(due, now, self._zone) if due else "", _DUE.get(role, plain)),
            "todo": Span(todo(ticket), "title" if current else plain),
            "thing": Span(thing(ticket), plain),
            "amount": Span(amount(ticket.money), plain),
            "words": Span(ticket.words or ticket.reason or "", "quiet"),
        }
