"""The rows of the score: alerts, what the platform measures, own goals, and what was read too long ago."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta, tzinfo
from fractions import Fraction
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from workbench.core.metrics.model import Reading
from workbench.core.metrics.standing import MetricStanding, shown
from workbench.core.place import Place
from workbench.i18n import _, pick, render
from workbench.output.marks import CURSOR, SOON
from workbench.output.metrics.text import line_words
from workbench.output.words import short_date
from workbench.session.alerts.desk import Alert
from workbench.session.alerts.words import brief, thing
from workbench.ui.commands import bindings
from workbench.ui.metrics.spark import trend
from workbench.ui.text import Line, Span, fit, shorten, strip
from workbench.ui.theme import palette_of
from workbench.ui.widgets.cursor import RowCursor

#: A reading older than this is old.
OLD = timedelta(days=14)
#: The days of the trend.
DAYS = 30


class ScoreRow(NamedTuple):
    """One row: its group, the place it is, its line, and what it is about."""

    group: str
    place: Place
    line: Line
    about: Alert | MetricStanding


class ScoreRows(RowCursor, can_focus=True):
    """The list with its cursor."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("list")

    class Moved(RowCursor.Moved):
        """The cursor stands on another row."""

    class Chosen(Message):
        """What is under the cursor is wanted."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: list[ScoreRow] = []
        self._lines: list[tuple[Line, int]] = []
        self._empty: Line = []

    def show(self, rows: Sequence[ScoreRow], heads: Line, empty: Line, margin: int, *, parted: bool) -> None:
        """Show these rows; the cursor stays on its place where that is still there."""
        before = self.current.place if self.current is not None else None
        self.rows, self._empty = list(rows), empty
        self._lines = []
        group, headed = "", False
        for at, row in enumerate(self.rows):
            if row.group != group and at and parted:
                self._lines.append(([], -1))
            if isinstance(row.about, MetricStanding) and not headed:
                self._lines.append(([Span(" " * margin), *heads], -1))
                headed = True
            label = row.group if row.group != group else ""
            group = row.group
            self._lines.append(([Span(fit(label, margin), "quiet"), *row.line], at))
        at = next((at for at, row in enumerate(self.rows) if row.place == before), self.cursor)
        self.cursor = max(0, min(at, len(self.rows) - 1))
        self.virtual_size = Size(self.size.width, len(self._lines))
        self.refresh()

    @property
    def current(self) -> ScoreRow | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    def stops(self) -> int:
        return len(self.rows)

    def lines_of(self, row: int) -> tuple[int, int]:
        found = next(line for line, (_line, at) in enumerate(self._lines) if at == row)
        return found, found

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a second one opens."""
        row = event.y + self.scroll_offset.y
        at = self._lines[row][1] if row < len(self._lines) else -1
        if at == self.cursor:
            self.post_message(self.Chosen())
        elif at >= 0:
            self.go(at)

    def render_line(self, y: int) -> Strip:
        """The visible line `y`."""
        row, palette = y + self.scroll_offset.y, palette_of(self.app)
        if not self.rows:
            return strip(self._empty if row == 1 else [], self.size.width, palette, "page")
        line, at = self._lines[row] if row < len(self._lines) else ([], -1)
        here = at == self.cursor and at >= 0
        mark = Span(f"{CURSOR} " if here else "  ", "accent_bold")
        return strip([mark, *shorten(line, self.size.width - 3)], self.size.width, palette, "row" if here else "page")


class Widths(NamedTuple):
    """The cells of each column; 0 leaves one out."""

    name: int = 22
    value: int = 8
    trend: int = 15
    line: int = 13
    left: int = 11
    back: int = 8
    opens: int = 0


def widths(cells: int) -> Widths:
    """What fits into `cells` beside the margin."""
    full = 2 + 22 + 8 + 17 + 15 + 11 + 12
    if cells >= full + 12:
        return Widths(opens=cells - full)
    return Widths() if cells >= full else Widths(name=20, value=7, trend=0, line=12, left=11, back=8)


def heads(room: Widths) -> Line:
    """The names of the columns."""
    cells = [" " * (2 + room.name), fit(_("today"), room.value, right=True)]
    if room.trend:
        cells.append("  " + fit(_("{n} days").format(n=DAYS), room.trend))
    cells += ["  " + fit(_("line"), room.line), fit(_("misses left"), room.left, right=True)]
    cells.append("  " + fit(_("one back"), room.back))
    if room.opens:
        cells.append("  " + fit(_("opens, closes"), room.opens))
    return [Span("".join(cells), "quiet")]


def alert_row(alert: Alert, types: dict[str, dict[str, str]], room: Widths) -> ScoreRow:
    """`LAMP-WHT damaged   7 in 7 days, 1.2 is usual   since Sun`"""
    role = "soon" if alert.loud else "quiet"
    line = [
        Span(f"{SOON} " if alert.loud else "  ", "soon"),
        Span(fit(render(thing(alert, types)), room.name + 2), "bold" if alert.loud else "text"),
        Span(render(brief(alert)), role),
    ]
    if alert.standing.since is not None:
        line.append(Span("  " + _("since {day}").format(day=short_date(alert.standing.since)), "quiet"))
    return ScoreRow(_("Alerts"), Place("alerts", alert.id), line, alert)


def metric_row(found: MetricStanding, today: date, zone: tzinfo, room: Widths) -> ScoreRow:
    """A metric with its value, trend, line and what is left."""
    about, value = found.metric, found.value
    old = found.reading is not None and today - found.reading.day > OLD
    off = found.kept is False
    near = found.misses_left is not None and found.misses_left <= 2
    role = "quiet" if old else "soon_bold" if off or near else "bold"
    left = "" if found.misses_left is None else str(found.misses_left)
    back = "" if found.forgives_at is None else short_date(found.forgives_at.astimezone(zone).date())
    cells = [
        Span("? " if old else f"{SOON} " if off or near else "  ", "quiet" if old else "soon"),
        Span(fit(pick(about.name), room.name)),
        Span(fit("" if value is None else shown(value, about.unit), room.value, right=True), role),
    ]
    if room.trend:
        cells.append(Span("  " + fit(trend(_by_day(found.history), today, DAYS, room.trend), room.trend), "quiet"))
    cells.append(Span("  " + fit(line_words(found.line, about.unit), room.line)))
    cells.append(Span(fit(left, room.left, right=True), "soon_bold" if off or near else "bold"))
    cells.append(Span("  " + fit(back, room.back)))
    if room.opens:
        cells.append(Span("  " + _opens(found, old), "quiet"))
    group = _("Old") if old else _("Own goals") if about.group == "own" else _("Platform")
    return ScoreRow(group, Place("metrics", about.id), cells, found)


def _opens(found: MetricStanding, old: bool) -> str:
    if old and found.day is not None:
        return _("read on {day}").format(day=short_date(found.day))
    if found.next is not None and found.value is not None:
        return _("{opens} at {line}").format(
            opens=pick(found.next.opens), line=shown(Fraction(found.next.value), found.metric.unit)
        )
    return "" if found.held is None else pick(found.held.opens)


def _by_day(readings: Sequence[Reading]) -> dict[date, Fraction]:
    return {each.day: each.exact for each in readings}
