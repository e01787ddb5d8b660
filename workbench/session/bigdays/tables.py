"""The tables of big days: plans that were started, and their steps."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import msgspec

from workbench.core.bigdays.plan import Plan, PlanStep
from workbench.core.saying import say
from workbench.session.table import NOTHING, Archiving, Merge, Pointer, StoredTable

PLANS = "plans"
STEPS = "steps"

#: How long a plan stays after its day, so that next year's can be laid beside it.
STAYS = timedelta(days=500)


class _Day(msgspec.Struct):
    day: date


class _Ends(msgspec.Struct):
    ends: date


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


TABLES = (
    StoredTable(
        name=PLANS,
        type=Plan,
        word=say("plans"),
        ref=NOTHING,
        archive=Archiving(_Day, lambda plan: _moment(plan.day), STAYS),
        pointers=(),
        merge=Merge(name=lambda plan: (plan.event, plan.day), latest=lambda plan: plan.started_at, told=True),
        forget=NOTHING,
        check=NOTHING,
        way_back="goes",
        export="csv",
        tally=NOTHING,
    ),
    StoredTable(
        name=STEPS,
        type=PlanStep,
        word=say("steps"),
        ref="S",
        archive=Archiving(_Ends, lambda step: _moment(step.ends), STAYS),
        pointers=(
            Pointer(PLANS, lambda step: step.plan, lambda step, number: msgspec.structs.replace(step, plan=number)),
        ),
        merge=Merge(
            name=lambda step: (step.plan, step.key),
            latest=lambda step: step.told_at,
            alike=lambda ours, theirs: ours.key == theirs.key,
            told=True,
        ),
        forget=NOTHING,  # the seller's own plans
        check=NOTHING,
        way_back="goes",
        export="csv",
        tally=NOTHING,
    ),
)
