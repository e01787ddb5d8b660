"""Points and appeals as facts on Today. A shop without violations does not wait for the Ledger's lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta, tzinfo
from typing import TYPE_CHECKING

from workbench.core.place import Place
from workbench.i18n import _
from workbench.output.marks import SOON
from workbench.output.words import countdown, point
from workbench.ui.room import Fact, Glance
from workbench.ui.text import Line, Span, fit, width

if TYPE_CHECKING:
    from workbench.core.violations.ledger import Ledger
    from workbench.core.violations.plan import Option
    from workbench.session.today import Today

#: How many appeals are named.
_NAMED_WIDE, _NAMED_NARROW = 3, 2
_REASON = 20


def points(glance: Glance) -> Iterator[Fact]:
    """The standing with its gauge and the next drop; nothing where there never was a violation."""
    session, brief = glance.session, glance.board.brief
    if brief.unblemished:
        return
    from workbench.ui.violations.head import LedgerHead, gauge_bar

    zone, near = session.zone, session.settings.soon.points
    head, drop = LedgerHead(brief.ledger, session.ledger.rules, zone, near), _drop(brief, zone)
    more: list[Line] = [gauge_bar(head, glance.cells), *([drop] if drop else [])]
    yield Fact(10, _("Points"), Place("violations", ""), _standing(brief.ledger), more, drop)


def appeals(glance: Glance) -> Iterator[Fact]:
    """The appeals whose window closes first; below the agenda the first of them with its reason."""
    brief, wide = glance.board.brief, glance.wide
    if not brief.appeals:
        return
    from workbench.ui.violations.rows import short_reason

    soon, rules = glance.session.settings.soon.appeals, glance.session.ledger.rules
    for at, option in enumerate(brief.appeals[: _NAMED_WIDE if wide else _NAMED_NARROW]):
        why = "" if wide or at else short_reason(option.violation, rules, _REASON)
        line = [*_appeal(option, brief, soon, wide), Span(f"  {why}" if why else "", "quiet")]
        yield Fact(20, _("Appeals"), Place("violations", option.violation.id), line)


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


def _appeal(option: Option, brief: Today, soon: timedelta, wide: bool) -> list[Span]:
    from workbench.output.violations.words import count

    near = option.due_at < brief.now + soon
    left = countdown(option.due_at - brief.now)
    if not wide:
        mark, role = (f"{SOON} ", "soon") if near else ("", "text")
        return [Span(mark + left, role), Span(f"  {option.violation.ref}  {count(option.violation.points)}")]
    return [
        Span(f"{SOON} " if near else "  ", "soon"),
        Span(fit(left, 6 if width(left) <= 6 else 8), "soon" if near else "text"),
        Span(" " + fit(option.violation.ref, 6) + " "),
        Span(count(option.violation.points)),
    ]
