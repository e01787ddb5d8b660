"""What is open and what is closed: lines of a metric, and beside them points, with the day on which that turns.

Of points the ledger's forecast knows the day. Of a metric nobody does: by its pace, the straight line through its
first and last reading of the days shown, a day is told as *assumed*, and no further ahead than was looked back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil

import msgspec

from workbench.core.metrics.model import Definition, Reading, TargetLine, Texts

#: The days whose readings make a pace, and how far ahead it is followed.
PACED = timedelta(days=30)
#: Two readings are no pace.
_LEAST = 3


class Need(msgspec.Struct, frozen=True, kw_only=True):
    """One of the things that must hold: whether it does (None: unknown), and from when on that is otherwise.

    `metric` and `line` are of a metric; of points `below` is the number that must not be reached. `assumed`: that
    instant is of the pace."""

    metric: Definition | None = None
    line: TargetLine | None = None
    below: int | None = None
    held: bool | None
    turns_at: datetime | None = None
    assumed: bool = False


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """What needs all of `needs`."""

    opens: Texts
    tools: tuple[str, ...]
    needs: tuple[Need, ...]

    @property
    def open(self) -> bool | None:
        """Whether all holds; None where one of them is unknown and none is known to fail."""
        held = [need.held for need in self.needs]
        return False if False in held else None if None in held else True

    @property
    def turns(self) -> Need | None:
        """What turns it first: of what is open the first to fail; of what is closed the last to come back, where it is
        known when each of them does."""
        if self.open is None:
            return None
        if self.open:
            ends = [need for need in self.needs if need.turns_at is not None]
            return min(ends, key=_when, default=None)
        failing = [need for need in self.needs if not need.held]
        return max(failing, key=_when) if all(need.turns_at is not None for need in failing) else None

    @property
    def until(self) -> datetime | None:
        """Until when it is open, or closed; None where nobody knows."""
        return None if self.turns is None else self.turns.turns_at


def _when(need: Need) -> datetime:
    assert need.turns_at is not None
    return need.turns_at


def crossed(history: Sequence[Reading], line: TargetLine, today: date) -> date | None:
    """The day on which the line is crossed at the pace of the last days, one way or the other; None where it is not
    going there, or not as soon as it was looked back."""
    shown = [each for each in history if today - PACED < each.day <= today]
    if len(shown) < _LEAST or shown[0].day == shown[-1].day:
        return None
    first, last = shown[0], shown[-1]
    pace = (last.exact - first.exact) / (last.day - first.day).days
    off = Fraction(line.value) - last.exact
    if not pace or not off or (off > 0) != (pace > 0):
        return None
    days = ceil(off / pace)
    found = last.day + timedelta(days=days)
    return found if today < found <= today + PACED else None
