"""What stands behind one number of the week, as lines: numbers, six weeks, buyers' words, what to check, decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from workbench.core.issues.model import Decision, Issue, Pair
from workbench.core.issues.week import MovedSince, Week, WeekRow
from workbench.i18n import _, language, pick
from workbench.output.issues.report import mean
from workbench.output.words import long_date
from workbench.session.issues.desk import LogDesk
from workbench.ui.issues.lines import type_word
from workbench.ui.sections import section
from workbench.ui.text import Line, Span, line_width, shorten, width, wrap

WEEKS = 6


class CellFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A number and what is to know around it; `title` is its SKU and type, or types."""

    sku: str
    title: str
    count: int
    last_week: int
    mean4: float
    weeks: list[int]
    issues: list[Issue]
    check: list[str]
    #: Decisions that looked at this week, the newest first.
    decided: list[Decision]
    #: Older ones, with their number then and now.
    moved: list[MovedSince]


def facts(
    log: LogDesk, week: Week, rows: Sequence[WeekRow], sku: str, pairs: Sequence[Pair], content: str | None = None
) -> CellFacts:
    """What is known of these SKUs and types in a week; of one content, where it is named."""
    of = [row for row in rows if (row.sku, row.type) in pairs]
    kinds = [log.types.types[row.type] for row in of if row.type in log.types.types]
    issues = sorted((issue for row in of for issue in row.issues), key=lambda it: (it.day, it.logged_at, it.id))
    return CellFacts(
        sku=sku,
        title=_(", ").join(type_word(log.types, row.type) for row in of),
        count=sum(row.count for row in of),
        last_week=sum(row.last_week for row in of),
        mean4=sum(row.mean4 for row in of),
        weeks=log.history(pairs, week, WEEKS, content),
        issues=issues,
        check=[pick(kind.check) for kind in kinds],
        decided=[each for pair in pairs for each in log.decisions(pair) if log.looked_at(each) == week],
        moved=[each for each in log.moved(week) if each.decision.pair in pairs],
    )


def margin() -> int:
    """The cells of the margin in the pane."""
    return 8 if language() == "zh" else 11


def cell_lines(found: CellFacts, cells: int, rows: int) -> list[Line]:
    """The pane in at most `rows` rows; the words give way first, the numbers and what was decided never."""
    numbers = _("{count} this week, {last} last week, {mean} on average").format(
        count=found.count, last=found.last_week, mean=mean(found.mean4)
    )
    counts = " ".join(map(str, found.weeks))
    six = Span("   " + _("six weeks: {counts}").format(counts=counts), "quiet")
    head = [Span("  "), Span(found.sku, "title"), Span(f"  {found.title}", "title"), Span(f"  {numbers}")]
    beside = line_width([*head, six]) <= cells - 2
    room = cells - 4 - margin()
    checks = [part for check in found.check for part in wrap(check, room)]
    tail = [
        *_section(_("Check"), [[Span(part)] for part in checks[:2]]),
        *_section(_("Decided"), _decisions(found, room)[:3]),
    ]
    top: list[Line] = [*([[]] if rows > 4 else []), shorten([*head, six] if beside else head, cells - 2)]
    if not beside:
        top += _section(_("Weeks"), [[Span(counts, "quiet")]])
    elif rows >= 9:
        top.append([])
    words = _section(_("Buyers"), _words(found, room, max(rows - len(top) - len(tail), 0)))
    return [*top, *words, *tail][:rows]


def _words(found: CellFacts, room: int, rows: int) -> list[Line]:
    """Each once, the most frequent first: `"one size smaller than the chart" x2`."""
    counts: Counter[str] = Counter()
    for issue in found.issues:
        counts[" ".join(issue.words.split())] += issue.count
    silent = counts.pop("", 0)
    lines: list[Line] = []
    for text, count in counts.most_common():
        often = f" x{count}" if count > 1 else ""
        said = shorten([Span(_('"{words}"').format(words=text))], room - width(often))
        lines.append([*said, Span(often, "quiet")])
    if silent and not lines:
        lines.append([Span(_("(no words)"), "quiet")])
    if len(lines) > rows > 0:
        hidden = len(lines) - rows + 1
        lines = [*lines[: rows - 1], [Span(_("and {n} more").format(n=hidden), "quiet")]]
    return lines[:rows]


def _decisions(found: CellFacts, room: int) -> list[Line]:
    lines: list[Line] = []
    for decision in found.decided:
        shown = Span("   " + _("shown again next Monday"), "quiet")
        lines.append([*shorten([Span(decision_words(decision))], room - line_width([shown])), shown])
    for moved in found.moved:
        text = Span("   " + _("{before} then, {after} now").format(before=moved.before, after=moved.after), "strong")
        lines.append([*shorten([Span(decision_words(moved.decision))], room - line_width([text])), text])
    return lines


def decision_words(decision: Decision) -> str:
    """`new chart by Fri 27 Nov`"""
    if decision.by is None:
        return decision.text
    return _("{text} by {day}").format(text=decision.text, day=long_date(decision.by))


def _section(label: str, lines: Sequence[Line]) -> list[Line]:
    return section(label, lines, margin())
