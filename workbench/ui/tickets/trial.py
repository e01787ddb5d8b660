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
#: The longest bar.
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
            found += [[], _heads(trial, self.cells), *(_cap(trial, each, self.cells) for each in trial.caps)]
            found += _legend(trial)
        for text in advice(trial):
            found += [[], *([Span("  "), Span(part, "bold")] for part in wrap(text, self.cells))]
        return found


_CAP, _COUNT, _MONEY = 12, 7, 13
#: With less room the column of the money gives way to the bar.
_NARROW = 96


def _widths(cells: int) -> tuple[int, ...]:
    """The columns: cap, cases, money, cost, balance."""
    return _CAP, _COUNT, 0 if cells < _NARROW else _MONEY, _MONEY, _MONEY


def _heads(trial: Trial, cells: int) -> Line:
    last = _("balance") if trial.caps[0].balance is not None else _("minutes")
    names = (_("up to"), _("cases"), _("money"), _("cost"), last)
    row = "".join(fit(name, room, right=True) for name, room in zip(names, _widths(cells), strict=True))
    return [Span("  "), Span(row, "quiet")]


def _cap(trial: Trial, each: Cap, cells: int) -> Line:
    best, word, widths = each.cap == trial.recommended, _("best"), _widths(cells)
    last = str(each.minutes) if each.balance is None else _money(trial, each.balance)
    texts = (_money(trial, each.cap), str(each.matched), _money(trial, each.money), _money(trial, each.cost), last)
    row = "".join(fit(text, room, right=True) for text, room in zip(texts, widths, strict=True))
    room = max(min(cells - sum(widths) - 12, _BAR), 8)
    return [
        Span(f"{CURSOR} " if best else "  ", "accent_bold"), Span(row, "bold" if best else "text"), Span("  "),
        *_bar(trial, each, room), *([Span(f"  {word}", "accent_bold")] if best else []),
    ]  # fmt: skip


def _legend(trial: Trial) -> list[Line]:
    if trial.caps[0].balance is None:
        return []
    cost, left = _("what it costs"), _("what is left of what it saves")
    return [[Span("  "), Span(FILLED, "soon"), Span(f" {cost}   ", "quiet"), Span(FILLED, "accent"),
             Span(f" {left}", "quiet")]]  # fmt: skip


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
