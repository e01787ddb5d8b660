"""What a metric is, or what an alert's rule asks, as a sheet: with its source, its date and what is assumed."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from workbench.core.alerts.rules import JUDGED_FROM, JUDGED_OVER, AlertRule
from workbench.core.metrics.model import Definition, Unit
from workbench.core.saying import Saying, say
from workbench.i18n import _, n_, pick, render
from workbench.output.metrics.text import line_words
from workbench.output.words import year_date
from workbench.session.alerts.subjects import AlertSubject
from workbench.session.alerts.words import often
from workbench.ui.sheets.scroll import ScrollSheet
from workbench.ui.text import Line, Span, fit, wrap
from workbench.ui.widgets.lines import Lines

_LABEL = 16
_UNITS: dict[Unit, Saying] = {
    "fraction": say("a share"), "score": say("a score"), "hours": say("hours"), "count": say("a number"),
}  # fmt: skip
_OWN: dict[str, Saying] = {
    "cleared": say("requests decided and returns inspected by your goal of [goals], of all whose goal is past"),
    "handling": say(
        "the mean of the hours in decide and inspect, of refund, return, exchange and reshipment requests that you "
        "were done with in the window; what a file ended is left out"
    ),
    "late": say("orders to ship that were sent late or are past their deadline, of those sent or past it"),
    "sfcr": say("orders to ship that you cancelled, of those sent or cancelled by you"),
    "refunds": say("orders paid back, of those shipped; only where order files cover every day"),
    "response": say("messages answered in time, of those answered or late"),
    "reviewed": say("requests of this type decided by their deadline, of this month's"),
    "reviews": say("reviews of one or two stars, of orders delivered; only where order files cover every day"),
}


class DefinitionSheet(ScrollSheet):
    """Labels with what they say."""

    def __init__(self, title: str, facts: list[tuple[str, str]]) -> None:
        super().__init__()
        self._title, self._facts = title, facts

    def body(self) -> Iterable[Widget]:
        yield Lines([[Span(f"  {self._title}", "title")], []], ground="sheet")
        yield from super().body()

    def lines(self) -> list[Line]:
        found: list[Line] = []
        for label, text in self._facts:
            for at, part in enumerate(wrap(text, self.cells - _LABEL)):
                found.append([Span("  "), Span(fit("" if at else label, _LABEL), "quiet"), Span(part)])
        return found


def of_metric(about: Definition) -> DefinitionSheet:
    """A metric as the settings define it."""
    return DefinitionSheet(pick(about.name), _facts(about))


def _facts(about: Definition) -> list[tuple[str, str]]:
    unit = about.unit
    told = [(_("Id"), about.id), (_("Also written"), _(", ").join(about.aliases))]
    if about.window is not None:
        told.append((_("Window"), n_("{n} day", "{n} days", about.window).format(n=about.window)))
    better = _("more is better") if about.direction == "high" else _("less is better")
    told.append((_("Unit"), f"{render(_UNITS[unit])}{_(', ')}{better}"))
    if about.miss is not None:
        adds = _("a miss is a case more") if about.miss == "adds" else _("a miss falls on a case that counts already")
        told.append((_("A miss"), adds))
    if about.target is not None:
        told.append((_("Line"), line_words(about.target, unit)))
    told += [(_("Opens") if not at else "", f"{line_words(gate, unit)}: {pick(gate.opens)}")
             for at, gate in enumerate(about.gates)]  # fmt: skip
    told += [(_("Bands") if not at else "", pick(band.name)) for at, band in enumerate(about.bands)]
    if about.weight:
        told.append((_("Weights"), pick(about.weight)))
    if about.eligible is not None:
        text = _("from {n} orders delivered in {days} days on")
        told.append((_("There is one"), text.format(n=about.eligible.delivered, days=about.eligible.days)))
    if (own := _OWN.get(about.own.partition(":")[0])) is not None:
        told.append((_("Own figure"), render(own)))
        if about.own == "handling":
            told.append(("", _("time-outs count") if about.time_outs else _("time-outs do not count")))
    told.append((_("Source"), _source(about)))
    return [fact for fact in told if fact[1]]


def of_rule(subject: AlertSubject, title: str) -> DefinitionSheet:
    """The rule of an alert in words, with the metric that it looks at."""
    rule, about = subject.rule, subject.metric
    told = [(_("Rule"), rule.id), (_("Asks"), render(_asks(rule, often(subject))))]
    if rule.kind == "rising_days":
        text = _("with fewer than {n} bad ones in {days} days it only shows the words, where these are counted")
        told.append(("", text.format(n=JUDGED_FROM, days=JUDGED_OVER)))
    if rule.for_days > 1:
        told.append((_("Speaks"), n_("once it held for {n} day", "once it held for {n} days", rule.for_days)
                     .format(n=rule.for_days)))  # fmt: skip
    if rule.keep > 1:
        told.append((_("Ends"), n_("after {n} day without", "after {n} days without", rule.keep).format(n=rule.keep)))
    told.append((_("History"), _("workbench alerts test tells how often it would have spoken on your own days")))
    return DefinitionSheet(title, told if about is None else [*told, ("", " "), *_facts(about)])


def _asks(rule: AlertRule, often: Saying) -> Saying:
    match rule.kind:
        case "unusual":
            return say(
                "whether the last {w} days hold at least {least} and so many that chance alone gives them in fewer "
                "than {percent} of cases, by what was usual in the {before} days before, for as many orders where "
                "these are known",
                w=rule.w, least=rule.min, before=rule.before, percent=f"{rule.p:%}".replace(".000000", ""),
            )  # fmt: skip
        case "rising_days":
            return say(
                "whether each of the last {n} days is above the day before; where nothing changed it speaks on {often} "
                "of 100 days",
                n=rule.n, often=often,
            )  # fmt: skip
        case "gate":
            return say("whether the value is near a line that it still keeps to")
        case "above" | "below":
            return say("whether the value is on the wrong side of its line")
    return say("whether nothing came for {n} days", n=rule.n)


def _source(about: Definition) -> str:
    marks = [*([_("assumed")] if about.assumed else []), *([_("conflicting")] if about.conflicting else [])]
    dates = [year_date(day) for day in (about.effective, about.as_of) if day is not None]
    return _(", ").join(part for part in (about.source, *dict.fromkeys(dates), *marks) if part)
