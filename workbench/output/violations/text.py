"""The ledger as plain text: the sentence, the milestones, the curve of what is to come, the violations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo

from workbench.core.violations.appeals import ViolationStanding
from workbench.core.violations.ledger import Ledger, Level, Mark, reached
from workbench.core.violations.model import Violation
from workbench.core.violations.policy import PointsPolicy
from workbench.i18n import _, n_, p_, pick, render
from workbench.output.cells import clean, cut, pad, width
from workbench.output.tickets.table import line_limit, screenful, table
from workbench.output.violations.words import GROUPS, counts_until, day, doubts, gauge, group_of, over, reason, sentence
from workbench.output.words import countdown, due_point, full_point

Listed = Sequence[tuple[Violation, ViolationStanding]]

#: A bar of 48 cells shows a limit of 48 point by point, and leaves room for a date in 80.
_BAR = 48
#: How many steps of the curve a terminal shows.
_STEPS = 12


def ledger_lines(
    ledger: Ledger, listed: Listed, rules: PointsPolicy, zone: tzinfo, *, to_terminal: bool
) -> Iterator[str]:
    """The ledger for a person, as it stands at its instant; a pipe gets every step and every violation."""
    yield sentence(ledger, ledger.on, zone, empty=not listed)
    yield from doubts(ledger, rules)
    yield ""
    limit = line_limit(to_terminal)
    rows = [_milestone(mark) for mark in ledger.milestones]
    yield from table((_("milestone"), "", _("penalty")), rows, frozenset((0,)), limit)
    yield ""
    yield from _curve(ledger.forecast, rules, zone, _STEPS if to_terminal else len(ledger.forecast))
    if listed:
        yield ""
        shown = listed[: screenful()] if to_terminal else listed
        yield from violation_table(shown, rules, ledger.on, zone, to_terminal=to_terminal)
        if more := len(listed) - len(shown):
            yield n_("and {n} more violation", "and {n} more violations", more).format(n=more)


def _milestone(mark: Mark) -> tuple[str, str, str]:
    penalty = clean(pick(mark.penalty))
    return (
        str(mark.points),
        _("reached") if mark.reached else "",
        _("{text} (assumed)").format(text=penalty) if mark.assumed else penalty,
    )


def _curve(forecast: Sequence[Level], rules: PointsPolicy, zone: tzinfo, steps: int) -> Iterator[str]:
    """One bar for each step, from its instant on."""
    most = max(level.points for level in forecast)
    full = max(1, rules.limit if rules.system == "climb" else max(rules.start, most))
    shown = forecast[:steps]
    dates = [full_point(level.at, zone) for level in shown]
    wide = max(map(width, dates))
    for date, level in zip(dates, shown, strict=True):
        marks = [each.points for each in rules.milestones if not reached(rules, level.points, each.points)]
        yield f"{pad(date, wide)}  {level.points:>4}  {gauge(level.points, full, marks, _BAR)}"
    if more := len(forecast) - len(shown):
        yield n_("and {n} more change", "and {n} more changes", more).format(n=more)


def violation_table(
    listed: Listed, rules: PointsPolicy, now: datetime, zone: tzinfo, *, to_terminal: bool = False
) -> Iterator[str]:
    """Violations as a table: what can be done, the time left, until when, id, points, reason, dates, platform's id.

    One that is not recorded yet (id 0) has no id.
    """
    heads: tuple[str, ...] = (
        _("appeal"), p_("time", "left"), _("due"), _("id"), _("points"), _("reason"), _("counts"), _("issued"),
        _("ref"),
    )  # fmt: skip
    limit = line_limit(to_terminal)
    narrow = limit is not None and limit < 110
    words = 20 if narrow else 32
    rows: list[tuple[str, ...]] = [_row(violation, stands, rules, words, now, zone) for violation, stands in listed]
    if narrow:
        heads, rows = heads[:7], [row[:7] for row in rows]
    yield from table(heads, rows, frozenset((1, 2, 4)), limit)


def _row(
    violation: Violation, stands: ViolationStanding, rules: PointsPolicy, words: int, now: datetime, zone: tzinfo
) -> tuple[str, ...]:
    """The cells of a violation; the reason in at most so many."""
    group = group_of(stands)
    due = None if group in ("over", "pending") else stands.appeal.due_at or stands.appeal.answer_by
    return (
        render(GROUPS[group]),
        over(stands.appeal) if due is None else countdown(due - now),
        "" if due is None else due_point(due, now, zone),
        violation.ref if violation.id else "",
        str(violation.points),
        cut(clean(reason(violation, rules)), words),
        counts_until(stands, now, zone),
        day(violation.issued_at, now, zone),
        clean(violation.platform_id or ""),
    )
