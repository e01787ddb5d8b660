"""How a deadline came about: every step of the sum, the rule with its source and date, and what was assumed."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from workbench.core.deadline import Step
from workbench.core.tickets.model import Ticket
from workbench.i18n import _
from workbench.output.cities import own_due
from workbench.output.holidays import holiday
from workbench.output.reasons import why
from workbench.output.sentences import headline
from workbench.output.words import full_due, full_point, year_date
from workbench.ui.sheets.scroll import ScrollSheet
from workbench.ui.text import Line, Span, fit, width, wrap
from workbench.ui.widgets.lines import Lines


class WhySheet(ScrollSheet):
    """The steps of one ticket's deadline."""

    def __init__(self, ticket: Ticket) -> None:
        super().__init__()
        self._ticket = ticket

    def body(self) -> Iterable[Widget]:
        now, zone = self.session.now(), self.session.zone
        title = [Span("  " + headline(self._ticket, now, zone), "title"), Span(f"  {self._ticket.ref}", "quiet")]
        yield Lines([title, []], ground="sheet")
        yield from super().body()

    def lines(self) -> list[Line]:
        ticket, zone = self._ticket, self.session.zone
        deadline = ticket.deadline
        if deadline.at is None:
            none = _("No rule of this market says by when, and nobody stated it. Set one with b.")
            return [[Span("  " + row)] for row in wrap(none, self.cells)]
        own = own_due(deadline.at, zone, self.bench.own_zone)
        here = [[Span("  " + own, "quiet")]] if own else []
        found = why(ticket, self.session.policy, self.session.now(), zone)
        if deadline.source == "stated":
            return [_row(full_due(deadline.at, zone), found[-1].right, True), *here]
        lines = [_row(full_point(step.at, zone), _step(step, found[0].right)) for step in deadline.steps]
        lines += [_row(full_due(deadline.at, zone), found[-1].right, True), *here]
        rule = self.session.policy.rule(deadline.rule)
        if rule is not None:
            name = [Span("  "), Span(_("Rule"), "quiet"), Span(f"  {rule.id}"), Span(f"   {rule.within}", "quiet")]
            lines += [[], name]
            source = rule.source or _("no source of its own")
            as_of = "" if rule.as_of is None else _(", as of {date}").format(date=year_date(rule.as_of))
            lines += [[Span("  " + row, "quiet")] for row in wrap(source + as_of, self.cells)]
        if deadline.assumed:
            text = _("Assumed: this market states no figure of its own, so the general one is used.")
            lines += [[Span("  " + row, "soon")] for row in wrap(text, self.cells)]
        if deadline.goal_at is not None:
            goal = _("Your own goal: {point}").format(point=full_due(deadline.goal_at, zone))
            lines.append([Span("  " + goal, "quiet")])
        return lines


def _row(left: str, right: str, strong: bool = False) -> Line:
    return [Span("  " + fit(left, max(20, width(left) + 2)), "strong" if strong else "text"), Span(right, "quiet")]


def _step(step: Step, begun: str) -> str:
    """A step in words: how much it adds, and what that time is."""
    if step.what == "start":
        return begun
    days, rest = divmod(step.seconds, 86400)
    h, m = divmod(rest // 60, 60)
    parts = [_("{d}d").format(d=days)] if days else []
    parts += [_("{h}h").format(h=h)] if h else []
    parts += [_("{m}m").format(m=m)] if m or not parts else []
    length = " ".join(parts)
    if step.what == "skip":
        name = _("weekend") if step.name == "weekend" else holiday(step.name)
        return _("{name} does not count, {length}").format(name=name, length=length)
    if step.name == "floor":
        return _("not before the file, which still showed the request")
    return _("{length} later").format(length=length)
