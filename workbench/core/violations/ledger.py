"""The ledger at an instant: points or score, what has been reached, and the exact step curve of what is to come.

Everything is read off one walk over the events (a violation is issued, its points expire, the platform's score is
stated), by all that is known now: a violation that was voided later is void as if it had never been.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from typing import Literal

import msgspec

from workbench.core.policy import Policy
from workbench.core.time import utc
from workbench.core.violations.clocks import expires_at
from workbench.core.violations.model import ScoreStatement, Violation
from workbench.core.violations.policy import PointsPolicy, Texts


class Level(msgspec.Struct, frozen=True):
    """From `at` on, `points`: one step of the curve."""

    at: datetime
    points: int


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A milestone as it stands. `reached_at` is when it was last come to, also where it is no longer reached."""

    points: int
    reached: bool
    reached_at: datetime | None
    penalty: Texts
    source: str = ""
    assumed: bool = False


class Ledger(msgspec.Struct, frozen=True, kw_only=True):
    """Where the shop stands `on` an instant. Counting down, `points` is the score and `limit` 0.

    `uncut` is `points` before the ends of the scale cut it. `headroom` is what is left to the limit; `next_milestone`
    the nearest not reached. `forecast` begins with `on` and has one entry a change until the last active point has
    expired. `stated` is the statement the score goes back to; without one it starts assumed.
    """

    on: datetime
    system: Literal["climb", "count_down"]
    points: int
    uncut: int
    limit: int
    revoked_at: datetime | None
    headroom: int
    next_milestone: int | None
    milestones: tuple[Mark, ...]
    forecast: tuple[Level, ...]
    stated: ScoreStatement | None
    assumed: bool

    @property
    def revoked(self) -> bool:
        """The limit was reached at or before `on`: for good, whatever has expired since."""
        return self.revoked_at is not None

    @property
    def next_drop(self) -> Level | None:
        """The next change for the better: points that drop, or a score that rises."""
        for before, after in pairwise(self.forecast):
            if (after.points < before.points) == (self.system == "climb"):
                return after
        return None


def ledger(
    violations: Iterable[Violation],
    statements: Iterable[ScoreStatement],
    rules: PointsPolicy,
    shop: Policy,
    on: datetime,
) -> Ledger:
    """The ledger at `on`, in the past or the future as well. Takes time in the number of events times its logarithm."""
    on = utc(on)
    steps = _steps(violations, statements, rules, shop)
    past = bisect_right(steps, on, key=lambda step: step[0])
    back = _look_back(steps[:past], rules)
    points = on_scale(back.uncut, rules)
    forecast = [Level(on, points)]
    for at, uncut, _ in steps[past:]:
        if (level := on_scale(uncut, rules)) != forecast[-1].points:
            forecast.append(Level(at, level))
    climb = rules.system == "climb"
    ahead = [milestone.points for milestone in rules.milestones if not reached(rules, points, milestone.points)]
    return Ledger(
        on=on,
        system=rules.system,
        points=points,
        uncut=back.uncut,
        limit=rules.limit,
        revoked_at=back.revoked_at,
        headroom=max(0, rules.limit - points if climb else points - rules.limit),
        next_milestone=(min if climb else max)(ahead, default=None),
        milestones=tuple(
            Mark(
                points=milestone.points,
                reached=reached(rules, points, milestone.points),
                reached_at=back.reached_at.get(milestone.points),
                penalty=milestone.penalty,
                source=milestone.source,
                assumed=milestone.assumed,
            )
            for milestone in rules.milestones
        ),
        forecast=tuple(forecast),
        stated=back.stated,
        assumed=rules.assumed or (not climb and back.stated is None),
    )


def levels(
    violations: Iterable[Violation], statements: Iterable[ScoreStatement], rules: PointsPolicy, shop: Policy
) -> list[Level]:
    """The whole curve, past and to come, by all that is known now: what the shop stands at from each change on."""
    return [Level(at, on_scale(uncut, rules)) for at, uncut, _ in _steps(violations, statements, rules, shop)]


def reached(rules: PointsPolicy, points: int, mark: int) -> bool:
    """Whether `points` have come to `mark`: at or above it, counting down at or below."""
    return points >= mark if rules.system == "climb" else points <= mark


def on_scale(level: int, rules: PointsPolicy) -> int:
    """The level as the platform's scale shows it: a score ends at the limit below and at the top above."""
    if rules.system == "climb":
        return level
    level = max(rules.limit, level)
    return level if rules.top is None else min(rules.top, level)


#: From an instant on, this level before it is cut to the scale; the statement that set it, if one did.
_Step = tuple[datetime, int, ScoreStatement | None]


def _steps(
    violations: Iterable[Violation], statements: Iterable[ScoreStatement], rules: PointsPolicy, shop: Policy
) -> list[_Step]:
    """Every instant at which something happens, in order, with the level from then on."""
    changes: defaultdict[datetime, int] = defaultdict(int)
    voided: list[tuple[Violation, datetime]] = []
    for violation in violations:
        if violation.pending:
            continue
        end = expires_at(violation, rules, shop)
        if violation.void:
            voided.append((violation, end))
        else:
            changes[violation.issued_at] += violation.points
            changes[end] -= violation.points
    if rules.system == "climb":
        return _climbing(changes)
    stated = {statement.at: statement for statement in sorted(statements, key=lambda s: (s.at, s.id))}
    return _counting_down(changes, stated, voided, rules.start)


def _climbing(changes: dict[datetime, int]) -> list[_Step]:
    level = 0
    steps: list[_Step] = []
    for at in sorted(changes):
        level += changes[at]
        steps.append((at, level, None))
    return steps


def _counting_down(
    changes: dict[datetime, int],
    stated: dict[datetime, ScoreStatement],
    voided: list[tuple[Violation, datetime]],
    start: int,
) -> list[_Step]:
    """A stated score holds the loss of every point the platform counted then; only what comes later changes it."""
    lost, whole = 0, start
    steps: list[_Step] = []
    for at in sorted(changes.keys() | stated.keys()):
        lost += changes.get(at, 0)
        statement = stated.get(at)
        if statement is not None:
            whole = statement.score + lost + _won_later(voided, at)
        steps.append((at, whole - lost, statement))
    return steps


def _won_later(voided: list[tuple[Violation, datetime]], at: datetime) -> int:
    """The points that a score stated `at` still lacked for violations that were voided only afterwards."""
    return sum(
        violation.points
        for violation, end in voided
        if violation.issued_at <= at < end and at <= (violation.appeals[-1].decided_at or at)
    )


class _Back(msgspec.Struct):
    """What the steps up to `on` have led to."""

    uncut: int
    revoked_at: datetime | None = None
    stated: ScoreStatement | None = None
    reached_at: dict[int, datetime] = {}


def _look_back(steps: list[_Step], rules: PointsPolicy) -> _Back:
    """Revoked from the first instant at which the limit is reached; a stated score begins the reckoning anew."""
    back = _Back(0 if rules.system == "climb" else rules.start)
    marks = [milestone.points for milestone in rules.milestones]
    for at, uncut, statement in steps:
        before, back.uncut = back.uncut, uncut
        if statement is not None:
            back.stated, back.revoked_at = statement, None
        if back.revoked_at is None and reached(rules, uncut, rules.limit):
            back.revoked_at = at
        if uncut != before and reached(rules, uncut, before):
            for mark in marks:
                if reached(rules, uncut, mark) and not reached(rules, before, mark):
                    back.reached_at[mark] = at
    return back
