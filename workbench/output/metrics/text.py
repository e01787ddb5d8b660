"""Metrics in words: one sentence, then a row each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from fractions import Fraction

from workbench.core.metrics.gates import Need, Opening
from workbench.core.metrics.model import TargetLine
from workbench.core.metrics.standing import MetricStanding, nearest, shown
from workbench.i18n import _, language, n_, pick
from workbench.output.cells import clean, pad, width
from workbench.output.words import short_date


def sentence(found: Sequence[MetricStanding]) -> str:
    """`Score 4.2, 0.2 above 4.0. Late dispatch is nearest to a line: one more miss is still fine.`"""
    return ("" if language() == "zh" else " ").join(sentences(found))


def sentences(found: Sequence[MetricStanding]) -> list[str]:
    """The score; what is nearest to losing its line; what is nearest to being back at it."""
    parts = [_score(found)]
    kept, lost = nearest(found)
    if kept is not None:
        near = _("{metric} is nearest to its line.").format(metric=clean(pick(kept.metric.name)))
        parts.append(near if kept.misses_left is None else _left(kept))
    if lost is not None:
        parts.append(_("{metric} is nearest to its line again.").format(metric=clean(pick(lost.metric.name))))
    return [part for part in parts if part]


def _left(found: MetricStanding) -> str:
    name, left = clean(pick(found.metric.name)), found.misses_left or 0
    if left == 0:
        return _("{metric}: the next miss crosses its line.").format(metric=name)
    text = n_("{metric}: {n} more miss is still fine.", "{metric}: {n} more misses are still fine.", left)
    return text.format(metric=name, n=left)


def _score(found: Sequence[MetricStanding]) -> str:
    first = next((each for each in found if each.metric.unit == "score" and each.metric.group == "platform"), None)
    if first is None or first.value is None:
        return _("No score was read yet.")
    score = shown(first.value, "score")
    gate = first.held or first.next
    if gate is None:
        return _("Score {score}.").format(score=score)
    off = shown(abs(first.value - Fraction(gate.value)), "score")
    text = _("Score {score}, {off} above {line}.") if first.held else _("Score {score}, {off} below {line}.")
    return text.format(score=score, off=off, line=shown(Fraction(gate.value), "score"))


def line_words(line: TargetLine | None, unit: str) -> str:
    """`under 1.2 %`, `over 90 %`, `at least 4`, `at most 24 h`."""
    if line is None:
        return ""
    if line.op == ">=" and line.value == 1 and unit == "fraction":
        return _("all")
    words = {"<": _("under {value}"), ">": _("over {value}"), "<=": _("at most {value}"), ">=": _("at least {value}")}
    return words[line.op].format(value=shown(Fraction(line.value), unit))


def opening_words(opening: Opening, zone: tzinfo) -> str:
    """`flash deals need Store rating at least 3 and under 36 points: open until 12 Dec`"""
    text = _("{opens} need {needs}: {state}")
    opens, state = clean(pick(opening.opens)), open_words(opening, zone)
    return text.format(opens=opens, needs=needs_words(opening), state=state)


def needs_words(opening: Opening) -> str:
    """`Store rating at least 3 and under 36 points`"""
    return _(" and ").join(_need(need) for need in opening.needs)


def open_words(opening: Opening, zone: tzinfo) -> str:
    """`open`, `closed until 12 Dec`, `open until 12 Dec at this pace`, `unknown`."""
    if opening.open is None:
        return _("unknown, nothing was read")
    turns = opening.turns
    if turns is None or turns.turns_at is None:
        return _("open") if opening.open else _("closed")
    day = short_date(turns.turns_at.astimezone(zone).date())
    text = _("open until {day}") if opening.open else _("closed until {day}")
    return text.format(day=day) + (_(" at this pace (assumed)") if turns.assumed else "")


def _need(need: Need) -> str:
    if need.metric is None:
        return _("under {n} points").format(n=need.below)
    return f"{clean(pick(need.metric.name))} {line_words(need.line, need.metric.unit)}"


def rows(found: Sequence[MetricStanding], zone: tzinfo) -> list[str]:
    """A row a metric: its name, value, day, line, misses left, when one is forgiven."""
    table = [_row(each, zone) for each in found if each.value is not None]
    if not table:
        return []
    widths = [max(width(row[n]) for row in table) for n in range(len(table[0]))]
    aligned = (
        "  ".join(pad(cell, cells, right=n == 1) for n, (cell, cells) in enumerate(zip(row, widths, strict=True)))
        for row in table
    )
    return [line.rstrip() for line in aligned]


def _row(found: MetricStanding, zone: tzinfo) -> tuple[str, ...]:
    metric, value = found.metric, found.value
    left = found.misses_left
    return (
        clean(pick(metric.name)),
        "" if value is None else shown(value, metric.unit),
        _("own figure") if found.day is None else short_date(found.day),
        line_words(found.line, metric.unit),
        "" if left is None else _("{n} left").format(n=left),
        "" if found.forgives_at is None else _("forgives {day}").format(
            day=short_date(found.forgives_at.astimezone(zone).date())
        ),
    )  # fmt: skip
