"""The packing list of a day as a sheet: what to take from the shelf, then the numbers of the orders."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from workbench.core.saying import say
from workbench.i18n import _, n_
from workbench.session.orders.shipping import ShipDay
from workbench.ui.commands import bindings
from workbench.ui.orders.rows import things
from workbench.ui.sheets.scroll import ScrollSheet
from workbench.ui.text import Line, Span, fit, shorten
from workbench.ui.widgets.lines import Lines


class PackingSheet(ScrollSheet):
    """SKU by quantity, and the orders; Enter says that all were sent."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("packing")
    keys = ("sheet.accept", "packing.copy", "sheet.leave")

    def __init__(self, day: ShipDay, name: str) -> None:
        super().__init__()
        self._day = day
        self._name = name

    def body(self) -> Iterable[Widget]:
        day = self._day
        pieces = n_("{n} piece", "{n} pieces", day.pieces).format(n=day.pieces)
        orders = n_("{n} order", "{n} orders", len(day.tickets)).format(n=len(day.tickets))
        yield Lines([[Span(f"  {self._name}", "title"), Span(f"   {orders}   {pieces}", "quiet"), Span("")], []],
                    ground="sheet")  # fmt: skip
        yield from super().body()

    def lines(self) -> list[Line]:
        lines: list[Line] = []
        for sku, product, number in self._day.skus:
            line = [Span(f"  {number:>4}  ", "bold"), Span(fit(sku, 16)), Span(f"  {product}", "quiet")]
            lines.append(shorten(line, self.cells))
        lines.append([])
        for ticket in self._day.tickets:
            line = [Span(f"  {ticket.order_id or ''}  "), Span(things(ticket), "quiet")]
            lines.append(shorten(line, self.cells))
        return lines

    def draw(self) -> None:
        super().draw()
        self.draw_keys({"sheet.accept": say("all sent")})

    def action_sheet_accept(self) -> None:
        ids = [ticket.id for ticket in self._day.tickets]
        shipping = self.session.desk("orders").shipping

        def done(saved: object) -> None:
            self.dismiss(None)
            self.bench.call_later(self.bench.saved, saved)

        self.do(lambda: shipping.sent(ids), done)

    def action_packing_copy(self) -> None:
        numbers = "\n".join(ticket.order_id or "" for ticket in self._day.tickets)
        self.bench.copy(numbers, _("There is no order id."))
