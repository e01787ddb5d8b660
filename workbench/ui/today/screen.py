"""Today, the first screen: the sentence that a tired eye may stop at, the agenda and the state of the shop.

One cursor runs through both. How the days went is reckoned in a thread, after the first frame.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.widget import Widget

from workbench.core.place import Place
from workbench.core.tickets.model import Ticket
from workbench.i18n import _
from workbench.output.sentences import consequence
from workbench.output.words import Group
from workbench.session.issues.tables import ISSUES
from workbench.ui.commands import bindings
from workbench.ui.room import Fact, Glance
from workbench.ui.rooms import room_of, rooms
from workbench.ui.text import Line, Span
from workbench.ui.tickets.deeds import Deeds
from workbench.ui.today import lines
from workbench.ui.today.agenda import Agenda
from workbench.ui.today.facts import Facts, margin
from workbench.ui.widgets.lines import Lines
from workbench.ui.widgets.rows import TicketRows, columns
from workbench.ui.widgets.table import Table

if TYPE_CHECKING:
    from workbench.core.days import Days

#: The rows of the screen that the agenda leaves to others when narrow.
OTHERS = 15
#: From these widths on the state of the shop stands beside the agenda, which is then so wide (`today.tcss`).
WIDE, FULL, AGENDA_WIDE, AGENDA_FULL = 110, 150, 80, 106
_LISTED: tuple[Group, ...] = ("overdue", "today", "tomorrow", "no_date", "later")


class TodayScreen(Deeds):
    """The morning brief as a screen."""

    pane = "today"
    scopes = ("ticket", "today", "facts")
    AUTO_FOCUS = "#agenda"
    BINDINGS: ClassVar[list[BindingType]] = bindings("ticket", "today")

    def __init__(self) -> None:
        super().__init__()
        self._days: Days | None = None
        #: Of which state of the data, and which hour, the days are.
        self._reckoned: object = None

    def body(self) -> Iterable[Widget]:
        with Vertical(id="body"):
            yield Lines(id="sentence")
            with Container(id="parts"):
                yield Agenda(columns(), id="agenda")
                yield Facts(id="facts")
            yield Lines(id="strip", ground="pane")

    @property
    def table(self) -> Agenda:
        """The agenda."""
        return self.query_one("#agenda", Agenda)

    @property
    def facts(self) -> Facts:
        """The state of the shop."""
        return self.query_one("#facts", Facts)

    @property
    def wide(self) -> bool:
        """Whether the two stand beside each other."""
        return self.size.width >= WIDE

    # showing

    def fit(self) -> None:
        if self._shown >= 0:
            self.fill()

    def fill(self) -> None:
        if not self.size.width:
            return
        session, board = self.session, self.board
        now, zone = session.now(), session.zone
        late, _today, loud = board.urgent
        end = next((part.first for part in board.parts if part.group not in _LISTED), len(board.tickets))
        mine = board.tickets[:end]
        upcoming = next((ticket for ticket in mine[late:] if ticket.deadline.at is not None), None)
        line: Line = []
        if board.all:
            fresh = lines.freshness(board.brief.as_of, now, zone)
            line = lines.with_freshness(
                lines.sentence(board.sizes, upcoming, loud, now, zone), fresh, self.size.width - 3
            )
        self.query_one("#sentence", Lines).show([[Span("  "), *line]])
        self._show(mine)
        self.call_after_refresh(self._reckon)

    def _show(self, mine: list[Ticket]) -> None:
        wide, table, cells = self.wide, self.table, self.size.width
        if wide:
            cells -= AGENDA_FULL if cells >= FULL else AGENDA_WIDE
        self.facts.show(self._facts(cells - margin(wide) - 3), wide, cells)
        turns, sizes = lines.turns_of(self.board.tickets), dict(self.board.sizes)
        table.use(columns())
        table.parted = wide
        table.empty = self.empty_lines() if not self.board.all else []
        if wide:
            shown = mine
            table.below = [[], lines.waiting_line(turns)] if turns else []
            table.styles.height = "1fr"
        else:
            first = sum(sizes.pop(group, 0) for group in ("overdue", "today"))
            if not first:
                first = next((sizes.pop(group) for group in _LISTED if sizes.get(group)), 0)
            others = max(OTHERS, self.facts.rows + 9)
            shown = mine[: min(first, max(self.size.height - others, 3))]
            table.below = lines.then_line(sizes, turns, first - len(shown), cells)
            table.styles.height = len(shown or table.empty) + len(table.below)
        landing = self.bench.landing
        keep = table.key if landing is None or landing.domain != "tickets" else landing.id
        table.show(TicketRows(shown, self.session.now, self.session.zone, self.session.settings.soon.tickets), keep)
        self.draw_bar()

    def _facts(self, cells: int) -> list[Fact]:
        session, brief, wide = self.session, self.board.brief, self.wide
        if not self.board.all and brief.unblemished and not session.store.table(ISSUES):
            return []
        glance = Glance(session, self.board, self._days, cells, wide)
        return sorted((fact for room in rooms() for fact in room.facts(glance)), key=lambda fact: fact.order)

    def _reckon(self) -> None:
        """How the days went, in a thread: a month of closed cases is read for it."""
        wanted = self.session.store.version, self.session.now().replace(minute=0, second=0)
        if wanted != self._reckoned:
            self._reckoned = wanted
            self.bench.run_worker(self._ask, thread=True, group="days", exit_on_error=False, description="days")

    def _ask(self) -> None:
        days = self.session.days()
        self.bench.call_from_thread(self._answer, days)

    def _answer(self, days: Days) -> None:
        if days != self._days:
            self._days = days
            self.fill()

    def draw_bar(self, lead: Line = ()) -> None:
        late, today, _loud = self.board.urgent
        which = "facts" if self.facts.has_focus else "today" if late + today else "calm"
        self.bar.keys(self.keys_of_bar(which), lead)

    @on(Table.Moved)
    @on(Facts.Moved)
    def _draw_strip(self) -> None:
        ticket, strip = self.current, self.query_one("#strip", Lines)
        found: list[Line] = []
        if ticket is not None:
            now, zone = self.session.now(), self.session.zone
            what = consequence(ticket, now, zone, appealable=self.session.policy.appealable(ticket.kind))
            found = lines.strip_lines(ticket, what, now, zone, self.size.width) if self.wide else [[Span(f"  {what}")]]
        strip.show(found)

    def tick(self) -> None:
        self.table.tick()

    # the cursor

    @on(Agenda.Passed)
    def _into_facts(self) -> None:
        if self.facts.stops:
            self.facts.cursor = 0
            self.facts.focus()

    @on(Facts.Left)
    def _out_of_facts(self) -> None:
        self.table.focus()

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def _focus_moved(self) -> None:
        def draw() -> None:
            self.table.mark(not self.facts.has_focus)
            self.draw_bar()
            self._draw_strip()

        self.call_after_refresh(draw)

    def action_today_jump(self) -> None:
        """To the other part."""
        if self.facts.has_focus or not self.facts.stops:
            self.table.focus()
        else:
            self.facts.focus()

    @property
    def current(self) -> Ticket | None:
        rows = self.table.source
        if self.facts.has_focus or not isinstance(rows, TicketRows) or not len(rows):
            return None
        return rows.tickets[self.table.cursor]

    @property
    def meant(self) -> list[Ticket]:
        return [self.current] if self.current else []

    def land(self, place: Place) -> bool:
        if place.domain == "tickets":
            row = self.table.row_of(place.id)
            if row is not None:
                self.table.focus()
                self.table.go(row)
            return row is not None
        at = self.facts.at(place)
        if at is not None:
            self.facts.focus()
            self.facts.go(at)
        return at is not None

    # places

    @on(Facts.Opened)
    def _open(self) -> None:
        if self.facts.place is not None:
            self.bench.open(self.facts.place)

    @on(Facts.Ticked)
    def _tick_off(self) -> None:
        place = self.facts.place
        if place is None or not room_of(place).tick(self.bench, place):
            self.tell([Span(_("Only a routine is ticked off."), "quiet")])
