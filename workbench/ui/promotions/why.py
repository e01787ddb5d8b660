"""Where the figures of a promotion come from: its limits with their source, the floor, the pieces of the price."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from textual.widget import Widget

from workbench.core.promotions.model import Promotion
from workbench.i18n import _, render
from workbench.output.promotions.text import TOOL, floor_lines, piece_line
from workbench.output.words import full_due, full_point, year_date
from workbench.session.promotions.checks import span
from workbench.ui.sheets.scroll import ScrollSheet
from workbench.ui.text import Line, Span, wrap
from workbench.ui.widgets.lines import Lines

#: So far ahead the pieces are shown.
AHEAD = timedelta(days=14)


class PlanWhySheet(ScrollSheet):
    """The rules, the floor and the pieces of one promotion and SKU."""

    def __init__(self, promotion: Promotion | None, sku: str | None) -> None:
        super().__init__()
        self._promotion, self._sku = promotion, sku

    def body(self) -> Iterable[Widget]:
        found = self._promotion
        title = self._sku or _("all SKUs")
        line: Line = [Span(f"  {title}", "title")]
        if found is not None:
            line = [*line, Span(f"   {render(TOOL[found.tool])}"), Span(f"   {found.ref}", "quiet")]
        yield Lines([line, []], ground="sheet")
        yield from super().body()

    def lines(self) -> list[Line]:
        lines: list[Line] = []
        if self._promotion is not None:
            lines += self._limits(self._promotion)
        if self._sku is not None:
            lines += [*([[]] if lines else []), *self._prices(self._sku)]
        return lines

    def _limits(self, found: Promotion) -> list[Line]:
        desk, zone = self.session.desk("promotions"), self.session.zone
        times = _("{start} to {end}").format(start=full_point(found.starts_at, zone), end=full_due(found.over_at, zone))
        lines: list[Line] = [[Span("  " + times, "strong")]]
        limit = desk.limit(found)
        if limit is None:
            return [*lines, [Span("  " + _("No limit of this tool is known."), "quiet")]]
        parts = [
            _("{longest} is the longest").format(longest=render(span(limit.longest))) if limit.longest else "",
            _("{shortest} is the shortest").format(shortest=render(span(limit.shortest))) if limit.shortest else "",
            _("the price must be below the lowest of 30 days") if limit.price == "below" else "",
            _("the price must be at or below the lowest of 30 days") if limit.price == "at_most" else "",
            _("it cannot be changed while it runs") if limit.locked == "all" else "",
            _("its start cannot be changed while it runs") if limit.locked == "start" else "",
            _("it can be brought back within {time}").format(time=render(span(limit.republish)))
            if limit.republish else "",
            desk.gate_words(found.tool),
        ]  # fmt: skip
        lines += [[Span(f"  {part}")] for part in parts if part]
        as_of = "" if limit.as_of is None else _(", as of {date}").format(date=year_date(limit.as_of))
        lines += [[Span("  " + row, "quiet")] for row in wrap(f"{limit.source}{as_of}", self.cells)]
        if limit.assumed:
            lines.append([Span("  " + _("Assumed: no source of this market says so."), "soon")])
        elif limit.conflicting:
            lines.append([Span("  " + _("Sources differ; the reading that is safe for you is used."), "soon")])
        for saying in desk.standing(found).warnings:
            lines += [[Span("  " + row, "soon")] for row in wrap(render(saying), self.cells)]
        return lines

    def _prices(self, sku: str) -> list[Line]:
        desk, now, zone = self.session.desk("promotions"), self.session.now(), self.session.zone
        lines: list[Line] = [[Span("  " + _("The lowest price of 30 days"), "bold")]]
        lines += [[Span(f"  {row}")] for row in floor_lines(sku, desk.floor(sku, now), zone)]
        lines += [[], [Span("  " + _("The price from now on, each until"), "bold")]]
        pieces, holes = desk.coverage(sku, now, now + AHEAD)
        lines += [[Span(f"  {piece_line(piece, zone)}")] for piece in pieces]
        for low, high in holes:
            text = _("hole {start} to {end}").format(start=full_point(low, zone), end=full_due(high, zone))
            lines.append([Span("  ! ", "soon_bold"), Span(text, "soon")])
        lines += [[], [Span("  " + _("List prices"), "bold")]]
        for each in desk.list_prices(sku):
            source = _("typed") if each.source == "typed" else _("from orders")
            lines.append([Span(f"  {full_point(each.since, zone)}  {each.price:f}  "), Span(source, "quiet")])
        if not desk.list_prices(sku):
            lines.append([Span("  " + _("none known: what a price goes back to is not known"), "soon")])
        return lines
