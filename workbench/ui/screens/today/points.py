"""Points and appeals on Today: two facts of the shop, beside the agenda when wide, two lines below it when narrow."""

from __future__ import annotations

from datetime import timedelta, tzinfo

from workbench.core.violations.ledger import Ledger
from workbench.core.violations.plan import Option
from workbench.core.violations.policy import PointsPolicy
from workbench.i18n import _, language
from workbench.output.ledger_words import count
from workbench.output.words import countdown, point
from workbench.session.today import Today
from workbench.ui.screens.ledger.head import Head, gauge_bar
from workbench.ui.screens.ledger.rows import short_reason
from workbench.ui.text import Line, Span, fit, shorten, width

#: How many appeals are named.
_NAMED_WIDE, _NAMED_NARROW = 3, 2
_MARGIN = 11
_REASON = 20


def beside(brief: Today, rules: PointsPolicy, zone: tzinfo, near: int, soon: timedelta, cells: int) -> list[Line]:
    """The facts at the right of the agenda; empty where there never was a violation."""
    if brief.unblemished:
        return []
    head = Head(brief.ledger, rules, zone, near)
    lines: list[Line] = [_fact(_("Points"), _standing(brief.ledger)), _fact("", gauge_bar(head, cells - _MARGIN - 4))]
    if drop := _drop(brief, zone):
        lines.append(_fact("", drop))
    lines.append([])
    for at, option in enumerate(brief.appeals[:_NAMED_WIDE]):
        lines.append(_fact(_("Appeals") if at == 0 else "", _appeal(option, brief, soon)))
    return [*lines, []] if brief.appeals else lines


def below(brief: Today, rules: PointsPolicy, zone: tzinfo, soon: timedelta, cells: int) -> list[Line]:
    """The same in two lines below the agenda."""
    if brief.unblemished:
        return []
    drop = _drop(brief, zone)
    line: list[Span] = [*_standing(brief.ledger), *([Span("    "), *drop] if drop else [])]
    lines = [[], _below(_("Points"), line, cells)]
    appeals: list[Span] = []
    for at, option in enumerate(brief.appeals[:_NAMED_NARROW]):
        appeals += [Span("   " if at else ""), *_appeal(option, brief, soon)]
        if at == 0 and (why := short_reason(option.violation, rules, _REASON)):
            appeals.append(Span(f"  {why}", "quiet"))
    return [*lines, _below(_("Appeals"), appeals, cells)] if appeals else lines


def _standing(ledger: Ledger) -> list[Span]:
    """`18 of 48, 6 below 24`"""
    points, mark = ledger.points, ledger.next_milestone
    if ledger.revoked:
        return [Span(_("! {points}, revoked").format(points=points), "late_bold")]
    number = Span(str(points), "title")
    if ledger.system == "climb":
        of = Span(_(" of {limit}").format(limit=ledger.limit))
        away = "" if mark is None else _(", {n} below {mark}").format(n=mark - points, mark=mark)
        return [number, of, Span(away, "quiet")]
    away = "" if mark is None else _(", {n} above {mark}").format(n=points - mark, mark=mark)
    return [number, Span(away, "quiet")]


def _drop(brief: Today, zone: tzinfo) -> list[Span]:
    """`3 Dec drops to 14`"""
    drop = brief.ledger.next_drop
    if drop is None:
        return []
    text = _("{date} drops to {points}") if brief.ledger.system == "climb" else _("{date} rises to {points}")
    return [Span(text.format(date=point(drop.at, brief.now, zone), points=drop.points), "quiet")]


def _appeal(option: Option, brief: Today, soon: timedelta) -> list[Span]:
    near = option.due_at < brief.now + soon
    left = countdown(option.due_at - brief.now)
    return [
        Span("\u25aa " if near else "  ", "soon"),
        Span(fit(left, 6 if width(left) <= 6 else 8), "soon" if near else "text"),
        Span(" " + fit(option.violation.ref, 6) + " "),
        Span(count(option.violation.points)),
    ]


def _fact(label: str, line: Line) -> Line:
    return [Span(label + " " * (_MARGIN - width(label)), "quiet"), *line]


def _below(label: str, line: Line, cells: int) -> Line:
    margin = 9 if language() == "zh" else _MARGIN
    return shorten([Span("  " + label + " " * (margin - width(label)), "quiet"), *line], cells - 1)
