"""The ledger's part of the agenda: appeal windows, awaited answers, what is only announced, and drops of points."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from functools import cache, partial

from workbench.core.agenda import Due, Memo, Telling, Way
from workbench.core.place import Place
from workbench.core.policy import Policy
from workbench.core.saying import Refusal, Saying, say, say_n
from workbench.core.violations.appeals import file
from workbench.core.violations.clocks import Window, answer_by, expires_at, second_closes_from, window
from workbench.core.violations.ledger import Level, levels
from workbench.core.violations.model import Filing, ScoreStatement, Violation
from workbench.core.violations.policy import PointsPolicy
from workbench.output.violations.words import reason
from workbench.output.words import year_day

#: The command that acts on a violation.
ACT = "ledger.act"
ALARMS = (timedelta(hours=24), timedelta(hours=4), timedelta(hours=1))


def dues(
    violations: Collection[Violation], statements: Collection[ScoreStatement], rules: PointsPolicy, shop: Policy,
    now: datetime,
) -> Iterator[Due]:  # fmt: skip
    """What may still be appealed, what is asked, what expires; a window that has closed and points that are gone
    happen by themselves, in the past."""

    @cache
    def known() -> tuple[list[Level], datetime]:
        """The whole curve and when it last changed, reckoned once and only where it is told."""
        return levels(violations, statements, rules, shop), max(_changed(each) for each in violations)

    for violation in violations:
        found = window(violation, rules, shop)
        if found is not None:
            yield _window(violation, found, rules, shop, now)
        if violation.pending and not violation.void:
            yield from _pending(violation, found, rules, now)
        last = violation.appeals[-1] if violation.appeals else None
        if last is not None and last.result is None and not violation.void:
            yield _answer(violation, last, rules, shop, now)
        if violation.points and not violation.void and not violation.pending:
            yield Due(
                place=Place("violations", violation.id),
                step="expiry",
                at=expires_at(violation, rules, shop),
                turn=None,
                tell=partial(_drop, violation, rules, shop, known),
            )


def _window(violation: Violation, found: Window, rules: PointsPolicy, shop: Policy, now: datetime) -> Due:
    return Due(
        place=Place("violations", violation.id),
        step=f"appeal{found.number}",
        at=found.due_at,
        lapses_at=found.closes,
        kind="platform",
        turn="seller" if now < found.closes and not _asked(violation, found, now) else None,
        opened_at=found.opens,
        sheet=ACT,
        alarms=ALARMS,
        tell=partial(_appeal, violation, rules, shop),
    )


def _asked(violation: Violation, found: Window, now: datetime) -> bool:
    """Of a pending one past its deadline it is asked whether it is in force, and no longer whether it is appealed."""
    return violation.pending and found.due_at <= now


def _pending(violation: Violation, found: Window | None, rules: PointsPolicy, now: datetime) -> Iterator[Due]:
    """Whether it is in force by now: asked once its deadline is past, and nothing else is awaited."""
    if violation.appeals and violation.appeals[-1].result is None:
        return
    end = found.due_at if found is not None else violation.appeals[-1].decided_at or violation.issued_at
    yield Due(
        place=Place("violations", violation.id),
        step="pending",
        at=end,
        turn="platform",
        asks="pending",
        asks_since=end if end <= now else None,
        opened_at=violation.issued_at,
        sheet=ACT,
        dated=True,
        tell=partial(
            _question, violation, rules, say("Is it enforced?"), say("Until then its points do not count here.")
        ),
    )


def _answer(violation: Violation, last: Filing, rules: PointsPolicy, shop: Policy, now: datetime) -> Due:
    """Whether the platform has answered: asked from the day on which it should have."""
    at = answer_by(last, rules, shop)
    final = len(violation.appeals) >= rules.appeals.tries
    day = second_closes_from(last, rules).astimezone(shop.zone).date()
    follows = say("This decision is final.") if final else say("A second try could close on {day}.", day=year_day(day))
    return Due(
        place=Place("violations", violation.id),
        step=f"answer{len(violation.appeals)}",
        at=at,
        turn="platform",
        asks="appeal_answer",
        asks_since=at if at <= now else None,
        opened_at=last.filed_at,
        sheet=ACT,
        dated=True,
        tell=partial(_question, violation, rules, say("Appeal answered?"), follows),
    )


def _appeal(violation: Violation, rules: PointsPolicy, shop: Policy) -> Telling:
    if violation.pending:
        follows = say("If you do nothing, the right to appeal is gone and it may be enforced.")
    else:
        end = expires_at(violation, rules, shop).astimezone(shop.zone).date()
        follows = say(
            "If you do nothing, the right to appeal is gone and the points stay until {day}.", day=year_day(end)
        )
    return Telling(
        ref=violation.ref,
        what=say("Appeal violation"),
        otherwise=follows,
        too_late=say("The time the platform stated is over; try all the same."),
        thing=violation.ref,
        reason=reason(violation, rules),
        stake=_points(violation),
        points=violation.points,
        on_timeout="lapsed",
        memo=_memo(violation),
        ways=partial(_ways, violation, rules, shop),
    )


def _question(violation: Violation, rules: PointsPolicy, what: Saying, follows: Saying) -> Telling:
    return Telling(
        ref=violation.ref, what=what, otherwise=follows, thing=violation.ref, reason=reason(violation, rules),
        stake=_points(violation), points=violation.points, memo=_memo(violation),
    )  # fmt: skip


def _drop(
    violation: Violation, rules: PointsPolicy, shop: Policy, known: Callable[[], tuple[list[Level], datetime]]
) -> Telling:
    curve, changed_at = known()
    at = bisect_right(curve, expires_at(violation, rules, shop), key=lambda level: level.at)
    return Telling(
        ref=violation.ref,
        what=say("Points now {points}: {ref} expires", points=curve[at - 1].points, ref=violation.ref),
        memo=Memo(changed_at),
    )


def _points(violation: Violation) -> Saying:
    return say_n("{n} point", "{n} points", violation.points)


def _changed(violation: Violation) -> datetime:
    return max(event.at for event in violation.story)


def _memo(violation: Violation) -> Memo:
    return Memo(_changed(violation))


def _ways(violation: Violation, rules: PointsPolicy, shop: Policy, now: datetime, _until: datetime) -> tuple[Way, ...]:
    try:
        file(violation, now, now, rules, shop)
    except Refusal:  # the window opens only later
        return ()
    return (("appeal",),)
