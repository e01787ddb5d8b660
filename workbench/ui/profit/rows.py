"""Products as rows of a table: price, what a kept order brings, how many come back, what to expect, the limit.

A row is reckoned when it is about to be drawn, and once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from workbench.core.profit.answer import ProfitAnswer
from workbench.core.saying import Saying
from workbench.i18n import _, language, p_
from workbench.output.marks import SOON
from workbench.output.profit.text import money, near, percent, rate
from workbench.ui.text import Span
from workbench.ui.widgets.table import Column

#: What is found for a SKU: the answer, or why there is none.
Found = ProfitAnswer | Saying


def columns() -> list[Column]:
    """The columns of a product."""
    wide = 8 if language() == "zh" else 7
    return [
        Column("cursor", 2),
        Column("sku", 13, most=22),
        Column("price", 9, gap=1, right=True),
        Column("kept", 9, gap=1, right=True, goes=2),
        Column("back", wide, gap=1, right=True, goes=3),
        Column("expected", 9, gap=1, right=True),
        Column("deal", 6, gap=1, right=True, goes=1),
        Column("mark", 1, gap=1),
        Column("upto", 7, gap=0, right=True),
    ]


def heads() -> dict[str, str]:
    """The names over the columns."""
    return {
        "price": _("price"), "kept": p_("profit", "kept"), "back": p_("refunds", "back"),
        "expected": _("expected"), "deal": _("deal"),
        "upto": _("up to"),
    }  # fmt: skip


class ProductRows:
    """Products as the source of a table; `rates` are those of their deals."""

    def __init__(self, skus: Sequence[str], ask: Callable[[str], Found], rates: Mapping[str, Decimal]) -> None:
        self.skus = skus
        self._ask = ask
        self._rates = rates
        self._found: dict[str, Found] = {}

    def found(self, sku: str) -> Found:
        """What is found for a SKU, reckoned once."""
        if sku not in self._found:
            self._found[sku] = self._ask(sku)
        return self._found[sku]

    def __len__(self) -> int:
        return len(self.skus)

    def key(self, row: int) -> str:
        """The SKU."""
        return self.skus[row]

    def groups(self) -> list[tuple[str, str, int]]:
        """One group, without a name."""
        return [("", "quiet", 0)] if self.skus else []

    def cells(self, row: int, current: bool) -> dict[str, Span]:
        """The cells of a row."""
        sku = self.skus[row]
        found, agreed = self.found(sku), self._rates.get(sku)
        shown = {"sku": Span(sku, "title" if current else "text")}
        if isinstance(found, Saying):
            return shown | {
                "expected": Span("?", "quiet"),
                "deal": Span(""),
                "mark": Span(""),
                "upto": Span("?", "quiet"),
            }
        account, places = found.account, found.terms.places
        top = account.ceiling.rate
        over = agreed is not None and account.ceiling.why != "unknown" and (top is None or agreed > top)
        limit = "?" if account.ceiling.why == "unknown" else _("none") if top is None else percent(top)
        return shown | {
            "price": Span(money(found.price.price, places)),
            "kept": Span(money(account.order.kept, places)),
            "back": Span(near(account.refunds.value), "quiet"),
            "expected": Span(money(account.expected, places), "strong"),
            "deal": Span(_("none") if agreed is None else rate(agreed), "quiet" if agreed is None else "text"),
            "mark": Span(SOON if over else "", "soon"),
            "upto": Span(limit, "soon_bold" if over else "bold"),
        }
