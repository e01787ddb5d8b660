"""The routines' part of the agenda: days of the shop, without a minute, again and again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, tzinfo
from functools import partial

from workbench.core.agenda import Due, Memo, Repeats, Telling
from workbench.core.place import Place
from workbench.core.routines.model import Routine
from workbench.core.routines.periods import WEEK, Grid, Repeat
from workbench.core.saying import say
from workbench.core.time import midnight

#: The command that ticks it off.
TICK = "today.tick"
_REPEATS: dict[Grid, Repeats] = {"monday": "weekly", "month": "monthly", "quarter": "quarterly"}


def dues(routines: Iterable[Routine], zone: tzinfo) -> Iterator[Due]:
    """Each from its next day on."""
    for routine in routines:
        if routine.next is None:
            continue
        yield Due(
            place=Place("routines", routine.id),
            step="routine",
            all_day=routine.next,
            kind="own",
            aside=True,
            sheet=TICK,
            alarms=(timedelta(hours=-9),),
            repeats=_repeats(routine.way),
            tell=partial(_told, routine, routine.next, zone),
        )


def _repeats(way: Repeat) -> Repeats:
    """How a calendar may repeat it by itself; what counts from the last time cannot be known beforehand."""
    if way.grid is not None:
        return _REPEATS[way.grid]
    return "weekly" if way.after == WEEK.days else ""


def _told(routine: Routine, next: date, zone: tzinfo) -> Telling:
    return Telling(
        ref=f"routine-{routine.id}",
        what=say("{name}", name=routine.name),
        otherwise=say("Tick it off in workbench when it is done."),
        memo=_memo(routine.last, next, zone),
    )


def _memo(last: date | None, next: date, zone: tzinfo) -> Memo:
    at: datetime = midnight(last or next, zone)
    return Memo(at, never_done=last is None)
