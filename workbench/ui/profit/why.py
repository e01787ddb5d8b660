"""Every step of a profit with its source, as a sheet."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from textual.widget import Widget

from workbench.core.creators.model import Deal
from workbench.core.profit.answer import ProfitAnswer
from workbench.core.saying import Told
from workbench.i18n import render
from workbench.output.profit.text import money, near, rate, sentence, step_name, step_source
from workbench.session import Session
from workbench.session.profit.desk import Asking
from workbench.ui.sheets.scroll import ScrollSheet
from workbench.ui.text import Line, Span, fit, wrap
from workbench.ui.widgets.lines import Lines


def why(session: Session, sku: str, deal: Deal) -> ProfitWhySheet | str:
    """The sheet for a product at the rate and the price of a deal; where nothing can be reckoned, why not."""
    pays = session.desk("creators").standing(deal).pays
    price = next((each.price for each in pays if each.sku == sku), None)
    try:
        return ProfitWhySheet(session.desk("profit").ask(sku, Asking(price=price, commission=deal.rate or Decimal(0))))
    except Told as told:
        return render(told.saying)


class ProfitWhySheet(ScrollSheet):
    """The sum, step by step."""

    def __init__(self, answer: ProfitAnswer) -> None:
        super().__init__()
        self._answer = answer

    def body(self) -> Iterable[Widget]:
        yield Lines([[Span(f"  {sentence(self._answer)}", "title")], []], ground="sheet")
        yield from super().body()

    def lines(self) -> list[Line]:
        answer = self._answer
        found: list[Line] = []
        for step in answer.account.steps:
            share = "" if step.rate is None else near(step.rate) if step.what == "refunds" else rate(step.rate)
            role = "strong" if step.what in ("kept", "expected") else "text"
            head = [
                Span("  " + fit(step_name(step, answer.fees), 20), role), Span(fit(share, 8, True), "quiet"),
                Span(fit(money(step.amount, answer.terms.places), 13, True), role), Span("   "),
            ]  # fmt: skip
            for at, row in enumerate(wrap(step_source(step, answer), max(self.cells - 44, 16))):
                lead: Line = head if at == 0 else [Span(" " * 46)]
                found.append([*lead, Span(row, "quiet")])
        return found
