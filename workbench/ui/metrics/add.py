"""Readings in one line, typed or pasted, read back while they are typed; a bare share is asked about."""

from __future__ import annotations

from fractions import Fraction

from workbench.core.metrics.standing import shown
from workbench.core.saying import Misuse
from workbench.i18n import _, pick, render
from workbench.session import Session
from workbench.session.metrics.desk import MetricDesk
from workbench.ui.sheets.oneline import OneLine, Understood
from workbench.ui.text import Line, Span


def add(session: Session, text: str = "") -> OneLine:
    """The sheet."""
    desk: MetricDesk = session.desk("metrics")

    def read(typed: str) -> Understood:
        if not typed.strip():
            return Understood(None, [Span(_("such as: nrr 1.26% late 14/1150"), "quiet")])
        try:
            given = desk.read(typed)
        except Misuse as misuse:
            return Understood(None, (), [[Span("  " + _asked(misuse), "soon")]])
        below: list[Line] = [
            [Span(f"  {pick(each.metric.name)}  "), Span(shown(Fraction(each.value.value), each.metric.unit), "bold")]
            for each in given
        ]
        return Understood(given or None, (), below)

    return OneLine(_("Readings of today"), read, desk.enter, value=text)


def _asked(misuse: Misuse) -> str:
    """Why it is not understood; of a bare share what it may mean, in the words of the line and not of the verb."""
    told = misuse.saying.args
    if {"metric", "percent", "fraction"} <= told.keys():
        text = _("{metric} {text}: is that {text} % or {fraction} %? Write {text}% or {fraction}%.")
        return text.format(metric=told["metric"], text=told["text"], fraction=told["fraction"])
    return render(misuse.saying)
