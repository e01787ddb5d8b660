"""The lines behind a metric or an alert, as a sheet: the misses first; Enter opens the case, or copies the order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

from textual.widget import Widget

from workbench.core.issues.model import Issue
from workbench.core.metrics.model import Definition
from workbench.core.metrics.standing import shown
from workbench.core.place import Place
from workbench.core.saying import say
from workbench.i18n import _, n_, pick, render
from workbench.output.marks import ASKS, SOON
from workbench.output.words import KINDS, short_date, thing
from workbench.session import Session
from workbench.session.alerts.desk import Alert
from workbench.session.alerts.sending import type_names
from workbench.session.alerts.words import thing as about_what
from workbench.session.metrics.behind import BehindLine, behind
from workbench.ui.sheets.choosing import ChoosingSheet
from workbench.ui.text import Line, Span, fit, shorten
from workbench.ui.widgets.choices import Choice, Choices
from workbench.ui.widgets.lines import Lines

#: So many are shown at the most.
_MOST = 200
#: Edge, title, what it comes to, a blank row, the keys.
_AROUND = 6


class BehindRow(NamedTuple):
    """A row: how it reads, where it opens, what is copied where it opens nowhere."""

    line: Line
    place: Place | None
    copied: str = ""


class BehindSheet(ChoosingSheet[None]):
    """Rows that are only looked at; Enter opens the one under the mark."""

    drafts = False

    def __init__(self, title: str, rows: Sequence[BehindRow], said: str) -> None:
        super().__init__()
        self._title, self._rows, self._told = title, rows, said

    def body(self) -> Iterable[Widget]:
        yield Lines([[Span(f"  {self._title}", "title")], [Span(f"  {self._told}", "quiet")], []], ground="sheet")
        yield Choices(id="answers")

    def draw(self) -> None:
        self.draw_keys({"sheet.accept": say("open it")})
        self.answers.show([Choice(shorten(row.line, self.cells)) for row in self._rows], self.room - _AROUND)
        self.answers.focus()

    def action_sheet_accept(self) -> None:
        at = self.answers.cursor
        if not 0 <= at < len(self._rows):
            return
        bench, row = self.bench, self._rows[at]
        self.dismiss(None)
        if row.place is not None:
            bench.open(row.place)
        else:
            bench.copy(row.copied, "")


def of_metric(session: Session, about: Definition, sku: str | None = None, creator: str | None = None) -> BehindSheet:
    """What the own figure of a metric is made of."""
    found = behind(session, about, sku, creator)
    missed = sum(each.bad is True for each in found)
    said = n_("{n} line, {bad} of them missed", "{n} lines, {bad} of them missed", len(found))
    part = sku or creator
    title = pick(about.name) if part is None else f"{pick(about.name)}   {part}"
    none = _("Nothing of your own records is behind it: the figure is as it was read in Seller Center.")
    text = said.format(n=len(found), bad=missed) if found else none
    return BehindSheet(title, [_row(each) for each in found[:_MOST]], text)


def of_alert(session: Session, alert: Alert) -> BehindSheet:
    """What an alert of the log speaks of: the lines of its days, the newest first."""
    subject, types = alert.subject, type_names(session)
    today = session.desk("alerts").today
    first = today - timedelta(days=subject.rule.w - 1)
    issues = [
        issue for issue in session.log.issues(first, today)
        if issue.pair is not None and subject.sku in (None, issue.sku) and subject.type in (None, issue.type)
    ][::-1]  # fmt: skip
    said = n_("{n} line in {w} days", "{n} lines in {w} days", len(issues)).format(n=len(issues), w=subject.rule.w)
    return BehindSheet(render(about_what(alert, types)), [_logged(issue, types) for issue in issues], said)


def _row(each: BehindLine) -> BehindRow:
    mark = {True: SOON, None: ASKS}.get(each.bad, "")
    line = [Span(fit(mark, 2), "soon"), Span(fit(short_date(each.day), 10))]
    if each.ticket is not None:
        ticket = each.ticket
        line += [
            Span(fit(ticket.ref, 8), "quiet"), Span(fit(render(KINDS[ticket.kind]), 18)), Span(fit(thing(ticket), 16)),
            Span(fit("" if each.hours is None else shown(each.hours, "hours"), 9, right=True)),
            Span(f"  {ticket.order_id or ''}", "quiet"),
        ]  # fmt: skip
        return BehindRow(line, Place("tickets", ticket.id))
    assert each.order is not None
    order = each.order
    paid = "" if order.refunded is None else f"{order.refunded:f} {order.currency or ''}"
    line += [
        Span(fit(order.order_id, 22)), Span(fit(order.sku or order.sku_id, 16)), Span(fit(paid, 14, right=True)),
        Span(f"  {order.creator or ''}", "quiet"),
    ]  # fmt: skip
    return BehindRow(line, None, order.order_id)


def _logged(issue: Issue, types: dict[str, dict[str, str]]) -> BehindRow:
    type = issue.type or ""
    number = f"x{issue.count}" if issue.count != 1 else ""
    line = [
        Span("  "), Span(fit(short_date(issue.day), 10)), Span(fit(issue.sku or "", 14)),
        Span(fit(pick(types[type]) if type in types else type, 14)), Span(fit(number, 5), "quiet"), Span(issue.words),
    ]  # fmt: skip
    place = Place("issues", "week") if issue.ticket is None else Place("tickets", issue.ticket)
    return BehindRow(line, place)
