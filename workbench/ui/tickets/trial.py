"""The filter of the Queue as a rule of automatic approval: what it would have cost and saved, cap by cap, as bars."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from textual.widget import Widget

from workbench.core.money import Money
from workbench.core.tickets.trial import Cap, Trial
from workbench.core.time import shop_day
from workbench.i18n import _
from workbench.output.marks import CURSOR, FILLED, REST
from workbench.output.tickets.trial import advice, said
from workbench.output.words import amount, short_date
from workbench.session import Session
from workbench.session.tickets.trial import Tried, tried
from workbench.ui.sheets.scroll import ScrollSheet
from workbench.ui.text import Line, Span, fit, wrap
from workbench.ui.widgets.lines import Lines

#: Days of requests that are looked at.
SPAN = 180
_BAR = 30


def trial_sheet(session: Session, expression: str) -> TrialSheet:
    """The sheet; `Misuse` for a filter that asks for what is not known at the request."""
    today = shop_day(session.now(), session.zone)
    first = today - timedelta(days=SPAN - 1)
    found = tried(session, expression, first, today)
    span = _("requests of {first} to {last}").format(first=short_date(first), last=short_date(today))
    return TrialSheet(expression or _("every request"), span, found)


class TrialSheet(ScrollSheet):
    """One trial: the sentences, then a row a cap with its bar; the best one is marked."""

    def __init__(self, rule: str, span: str, found: Tried) -> None:
        super().__init__()
        self._rule, self._span, self._found = rule, span, found

    def body(self) -> Iterable[Widget]:
        title = _("As a rule of automatic approval: {rule}").format(rule=self._rule)
        yield Lines([[Span(f"  {title}", "title")], [Span(f"  {self._span}", "quiet")], []], ground="sheet")
        yield from super().body()

    def lines(self) -> list[Line]:
        trial = self._found.trial
        texts = said(trial, self._found.now, self._found.then)
        found: list[Line] = [[Span("  "), Span(part)] for text in texts for part in wrap(text, self.cells)]
        if trial.caps:
            found += [[], _heads(trial), *(_cap(trial, each, self.cells) for each in trial.caps)]
            if trial.caps[0].balance is not None:
                legend = _("what is saved, and of it what it costs")
                found.append([Span(" " * (_BEFORE + 2)), Span(FILLED, "accent"), Span(FILLED, "soon"),
                              Span(f"  {legend}", "quiet")])  # fmt: skip
        for text in advice(trial):
            found += [[], *([Span("  "), Span(part, "bold")] for part in wrap(text, self.cells))]
        return found


_CAP, _COUNT, _MONEY = 13, 8, 14
_BEFORE = _CAP + _COUNT + 3 * _MONEY


def _heads(trial: Trial) -> Line:
    names = [(_("up to"), _CAP), (_("cases"), _COUNT), (_("money"), _MONEY), (_("cost"), _MONEY)]
    balance = _("balance") if trial.caps[0].balance is not None else _("minutes")
    cells = "".join(fit(name, room, right=True) for name, room in (*names, (balance, _MONEY)))
    return [Span("  "), Span(cells, "quiet")]


def _cap(trial: Trial, each: Cap, cells: int) -> Line:
    best = each.cap == trial.recommended
    last = str(each.minutes) if each.balance is None else _money(trial, each.balance)
    texts = [(_money(trial, each.cap), _CAP), (str(each.matched), _COUNT), (_money(trial, each.money), _MONEY),
             (_money(trial, each.cost), _MONEY), (last, _MONEY)]  # fmt: skip
    row = "".join(fit(text, room, right=True) for text, room in texts)
    line = [Span(f"{CURSOR} " if best else "  ", "accent_bold"), Span(row, "bold" if best else "text")]
    room = min(cells - _BEFORE - 12, _BAR)
    if room >= 8:
        line += [Span("  "), *_bar(trial, each, room)]
    return [*line, Span(f"  {_('best')}", "accent_bold")] if best else line


def _bar(trial: Trial, each: Cap, room: int) -> Line:
    """How much is saved, the part that it costs in another tone; without the worth of an hour the cases."""
    if each.balance is None:
        full = each.matched * room // (max(cap.matched for cap in trial.caps) or 1)
        return [Span(FILLED * full, "quiet"), Span(REST * (room - full), "faint")]
    saved = each.balance + each.cost
    scale = max([Decimal(1), *((cap.balance or 0) + cap.cost for cap in trial.caps), *(cap.cost for cap in trial.caps)])
    cost = int(each.cost * room / scale)
    full = max(int(saved * room / scale), cost)
    return [Span(FILLED * cost, "soon"), Span(FILLED * (full - cost), "accent"), Span(REST * (room - full), "faint")]


def _money(trial: Trial, value: Decimal) -> str:
    return f"{value:f}" if trial.currency is None else amount(Money(value, trial.currency))
