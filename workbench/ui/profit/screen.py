"""Profit, the second view of Creators: every product with its limit, the sum of the one under the cursor, and below
what settlements say of the fees and what each creator brought."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import ClassVar

import msgspec
from textual.binding import BindingType
from textual.widget import Widget

from workbench.core.creators.result import Result
from workbench.core.place import Place
from workbench.core.profit.answer import ProfitAnswer
from workbench.core.saying import Misuse, Refusal, Saying, Told
from workbench.core.spelling import plain
from workbench.i18n import _, n_, pick, render
from workbench.output.marks import SOON
from workbench.output.profit.text import fee_seen, fee_table, money, rate
from workbench.output.words import short_date
from workbench.session.profit.desk import Asking, MissingCost, ProfitDesk
from workbench.session.profit.settled import Settled
from workbench.ui.commands import bindings, keys_in_bar
from workbench.ui.narrowing import Narrowing
from workbench.ui.profit.detail import short, whole
from workbench.ui.profit.rows import Found, ProductRows, columns, heads
from workbench.ui.text import Line, Span, fit, line_width, shorten, wrap
from workbench.ui.widgets.lines import Lines
from workbench.ui.widgets.table import Column, fitting, heading

SPAN = timedelta(days=30)
#: So many creators are named below the list.
_NAMED = 5


class ProfitScreen(Narrowing):
    """Products and what they still pay."""

    pane = "creators"
    scopes = ("profit",)
    domain = "profit"
    example = "LAMP"
    list_wide = 72
    BINDINGS: ClassVar[list[BindingType]] = bindings("profit")

    def __init__(self) -> None:
        super().__init__()
        #: By SKU the deal it is reckoned for, and its rate.
        self._asked: dict[str, tuple[str, Decimal]] = {}
        #: The deal that alone counts, where one asked; by SKU the price of it.
        self._deal: int | None = None
        self._prices: dict[str, Decimal] = {}
        self._answered: tuple[Hashable, ProfitAnswer] | None = None
        self._settled: Settled | None = None
        self._results: list[Result] = []
        self._reckoned = -1

    def over(self) -> Iterable[Widget]:
        yield Lines(id="sentence")
        yield Lines(id="heads")

    def columns(self) -> list[Column]:
        return columns()

    @property
    def desk(self) -> ProfitDesk:
        """The desk of profit."""
        found: ProfitDesk = self.session.desk("profit")
        return found

    @property
    def sku(self) -> str | None:
        """The SKU under the cursor."""
        key: Hashable | None = self.table.key
        return key if isinstance(key, str) else None

    @property
    def of_all(self) -> int:
        return len(self.desk.skus())

    # showing

    def fill(self) -> None:
        self._ask_for_deals()
        typed = plain(self.expression).casefold()
        try:
            skus = [sku for sku in self.desk.skus() if typed in plain(sku).casefold()]
        except Refusal:
            skus = []
        rates = {sku: agreed for sku, (_ref, agreed) in self._asked.items()}
        table = self.table
        way = _("Import an order export, or enter a cost: workbench cost SKU --goods 210")
        table.empty = [[], [Span("  "), Span(_("No product is known yet."), "title")], [Span(f"  {way}")]]
        table.below = self._below()
        self.show(ProductRows(skus, self._ask, rates))
        if self._reckoned != self.session.store.version:
            self._reckoned = self.session.store.version
            self.run_worker(self._reckon, thread=True, group="settled", exclusive=True, exit_on_error=False)
        self.draw()

    def on_screen_suspend(self) -> None:
        """Whoever leaves for another screen comes back to all products; a sheet is no other screen."""
        if self.app.current_mode != self.domain and self._deal is not None:
            self._deal = None
            self.fill()

    def about(self, deal: int, sku: str) -> None:
        """What a deal brings: its products at its rate and its prices, the cursor on one of them."""
        self._deal, self.expression = deal, ""
        self.fill()
        self.land(Place("profit", sku))

    def _ask_for_deals(self) -> None:
        """For which deal each product is reckoned: the one that asked, else the dearest."""
        desk = self.session.desk("creators")
        self._asked, self._prices = {}, {}
        meant = next((deal for deal in desk.all() if deal.id == self._deal), None)
        for deal in desk.all() if meant is None else (meant,):
            if deal.open and deal.rate is not None:
                for each in deal.products:
                    if each.sku not in self._asked or deal.rate > self._asked[each.sku][1]:
                        self._asked[each.sku] = (deal.ref, deal.rate)
        for pays in () if meant is None else desk.standing(meant).pays:
            if pays.price is not None:
                self._prices[pays.sku] = pays.price

    def _ask(self, sku: str) -> Found:
        try:
            return self.desk.ask(sku, self._start(sku), lowest=False)
        except Told as told:
            return told.saying

    def _start(self, sku: str) -> Asking:
        rate = self._asked[sku][1] if sku in self._asked else Decimal(0)
        return Asking(commission=rate, price=self._prices.get(sku))

    def _reckon(self) -> None:
        """What settlements and affiliate orders say; read beside the screen, for it may take long."""
        from workbench.session.creators.results import results
        from workbench.session.profit.settled import settled

        since = (self.session.now() - SPAN).astimezone(self.session.zone).date()
        try:
            told = settled(self.session, self.desk, self._since, None)
            found = results(self.session, self.session.desk("creators"), since)
        except Refusal:
            return
        self.app.call_from_thread(self._show_reckoned, told, found)

    @property
    def _since(self) -> date:
        """The first day of last month: what is settled comes by the month."""
        return (self.desk.today.replace(day=1) - timedelta(days=1)).replace(day=1)

    def _show_reckoned(self, told: Settled, found: list[Result]) -> None:
        self._settled, self._results = told, found
        self.table.below = self._below()
        self.table.lay_out_again()

    def _below(self) -> list[Line]:
        """How *back* is counted, products without a cost, settlements, creators."""
        cells = self.list_cells - 2
        profit = self.session.settings.profit
        counted = _("back: share of the orders of {far} to {near} days ago that came back").format(
            far=profit.refund_from.days, near=profit.refund_to.days
        )
        lines: list[Line] = [[], [Span(f"  {counted}", "quiet")]]
        if not self.desk.tax_known and self.table.source:
            asked = _("is part of the price your tax? {key} says so; until then none is taken off (assumed)")
            key = keys_in_bar(self.bench.keymap, "profit.tax")[0][0]
            for at, row in enumerate(wrap(asked.format(key=key), cells - 16)):
                lines += [[], _fact(_("Tax"), [Span(row, "soon")])] if at == 0 else [_fact("", [Span(row, "soon")])]
        without = self._without_cost()
        if without:
            text = n_("{n} product", "{n} products", len(without)).format(n=len(without))
            key = keys_in_bar(self.bench.keymap, "profit.cost")[0][0]
            ways = [Span(f"   {key}", "bold"), Span(" " + _("writes it down"), "quiet")]
            names = shorten([Span("   " + ", ".join(without), "quiet")], cells - 16 - line_width([Span(text), *ways]))
            lines += [[], _fact(_("No cost"), [Span(text), *names, *ways])]
        if self._settled is not None and self._settled.orders:
            lines += [[], *self._settled_lines(self._settled)]
        if self._results:
            lines += [[], *self._creator_lines()]
        return [shorten(line, cells) for line in lines]

    def _without_cost(self) -> list[str]:
        today = self.desk.today
        return [sku for sku in self.desk.skus() if self.desk.cost_on(sku, today) is None]

    def _settled_lines(self, found: Settled) -> Iterable[Line]:
        head = n_("{n} order since {day}", "{n} orders since {day}", found.orders)
        head = head.format(n=found.orders, day=short_date(self._since))
        yield _fact(_("Settled"), [
            Span(fit(head, 22)), Span(fit(_("table"), 7, True), "quiet"), Span(fit(_("seen"), 9, True), "quiet"),
        ])  # fmt: skip
        places = self.desk.terms.places
        for each in found.fees:
            differs = each.differs
            yield _fact("", [
                Span(fit(pick(each.fee.name), 19)), Span(fit(fee_table(each, places), 10, True), "quiet"),
                Span(f" {SOON}" if differs else "  ", "soon"),
                Span(fit(fee_seen(each, places), 7, True), "soon_bold" if differs else "text"),
            ])  # fmt: skip
        if found.mismatches:
            text = n_("{n} row does not add up", "{n} rows do not add up", len(found.mismatches))
            yield _fact("", [Span(text.format(n=len(found.mismatches)), "soon")])

    def _creator_lines(self) -> Iterable[Line]:
        head = _("{n} in 30 days").format(n=len(self._results))
        yield _fact(_("Creators"), [
            Span(fit(head, 19)), Span(fit(_("profit"), 10, True), "quiet"), Span(fit(_("orders"), 9, True), "quiet"),
        ])  # fmt: skip
        for each in self._results[:_NAMED]:
            yield _fact("", [
                Span(fit(each.handle, 19)), Span(fit(money(each.profit, self.desk.terms.places), 10, True)),
                Span(fit(str(each.orders), 9, True), "quiet"),
                Span(f"  {SOON} " + _("{n} came back").format(n=each.refunds) if each.unusual else "", "soon"),
            ])  # fmt: skip

    def draw(self) -> None:
        shown = fitting(self.table.columns, self.list_cells - 1)
        self.query_one("#heads", Lines).show([heading(shown, heads())])
        super().draw()

    def sentence(self) -> Line:
        """The judgement on all products that a deal is about."""
        rows = self.table.source
        if self.expression:
            return self.narrowed_line()
        if not isinstance(rows, ProductRows) or not self._asked:
            return [Span(_("Up to which commission each product pays."), "title")]
        for sku, (_ref, agreed) in self._asked.items():
            found = rows.found(sku)
            if isinstance(found, ProfitAnswer) and _too_high(found, agreed):
                text = _("{sku} does not reach {target} at its deal's {rate}.").format(
                    sku=sku, target=rate(found.target), rate=rate(agreed)
                )
                return [Span(text, "title")]
        known = [sku for sku in self._asked if isinstance(rows.found(sku), ProfitAnswer)]
        if len(known) < len(self._asked):
            return [Span(_("Of some deals not all is known."), "title")]
        if self._deal is not None:
            ref, agreed = next(iter(self._asked.values()))
            return [Span(_("{ref} pays at {rate}.").format(ref=ref, rate=rate(agreed)), "title")]
        return [Span(_("Every deal pays."), "title")]

    def detail_of(self, cells: int) -> tuple[Sequence[Line], object]:
        sku = self.sku
        if sku is None:
            return [], None
        try:
            answer = self._answer(sku)
        except MissingCost as missing:
            return self._missing(sku, missing, cells), sku
        except (Refusal, Misuse) as told:
            return [[], *([Span(f"  {row}")] for row in wrap(render(told.saying), cells - 4))], sku
        if self.low:
            return short(answer, cells), sku
        deal = self._asked[sku][0] if sku in self._asked else ""
        sold = self.session.desk("creators").sold(sku)
        lines = whole(answer, self.session.now(), self.session.zone, cells, deal, self._then(answer), sold)
        return lines, sku

    def _then(self, answer: ProfitAnswer) -> ProfitAnswer | None:
        """What it brings at the price that comes once a promotion ends; None where none does."""
        until = answer.price.until
        price = None if until is None else self.desk.shown(answer.sku, until)
        if price is None or price.price == answer.price.price:
            return None
        asking = msgspec.structs.replace(self._start(answer.sku), price=price.price)
        return self.desk.ask(answer.sku, asking, lowest=False)

    def _answer(self, sku: str) -> ProfitAnswer:
        """The whole answer, reckoned anew when something changed, and once a minute, for a price may end."""
        asking, minute = self._start(sku), self.session.now().replace(second=0, microsecond=0)
        key = sku, asking, minute, self.session.store.version
        if self._answered is None or self._answered[0] != key:
            self._answered = key, self.desk.ask(sku, asking)
        return self._answered[1]

    def _missing(self, sku: str, missing: MissingCost, cells: int) -> list[Line]:
        from workbench.session.profit.desk import PART

        parts = _(", ").join(render(PART[part]) for part in missing.parts)
        text = _("Not known yet: {parts}. Enter writes it down in one line; nothing is taken for 0.").format(
            parts=parts
        )
        return [[], [Span(f"  {sku}", "title")], *([Span(f"  {row}")] for row in wrap(text, cells - 4))]

    # keys

    def on_table_chosen(self) -> None:
        self.action_profit_cost()

    def action_profit_cost(self) -> None:
        if self.sku is not None:
            from workbench.ui.profit.line import cost

            self.app.push_screen(cost(self.session, self.sku))

    def action_profit_what_if(self) -> None:
        if self.sku is not None:
            from workbench.ui.profit.line import what_if

            self.app.push_screen(what_if(self.session, self.sku, self._start(self.sku)))

    def action_profit_tax(self) -> None:
        from workbench.ui.profit.line import tax

        self.app.push_screen(tax(self.session))

    def action_profit_why(self) -> None:
        if self.sku is None:
            return
        from workbench.ui.profit.why import ProfitWhySheet

        try:
            self.app.push_screen(ProfitWhySheet(self.desk.ask(self.sku, self._start(self.sku))))
        except Told as told:
            self.tell([Span(render(told.saying), "soon")])

    def action_profit_take(self) -> None:
        """The fee whose settlements differ most clearly; asks first."""
        found = self._settled
        taken_already = {(each.fee, each.category, each.rate, each.amount) for each in self.desk.seen()}
        differing = [
            each for each in (found.fees if found is not None else ())
            if each.takable and each.differs
            and (each.fee.id, each.fee.category, each.rate_seen, each.amount_seen) not in taken_already
        ]  # fmt: skip
        if found is None or not differing:
            self.tell([Span(_("No fee was settled otherwise than the table says."), "quiet")])
            return
        from workbench.session.profit.settled import take
        from workbench.ui.sheets.confirm import ConfirmSheet

        fee, places = differing[0], self.desk.terms.places
        asked = msgspec.structs.replace(found, fees=(fee,))  # not of the categories that nobody was asked about

        def taken(yes: bool | None) -> None:
            if yes:
                self.bench.do(lambda: take(self.session, self.desk, asked, fee.fee.id), self.bench.saved)

        question = _("Reckon {fee} with {seen} from today on? {agree} of {used} orders say so.").format(
            fee=pick(fee.fee.name), seen=fee_seen(fee, places), agree=fee.agree, used=fee.used
        )
        self.app.push_screen(ConfirmSheet(question), taken)

    def action_profit_copy(self) -> None:
        rows = self.table.source
        if self.sku is not None and isinstance(rows, ProductRows):
            from workbench.output.profit.text import sentence

            found = rows.found(self.sku)
            self.bench.copy(render(found) if isinstance(found, Saying) else sentence(found), "")

    def step_back(self) -> bool:
        """One deal that alone counts is a step of its own."""
        else_first = self.query("#filter") or self.expression or self.has_class("-whole") or self.detail.has_focus
        if self._deal is None or else_first:
            return super().step_back()
        self._deal = None
        self.fill()
        return True


def _fact(label: str, line: Line) -> Line:
    return [Span("  " + fit(label, 14), "quiet"), *line]


def _too_high(answer: ProfitAnswer, agreed: Decimal) -> bool:
    top = answer.account.ceiling.rate
    return answer.account.ceiling.why != "unknown" and (top is None or agreed > top)
