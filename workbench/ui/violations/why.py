"""How the dates of a violation came about: each sum step by step, its rule with source and date, what is assumed."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from textual.widget import Widget

from workbench.core.violations.clocks import Why, why_expiry
from workbench.core.violations.model import Violation
from workbench.i18n import _, render
from workbench.output.cities import own_due
from workbench.output.violations.entry import ABOUT
from workbench.output.violations.json import why_text
from workbench.output.violations.words import doubts, what_next
from workbench.output.words import full_point, year_date
from workbench.ui.sheets.scroll import ScrollSheet
from workbench.ui.text import Line, Span, fit, wrap
from workbench.ui.widgets.lines import Lines


class LedgerWhySheet(ScrollSheet):
    """The sums of one violation: what is due next, and the end of its points."""

    def __init__(self, violation: Violation) -> None:
        super().__init__()
        self._violation = violation

    def body(self) -> Iterable[Widget]:
        stands = self.session.ledger.standing(self._violation)
        text = what_next(stands, self.session.now(), self.session.zone)
        yield Lines([[Span(f"  {self._violation.ref}  ", "quiet"), Span(text, "title")], []], ground="sheet")
        yield from super().body()

    def lines(self) -> list[Line]:
        desk, violation = self.session.ledger, self._violation
        first = desk.why(violation)
        sums = [] if first is None else [first]
        if first is not None and first.about != "expiry":
            sums.append(why_expiry(violation, desk.rules, desk.shop))
        lines: list[Line] = []
        for each in sums:
            lines += [*([[]] if lines else []), *self._sum(each)]
        # That a figure is assumed stands below its sum.
        rules = msgspec.structs.replace(desk.rules, assumed=False) if any(each.assumed for each in sums) else desk.rules
        for doubt in doubts(desk.ledger(), rules):
            lines += [[], *([Span("  " + row, "soon")] for row in wrap(doubt, self.cells))]
        return lines

    def _sum(self, found: Why) -> list[Line]:
        zone = self.session.zone
        lines: list[Line] = [[Span("  " + render(ABOUT[found.about]), "bold")]]
        for at, step in enumerate(found.steps):
            role = "strong" if at == len(found.steps) - 1 else "text"
            lines.append([Span("  " + fit(full_point(step.at, zone), 22), role), Span(why_text(found, step), "quiet")])
        own = own_due(found.due_at, zone, self.bench.own_zone) if found.about != "expiry" else ""
        lines += [[Span("  " + own, "quiet")]] if own else []
        source = found.source or _("no source of its own")
        as_of = "" if found.as_of is None else _(", as of {date}").format(date=year_date(found.as_of))
        lines += [[Span("  " + row, "quiet")] for row in wrap(f"{found.rule}   {source}{as_of}", self.cells)]
        if found.assumed:
            text = _("Assumed: this market states no figure of its own, so the general one is used.")
            lines += [[Span("  " + row, "soon")] for row in wrap(text, self.cells)]
        return lines
