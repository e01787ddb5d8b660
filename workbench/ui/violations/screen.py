"""The Ledger screen: the sentence, the gauge, the curve, the list in the order of the plan, and the detail.

What-if is a mode of this screen: the cursor chooses the appeal that is supposed to be won, nothing is saved.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.timer import Timer
from textual.widget import Widget

from workbench.core.place import Place
from workbench.core.saying import Told
from workbench.core.violations.appeals import Standing
from workbench.core.violations.model import Draft, Violation
from workbench.core.violations.plan import Option
from workbench.core.violations.whatif import WhatIf
from workbench.i18n import _, render
from workbench.output.violations.words import count, group_of
from workbench.output.words import due_point, time_left
from workbench.ui.commands import bindings, key_name, keys_in_bar
from workbench.ui.text import Line, Span, shorten
from workbench.ui.violations import head, whatif
from workbench.ui.violations.deeds import ViolationDeeds
from workbench.ui.violations.detail import ViolationFacts, hint, nothing, whole
from workbench.ui.violations.head import Head
from workbench.ui.violations.rows import ViolationRows, columns
from workbench.ui.violations.whatif import Trial
from workbench.ui.widgets.lines import Lines, Page
from workbench.ui.widgets.table import Table, fitting

#: The widest text of the detail on a full screen.
WIDEST = 76
#: From these widths on the detail stands beside the list, which is then so wide (`ledger.tcss`).
WIDE, FULL, LIST_WIDE, LIST_FULL = 110, 150, 70, 102
#: More violations than these are reckoned again only after a pause of the keys, in seconds.
MANY, PAUSE = 500, 0.08


class LedgerScreen(ViolationDeeds):
    """Points, milestones, appeals and what is to come."""

    pane = "ledger"
    scopes = ("ledger",)
    AUTO_FOCUS = "#table"
    BINDINGS: ClassVar[list[BindingType]] = bindings("ledger")

    def __init__(self) -> None:
        super().__init__()
        self.trial: Trial | None = None
        self._found: WhatIf | None = None
        self._won: list[int] = []
        self._options: dict[int, Option] = {}
        self._known: set[int] | None = None
        self._head: Head | None = None
        self._stale = False
        self._pause: Timer | None = None

    def body(self) -> Iterable[Widget]:
        with Container(id="body"):
            with Vertical(id="list"):
                yield Lines(id="sentence")
                yield Lines(id="gauge")
                yield Lines(id="curve")
                yield Lines(id="soonest")
                yield Table(columns(full=False), id="table")
                yield Lines(id="hint", ground="pane")
            yield Page(id="detail")

    @property
    def table(self) -> Table:
        """The list."""
        return self.query_one("#table", Table)

    @property
    def current(self) -> Violation | None:
        return self._pair[0] if self._pair else None

    @property
    def _pair(self) -> tuple[Violation, Standing] | None:
        rows = self.table.source
        return rows.listed[self.table.cursor] if isinstance(rows, ViolationRows) and len(rows) else None

    # showing

    def fill(self) -> None:
        desk, brief = self.session.ledger, self.board.brief
        listed = desk.listed()
        self._options = {option.violation.id: option for option in brief.appeals}
        self._head = Head(
            brief.ledger, desk.rules, self.session.zone, self.session.settings.soon.points, not listed
        )  # fmt: skip
        rows = ViolationRows(
            listed, desk.rules, self.session.now, self.session.zone, self.session.settings.soon.appeals
        )
        ids = {violation.id for violation, _stands in listed}
        fresh = min(ids - self._known, default=None) if self._known is not None else None
        self._known = ids
        table = self.table
        table.use(columns(full=self.size.width >= FULL))
        rows.room = self._reason_cells
        table.empty = self._empty()
        table.show(rows, table.key if fresh is None else fresh)
        if self.trial is not None:
            self.trial.kept &= ids
        self._reckon()

    def fit(self) -> None:
        self.table.use(columns(full=self.size.width >= FULL))
        self.table.parted = self.size.width >= WIDE
        if isinstance(self.table.source, ViolationRows):
            self.table.source.room = self._reason_cells
        self.table.lay_out_again()
        self.call_after_refresh(self._draw)

    @property
    def _reason_cells(self) -> int:
        """How wide the column for the reason is."""
        shown = fitting(self.table.columns, self._list_cells - 1)
        return next(column.width for column in shown if column.name == "reason")

    def _empty(self) -> list[Line]:
        key = keys_in_bar(self.bench.keymap, "ledger.add")[0][0]
        return [[Span("  "), Span(f"{key}  ", "bold"), Span(_("add one, or paste several lines"))]]

    def _reckon(self) -> None:
        """What would be, and everything drawn."""
        self._found = None
        if self.trial is not None:
            self._won = self.trial.won(self.current, self._winnable)
            try:
                self._found = self.session.ledger.what_if(self.trial.added, self._won)
            except Told as told:
                self.trial = None
                self.tell([Span("! ", "soon_bold"), Span(render(told.saying), "soon")])
        self._draw()

    @property
    def _winnable(self) -> bool:
        """Whether the appeal of the violation under the cursor can still be won."""
        return self._pair is not None and group_of(self._pair[1]) != "over"

    @property
    def _list_cells(self) -> int:
        """The width of the list, as the style sheet has it, also before it is laid out."""
        width = self.size.width
        return LIST_FULL if width >= FULL else LIST_WIDE if width >= WIDE else width

    def _draw(self) -> None:
        cells = self._list_cells
        if self._head is not None and cells:
            shown = self._head._replace(then=self._found.then if self._found else None)
            if self._found is not None and self.trial is not None:
                line = whatif.sentence(self.trial, self._won, self._found, cells)
            else:
                line = head.sentence_line(shown, cells)
            self.query_one("#sentence", Lines).show([self.with_second(line, cells - 2)])
            self.query_one("#gauge", Lines).show(head.gauge_lines(shown, cells))
            self.query_one("#curve", Lines).show(head.curve_lines(shown, cells, self._rows))
            self.query_one("#soonest", Lines).show([self._soonest(cells)])
        self._draw_detail()
        self._draw_keys()

    @property
    def _rows(self) -> int:
        """The rows of the curve."""
        if self.size.height < 30:
            return 4
        return 15 if self.size.width >= FULL and self.size.height >= 40 else 10

    def _soonest(self, cells: int) -> Line:
        """The appeal that closes first, where another one stands at the head of the list."""
        first = next(iter(self.board.brief.appeals), None)
        if first is None or self.table.source.key(0) == first.violation.id:
            return []
        now, zone = self.session.now(), self.session.zone
        text = _("The next appeal closes {point}, {left}: {ref}, {points}.").format(
            point=due_point(first.due_at, now, zone), left=time_left(first.due_at - now), ref=first.violation.ref,
            points=count(first.violation.points),
        )  # fmt: skip
        role = "soon" if first.due_at < now + self.session.settings.soon.appeals else "text"
        return shorten([Span("  "), Span(text, role)], cells - 1)

    def _draw_detail(self) -> None:
        self._stale = False
        page, line = self.query_one("#detail", Page), self.query_one("#hint", Lines)
        facts = self._facts()
        beside = self.size.width >= WIDE and not self.has_class("-whole")
        cells = min(self.size.width - (self._list_cells if beside else 0), WIDEST)
        if self._found is not None and self.trial is not None:
            line.show([whatif.summary(self._found, self.session.zone, self.size.width)])
            if cells > 0:
                page.show(whatif.columns(self._found, self.session.zone, self.trial, self._won, cells), about="trial")
            return
        line.show([hint(facts, self.size.width)] if facts else [[]])
        if cells > 0:
            lines = whole(facts, cells, page.has_focus) if facts else nothing()
            page.show(lines, about=facts.violation.id if facts else None)

    def _facts(self) -> ViolationFacts | None:
        if self._pair is None or self._head is None:
            return None
        violation, stands = self._pair
        desk = self.session.ledger
        return ViolationFacts(
            violation, stands, self._options.get(violation.id), self._head.now, desk.checklist(violation), desk.rules,
            self.session.now(), self.session.zone, self.session.settings.soon.appeals,
        )  # fmt: skip

    def _draw_keys(self) -> None:
        if self.trial is None:
            self.draw_bar()
            return
        ids = ("ledger.keep", "ledger.whole", "ledger.what-if", "ledger.back")
        keys = dict(zip(ids, keys_in_bar(self.bench.keymap, *ids), strict=True))
        self.bar.keys([
            (f"{key_name('up')} {key_name('down')}", _("another")),
            (keys["ledger.whole"][0], _("a new violation")),
            (keys["ledger.keep"][0], _("keep it and go on")),
            (keys["ledger.what-if"][0], _("without it") if self.trial.follows else _("with the appeal")),
            (keys["ledger.back"][0], _("leave, nothing is kept")),
        ])  # fmt: skip

    @on(Table.Moved)
    def _moved(self) -> None:
        if self.trial is not None:
            if self._pause is not None:
                self._pause.stop()
            if len(self.table.source) > MANY:
                self._pause = self.set_timer(PAUSE, self._reckon)
            else:
                self.call_later(self._reckon)
        elif not self._stale:
            self._stale = True
            self.call_later(self._draw_detail)

    def land(self, place: Place) -> bool:
        row = self.table.row_of(place.id) if place.domain == "violations" else None
        if row is not None:
            self.table.go(row)
        return row is not None

    def tick(self) -> None:
        self.table.tick()
        if self.trial is None:
            self._draw_detail()

    # what if

    def action_ledger_what_if(self) -> None:
        """Begin, or leave the appeal under the cursor out and in again."""
        if self.trial is None:
            self.trial = Trial()
        else:
            self.trial.follows = not self.trial.follows
        self._reckon()

    def action_ledger_keep(self) -> None:
        """Keep the appeal under the cursor as won, or no longer, and go on."""
        if self.trial is None or self.current is None or not self._winnable:
            return
        self.trial.kept ^= {self.current.id}
        self.table.pick(set(self.trial.kept))
        self.table.action_list_down()
        self._reckon()

    def _suppose(self) -> None:
        from workbench.ui.violations.add import suppose

        def supposed(draft: Draft | None) -> None:
            if draft is not None and self.trial is not None:
                self.trial.added.append(draft)
                self.trial.follows = False
                self._reckon()

        self.app.push_screen(suppose(self.session), supposed)

    def _end_trial(self) -> None:
        self.trial = None
        self.table.pick(set())
        self._reckon()

    # panes

    def action_ledger_whole(self) -> None:
        """The detail on the whole screen, and back; in what-if one more violation."""
        if self.trial is not None:
            self._suppose()
            return
        self.toggle_class("-whole")
        (self.query_one("#detail") if self.has_class("-whole") else self.table).focus()
        self.call_after_refresh(self._draw)

    def action_ledger_detail(self) -> None:
        detail = self.query_one("#detail", Page)
        if detail.has_focus:
            self.remove_class("-whole")
            self.table.focus()
        else:
            if not detail.display:
                self.add_class("-whole")
            detail.focus()
        self.call_after_refresh(self._draw)

    def action_ledger_back(self) -> None:
        """One step back: the whole detail, the what-if; never out of the program."""
        if self.has_class("-whole") or self.query_one("#detail").has_focus:
            self.remove_class("-whole")
            self.table.focus()
            self.call_after_refresh(self._draw)
        elif self.trial is not None:
            self._end_trial()

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def _focus_moved(self) -> None:
        self.call_after_refresh(self._draw_detail)
