"""Metrics as the interface promises them. Fractions are strings with six decimals, other values numbers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from workbench.core.metrics.model import Band, Definition, Gate, Reading
from workbench.core.metrics.standing import MetricStanding, Own, OwnPart, rounded
from workbench.core.rates import six
from workbench.i18n import pick
from workbench.output.json import Document, Shaper


def score(shaper: Shaper, found: Sequence[MetricStanding], eligible: bool | None) -> Document:
    """All metrics, and the score as it was read last."""
    first = next((each for each in found if each.metric.unit == "score" and each.metric.group == "platform"), None)
    return {
        "metrics": [metric(shaper, each) for each in found],
        "score": {
            "value": None if first is None else _value(first.metric, first.value),
            "weights": None if first is None or not first.metric.weight else pick(first.metric.weight),
            "assumed": first is None or first.metric.assumed,
        },
        "eligible": eligible,
    }


def metric(shaper: Shaper, found: MetricStanding) -> Document:
    """One metric as it stands."""
    about = found.metric
    return {
        "id": about.id,
        "name": pick(about.name),
        "group": about.group,
        "value": None if found.reading is None else _value(about, found.reading.exact),
        "day": None if found.day is None else found.day.isoformat(),
        "window": about.window,
        "unit": about.unit,
        "direction": about.direction,
        "target": None
        if found.line is None
        else {"op": found.line.op, "value": _value(about, Fraction(found.line.value))},
        "band": _band(about, found.band),
        "held_gate": _gate(found, found.held),
        "next_gate": _gate(found, found.next),
        "misses_left": found.misses_left,
        "needed": found.needed,
        "forgives_at": shaper.time(found.forgives_at),
        "recovers_at": shaper.time(found.recovers_at),
        "history": [_reading(about, each) for each in found.history],
        "skus": [_reading(about, each) | {"sku": each.sku} for each in found.skus],
        "own": _own(about, found.own),
        "source": about.source or None,
        "as_of": None if about.as_of is None else about.as_of.isoformat(),
        "assumed": about.assumed,
        "conflicting": about.conflicting,
    }


def _reading(about: Definition, each: Reading) -> Document:
    return {"day": each.day.isoformat(), "value": _value(about, each.exact)}


def _band(about: Definition, band: Band | None) -> Document | None:
    if band is None:
        return None
    low, high = (None if end is None else _value(about, Fraction(end)) for end in (band.low, band.high))
    return {"from": low, "to": high, "name": pick(band.name)}


def _gate(found: MetricStanding, gate: Gate | None) -> Document | None:
    if gate is None:
        return None
    about, value, line = found.metric, found.value, Fraction(gate.value)
    distance = None if value is None else _value(about, abs(value - line))
    return {"value": _value(about, line), "op": gate.op, "opens": pick(gate.opens), "distance": distance}


def _own(about: Definition, own: Own | None) -> Document | None:
    if own is None:
        return None
    counted = about.unit == "fraction"
    whole = None if own.numerator is None else int(own.numerator) if counted else float(rounded(own.numerator, 6))
    return {
        "value": _value(about, own.value),
        "numerator": whole,
        "denominator": own.denominator,
        "unknown": own.unknown,
        "other": _value(about, own.other),
        "streak": own.streak,
        "by_sku": [_part(part) for part in own.parts if part.by == "sku"],
        "by_creator": [_part(part) for part in own.parts if part.by == "creator"],
    }


def _part(part: OwnPart) -> Document:
    return {
        part.by: part.name, "value": six(Fraction(part.bad, part.total)), "numerator": part.bad,
        "denominator": part.total,
    }  # fmt: skip


def _value(about: Definition, value: Fraction | None) -> str | float | None:
    if value is None:
        return None
    return six(value) if about.unit == "fraction" else float(rounded(value, 6))
