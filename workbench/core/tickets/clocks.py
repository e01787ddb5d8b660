"""From a rule and a beginning to a deadline, with every step of the sum recorded.

The steps add up: the first stands at the beginning, each later one `seconds` after the one before, the last at the
deadline. So whoever doubts a minute can add it up again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from msgspec.structs import replace

from workbench.core.deadline import Deadline, Step
from workbench.core.hours import after
from workbench.core.kinds import Kind, Stage
from workbench.core.money import Money
from workbench.core.policy import Policy, Rule
from workbench.core.tickets.stages import MONEY_KINDS
from workbench.core.time import at_local, day_ends, due_day
from workbench.core.turns import DueKind
from workbench.core.workdays import seconds_between, walk

#: The stages that the seller wants cleared on the day.
CLEARED: frozenset[Stage] = frozenset(("decide", "inspect"))
#: When lives run: from, to.
Lives = Sequence[tuple[datetime, datetime]]
#: Whose deadline counts where a stage has several: the platform's, else the rate's, else the seller's own goal.
STRENGTH: tuple[DueKind, ...] = ("platform", "rate", "own")


def deadline_of(
    policy: Policy,
    kind: Kind,
    stage: Stage,
    since: datetime,
    largest: Money | None,
    floor: datetime | None = None,
    shown: datetime | None = None,
    first: datetime | None = None,
    channel: str | None = None,
) -> Deadline:
    """The deadline of `stage` entered at `since`; one without an instant where the market has no rule for it.

    `floor` is the earliest instant it can fall on: a cancel request that a file shows as still pending, its own time
    unknown. `first` is when the first file showed it; it can have begun as late as that. `shown` is when an import
    first showed it. A message has its goal by its `channel`, in open hours.
    """
    found = _by_rules(policy, kind, stage, since, largest, floor)
    if floor is not None and found.at is not None and (rule := policy.rule(found.rule)) is not None:
        latest = run(policy, rule, first or floor)[-1].at
        found = replace(found, latest=max(latest, found.at))
    if kind == "message" and stage == "reply" and found.kind != "own":
        found = replace(found, goal_at=message_goal(policy, since, channel) or found.goal_at)
    return replace(found, goal_at=_goal(policy, kind, stage, since, found, shown))


def _by_rules(
    policy: Policy, kind: Kind, stage: Stage, since: datetime, largest: Money | None, floor: datetime | None
) -> Deadline:
    begin = since.astimezone(policy.zone).date()
    if stage == "check":
        rules = policy.decide_rules(largest, begin)
        if not rules:
            return Deadline(policy.fingerprint)
        runs = [(run(policy, rule, since), rule) for rule in rules]
        steps, rule = min(runs, key=lambda found: found[0][-1].at)
        return _ruled(policy, rule, steps, assumed=True)
    chosen = policy.choose(kind, stage, largest, begin)
    kinds = [due_kind for due_kind in STRENGTH if due_kind in chosen]
    if not kinds:
        return Deadline(policy.fingerprint)
    rule = chosen[kinds[0]]
    steps = run(policy, rule, since)
    if rule.weekend is not None and (until := weekend_end(policy, rule, since)) is not None:
        steps = (steps[0], Step("run", until, seconds_between(since, until)))
    if floor is not None and steps[-1].at < floor:
        steps += (Step("run", floor, seconds_between(steps[-1].at, floor), "floor"),)
    goal = run(policy, chosen["own"], since)[-1].at if "own" in chosen and kinds[0] != "own" else None
    return _ruled(policy, rule, steps, assumed=rule.assumed, goal=goal)


def message_goal(policy: Policy, since: datetime, channel: str | None, lives: Lives = ()) -> datetime | None:
    """By when the seller means to answer: so much of the open hours after `since`; None where no goal is set. While
    one of the `lives` runs, he is open."""
    goals = policy.messages.goals
    span = goals.get(channel or "chat") or goals.get("chat")
    return None if span is None else after(since, span, policy.messages.hours, policy.zone, lives)


def in_live(deadline: Deadline, policy: Policy, since: datetime, channel: str | None, lives: Lives) -> Deadline:
    """The deadline of a message with the goal that running lives of its content bring forward."""
    goal = message_goal(policy, since, channel, lives)
    if deadline.goal_at is None or goal is None or deadline.source == "stated" or goal >= deadline.goal_at:
        return deadline
    return replace(deadline, goal_at=goal)


def weekend_end(policy: Policy, rule: Rule, begun_at: datetime) -> datetime | None:
    """Until when what began at a weekend may be answered, where the rule has a weekend of its own."""
    local = begun_at.astimezone(policy.zone)
    if rule.weekend is None or local.weekday() < 5:
        return None
    weekday, minute = rule.weekend
    day = local.date() + timedelta(days=(weekday - local.weekday()) % 7)
    return at_local(datetime.combine(day, time(minute // 60, minute % 60)), policy.zone)


def stated(
    policy: Policy, at: datetime, by: str, kind: Kind, stage: Stage, since: datetime, shown: datetime | None = None
) -> Deadline:
    """A deadline that somebody stated: it beats every rule while the stage lasts.

    What follows on timeout, and of which kind the deadline is, is still what the market's rules say of the stage.
    """
    chosen = policy.choose(kind, stage, None, since.astimezone(policy.zone).date())
    rule = next((chosen[due_kind] for due_kind in STRENGTH if due_kind in chosen), None)
    found = Deadline(
        policy.fingerprint,
        at,
        rule.due_kind if rule else "platform",
        "stated",
        on_timeout=rule.on_timeout if rule else None,
        steps=(Step("stated", at, 0, by),),
    )
    return again(found, policy, kind, stage, since, shown)


def again(
    deadline: Deadline, policy: Policy, kind: Kind, stage: Stage, since: datetime, shown: datetime | None = None
) -> Deadline:
    """A stated deadline under another policy: it stays, its goal does not."""
    return replace(
        deadline,
        policy=policy.fingerprint,
        goal_at=_goal(policy, kind, stage, since, replace(deadline, goal_at=None), shown),
    )


def goal_of(
    policy: Policy, kind: Kind, stage: Stage, since: datetime, due: datetime | None, shown: datetime | None
) -> datetime | None:
    """The goal that a stay had which is over, by its beginning and its deadline; None where no goal is set."""
    return _goal(policy, kind, stage, since, Deadline(policy.fingerprint, due), shown)


def _goal(
    policy: Policy, kind: Kind, stage: Stage, since: datetime, found: Deadline, shown: datetime | None
) -> datetime | None:
    """By when the seller wants it done. A request is decided, and a return inspected, by the earliest of its deadline,
    the goal's hours, and the end of the shop day on which it came early enough; one that an import showed only after
    that, on the day of the import. A day that does not count gives way to the end of the next that does."""
    goals = policy.goals
    if goals is None or stage not in CLEARED or kind not in MONEY_KINDS:
        return found.goal_at
    zone = policy.zone
    ends = [since + timedelta(hours=goals.hours), *(at for at in (found.at, found.goal_at) if at is not None)]
    local = since.astimezone(zone)
    if local.time() < goals.clear_by:
        ends.append(day_ends(local.date(), zone))
    goal = min(ends)
    if shown is not None and shown >= goal:
        goal = day_ends(shown.astimezone(zone).date(), zone)
    day = due_day(goal, zone)
    if day.weekday() in goals.days:
        return goal
    while day.weekday() not in goals.days:
        day += timedelta(days=1)
    end = day_ends(day, zone)
    return end if found.at is None or found.at < goal else min(end, found.at)


def run(policy: Policy, rule: Rule, since: datetime) -> tuple[Step, ...]:
    """The steps from `since` to the end of the rule's time."""
    return walk(policy, rule.within, since)


def _ruled(
    policy: Policy, rule: Rule, steps: tuple[Step, ...], *, assumed: bool, goal: datetime | None = None
) -> Deadline:
    return Deadline(
        policy.fingerprint,
        steps[-1].at,
        rule.due_kind,
        "rule",
        rule.id,
        assumed,
        rule.on_timeout,
        goal,
        steps,
    )
