"""The settings of routines: their names, and how each repeats."""

from datetime import timedelta
from typing import Annotated, Literal

import msgspec

from workbench.config.forms import NAME, Texts, Word
from workbench.config.tables import Rows, TableForm
from workbench.config.values import Duration
from workbench.core.routines.periods import Repeat
from workbench.core.saying import Saying, say


class WrittenRoutine(msgspec.Struct, frozen=True, kw_only=True):
    """A routine on the first screen."""

    id: Annotated[str, NAME, say("Its fixed name.")]
    name: Annotated[dict[str, str], Texts(), say("Its name on the screen.")]
    every: Annotated[
        Literal["week", "monday", "quarter"] | None,
        Word("week", "monday", "quarter"),
        say("How often it comes up, in older words: week is after 7d, the others are a grid."),
    ] = None
    after: Annotated[timedelta | None, Duration(), say("So long after the last time.")] = None
    grid: Annotated[
        Literal["monday", "month", "quarter"] | None,
        Word("monday", "month", "quarter"),
        say("On Mondays, on the first of a month or of a quarter; what was missed is counted."),
    ] = None
    each: Annotated[Literal["live"] | None, Word("live"), say("Once for each live.")] = None
    due_from: Annotated[timedelta, Duration(), say("So long after its day it is due; left out: on its day.")] = (
        timedelta()
    )
    late_from: Annotated[
        timedelta | None, Duration(), say("So long after its day it is late; left out: when the next one is due.")
    ] = None

    @property
    def way(self) -> Repeat:
        """How it repeats; whole days, what is begun counts."""
        if self.every is not None:
            found = Repeat.every(self.every)
        else:
            found = Repeat(after=_days(self.after), grid=self.grid, each=self.each)
        return msgspec.structs.replace(
            found, due_from=_days(self.due_from) or 0, late_from=_days(self.late_from)
        )  # fmt: skip


def _days(span: timedelta | None) -> int | None:
    return None if span is None else -(-span // timedelta(days=1))


def _one_way(routine: WrittenRoutine) -> Saying | None:
    """What is wrong with how often it comes up."""
    ways = (routine.every, routine.after, routine.grid, routine.each)
    if sum(way is not None for way in ways) != 1:
        return say("Say how it repeats in one way: after, grid or each.")
    if routine.after is not None and not routine.after:
        return say("Nothing repeats after no time.")
    return None


ROUTINES = Rows(TableForm(WrittenRoutine, check=_one_way), unique="id")
