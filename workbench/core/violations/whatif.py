"""What if: a violation that has not happened, an appeal that has not been won, and what would be different.

Nothing is recorded. The hypothetical violations go into the same `ledger`, and `compare` lays the two side by side.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

import msgspec

from workbench.core.violations.ledger import Ledger, reached
from workbench.core.violations.model import Filing, Violation
from workbench.core.violations.policy import PointsPolicy, Right


class Stay(msgspec.Struct, frozen=True):
    """How long a milestone is reached: from the first instant of the forecast at which it is, and from when on it is
    left for good. None where that never comes."""

    reached_at: datetime | None
    clear_at: datetime | None


class MilestoneChange(msgspec.Struct, frozen=True):
    """A milestone as it is now and as it would be. `lifted`: its penalty would be as if it had never been."""

    points: int
    now: Stay
    then: Stay
    lifted: bool


class RightChange(msgspec.Struct, frozen=True):
    """A right, and whether the shop has it now and would have it."""

    right: Right
    now: bool
    then: bool


class WhatIf(msgspec.Struct, frozen=True):
    """The ledger as it is and as it would be, with what differs."""

    now: Ledger
    then: Ledger
    milestones: tuple[MilestoneChange, ...]
    rights: tuple[RightChange, ...]


def won(violations: Iterable[Violation], ids: Collection[int], at: datetime) -> list[Violation]:
    """The violations as if the appeals of these had been accepted at `at`."""
    return [_accepted(violation, at) if violation.id in ids else violation for violation in violations]


def _accepted(violation: Violation, at: datetime) -> Violation:
    filings = violation.appeals
    if filings and filings[-1].result is None:
        last, before = filings[-1], filings[:-1]
    else:
        last, before = Filing(filed_at=at, answer_by=at), filings
    accepted = msgspec.structs.replace(last, result="accepted", decided_at=at)
    return msgspec.structs.replace(violation, appeals=(*before, accepted))


def compare(now: Ledger, then: Ledger, rules: PointsPolicy) -> WhatIf:
    """Both ledgers are of the same rules and the same instant."""
    return WhatIf(
        now,
        then,
        tuple(
            MilestoneChange(
                old.points, stay(now, rules, old.points), stay(then, rules, old.points),
                old.reached_at is not None and (new.reached_at is None or new.reached_at < old.reached_at),
            )
            for old, new in zip(now.milestones, then.milestones, strict=True)
        ),
        tuple(RightChange(right, has(now, rules, right), has(then, rules, right)) for right in rules.rights),
    )  # fmt: skip


def stay(ledger: Ledger, rules: PointsPolicy, mark: int) -> Stay:
    """When the forecast comes to `mark`, and from when on it has left it for good."""
    first, clear = None, None
    for level in ledger.forecast:
        if reached(rules, level.points, mark):
            first, clear = first or level.at, None
        else:
            clear = clear or level.at
    return Stay(first, clear)


def has(ledger: Ledger, rules: PointsPolicy, right: Right) -> bool:
    """Whether the shop has the right; a revoked one has none."""
    return not ledger.revoked and not reached(rules, ledger.points, right.below)
