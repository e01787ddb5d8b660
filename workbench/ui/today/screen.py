"""Today, the first screen: the sentence that a tired eye may stop at, the agenda and the state of the shop.

One cursor runs through both. What looks through months of records comes with the second frame, at once after the
first; how the days went is reckoned in a thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.widget import Widget

from workbench.core.agenda import Agenda, Due
from workbench.core.place import Place
from workbench.core.tickets.model import Ticket
from workbench.core.turns import Turn
from workbench.i18n import _
from workbench.session.issues import ISSUES
from workbench.ui.commands import bindings
from workbench.ui.room import Fact, Glance
from workbench.ui.rooms import room_of, rooms
from workbench.ui.text import Line, Span, shorten, tight
from workbench.ui.tickets.deeds import TicketDeeds
from workbench.ui.today import lines
from workbench.ui.today.agenda import AgendaList
from workbench.ui.today.facts import Facts, room
from workbench.ui.today.rows import DueRows, shouts
from workbench.ui.widgets.ground import Ground
from workbench.ui.widgets.lines import Lines
from workbench.ui.widgets.rows import columns
from workbench.ui.widgets.table import Table

if TYPE_CHECKING:
    from workbench.core.tickets.days import Days

#: When narrow: the rows of the screen that what is overdue or due today leaves to others; header, sentence, last rows
#: and the empty ones between; the fewest rows of the state of the shop.
OTHERS, AROUND, SHOP = 15, 8, 3
#: When wide: the rows around the agenda with the line of what waits and the empty one above it.
BESIDE = 12
#: From these widths on the state of the shop stands beside the agenda, which is then so wide; where there is more
#: room still, the words get half of it.
WIDE, FULL, AGENDA_WIDE, AGENDA_FULL, AGENDA_WIDEST = 110, 150, 80, 106, 126


class TodayScreen(TicketDeeds):
    """The morning brief as a screen."""

    pane = "today"
    scopes = ("ticket", "today", "facts")
    DEFAULT_CSS = """
    TodayScreen #sentence { height: 1; margin-bottom: 1; }
    TodayScreen.-tall #sentence, TodayScreen.-low #sentence { margin: 1 0; }
    TodayScreen #parts { height: 1fr; layout: vertical; }
    TodayScreen #agenda { height: auto; width: 1fr; }
    TodayScreen #facts { height: 1fr; width: 1fr; margin-top: 1; }
    TodayScreen #strip { height: 1; background: $surface; }
    TodayScreen.-wide #parts, TodayScreen.-full #parts { layout: horizontal; }
    TodayScreen.-wide #facts, TodayScreen.-full #facts { margin-top: 0; }
    TodayScreen.-wide #strip, TodayScreen.-full #strip { height: 5; }
    """
    AUTO_FOCUS = "#agenda"
    BINDINGS: ClassVar[list[BindingType]] = bindings("ticket", "today")

    def __init__(self) -> None:
        super().__init__()
        self._days: Days | None = None
        #: Whether all that is later is listed, for something in it was asked for.
        self._unfolded = False
        #: Of which state of the data, and which hour, the days are; None until the first frame is drawn.
        self._reckoned: object = None

    def body(self) -> Iterable[Widget]:
        yield Lines(id="sentence")
        with Ground(id="parts"):
            yield AgendaList(columns(), id="agenda")
            yield Facts(id="facts")
        yield Lines(id="strip", ground="pane")

    @property
    def table(self) -> AgendaList:
        """The agenda."""
        return self.query_one("#agenda", AgendaList)

    @property
    def facts(self) -> Facts:
        """The state of the shop."""
        return self.query_one("#facts", Facts)

    @property
    def wide(self) -> bool:
        """Whether the two stand beside each other."""
        return self.size.width >= WIDE

    @property
    def agenda_cells(self) -> int:
        """How wide the agenda is."""
        cells = self.size.width
        if cells < FULL:
            return AGENDA_WIDE if self.wide else cells
        return min(AGENDA_FULL + (cells - FULL) // 2, AGENDA_WIDEST)

    # showing

    def fit(self) -> None:
        if self._shown >= 0:
            self.fill()

    def fill(self) -> None:
        if not self.size.width:
            return
        agenda, board = self.board.brief.agenda, self.board
        now, zone = agenda.now, agenda.zone
        line: Line = []
        if board.all or agenda.lines:
            fresh = lines.freshness(board.brief.as_of, now, zone)
            loud = any(map(shouts, agenda.groups.get("overdue", ())))
            said = lines.sentence(agenda, loud, self.board.brief.ship_today, self.size.width - 3)
            line = lines.with_freshness(said, fresh, self.size.width - 3)
        self.query_one("#sentence", Lines).show([[Span("  "), *tight(line)]])
        self._show(agenda)
        self.call_after_refresh(self._reckon)

    def _show(self, agenda: Agenda) -> None:
        wide, table, cells = self.wide, self.table, self.size.width
        table.styles.width = self.agenda_cells
        if wide:
            cells -= self.agenda_cells
        self.facts.show(self._facts(room(wide, cells)), wide, cells)
        turns = agenda.turns
        mine = agenda.lines
        table.use(columns())
        table.parted = wide
        table.empty = self.empty_lines() if not self.board.all and not mine else []
        if wide:
            shown, later = self._near(agenda, mine)
            table.below = [[], lines.waiting_line(turns, later, agenda.zone)] if turns or later else []
            table.styles.height = "1fr"
        else:
            shown, below = self._fitted(agenda, mine, turns, cells)
            table.below = below
            table.styles.height = len(shown or table.empty) + len(below)
        landing = self.bench.landing
        keep = table.key if landing is None else landing
        table.show(DueRows(shown, agenda, self.session.now, agenda.zone, self.session.settings.soon.tickets), keep)
        self.draw_bar()

    def _near(self, agenda: Agenda, mine: list[Due]) -> tuple[list[Due], list[Due]]:
        """What is listed when wide, and what is later and counted instead, so that the last line is in sight."""
        later = len(agenda.groups.get("later", ()))
        if self._unfolded or not later or agenda.group(mine[-1]) != "later":
            return mine, []
        parts = len({name for name, dues in agenda.groups.items() if dues and name != "waiting"})
        room = self.size.height - BESIDE - (len(mine) - later) - (parts - 1)
        kept = len(mine) - later + max(min(room, later), 0)
        return mine[:kept], mine[kept:]

    def _fitted(
        self, agenda: Agenda, mine: list[Due], turns: Mapping[Turn, int], cells: int
    ) -> tuple[list[Due], list[Line]]:
        """What is listed when narrow, and the lines below it: nothing is folded while rows below are empty.

        Overdue and today have all rows but `OTHERS`, what is left over up to two; the rest folds into one line each.
        """
        total = self.size.height - AROUND
        left = list(agenda.groups.get("left_over", ()))[:2]
        pressing = [due for due in mine if agenda.group(due) in ("overdue", "today")]
        least = min(max(self.size.height - OTHERS, 3), len(pressing)) + len(left)
        room = max(total - max(self.facts.rows, SHOP) - 2, min(least, total - SHOP - 3), 3)
        if len(mine) <= room + (not turns):
            shown = mine
        elif len(pressing) > room - len(left):
            shown = [*pressing[: room - len(left)], *left]
        else:
            shown = mine[:room]
        listed = set(map(id, shown))
        return shown, lines.folded(agenda, [due for due in mine if id(due) not in listed], turns, cells)

    def _facts(self, cells: int) -> list[Fact]:
        if not self.board.all and self.board.brief.unblemished and not self.session.store.table(ISSUES):
            return []
        found = self._told(cells) if self._reckoned is None else self._told(cells) + self._told(cells, late=True)
        return sorted(found, key=lambda fact: fact.order)

    def _told(self, cells: int, late: bool = False) -> list[Fact]:
        glance = Glance(self.session, self.board, self._days, cells, self.wide)
        return [fact for room in rooms() for fact in (room.late_facts if late else room.facts)(glance)]

    def _reckon(self) -> None:
        """What the first frame did not wait for, and how the days went, in a thread: a month of closed cases is read
        for it."""
        wanted = self.session.store.version, self.session.now().replace(minute=0, second=0)
        if wanted != self._reckoned:
            first, self._reckoned = self._reckoned is None, wanted
            if first and self._told(self.size.width, late=True):
                self.fill()
            self.bench.run_worker(self._ask, thread=True, group="days", exit_on_error=False, description="days")

    def _ask(self) -> None:
        days = self.session.days()
        self.bench.call_from_thread(self._answer, days)

    def _answer(self, days: Days) -> None:
        if days != self._days:
            self._days = days
            self.fill()

    def draw_bar(self, lead: Line = ()) -> None:
        which = "facts" if self.facts.has_focus else "calm" if self.board.brief.agenda.clear else "today"
        self.bar.keys(self.keys_of_bar(which), lead)

    @on(Table.Moved)
    @on(Facts.Moved)
    def _draw_strip(self) -> None:
        due, strip = self.line, self.query_one("#strip", Lines)
        found: list[Line] = []
        if due is not None:
            agenda, now = self.board.brief.agenda, self.session.now()
            if self.wide:
                rows = max(5, self.size.height - len(self.table.source) - 14)
                found = lines.strip_lines(due, agenda.group(due), now, agenda.zone, self.size.width, min(rows, 9))
            else:
                found = [shorten([Span(f"  {lines.consequence(due, due.tell(), now)}")], self.size.width - 1)]
        strip.styles.height = max(len(found), 5 if self.wide else 1)
        strip.show(found)

    def tick(self) -> None:
        self.table.tick()

    # the cursor

    @on(AgendaList.Passed)
    def _into_facts(self) -> None:
        if self.facts.stops():
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
        if self.facts.has_focus or not self.facts.stops():
            self.table.focus()
        else:
            self.facts.focus()

    @property
    def line(self) -> Due | None:
        """The line of the agenda under the cursor."""
        rows = self.table.source
        if self.facts.has_focus or not isinstance(rows, DueRows) or not len(rows):
            return None
        return rows.dues[self.table.cursor]

    @property
    def here(self) -> Place | None:
        return self.facts.place if self.facts.has_focus else None if self.line is None else self.line.place

    @property
    def current(self) -> Ticket | None:
        """The case under the cursor; None on a line of another kind."""
        line = self.line
        if line is None or not line.case or not isinstance(line.place.id, int):
            return None
        return self.board.find(line.place.id)

    def action_ticket_act(self) -> None:
        """Act on the case, or go to where the line opens and act there."""
        line = self.line
        if line is None or line.case:
            super().action_ticket_act()
            return
        self.bench.act_on(line)

    @property
    def meant(self) -> list[Ticket]:
        return [self.current] if self.current else []

    def land(self, place: Place) -> bool:
        row = self.table.row_of(place)
        if row is None and self.wide and any(due.place == place for due in self.board.brief.agenda.lines):
            self._unfolded = True
            self.fill()
            row = self.table.row_of(place)
        if row is not None:
            self.table.focus()
            self.table.go(row)
            return True
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
