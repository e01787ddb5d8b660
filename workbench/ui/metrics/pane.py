"""What is said of the row under the cursor: the numbers, what to do, the curve against its line, where it is from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta, tzinfo
from fractions import Fraction
from itertools import zip_longest

from workbench.core.metrics.standing import MetricStanding, OwnPart, shown
from workbench.i18n import _, n_, pick, render
from workbench.output.marks import REST, SOON
from workbench.output.metrics.text import line_words
from workbench.output.words import short_date, year_date
from workbench.session.alerts import words
from workbench.session.alerts.desk import Alert
from workbench.ui.metrics.rows import DAYS, NEAR
from workbench.ui.metrics.spark import plot
from workbench.ui.text import Line, Span, fit, line_width, spread, width, wrap

#: Lines of buyers' words.
_LINES = 6
_NAME = 11
#: From so many cells on the curve stands beside the facts; its share of them in per cent, the cells before it and its
#: rows.
_TWO, _SHARE, _EDGE, _ROWS = 100, 65, 13, 7
#: How many SKUs or creators are named.
_WORST = 3


def of_metric(
    found: MetricStanding, today: date, zone: tzinfo, cells: int, rows: int, opened: Sequence[tuple[str, str]] = ()
) -> list[Line]:
    """A metric: what it stands at, what follows, its curve beside its facts, with what it opens and closes."""
    about, value = found.metric, found.value
    name = pick(about.name)
    title: list[Span] = [Span("  "), Span(name if value is None else f"{name} {shown(value, about.unit)}", "title")]
    reading = found.reading
    if reading is not None and reading.numerator is not None:
        text = _("{n} of {total}").format(n=reading.numerator, total=reading.denominator)
        title.append(Span(f"   {text}", "quiet"))
    lines: list[Line] = [spread(title, _left(found), cells - 2)]
    if said := _said(found):
        lines += [[Span("  "), Span(line)] for line in wrap(said, cells - 4)]
    lines.append([])
    told, room = [*_facts(found, zone), *opened], rows - len(lines)
    curve = _curve(found, today, cells * _SHARE // 100 - _EDGE - 9, room) if cells >= _TWO and room >= 5 else []
    at = cells * _SHARE // 100 if curve else 2
    facts = [
        [Span(fit(label, _NAME), "quiet"), Span(part)]
        for name, text in told
        for label, part in zip([name, *[""] * 9], wrap(text, max(cells - at - _NAME - 2, 20)), strict=False)
    ]
    nothing: Line = []
    for left, fact in zip_longest(curve, facts, fillvalue=nothing):
        lines.append([*left, Span(" " * max(at - line_width(left), 0)), *fact])
    return lines


def _left(found: MetricStanding) -> Line:
    """How many misses are left, at the end of the title."""
    n = found.misses_left
    if n is None:
        return []
    text = n_("{n} miss left", "{n} misses left", n).format(n=n)
    return [Span(f"{SOON} {text}", "soon")] if n <= NEAR else [Span(text, "quiet")]


def _curve(found: MetricStanding, today: date, cells: int, rows: int) -> list[Line]:
    """The days against the line: its value beside it, the lowest below, the last behind the curve, then the dates."""
    unit = found.metric.unit
    values = {each.day: each.exact for each in found.history if each.day > today - timedelta(days=DAYS)}
    line = None if found.line is None else Fraction(found.line.value)
    drawn = plot(values, line, today, DAYS, cells, min(rows - 1, _ROWS))
    if not drawn:
        return []
    ends = [max((at for at, span in enumerate(row) if span.role == "strong"), default=-1) for row in drawn]
    last = ends.index(max(ends))
    found_at = next((at for at, row in enumerate(drawn) if any(span.text == REST for span in row)), -1)
    curve: list[Line] = []
    for at, row in enumerate(drawn):
        mark, role = "", "quiet"
        if at == found_at and line is not None:
            mark, role = shown(line, unit), "soon"
        elif at == len(drawn) - 1:
            mark = shown(min(values.values()), unit)
        value = [Span(f" {shown(values[max(values)], unit)}", "bold")] if at == last else []
        curve.append(
            [Span(fit(mark, _EDGE - 2, right=True) + "  ", role), *row[: ends[at] + 1 if value else None], *value]
        )
    first = fit(short_date(today - timedelta(days=DAYS - 1)), cells // 2 - 3)
    middle = fit(short_date(today - timedelta(days=DAYS // 2)), cells - width(first) - 8)
    axis = first + middle + fit(_("today"), 8, right=True)
    return [*curve, [Span(" " * _EDGE + axis, "quiet")]]


def _said(found: MetricStanding) -> str:
    """`One more miss is still fine, the second crosses the line: campaigns close.`"""
    if found.value is None:
        return _("Nothing was read yet. Enter it as Seller Center shows it.")
    at_line = found.held is not None and found.line is not None and found.held.value == found.line.value
    closes = pick(found.held.opens) if found.held is not None and at_line else ""
    if found.kept is False:
        if found.needed:
            text = n_("{n} good one more reaches the line.", "{n} good ones more reach the line.", found.needed)
            return text.format(n=found.needed)
        return _("It is on the wrong side of its line.")
    if found.misses_left is None:
        return ""
    if found.misses_left == 0:
        text = _("The next miss crosses the line.")
    else:
        text = n_("{n} more miss is still fine.", "{n} more misses are still fine.", found.misses_left)
        text = text.format(n=found.misses_left)
    return f"{text} {_('Beyond it closes: {what}.').format(what=closes)}" if closes else text


def _facts(found: MetricStanding, zone: tzinfo) -> list[tuple[str, str]]:
    about = found.metric
    told = []
    if found.line is not None:
        told.append((_("Line"), line_words(found.line, about.unit)))
    if found.band is not None:
        told.append((_("Band"), pick(found.band.name)))
    if about.window is not None:
        told.append((_("Window"), n_("{n} day", "{n} days", about.window).format(n=about.window)))
    if about.weight:
        told.append((_("Weights"), pick(about.weight)))
    if found.own is not None:
        own = _("unknown") if found.own.value is None else shown(found.own.value, about.unit)
        counted = _("{value}, of {n}").format(value=own, n=found.own.denominator or 0)
        if found.own.unknown:
            counted += _(", {n} unknown").format(n=found.own.unknown)
        if found.own.other is not None and found.own.other != found.own.value:
            counted += _("; by the other reading {value}").format(value=shown(found.own.other, about.unit))
        told.append((_("Own figure"), counted))
        if found.own.streak is not None:
            told.append((_("Streak"), _evenings(found.own.streak)))
        for by, label in (("sku", _("Worst SKUs")), ("creator", _("Creators"))):
            if worst := [part for part in found.own.parts if part.by == by and part.bad][:_WORST]:
                told.append((label, _(", ").join(map(_part, worst))))
    if found.recovers_at is not None:
        told.append((_("Back by"), short_date(found.recovers_at.astimezone(zone).date())))
    told.extend((each.sku or "", f"{shown(each.exact, about.unit)}  {short_date(each.day)}") for each in found.skus[:3])
    marks = [*([_("assumed")] if about.assumed else []), *([_("conflicting")] if about.conflicting else [])]
    source = [about.source, *([year_date(about.as_of)] if about.as_of is not None else []), *marks]
    told.append((_("Source"), _(", ").join(part for part in source if part)))
    return told


def _evenings(count: int) -> str:
    return n_("{n} evening in a row", "{n} evenings in a row", count).format(n=count)


def _part(part: OwnPart) -> str:
    share = shown(Fraction(part.bad, part.total), "fraction")
    return _("{name} {share} ({bad} of {total})").format(name=part.name, share=share, bad=part.bad, total=part.total)


def of_alert(
    alert: Alert, types: dict[str, dict[str, str]], lines: Sequence[tuple[date, str]], cells: int
) -> list[Line]:
    """An alert: what, why, since when, what to do, and the buyers' words behind it."""
    told: list[Line] = [
        [Span("  "), Span(render(words.thing(alert, types)), "title")],
        *(
            [Span("  "), Span(row, "soon" if alert.loud else "text")]
            for row in wrap(render(words.because(alert)), cells - 4)
        ),
    ]
    if alert.ack is not None:
        until = alert.ack.until
        seen = _("Seen, quiet until it is worse.") if until is None else _("Quiet until {day}.")
        told.append([Span("  "), Span(seen.format(day="" if until is None else short_date(until)), "quiet")])
    advice = words.advice(alert)
    if advice is not None:
        told.append([Span("  "), Span(render(advice), "quiet")])
    told.append([])
    for day, said in lines[:_LINES]:
        for at, part in enumerate(wrap(said, cells - 4 - _NAME)[:2]):
            told.append([Span("  " + fit("" if at else short_date(day), _NAME), "quiet"), Span(part)])
    if len(lines) > _LINES:
        more = len(lines) - _LINES
        told.append([Span("  "), Span(n_("{n} more", "{n} more", more).format(n=more), "quiet")])
    return told
