"""Violations as rows of a table, in the order of the plan: what can be appealed, what was filed, what is over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, tzinfo

from workbench.core.violations.appeals import ViolationStanding
from workbench.core.violations.evidence import find_reason
from workbench.core.violations.model import Violation
from workbench.core.violations.policy import PointsPolicy
from workbench.i18n import language, pick, render
from workbench.output.marks import DONE, SOON, WAITS
from workbench.output.violations.words import GROUPS, counts_until, day, group_of, over
from workbench.output.words import countdown, due_point
from workbench.ui.text import Span, width
from workbench.ui.widgets.table import Column, begins

Pair = tuple[Violation, ViolationStanding]

_REASON = 19


def columns(*, full: bool) -> list[Column]:
    """The columns of a violation in the language of the moment; `full` adds the day of issue."""
    chinese = language() == "zh"
    more = [Column("issued", 11, gap=2)] if full else []
    return [
        Column("cursor", 2),
        Column("group", 8 if chinese else 10, goes=2),
        Column("picked", 1),
        Column("state", 2),
        Column("left", 10 if chinese else 8, right=True),
        Column("due", 10 if chinese else 9, gap=2, right=True, goes=1),
        Column("id", 6, gap=2),
        Column("points", 2, right=True),
        Column("reason", _REASON, gap=2, most=36),
        Column("counts", 11 if chinese else 10, gap=2),
        *more,
    ]


def symbol(stands: ViolationStanding, now: datetime, within: timedelta) -> tuple[str, str]:
    """The state of the appeals in one cell, with the role of the row's time."""
    appeal = stands.appeal
    match group_of(stands):
        case "pending":
            return "?", "text"
        case "filed" if appeal.answer_by is not None and appeal.answer_by <= now:
            return "?", "text"
        case "filed":
            return WAITS, "quiet"
        case "over":
            return (DONE if appeal.state == "accepted" else " "), "quiet"
    soon = appeal.due_at is not None and appeal.due_at < now + within
    return (SOON, "soon") if soon else (" ", "text")


def short_reason(violation: Violation, rules: PointsPolicy, cells: int) -> str:
    """The reason by its name; where that is too long, by the longest of its other words that is a part of the name."""
    known = find_reason(rules, violation.reason)
    if known is None:
        return violation.reason or ""
    name = pick(known.name)
    if width(name) <= cells:
        return name
    parts = [alias for alias in known.aliases if alias.casefold() in name.casefold() and width(alias) <= cells]
    longest = max(parts, key=width, default=name)
    return longest[:1].upper() + longest[1:]


class ViolationRows:
    """Violations in the order of the plan as the source of a table. `clock` gives the instant they are drawn for."""

    def __init__(
        self, listed: Sequence[Pair], rules: PointsPolicy, clock: Callable[[], datetime], zone: tzinfo, soon: timedelta
    ) -> None:
        self.listed = listed
        self._rules = rules
        self._clock = clock
        self._zone = zone
        self._soon = soon
        #: The cells of the column for the reason.
        self.room = _REASON

    def __len__(self) -> int:
        return len(self.listed)

    def key(self, row: int) -> int:
        """The number of the violation."""
        return self.listed[row][0].id

    def groups(self) -> list[tuple[str, str, int]]:
        """Appeal, Filed, Over, as far as there are any."""
        groups = begins(group_of(stands) for _violation, stands in self.listed)
        return [(render(GROUPS[group]), "quiet", row) for group, row in groups]

    def cells(self, row: int, current: bool) -> dict[str, Span]:
        """The cells of a row as they are to be drawn now."""
        (violation, stands), now = self.listed[row], self._clock()
        mark, role = symbol(stands, now, self._soon)
        group = group_of(stands)
        plain = "text" if group == "appeal" else "quiet"
        due = None if group in ("over", "pending") else stands.appeal.due_at or stands.appeal.answer_by
        left = over(stands.appeal) if due is None else countdown(due - now)
        points = "" if stands.state == "void" else str(violation.points)
        issued = day(violation.issued_at, now, self._zone)
        return {
            "state": Span(mark, role),
            "left": Span(left, role),
            "due": Span(due_point(due, now, self._zone) if due else "", plain),
            "id": Span(violation.ref, plain),
            "points": Span(points, "title" if current or (group == "appeal") else "quiet"),
            "reason": Span(short_reason(violation, self._rules, self.room), "title" if current else plain),
            "counts": Span("" if stands.state == "void" else counts_until(stands, now, self._zone), "quiet"),
            "issued": Span(issued, "quiet"),
        }
