"""When each routine was done last."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from workbench.core.saying import say
from workbench.session.table import NOTHING, Merge, StoredTable

ROUTINES = "routines"


class RoutineDone(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The shop day on which a routine of the settings was ticked off last, and some `earlier` ones, newest first. `at`
    is the instant of that tick; older records do not have it."""

    id: int
    routine: str
    day: date
    earlier: tuple[date, ...] = ()
    at: datetime | None = None


TABLES = (
    StoredTable(
        name=ROUTINES,
        type=RoutineDone,
        word=say("routines"),
        ref=NOTHING,
        archive=NOTHING,
        pointers=(),
        merge=Merge(name=lambda done: done.routine, latest=lambda done: done.day),
        forget=NOTHING,
        check=NOTHING,
        way_back="goes",
        export="csv",
        tally=NOTHING,
    ),
)
