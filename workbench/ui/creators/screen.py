"""The Creators screen: the sentence, the deals by their clock, what came of them, and the detail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from textual.binding import BindingType

from workbench.core.agenda import PRESSING
from workbench.core.creators.filter import compiled
from workbench.core.creators.model import Deal
from workbench.core.creators.performance import handle_of
from workbench.core.creators.result import Result
from workbench.core.money import Money
from workbench.core.saying import Refusal
from workbench.i18n import _, n_
from workbench.output.marks import SOON
from workbench.output.words import amount, short_date
from workbench.session.creators.desk import DealDesk
from workbench.ui.commands import bindings, keys_in_bar
from workbench.ui.creators.deeds import DealDeeds
from workbench.ui.creators.detail import before_words, short, total, whole
from workbench.ui.creators.rows import DealRows, columns, listed
from workbench.ui.narrowing import Narrowing
from workbench.ui.text import Line, Span, shorten
from workbench.ui.widgets.table import Column

_EVER = datetime.max.replace(tzinfo=UTC)
#: The results beside the list are those of so long ago on.
SPAN = timedelta(days=30)


class CreatorsScreen(Narrowing, DealDeeds):
    """Deals with creators."""

    pane = "creators"
    scopes = ("creators",)
    domain = "creators"
    example = "stage:talking  sku:LAMP*  rate:>10%"
    BINDINGS: ClassVar[list[BindingType]] = bindings("creators")

    def __init__(self) -> None:
        super().__init__()
        self._results: dict[str, Result] = {}
        self._too_high: int = 0
        self._reckoned = -1

    def columns(self) -> list[Column]:
        return columns()

    @property
    def desk(self) -> DealDesk:
        """The desk of deals."""
        found: DealDesk = self.session.desk("creators")
        return found

    @property
    def current(self) -> Deal | None:
        rows = self.table.source
        return rows.rows[self.table.cursor].deal if isinstance(rows, DealRows) and len(rows) else None

    @property
    def meant(self) -> list[Deal]:
        rows, picked = self.table.source, self.table.picked
        if picked and isinstance(rows, DealRows):
            return [row.deal for row in rows.rows if row.deal.id in picked]
        return [self.current] if self.current is not None else []

    @property
    def of_all(self) -> int:
        return len(self.desk.all())

    # showing

    def fill(self) -> None:
        desk, now, zone = self.desk, self.session.now(), self.session.zone
        fits = compiled(self.expression, now)
        found = [deal for deal in desk.all() if fits(deal, desk.running(deal).at)]
        if not self.expression:
            found = [deal for deal in found if deal.open]
        dues = list(desk.dues(now, _EVER))
        rows = DealRows(
            listed(found, desk.running, dues, now, zone),
            self.session.now,
            zone,
            self.session.settings.soon.tickets,
            desk.what,
        )
        self.table.empty = self._empty()
        self.show(rows)
        if self._reckoned != self.session.store.version:
            self._reckoned = self.session.store.version
            self.run_worker(self._reckon, thread=True, group="results", exclusive=True, exit_on_error=False)
        self.draw()

    def _reckon(self) -> None:
        """What came of each creator, and how many rates are too high; read beside the screen, for it may take long."""
        from workbench.session.creators.results import results

        desk = self.desk
        since = (self.session.now() - SPAN).astimezone(self.session.zone).date()
        try:
            found = {handle_of(each.handle): each for each in results(self.session, desk, since)}
        except Refusal:
            found = {}
        high = sum(bool(desk.standing(deal).too_high) for deal in desk.all() if deal.open)
        self.app.call_from_thread(self._show_results, found, high)

    def _show_results(self, found: dict[str, Result], high: int) -> None:
        self._results, self._too_high = found, high
        self.table.below = self._below()
        self.table.lay_out_again()
        self.draw()

    def _below(self) -> list[Line]:
        """What runs, what is unusual, how many were invited today."""
        desk, currency = self.desk, self.session.settings.shop.currency
        running = [deal for deal in desk.all() if deal.stage == "running"]
        lines: list[Line] = []
        if self._results:
            found = list(self._results.values())
            profit = total([each.profit for each in found])
            words = n_("{n} deal", "{n} deals", len(running)).format(n=len(running))
            rest = _("{orders} orders in 30 days, {refunds} back").format(
                orders=sum(each.orders or 0 for each in found), refunds=sum(each.refunds or 0 for each in found)
            )
            earned = "?" if profit is None else amount(Money(profit, currency))
            comma = _(", ")
            label = _("Running") if running else _("Sold")
            lead = [Span(words + comma)] if running else []
            lines.append(_fact(label, [*lead, Span(earned, "strong"), Span(comma + rest, "quiet")]))
            for each in found:
                if each.unusual:
                    text = _("{handle}: {refunds} refunds, {expected} expected").format(
                        handle=each.handle, refunds=each.refunds, expected=f"{each.expected_refunds:.1f}"
                    )
                    lines.append(_fact(_("Unusual"), [Span(f"{SOON} ", "soon"), Span(text, "soon")]))
        invited = desk.checks.invited_on(self.session.now())
        if invited:
            limit = self.session.settings.deals.invited_a_day
            told = _(", told from {n} a day on").format(n=limit)
            lines.append(_fact(_("Invited"), [Span(_("{n} so far today").format(n=invited)), Span(told, "quiet")]))
        return [[], [], *(shorten(line, self.list_cells - 2) for line in lines)] if lines else []

    def _empty(self) -> list[Line]:
        if self.expression:
            return [[], [Span("  "), Span(_("Nothing matches. Esc shows all deals."), "quiet")]]
        key = keys_in_bar(self.bench.keymap, "creators.add")[0][0]
        second = keys_in_bar(self.bench.keymap, "app.second")[0][0]
        return [
            [], [Span("  "), Span(_("No creators yet."), "title")], [],
            [Span("  "), Span(f"{key}  ", "bold"), Span(_("write one down in one line: handle, SKU, rate"))],
            [Span("  "), Span(f"{second}  ", "bold"), Span(_("see up to which commission each product pays"))],
        ]  # fmt: skip

    def sentence(self) -> Line:
        waiting = len(self.board.dues(self.domain, *PRESSING))
        if self.expression:
            return self.narrowed_line()
        if waiting:
            text = n_("{n} creator waits for you today.", "{n} creators wait for you today.", waiting)
            text = text.format(n=waiting)
        else:
            text = _("No creator waits for you today.")
        line = [Span(text, "title")]
        if self._too_high:
            high = n_("{n} rate is too high.", "{n} rates are too high.", self._too_high).format(n=self._too_high)
            line.append(Span(f" {high}", "soon"))
        return line

    def detail_of(self, cells: int) -> tuple[Sequence[Line], object]:
        deal = self.current
        if deal is None:
            return [], None
        zone = self.session.zone
        if self.low:
            return short(self.desk.standing(deal), self.session.now(), zone, cells), deal.id
        handle = handle_of(deal.handle or "")
        result = self._results.get(handle)
        before = [
            before_words(each.ref, short_date((each.closed_at or each.stage_since).astimezone(zone).date()), None)
            for each in self.desk.all()
            if not each.open and each.id != deal.id and handle and handle_of(each.handle or "") == handle
        ]
        return whole(self.desk.standing(deal), self.session.now(), zone, cells, result, before), deal.id


def _fact(label: str, line: Line) -> Line:
    from workbench.ui.text import fit

    return [Span("  " + fit(label, 11), "quiet"), *line]
