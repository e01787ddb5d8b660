"""Today, the first screen: the sentence that a tired eye may stop at, then the agenda with one cursor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.widget import Widget

from workbench.core.tickets.model import Ticket
from workbench.output.sentences import consequence
from workbench.output.words import Group
from workbench.ui.commands import bindings
from workbench.ui.screens.queue.deeds import Deeds
from workbench.ui.screens.today import lines, points, rising
from workbench.ui.text import Line, Span
from workbench.ui.widgets.lines import Lines
from workbench.ui.widgets.rows import TicketRows, columns
from workbench.ui.widgets.table import Table

#: The rows of the screen that the agenda leaves to others when narrow.
OTHERS = 15
_LISTED: tuple[Group, ...] = ("overdue", "today", "tomorrow", "no_date", "later")
_LISTED_NARROW: tuple[Group, ...] = ("overdue", "today")


class TodayScreen(Deeds):
    """The morning brief as a screen."""

    pane = "today"
    scopes = ("ticket",)
    CSS_PATH = "today.tcss"
    AUTO_FOCUS = "#agenda"
    BINDINGS: ClassVar[list[BindingType]] = bindings("ticket")

    def body(self) -> Iterable[Widget]:
        with Vertical(id="body"):
            yield Lines(id="sentence")
            with Container(id="parts"):
                yield Table(columns(), id="agenda")
                yield Lines(id="state")
            yield Lines(id="strip", ground="pane")

    @property
    def table(self) -> Table:
        """The agenda."""
        return self.query_one("#agenda", Table)

    def fit(self) -> None:
        if self._shown >= 0:
            self.fill()

    def fill(self) -> None:
        if not self.size.width:
            return
        session, board = self.session, self.board
        now, zone = session.now(), session.zone
        as_of = board.brief.as_of
        late, _today, loud = board.urgent
        end = next((part.first for part in board.parts if part.group not in _LISTED), len(board.tickets))
        mine = board.tickets[:end]
        upcoming = next((ticket for ticket in mine[late:] if ticket.deadline.at is not None), None)
        line: Line = []
        if board.tickets:
            line = [*lines.sentence(board.sizes, upcoming, loud, now, zone), *lines.freshness(as_of, now, zone)]
        self.query_one("#sentence", Lines).show([[Span("  "), *line]])
        self._show_agenda(mine)
        cleared = sum(map(self._cleared_today, board.all))
        near, rules = session.settings.soon, session.ledger.rules
        state = points.beside(board.brief, rules, zone, near.points, near.appeals, self._state_cells)
        state += rising.beside(board.brief.rising, session, self._state_cells)
        state += lines.shop(as_of, board.brief.still_open, cleared, now, zone)
        self.query_one("#state", Lines).show(state)

    @property
    def _state_cells(self) -> int:
        """The width of the state of the shop, as the style sheet has it, also before it is laid out."""
        return self.size.width - (106 if self.size.width >= 150 else 80) - 3

    def _show_agenda(self, mine: list[Ticket]) -> None:
        wide = self.size.width >= 110
        turns, sizes = lines.turns_of(self.board.tickets), self.board.sizes
        table = self.table
        table.use(columns())
        table.parted = wide
        table.empty = self.empty_lines() if not self.board.tickets else []
        if wide:
            shown = mine
            table.below = [[], lines.waiting_line(turns)] if turns else []
        else:
            due = sum(sizes.get(group, 0) for group in _LISTED_NARROW)
            shown = mine[: min(due, max(self.size.height - OTHERS, 3))]
            near, rules = self.session.settings.soon.appeals, self.session.ledger.rules
            facts = points.below(self.board.brief, rules, self.session.zone, near, self.size.width)
            facts += rising.below(self.board.brief.rising, self.session, self.size.width)
            table.below = [*lines.then_line(sizes, turns, due - len(shown), self.size.width), *facts]
        soon = self.session.settings.soon.tickets
        landing = self.bench.landing
        keep = table.key if landing is None else landing
        table.show(TicketRows(shown, self.session.now, self.session.zone, soon), keep)

    def _cleared_today(self, ticket: Ticket) -> bool:
        if ticket.closed_at is None or ticket.closed_by != "seller":
            return False
        zone = self.session.zone
        return ticket.closed_at.astimezone(zone).date() == self.session.now().astimezone(zone).date()

    @on(Table.Moved)
    def _draw_strip(self) -> None:
        ticket, strip = self.current, self.query_one("#strip", Lines)
        found: list[Line] = []
        if ticket is not None:
            now, zone = self.session.now(), self.session.zone
            what = consequence(ticket, now, zone, appealable=self.session.policy.appealable(ticket.kind))
            wide = self.size.width >= 110
            found = lines.strip_lines(ticket, what, now, zone, self.size.width) if wide else [[Span(f"  {what}")]]
        strip.show(found)

    def tick(self) -> None:
        self.table.tick()

    @property
    def current(self) -> Ticket | None:
        rows = self.table.source
        return rows.tickets[self.table.cursor] if isinstance(rows, TicketRows) and len(rows) else None

    @property
    def meant(self) -> list[Ticket]:
        return [self.current] if self.current else []

    def land(self, id: int) -> None:
        row = next((row for row in range(len(self.table.source)) if self.table.source.key(row) == id), None)
        if row is not None:
            self.table.go(row)
