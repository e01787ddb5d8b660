"""The clocks of a deal: by when what is to be done in its stage, and what happens if nothing is.

Rules are data. Where a stage has several, what is due is the platform's; an own goal beside it is the goal.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from typing import Literal, get_args

import msgspec

from workbench.core.creators.stages import Stage

#: What follows: nobody answers (a word again), the request lapses, content may have taken longer, the sample is lost.
OnTimeout = Literal["silence", "lapsed", "extended", "unfulfilled", "ends", "none"]
ON_TIMEOUT: tuple[OnTimeout, ...] = get_args(OnTimeout)


class DealClock(msgspec.Struct, frozen=True, kw_only=True):
    """One rule: in `stage` there is so much time from its beginning."""

    stage: Stage
    within: timedelta
    due_kind: Literal["platform", "own"] = "own"
    on_timeout: OnTimeout = "none"
    effective: date | None = None
    source: str = ""
    as_of: date | None = None
    assumed: bool = False
    conflicting: bool = False


class Running(msgspec.Struct, frozen=True, kw_only=True):
    """What runs in a stage: due when, of whose making, with what if it is missed; and the own goal beside it."""

    at: datetime | None = None
    kind: Literal["platform", "own"] | None = None
    on_timeout: OnTimeout | None = None
    rule: DealClock | None = None
    goal_at: datetime | None = None


def running(clocks: Iterable[DealClock], stage: Stage, since: datetime, zone: tzinfo) -> Running:
    """What runs in a `stage` that began at `since`; the first rule of each kind that is in force counts, the newest
    before older ones."""
    day = since.astimezone(zone).date()
    mine = [each for each in clocks if each.stage == stage and (each.effective is None or each.effective <= day)]
    mine.sort(key=lambda each: each.effective or date.min, reverse=True)
    platform = next((each for each in mine if each.due_kind == "platform"), None)
    own = next((each for each in mine if each.due_kind == "own"), None)
    found = platform or own
    if found is None:
        return Running()
    goal = since + own.within if own is not None and platform is not None else None
    return Running(
        at=since + found.within, kind=found.due_kind, on_timeout=found.on_timeout, rule=found, goal_at=goal
    )  # fmt: skip
