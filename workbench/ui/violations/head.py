"""The upper part of the Ledger as lines: the sentence, the gauge, the curve; also beside what would be different."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import NamedTuple

from workbench.core.violations.ledger import Ledger
from workbench.core.violations.policy import PointsPolicy
from workbench.i18n import _
from workbench.output.violations.words import day, sentence
from workbench.ui.text import Line, Span, line_width, shorten
from workbench.ui.violations import gauge
from workbench.ui.violations.curve import Axes, Levels, curve


class LedgerHead(NamedTuple):
    """What the upper part is drawn from. `then` is the ledger of a what-if, `near` how near a milestone is amber."""

    now: Ledger
    rules: PointsPolicy
    zone: tzinfo
    near: int
    #: Whether nothing was ever entered.
    empty: bool = False
    then: Ledger | None = None

    @property
    def shown(self) -> Ledger:
        """The ledger that the numbers are of."""
        return self.then or self.now


def sentence_line(head: LedgerHead, cells: int) -> Line:
    """`18 of 48 points, 6 below milestone 24. 3 Dec drops to 14.`, and what is assumed about it."""
    ledger = head.now
    if head.empty and ledger.system == "climb":
        points = _("{points} of {limit} points.").format(points=ledger.points, limit=ledger.limit)
        text = _("{one} {two}").format(one=points, two=_("No violations recorded."))
    else:
        text = sentence(ledger, ledger.on, head.zone, empty=head.empty)
    line: list[Span] = [Span("  "), Span(text, "late_bold" if ledger.revoked else "title")]
    if ledger.assumed and not head.empty:
        remark = Span("   " + _("assumed"), "quiet")
        if line_width([*line, remark]) < cells - 1:
            line.append(remark)
    return shorten(line, cells - 1)


def gauge_lines(head: LedgerHead, cells: int) -> list[Line]:
    """The gauge and its numbers; grey, amber near a milestone, red from the last one before the end."""
    return [[Span("  "), *gauge_bar(head, cells - 4)], [Span("  "), *gauge.numbers(_scale(head), cells - 4)]]


def gauge_bar(head: LedgerHead, cells: int) -> Line:
    """The bar of the gauge alone, in exactly `cells`."""
    return gauge.bar(head.shown.points, _scale(head), cells, "accent" if head.then else _alarm(head))


def _scale(head: LedgerHead) -> gauge.Scale:
    ledger, rules = head.shown, head.rules
    highest = max(level.points for level in ledger.forecast)
    full = rules.limit if rules.system == "climb" else max(rules.start, highest)
    ahead = frozenset(mark.points for mark in ledger.milestones if not mark.reached)
    return gauge.Scale(full, ahead, tuple(mark.points for mark in ledger.milestones))


def _alarm(head: LedgerHead) -> str:
    ledger = head.now
    if ledger.revoked or _is_last(ledger):
        return "late"
    mark = ledger.next_milestone
    return "soon" if mark is not None and abs(mark - ledger.points) <= head.near else "quiet"


def _is_last(ledger: Ledger) -> bool:
    """Whether the last milestone before the limit is reached."""
    marks = [mark for mark in ledger.milestones if mark.points != ledger.limit]
    worst = (max if ledger.system == "climb" else min)(marks, key=lambda mark: mark.points, default=None)
    return worst is not None and worst.reached


def curve_lines(head: LedgerHead, cells: int, rows: int) -> list[Line]:
    """The curve with its dates; empty where nothing is to come."""
    now = _levels(head.now)
    then = _levels(head.then) if head.then else None
    if len(now) < 2 and len(then or now) < 2:
        return []
    frame = _frame(head.rules, [points for _at, points in (*now, *(then or ()))])

    def date(at: datetime) -> str:
        return day(at, head.now.on, head.zone)

    if then is None:
        return curve(now, frame, cells, rows, date)
    return curve(then, frame, cells, rows, date, "accent", now)


def _levels(ledger: Ledger) -> Levels:
    return [(level.at, level.points) for level in ledger.forecast]


def _frame(rules: PointsPolicy, points: list[int]) -> Axes:
    """From 0 to the milestone above the highest point; counting down, from the milestone below the lowest one up."""
    marks = sorted(mark.points for mark in rules.milestones)
    if rules.system == "climb":
        high = next((mark for mark in marks if mark > max(points)), max(*points, *marks))
        return Axes(0, high, (0, *(mark for mark in marks if mark <= high)))
    low = next((mark for mark in reversed(marks) if mark < min(points)), min(*points, *marks))
    high = max(rules.start, *points)
    return Axes(low, high, tuple(sorted({*(mark for mark in marks if low <= mark <= high), high})))
