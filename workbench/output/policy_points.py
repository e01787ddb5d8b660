"""The violation points of a market, as Markdown: system, validity, milestones, appeals, rights, reasons, evidence."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.core.policy import GENERIC, TimeSpan
from workbench.core.violations.policy import Milestone, PointsPolicy, Reason
from workbench.i18n import _, pick
from workbench.output.markdown import bullets, table
from workbench.output.reasons import span


def points_section(points: PointsPolicy, general: PointsPolicy) -> Iterator[str]:
    """The points of a market; reasons and evidence only where they are not the general ones."""
    yield _system(points)
    if points.assumed:
        yield ""
        yield _("Assumed: this market states no figures of its own, so the general ones are used.")
    if points.conflicting:
        yield ""
        yield _("Sources contradict each other about this market. Compare with Seller Center.")
    yield ""
    yield from table((_("validity"), _("in force from"), _("source"), _("as of"), _("mark")), _validity(points))
    yield ""
    yield from table((_("milestone"), _("penalty"), _("source"), _("mark")), map(_milestone, points.milestones))
    yield ""
    yield from bullets(_appeals(points))
    if points.rights:
        yield ""
        rights = [(pick(each.name), str(each.below), each.source) for each in points.rights]
        yield from table((_("privilege"), _("only below"), _("source")), rights)
    if points.market == GENERIC or points.reasons != general.reasons:
        yield ""
        heads = (_("reason"), _("points"), _("evidence for an appeal"), _("source"))
        yield from table(heads, map(_reason, points.reasons))
    if points.market == GENERIC or points.evidence != general.evidence:
        yield ""
        yield _("Evidence for every appeal: {items}.").format(items=_("; ").join(map(pick, points.evidence)))


def _system(points: PointsPolicy) -> str:
    if points.system == "climb":
        return _("Points add up to {limit}, at which the shop is closed for good.").format(limit=points.limit)
    text = _("A score counts down from {start}, {top} at most; at {limit} the shop is closed for good.")
    return text.format(start=points.start, top="?" if points.top is None else points.top, limit=points.limit)


def _validity(points: PointsPolicy) -> Iterator[tuple[str, ...]]:
    for each in points.validity:
        marks = [_("assumed")] if each.assumed else []
        if each.conflicting:
            marks.append(_("conflicting"))
        yield (
            span(TimeSpan(each.days, "d")),
            "" if each.effective is None else each.effective.isoformat(),
            each.source,
            "" if each.as_of is None else each.as_of.isoformat(),
            _(", ").join(marks),
        )


def _milestone(each: Milestone) -> tuple[str, ...]:
    return str(each.points), pick(each.penalty), each.source, _("assumed") if each.assumed else ""


def _appeals(points: PointsPolicy) -> Iterator[str]:
    windows = points.appeals
    yield _("First appeal: within {n} days of the penalty.").format(n=windows.first_days)
    if windows.tries > 1:
        yield _("Second appeal: within {n} days of the first rejection. That decision is final.").format(
            n=windows.second_days
        )
    yield _("An answer is expected within {span}.").format(span=span(windows.answer))
    source = _("Source: {source}").format(source=windows.source or "?")
    yield _("{text} (assumed)").format(text=source) if windows.assumed else source


def _reason(reason: Reason) -> tuple[str, ...]:
    points = (
        str(reason.low) if reason.low == reason.high else _("{low} to {high}").format(low=reason.low, high=reason.high)
    )
    return pick(reason.name), points, _("; ").join(map(pick, reason.evidence)), reason.source
