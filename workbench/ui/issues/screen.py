"""The Log screen: the evening in one line per problem. F9 turns it to the week; on Mondays it opens there.

It is no `ListAndDetail`: the entry line has the focus, its list is what the line suggests and what it wrote, and beside
it stand the seven days, which are not the detail of a row.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.widget import Widget

from workbench.core.issues.model import Issue
from workbench.core.issues.suggest import Suggestion
from workbench.core.place import Place
from workbench.i18n import _
from workbench.ui.commands import bars, bindings
from workbench.ui.frame import Frame
from workbench.ui.issues import lines
from workbench.ui.issues.clock import EveningClock
from workbench.ui.issues.entry import LogEntry
from workbench.ui.issues.line import Waiting
from workbench.ui.issues.rows import DayRows, DayTable, columns
from workbench.ui.issues.week import WeekView
from workbench.ui.text import Line, Span, spread
from workbench.ui.widgets.ground import Ground
from workbench.ui.widgets.lines import Lines
from workbench.ui.widgets.table import Table


class LogScreen(Frame):
    """Today's log, or the week."""

    pane = "log"
    DEFAULT_CSS = """
    LogScreen #day, LogScreen #week { height: 1fr; }
    LogScreen.-tall #day, LogScreen.-low #day, LogScreen.-tall #week, LogScreen.-low #week { margin-top: 1; }
    LogScreen #day { layout: horizontal; }
    LogScreen #left { height: 1fr; width: 1fr; }
    LogScreen #sentence { height: 1; }
    LogScreen.-tall #sentence, LogScreen.-low #sentence { margin-bottom: 1; }
    LogScreen #entry { margin-bottom: 1; }
    LogScreen.-tall #entry { padding: 1 0; }
    LogScreen #table { height: 1fr; }
    LogScreen #seven { display: none; width: 1fr; padding: 0 1 0 3; }
    LogScreen.-wide #left { width: 80; }
    LogScreen.-full #left { width: 106; }
    LogScreen.-wide #seven, LogScreen.-full #seven { display: block; }
    LogScreen #said { height: 1; }
    LogScreen.-tall #said, LogScreen.-low #said { margin-bottom: 1; }
    LogScreen #heat { height: 1fr; }
    LogScreen #cell { background: $surface; height: 8; }
    LogScreen.-tall #cell { height: 10; }
    LogScreen.-flat #cell { height: 3; }
    """
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = bindings("log", "loglist")

    def __init__(self) -> None:
        super().__init__()
        self._clock: EveningClock | None = None
        self._away = True
        #: Which of the suggestions stands in the first row.
        self._first = 0
        #: The Monday on which the week has opened by itself.
        self._opened: date | None = None

    @property
    def scopes(self) -> tuple[str, ...]:  # type: ignore[override]
        """The keys that hold now."""
        return ("week", "heat") if self.on_week else ("log", "logline", "line", "loglist")

    def body(self) -> Iterable[Widget]:
        with Ground(id="day"):
            with Ground(id="left"):
                yield Lines(id="sentence")
                yield LogEntry(id="entry")
                yield DayTable(columns(), id="table")
            yield Lines(id="seven")
        yield WeekView(id="week")

    @property
    def entry(self) -> LogEntry:
        """The entry line."""
        return self.query_one(LogEntry)

    @property
    def table(self) -> DayTable:
        """The suggestions and today's lines."""
        return self.query_one(DayTable)

    @property
    def week(self) -> WeekView:
        """The week."""
        return self.query_one(WeekView)

    @property
    def on_week(self) -> bool:
        """Whether the week is shown."""
        return self.is_mounted and bool(self.week.display)

    @property
    def writing(self) -> bool:
        """Whether the entry line has the focus."""
        return self.entry.line.has_focus

    # coming and going

    def on_mount(self) -> None:
        self.week.display = False

    def on_screen_resume(self, _event: events.ScreenResume) -> None:
        """The line has the focus when the screen opens; after a sheet it stays where it was."""
        if self._clock is None:
            self._clock = EveningClock(self.bench)
        self._clock.start()
        if self._away:
            self._away = False
            today = self.session.log.today
            monday = today.weekday() == 0 and self._opened != today
            if monday and self.session.log.report():
                self._opened = today
                self.turn(True)
            else:
                self.turn(False)

    def on_screen_suspend(self) -> None:
        self._away = self.bench.current_mode != "log"
        if self._clock is not None and self._away:
            self._clock.stop()

    def turn(self, to_week: bool) -> None:
        """Show the week, or the day with the focus on the line."""
        self._said_beside = False
        self.week.display = to_week
        self.query_one("#day").display = not to_week
        self.fill()
        (self.week.table if to_week else self.entry.line).focus()
        self.draw_bar()

    @property
    def on_second(self) -> bool:
        return self.on_week

    def turn_over(self) -> None:
        self.turn(not self.on_week)

    def land(self, place: Place) -> bool:
        """Show the week, the day, or a line of today."""
        if place.domain != "issues":
            return False
        if place.id in ("week", "day"):
            self.turn(place.id == "week")
            return True
        row = self.table.row_of(("line", place.id))
        if row is None or self.on_week:
            return False
        self.table.focus()
        self.table.mark(row)
        return True

    def again(self) -> None:
        """To the entry line, from wherever."""
        if self.on_week:
            self.turn(False)
        else:
            self.entry.line.focus()

    # showing

    def fill(self) -> None:
        if not self.size.width:
            return
        if self.on_week:
            self.week.fill()
            return
        self._draw_sentence()
        self._fill_table()
        self._draw_seven()
        self.entry.draw()

    def fit(self) -> None:
        self.call_after_refresh(self.fill)

    @property
    def _left_cells(self) -> int:
        """The width of the day, as the styles have it."""
        cells = self.size.width
        return 106 if cells >= 150 else 80 if cells >= 110 else cells

    def _draw_sentence(self) -> None:
        if self._clock is not None:
            self._clock.tick()
        log, today = self.session.log, self.session.log.today
        tally = log.tally(today)
        issues = tally.issues(today)
        none = bool(issues) and all(issue.none for issue in issues)
        line = lines.sentence(tally.total(today), none, log.normal(), log.streak(), tally.logged(today))
        spent = lines.evening_clock(self._clock.spent()) if self._clock else []
        cells = self._left_cells - 4
        self.query_one("#sentence", Lines).show([[Span("  "), *spread(line, spent, cells)]])

    def _fill_table(self) -> None:
        log, today, table = self.session.log, self.session.log.today, self.table
        issues = log.tally(today).issues(today)[::-1]
        rows = DayRows(self._in_sight(len(issues)), issues, log.types, self.entry.edited)
        table.use(columns(rows.ticket_cells))
        table.parted = self.size.height >= 22
        before = lines.days_before(log.tally(today - lines.BEFORE), today, log.types, self._left_cells)
        table.below = [[], *before] if len(rows) else before
        table.show(rows, table.key if table.cursor >= 0 else None)
        self._mark()

    def _in_sight(self, lines: int) -> list[Suggestion]:
        """The suggestions that leave today's lines in sight while one writes: those around the marked one."""
        found = self.entry.suggested
        if not self.writing:
            self._first = 0
            return found
        room = max(self.table.size.height, 4)
        most = max(room - min(lines + 1, room // 2), 1) if lines else room
        self._first = max(0, min(self.entry.mark - most + 1, len(found) - most))
        return found[self._first : self._first + most]

    def _draw_seven(self) -> None:
        cells = self.size.width - self._left_cells - 4
        if cells > 0:
            log, today = self.session.log, self.session.log.today
            rising = {(rise.sku, rise.type) for rise in log.rising()}
            tally, rows = log.tally(today - 2 * lines.BEFORE), self.size.height - 4
            self.query_one("#seven", Lines).show(lines.seven_days(tally, today, log.types, rising, cells, rows))

    def _mark(self) -> None:
        """While one writes, the mark is on the suggestion that Enter would save, and else nowhere."""
        entry, table = self.entry, self.table
        rows = table.source
        if not self.writing:
            table.mark(max(0, min(table.cursor, len(rows) - 1)))
        elif isinstance(rows, DayRows) and not entry.line.value.strip() and entry.editing is None and rows.suggested:
            at = min(entry.mark, len(entry.suggested) - 1) - self._first
            if not 0 <= at < len(rows.suggested):
                self._fill_table()
            else:
                table.mark(at)
        else:
            table.mark(-1)

    def draw_bar(self, lead: Line = ()) -> None:
        if not self.is_mounted or not self.query("#entry"):
            return
        if self.on_week:
            bar = "week"
        elif not self.writing:
            bar = "log"
        else:
            bar = "suggested" if not self.entry.line.value.strip() and self.entry.suggested else "logline"
        keys = self.keys_of_bar(bar)
        if bar == "week":
            # One word for the two keys beside each other.
            at = bars()[bar].index("week.before")
            if self.week.before_running:
                keys[at : at + 2] = [(keys[at + 1][0], _("running week")), (keys[at][0], _("week before"))]
            else:
                keys[at : at + 2] = [(f"{keys[at][0]} {keys[at + 1][0]}", _("week"))]
        self.bar.keys(keys, lead)

    def tick(self) -> None:
        if self._clock is not None and self._clock.tick() and not self.on_week:
            self._draw_sentence()

    @on(LogEntry.Changed)
    def _entry_changed(self) -> None:
        rows = self.table.source
        if isinstance(rows, DayRows) and [each.ticket for each in rows.suggested] != [
            each.ticket for each in self.entry.suggested
        ]:
            self._fill_table()
        self._mark()
        self.table.refresh()
        self.draw_bar()

    @on(LogEntry.Logged)
    def _logged(self, event: LogEntry.Logged) -> None:
        self.bench.saved(event.done)

    @on(LogEntry.NotLogged)
    def _not_logged(self, event: LogEntry.NotLogged) -> None:
        self.bench.refused(event.told)

    @on(LogEntry.Left)
    def _left(self) -> None:
        self.table.focus()
        self.table.mark(0)
        self.draw_bar()

    @on(WeekView.Paged)
    def _turned(self) -> None:
        self.draw_bar()

    @on(WeekView.Left)
    def _to_day(self) -> None:
        self.turn(False)

    # the keys of the list

    @property
    def _line(self) -> Issue | None:
        rows = self.table.source
        issue = rows.at(self.table.cursor)[1] if isinstance(rows, DayRows) else None
        return None if issue is None or issue.none else issue

    @on(Table.Chosen)
    def action_log_edit(self) -> None:
        """The line, or the suggestion, comes back into the entry."""
        rows = self.table.source
        suggestion, issue = rows.at(self.table.cursor) if isinstance(rows, DayRows) else (None, None)
        what = suggestion or (issue if issue is not None and not issue.none else None)
        if what is not None:
            self.entry.bring(what)
            self._mark()

    def action_log_remove(self) -> None:
        """Remove the line; of a suggestion: skip it."""
        rows, log = self.table.source, self.session.log
        suggestion, issue = rows.at(self.table.cursor) if isinstance(rows, DayRows) else (None, None)
        if suggestion is not None:
            ticket = suggestion.ticket
            self.entry.queue(Waiting(lambda: log.skip(ticket), "", ticket))
        elif issue is not None:
            id = issue.id
            self.bench.do(lambda: log.delete([id]), self.bench.saved)

    def action_log_write(self) -> None:
        self.again()

    def action_log_week(self) -> None:
        self.turn_over()

    def action_log_form(self) -> None:
        if self.on_week:
            self.turn(False)
        from workbench.ui.issues.form import IssueForm

        form = IssueForm(self.session, self.entry.line.value, self.entry.editing)
        self.app.push_screen(form, self.entry.formed)

    def action_log_none(self) -> None:
        """A day with nothing wrong is an evening too."""
        log = self.session.log
        self.bench.do(log.nothing_wrong, self.bench.saved)
