"""The metrics of a market, built from the settings: its own first, then what generic says beside them, as assumed."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from workbench.config.metric_tables import METRICS, MetricRow, WrittenLine
from workbench.config.policies import known
from workbench.config.settings import Settings
from workbench.core.metrics.model import Band, Definition, Eligible, Gate, TargetLine
from workbench.core.policy import GENERIC


def metrics(settings: Settings, market: str | None = None, today: date = date.max) -> tuple[Definition, ...]:
    """The metrics of `market` (the shop's where left out) as they are defined `today`, each id once: the platform's
    before own goals."""
    market = known(market or settings.shop.market)
    found = {each.id: each for each in _written(settings, market, today)}
    if market != GENERIC:
        for each in _written(settings, GENERIC, today):
            own = each.group == "own"  # a goal of the seller's own is as sure in every market
            found.setdefault(each.id, each if own else msgspec.structs.replace(each, assumed=True))
    shown = [each for each in found.values() if not each.off]
    return tuple(sorted(shown, key=lambda each: (each.group != "platform", each.unit != "score")))


def _written(settings: Settings, market: str, today: date) -> list[Definition]:
    """Of several that are dated the newest that is in force; in the order in which they are written."""
    found: dict[str, Definition] = {}
    for each in map(_definition, METRICS.read(settings.raw_part(market, "metrics") or [])):
        before = found.get(each.id)
        if _since(each) <= today and (before is None or _since(before) <= _since(each)):
            found[each.id] = each
    return list(found.values())


def _since(each: Definition) -> date:
    return each.effective or date.min


def _definition(row: MetricRow) -> Definition:
    fields: dict[str, Any] = msgspec.structs.asdict(row)
    fields |= {
        "window": None if row.window is None else row.window.days,
        "target": None if row.target is None else _line(row.target),
        "bands": tuple(Band(low=each.low, high=each.high, name=each.name) for each in row.bands),
        "eligible": None if row.eligible is None else Eligible(row.eligible.delivered, row.eligible.within.days),
        "gates": tuple(Gate(each.line.op, each.line.value, each.opens, each.tools) for each in row.gates),
    }
    return Definition(**fields)


def _line(bound: WrittenLine) -> TargetLine:
    return TargetLine(bound.op, bound.value)
