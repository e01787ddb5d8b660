"""Which appeal to file first: the order in which the open ones help most."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from workbench.core.policy import Policy
from workbench.core.violations.appeals import standing
from workbench.core.violations.ledger import Ledger, on_scale, reached
from workbench.core.violations.model import Violation
from workbench.core.violations.policy import PointsPolicy


class Option(msgspec.Struct, frozen=True):
    """An appeal that may be filed until `due_at`, and the points once it is won.

    `leaves` is the farthest milestone that winning would leave behind, None where it leaves none.
    """

    violation: Violation
    due_at: datetime
    tries_left: int
    points_after: int
    leaves: int | None


def plan(violations: Iterable[Violation], now: Ledger, rules: PointsPolicy, shop: Policy) -> tuple[Option, ...]:
    """The appeals open at the ledger's instant, the best first.

    Those that would bring the points below a milestone go first, closing soonest; then the others by what they bring.
    """
    found: list[tuple[tuple[object, ...], Option]] = []
    for violation in violations:
        stands = standing(violation, rules, shop, now.on)
        due = stands.appeal.due_at
        if stands.appeal.state not in ("open", "lost_first") or due is None:
            continue
        gain = violation.points if stands.state == "active" and violation.issued_at <= now.on else 0
        after = on_scale(now.uncut - gain if rules.system == "climb" else now.uncut + gain, rules)
        leaves = _left(now, after, rules)
        order = (1, -gain, due, violation.id) if leaves is None else (0, due, -gain, violation.id)
        found.append((order, Option(violation, due, stands.appeal.tries_left, after, leaves)))
    return tuple(option for _, option in sorted(found, key=lambda pair: pair[0]))


def _left(now: Ledger, after: int, rules: PointsPolicy) -> int | None:
    left = [mark.points for mark in now.milestones if mark.reached and not reached(rules, after, mark.points)]
    return (min if rules.system == "climb" else max)(left, default=None)
