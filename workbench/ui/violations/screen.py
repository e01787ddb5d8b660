"""The Ledger screen: the sentence, the gauge, the curve, the list in the order of the plan, and the detail.

What-if is a mode of this screen: the cursor chooses the appeal that is supposed to be won, nothing is saved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.timer import Timer
from textual.widget import Widget

from workbench.core.saying import Told
from workbench.core.violations.appeals import ViolationStanding
from workbench.core.violations.model import Violation, ViolationDraft
from workbench.core.violations.plan import Option
from workbench.core.violations.whatif import WhatIf
from workbench.i18n import _, render
from workbench.output.violations.words import count, group_of
from workbench.output.words import due_point, time_left
from workbench.ui.commands import bindings, key_name, keys_in_bar
from workbench.ui.list_and_detail import FULL, ListAndDetail
from workbench.ui.text import Line, Span, shorten
from workbench.ui.violations import head, whatif
from workbench.ui.violations.deeds import ViolationDeeds
from workbench.ui.violations.detail import ViolationFacts, hint, nothing, whole
from workbench.ui.violations.head import LedgerHead
from workbench.ui.violations.rows import ViolationRows, columns
from workbench.ui.violations.whatif import Supposed
from workbench.ui.widgets.lines import Lines
from workbench.ui.widgets.table import Column, fitting

#: More violations than these are reckoned again only after a pause of the keys, in seconds.
MANY, PAUSE = 500, 0.08


class LedgerScreen(ListAndDetail, ViolationDeeds):
    """Points, milestones, appeals and what is to come."""

    pane = "ledger"
    scopes = ("ledger",)
    domain = "violations"
    DEFAULT_CSS = """
    LedgerScreen.-flat #body { margin-top: 1; }
    LedgerScreen.-narrow #detail { display: none; }
    LedgerScreen #sentence { margin-bottom: 0; }
    LedgerScreen.-tall #sentence, LedgerScreen.-wide #sentence, LedgerScreen.-full #sentence { margin-bottom: 1; }
    LedgerScreen #gauge { height: auto; }
    LedgerScreen.-tall #curve { margin-top: 1; }
    LedgerScreen.-flat #curve { display: none; }
    LedgerScreen #soonest { height: 1; }
    LedgerScreen #hint { height: 1; }
    LedgerScreen.-wide #hint, LedgerScreen.-full #hint { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("ledger")

    def __init__(self) -> None:
        super().__init__()
        self.trial: Supposed | None = None
        self._found: WhatIf | None = None
        self._won: list[int] = []
        self._options: dict[int, Option] = {}
        self._known: set[int] | None = None
        self._head: LedgerHead | None = None
        self._pause: Timer | None = None

    def over(self) -> Iterable[Widget]:
        for id in ("sentence", "gauge", "curve", "soonest"):
            yield Lines(id=id)

    def under(self) -> Iterable[Widget]:
        yield Lines(id="hint", ground="pane")

    def columns(self) -> list[Column]:
        return columns(full=self.size.width >= FULL)

    @property
    def current(self) -> Violation | None:
        return self._pair[0] if self._pair else None

    @property
    def _pair(self) -> tuple[Violation, ViolationStanding] | None:
        rows = self.table.source
        return rows.listed[self.table.cursor] if isinstance(rows, ViolationRows) and len(rows) else None

    # showing

    def fill(self) -> None:
        desk, brief = self.session.ledger, self.board.brief
        listed = desk.listed()
        self._options = {option.violation.id: option for option in brief.appeals}
        self._head = LedgerHead(
            brief.ledger, desk.rules, self.session.zone, self.session.settings.soon.points, not listed
        )  # fmt: skip
        rows = ViolationRows(
            listed, desk.rules, self.session.now, self.session.zone, self.session.settings.soon.appeals
        )
        ids = {violation.id for violation, _stands in listed}
        fresh = min(ids - self._known, default=None) if self._known is not None else None
        self._known = ids
        self.table.use(self.columns())
        rows.room = self._reason_cells
        self.table.empty = self._empty()
        self.show(rows, fresh)
        if self.trial is not None:
            self.trial.kept &= ids
        self._reckon()

    def fit(self) -> None:
        super().fit()
        if isinstance(self.table.source, ViolationRows):
            self.table.source.room = self._reason_cells

    @property
    def _reason_cells(self) -> int:
        """How wide the column for the reason is."""
        shown = fitting(self.table.columns, self.list_cells - 1)
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
        self.draw()

    @property
    def _winnable(self) -> bool:
        """Whether the appeal of the violation under the cursor can still be won."""
        return self._pair is not None and group_of(self._pair[1]) != "over"

    def draw(self) -> None:
        cells = self.list_cells
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
        self.draw_detail()
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

    def draw_detail(self) -> None:
        if self._found is not None and self.trial is not None:
            hinted = whatif.summary(self._found, self.session.zone, self.size.width)
        else:
            facts = self._facts()
            hinted = hint(facts, self.size.width) if facts else []
        self.query_one("#hint", Lines).show([hinted])
        super().draw_detail()

    def detail_of(self, cells: int) -> tuple[Sequence[Line], object]:
        if self._found is not None and self.trial is not None:
            return whatif.columns(self._found, self.session.zone, self.trial, self._won, cells), "trial"
        facts = self._facts()
        if facts is None:
            return nothing(), None
        return whole(facts, cells, self.detail.has_focus), facts.violation.id

    def _facts(self) -> ViolationFacts | None:
        if self._pair is None or self._head is None:
            return None
        violation, stands = self._pair
        desk = self.session.ledger
        return ViolationFacts(
            violation, stands, self._options.get(violation.id), self._head.now, desk.checklist(violation), desk.rules,
            self.session.now(), self.session.zone, self.bench.own_zone, self.session.settings.soon.appeals,
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

    def moved(self) -> None:
        if self.trial is None:
            super().moved()
            return
        if self._pause is not None:
            self._pause.stop()
        if len(self.table.source) > MANY:
            self._pause = self.set_timer(PAUSE, self._reckon)
        else:
            self.call_later(self._reckon)

    def tick(self) -> None:
        if self.trial is None:
            super().tick()
        else:
            self.table.tick()

    # what if

    def action_ledger_what_if(self) -> None:
        """Begin, or leave the appeal under the cursor out and in again."""
        if self.trial is None:
            self.trial = Supposed()
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

        def supposed(draft: ViolationDraft | None) -> None:
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
        self.action_to_whole()

    def step_back(self) -> bool:
        """The whole detail, the what-if."""
        if self.trial is None or self.has_class("-whole"):
            return super().step_back()
        if not self.to_list():
            self._end_trial()
        return True
