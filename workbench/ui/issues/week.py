"""The week: the heat table with a cell cursor, and what stands behind the number under it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message

from workbench.core.issues.heat import heat
from workbench.core.issues.model import OTHER, Pair
from workbench.core.issues.week import Week, WeekRow, week_of
from workbench.i18n import _, n_
from workbench.ui.bench import OnBench
from workbench.ui.commands import bindings
from workbench.ui.issues.cell import CellFacts, cell_lines, facts
from workbench.ui.issues.heat import HeatLayout, HeatTable
from workbench.ui.issues.lines import short_word
from workbench.ui.text import Line, Span, clean, shorten
from workbench.ui.widgets.lines import Lines

if TYPE_CHECKING:
    from workbench.session.issues.desk import LogDesk
    from workbench.ui.frame import Frame


class WeekView(Vertical, OnBench):
    """One week: the one asked for, else the last complete one, or the running one where only that has lines."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("week")

    class Paged(Message):
        """Another week is shown."""

    class Left(Message):
        """Back to the day."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._asked: Week | None = None
        self._rows: list[WeekRow] = []
        #: The video, live or post whose lines alone are shown.
        self._content: str | None = None

    def compose(self) -> ComposeResult:
        yield Lines(id="said")
        yield HeatTable(id="heat")
        yield Lines(id="cell", ground="pane")

    @property
    def desk(self) -> LogDesk:
        """The log."""
        return self.bench.session.log

    @property
    def table(self) -> HeatTable:
        """The heat table."""
        return self.query_one(HeatTable)

    @property
    def shown(self) -> Week:
        """The week that is shown."""
        return self._asked or self._first

    @property
    def _first(self) -> Week:
        last, running = self.desk.last_week(), week_of(self.desk.today)
        tally = self.desk.tally(last.monday)
        return running if tally.total(running.monday, 7) and not tally.total(last.monday, 7) else last

    @property
    def before_running(self) -> bool:
        """Whether the next week is the one that runs."""
        return self.shown.later(1) == week_of(self.desk.today)

    # showing

    def fill(self) -> None:
        """Show the week as it is now."""
        log, cells = self.desk, self.app.size.width
        self._rows = log.report(self.shown, self._content)
        skus = list({row.sku for row in self._rows})
        layout = HeatLayout(cells, skus, len({row.type for row in self._rows if row.count}))
        found = heat(self._rows, layout.columns)
        names = [_("other") if type == OTHER else short_word(log.types, type) for type in found.columns]
        self.table.show(found, names, layout)
        said = shorten([Span("  "), *_sentence(log, self.shown, found.rising, self._content)], cells - 1)
        self.query_one("#said", Lines).show([cast("Frame", self.screen).with_second(said, cells - 2)])

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw_cell)

    @on(HeatTable.Moved)
    def _draw_cell(self) -> None:
        pane = self.query_one("#cell", Lines)
        found = self.facts
        lines: list[Line] = [[], [Span("  " + _("Nothing was logged in this week or the one before."), "quiet")]]
        if found is not None:
            lines = cell_lines(found, self.app.size.width, pane.size.height or 6)
        pane.show([*lines, *([[]] * max(pane.size.height - len(lines), 0))])

    @property
    def facts(self) -> CellFacts | None:
        """What is known of the cell under the cursor; of an empty one, of its SKU and type."""
        table = self.table
        if table.cell is None or table.sku is None:
            return None
        return facts(self.desk, self.shown, self._rows, table.sku, self._pairs, self._content)

    @property
    def _pairs(self) -> Sequence[Pair]:
        table = self.table
        if table.cell is None or table.sku is None:
            return ()
        return table.cell.pairs or ((table.sku, table.heat.columns[table.column]),)

    @property
    def pair(self) -> Pair | None:
        """The SKU and type that a decision is about: of several the one that was logged most often."""
        pairs = self._pairs
        counts = {(row.sku, row.type): row.count for row in self._rows}
        return max(pairs, key=lambda pair: counts.get(pair, 0)) if pairs else None

    # the keys

    def action_week_before(self) -> None:
        self._go(-1)

    def action_week_after(self) -> None:
        self._go(1)

    def _go(self, weeks: int) -> None:
        to = self.shown.later(weeks)
        if to <= week_of(self.desk.today):
            self._asked = None if to == self._first else to
            self.fill()
            self.post_message(self.Paged())

    def action_week_content(self) -> None:
        """Turn to the lines of one video, live or post, then to those of the next one, at last to all again."""
        known: list[str | None] = [None, *self.desk.contents(self.shown)]
        if self._content is not None and self._content not in known:
            known.append(self._content)
        if known == [None] and self.bench.frame is not None:
            self.bench.frame.tell([Span(_("No line of this week names a video, a live or a post."), "quiet")])
        self._content = known[(known.index(self._content) + 1) % len(known)]
        self.fill()

    def action_week_day(self) -> None:
        self.post_message(self.Left())

    @on(HeatTable.Chosen)
    def action_week_lines(self) -> None:
        found = self.facts
        if found is not None and found.issues:
            from workbench.ui.issues.sheet_lines import LinesSheet

            self.app.push_screen(LinesSheet(found))

    def action_week_decide(self) -> None:
        if self.pair is not None:
            from workbench.ui.issues.decide import decide

            self.app.push_screen(decide(self.bench.session, self.pair, self.shown))

    def action_week_undecide(self) -> None:
        """The newest decision about this cell was none."""
        log, bench = self.desk, self.bench
        found = log.decisions(self.pair) if self.pair is not None else []
        if found:
            bench.do(lambda: log.undecide(found[0].id), bench.saved)
        elif bench.frame is not None:
            bench.frame.tell([Span(_("Nothing is decided here."), "quiet")])

    def action_week_export(self) -> None:
        from workbench.ui.issues.export import ExportSheet

        self.app.push_screen(ExportSheet(self.shown))


def _sentence(log: LogDesk, week: Week, rising: int, content: str | None) -> Iterable[Span]:
    """`Week 47: 24 issues, 22 the week before. 2 rise.`"""
    tally = log.tally(week.later(-1).monday, content)
    count, before = tally.total(week.monday, 7), tally.total(week.later(-1).monday, 7)
    issues = n_("{n} issue", "{n} issues", count).format(n=count)
    text = _("Week {week}: {issues}, {before} the week before.").format(week=week.number, issues=issues, before=before)
    if content is not None:
        yield Span(f"#{clean(content)}   ", "accent")
    yield Span(text, "title")
    if rising:
        yield Span(" " + n_("{n} rises.", "{n} rise.", rising).format(n=rising))
    if log.today <= week.sunday:
        yield Span(" " + _("The week is not over."), "quiet")
