"""Where a metric stands: its band, the gate it holds, the next one, and what follows from its counts.

The score is never computed: no formula of it is published. Orders are told only where a metric has counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import msgspec

from workbench.core import rates
from workbench.core.metrics.model import Band, Definition, Gate, Reading, TargetLine


class OwnPart(msgspec.Struct, frozen=True):
    """A figure of one SKU or creator: the bad ones of all."""

    by: Literal["sku", "creator"]
    name: str
    bad: int
    total: int


class Own(msgspec.Struct, frozen=True, kw_only=True):
    """What the shop's own records say. `value` None: too little is known. `unknown`: so many cases are left out,
    because nobody knows of them. `other`: by the other reading of which cases count. `rate`: with its misses, where
    cases are counted. `streak`: so many evenings running on which nothing was left. `parts`: the same by SKU and by
    creator, the worst first."""

    value: Fraction | None
    numerator: Fraction | None
    denominator: int | None
    unknown: int = 0
    other: Fraction | None = None
    rate: rates.RateReading | None = None
    streak: int | None = None
    parts: tuple[OwnPart, ...] = ()


class MetricStanding(msgspec.Struct, frozen=True, kw_only=True):
    """A metric today. `reading` is the last one of the shop; `line` what it is measured by."""

    metric: Definition
    reading: Reading | None
    history: tuple[Reading, ...]
    skus: tuple[Reading, ...]
    own: Own | None
    band: Band | None
    line: TargetLine | None
    held: Gate | None
    next: Gate | None
    misses_left: int | None = None
    needed: int | None = None
    forgives_at: datetime | None = None
    recovers_at: datetime | None = None

    @property
    def value(self) -> Fraction | None:
        """What it stands at: as it was read last, else by the own records."""
        if self.reading is not None:
            return self.reading.exact
        return None if self.own is None else self.own.value

    @property
    def day(self) -> date | None:
        """The day of the last reading."""
        return None if self.reading is None else self.reading.day

    @property
    def kept(self) -> bool | None:
        """Whether it keeps to its line; None where one of the two is not known."""
        return None if self.value is None or self.line is None else self.line.held(self.value)

    @property
    def ahead(self) -> Fraction | None:
        """How far it is on the good side of its line, below 0 on the other."""
        if self.value is None or self.line is None:
            return None
        off = self.value - Fraction(self.line.value)
        return off if self.metric.direction == "high" else -off


def standing(metric: Definition, readings: Iterable[Reading], own: Own | None, today: date) -> MetricStanding:
    """A metric by its readings up to today."""
    known = sorted((each for each in readings if each.day <= today), key=lambda each: each.day)
    history = tuple(each for each in known if each.sku is None)
    last = {each.sku: each for each in known if each.sku is not None}
    reading = history[-1] if history else None
    value = reading.exact if reading is not None else None if own is None else own.value
    held, next_gate = _gates(metric, value)
    line = metric.target or held or next_gate
    band = None if value is None else next((each for each in metric.bands if each.holds(value)), None)
    plain = MetricStanding(
        metric=metric, reading=reading, history=history, skus=tuple(last.values()), own=own, line=line, held=held,
        next=next_gate, band=band,
    )  # fmt: skip
    return _with_misses(plain)


def _gates(metric: Definition, value: Fraction | None) -> tuple[Gate | None, Gate | None]:
    """The tightest gate that is held, and the nearest that is not."""
    if value is None:
        return None, None

    def away(gate: Gate) -> Fraction:
        return abs(value - Fraction(gate.value))

    held = [gate for gate in metric.gates if gate.held(value)]
    others = [gate for gate in metric.gates if not gate.held(value)]
    return min(held, key=away, default=None), min(others, key=away, default=None)


def _with_misses(found: MetricStanding) -> MetricStanding:
    """With what is left: of the counts that were read, else of the own ones; days are known of the own ones alone. A
    reading without counts has none of it."""
    reading, own, metric = found.reading, found.own, found.metric
    rate = None if own is None else own.rate
    if rate is not None and (reading is None or reading.denominator):
        found = msgspec.structs.replace(
            found, misses_left=rate.misses_left, needed=rate.needed, forgives_at=rate.forgives_at,
            recovers_at=rate.recovers_at,
        )  # fmt: skip
    if reading is None or reading.numerator is None or not reading.denominator or metric.miss is None:
        return found
    if found.line is None or metric.unit != "fraction":
        return found
    target = rates.Target(found.line.op, Fraction(found.line.value))
    counts = reading.numerator, reading.denominator
    return msgspec.structs.replace(
        found, misses_left=rates.misses_left(*counts, target, metric.miss), needed=rates.needed(*counts, target),
        recovers_at=None if target.met(*counts) else found.recovers_at,
    )  # fmt: skip


def nearest(standings: Iterable[MetricStanding]) -> tuple[MetricStanding | None, MetricStanding | None]:
    """Of what makes up the score the metric that is nearest to losing its line, and the one nearest to reaching it,
    each by its share of it."""
    kept: list[tuple[Fraction, MetricStanding]] = []
    lost: list[tuple[Fraction, MetricStanding]] = []
    for each in standings:
        if each.ahead is None or each.line is None or each.metric.unit == "score" or each.metric.group == "own":
            continue
        share = abs(each.ahead) / (Fraction(each.line.value) or 1)
        (kept if each.kept else lost).append((share, each))
    return _least(kept), _least(lost)


def _least(some: list[tuple[Fraction, MetricStanding]]) -> MetricStanding | None:
    return min(some, key=lambda pair: pair[0])[1] if some else None


def shown(value: Fraction, unit: str) -> str:
    """A value as people read it: `1.26 %`, `26.5 h`, `4.2`."""
    if unit == "fraction":
        return f"{_digits(value * 100, 2)} %"
    if unit == "hours":
        return f"{_digits(value * 60, 1)} min" if 0 < value < 1 else f"{_digits(value, 1)} h"
    return _digits(value, 2)


def _digits(value: Fraction, places: int) -> str:
    text = f"{rounded(value, places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(value: Fraction, places: int) -> Decimal:
    """Half up."""
    scaled = value * 10**places
    whole = int(abs(scaled) + Fraction(1, 2))
    return Decimal(whole if scaled >= 0 else -whole).scaleb(-places)
