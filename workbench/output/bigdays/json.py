"""Plans of big days as the interface promises them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from workbench.core.bigdays.plan import Plan, PlanStep
from workbench.i18n import pick
from workbench.output.json import Document


def plans(found: Iterable[tuple[Plan, Sequence[PlanStep]]], today: date) -> Document:
    """The plans with their steps."""
    return {
        "plans": [
            {"event": plan.event, "day": plan.day.isoformat(), "steps": [_step(step, today) for step in steps]}
            for plan, steps in found
        ]
    }


def _step(step: PlanStep, today: date) -> Document:
    return {
        "id": step.ref,
        "title": pick(step.title),
        "begins": step.begins.isoformat(),
        "ends": step.ends.isoformat(),
        "state": step.state(today),
        "note": step.note,
        "wanted": pick(step.wanted) if step.wanted else None,
    }
