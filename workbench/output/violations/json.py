"""Violations, the ledger and their sums as the JSON of the scripting interface."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workbench.core.deadline import Step
from workbench.core.policy import TimeSpan
from workbench.core.violations.appeals import ViolationStanding
from workbench.core.violations.clocks import Why
from workbench.core.violations.ledger import Ledger, Level
from workbench.core.violations.model import Evidence, Violation
from workbench.core.violations.plan import Option
from workbench.i18n import _, pick
from workbench.output.json import Document, Shaper, step_text
from workbench.output.reasons import span


def violation(shape: Shaper, entry: Violation, stands: ViolationStanding, checklist: Iterable[Evidence]) -> Document:
    """A violation as the interface promises it, as it stands at some instant."""
    appeal = stands.appeal
    return {
        "id": entry.ref,
        "ref": entry.platform_id,
        "points": entry.points,
        "reason": entry.reason,
        "note": entry.note,
        "issued_at": shape.time(entry.issued_at),
        "expires_at": shape.time(stands.expires_at),
        "state": stands.state,
        "announced_at": shape.time(entry.announced),
        "expires_other": shape.time(stands.expires_other),
        "stated_due": shape.time(entry.stated_due),
        "appeal": {
            "state": appeal.state,
            "tries_left": appeal.tries_left,
            "due_at": shape.time(appeal.due_at),
            "filed_at": shape.time(appeal.filed_at),
            "answer_by": shape.time(appeal.answer_by),
        },
        "evidence": [{"item": each.item, "done": each.done, "file": each.path} for each in checklist],
    }


def ledger(shape: Shaper, stands: Ledger, violations: Sequence[Document]) -> Document:
    """The ledger at its instant, with the violations as documents."""
    return {
        "system": stands.system,
        "points": stands.points,
        "limit": stands.limit,
        "revoked": stands.revoked,
        "headroom": stands.headroom,
        "next_milestone": stands.next_milestone,
        "milestones": [
            {
                "points": mark.points,
                "reached": mark.reached,
                "penalty": pick(mark.penalty),
                "source": mark.source or None,
                "assumed": mark.assumed,
            }
            for mark in stands.milestones
        ],
        "forecast": [_level(shape, level) for level in stands.forecast],
        "violations": violations,
        "assumed": stands.assumed,
    }


def points(shape: Shaper, stands: Ledger) -> Document:
    """The points in the morning brief."""
    drop = stands.next_drop
    return {
        "points": stands.points,
        "next_drop": None if drop is None else _level(shape, drop),
        "headroom": stands.headroom,
        "next_milestone": stands.next_milestone,
        "revoked": stands.revoked,
    }


def appeal(shape: Shaper, option: Option) -> Document:
    """An open appeal in the morning brief."""
    return {
        "id": option.violation.ref,
        "due_at": shape.time(option.due_at),
        "tries_left": option.tries_left,
        "points": option.violation.points,
    }


def why(shape: Shaper, found: Why | None) -> Document:
    """The sum behind what is due next of a violation; nothing is due of a void one."""
    if found is None:
        return {"due_at": None, "due_kind": None, "steps": []}
    return {
        "due_at": shape.time(found.due_at),
        "due_kind": "platform",
        "steps": [
            {
                "what": step.what,
                "at": shape.time(step.at),
                "seconds": step.seconds,
                "text": why_text(found, step),
                "rule": found.rule,
                "source": found.source or None,
                "as_of": found.as_of.isoformat() if found.as_of else None,
                "assumed": found.assumed,
            }
            for step in found.steps
        ],
    }


def why_text(found: Why, step: Step) -> str:
    """What a step of the sum does, in words."""
    if step.name == "day_only":
        return _("only the day is known: from its 00:00") if step.what == "start" else _("the day itself, in full")
    if step.what == "run" and found.about != "answer":
        return _("{span} run").format(span=span(TimeSpan(round(step.seconds / 86400), "d")))
    return step_text(step, None)


def _level(shape: Shaper, level: Level) -> Document:
    return {"at": shape.time(level.at), "points": level.points}
