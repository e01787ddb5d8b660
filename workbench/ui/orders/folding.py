"""Where not all orders have room, those of later days are folded: today's and what is late stand there in full, of each
day after it the first, and a row that says how many more there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import msgspec

from workbench.core.tickets.model import Ticket
from workbench.session.orders.shipping import ShipDay

#: The rows that a folded day keeps at least, that of the rest among them.
LEAST = 3


class FoldedDay(msgspec.Struct, frozen=True):
    """The orders of a day that are not shown."""

    day: date
    tickets: tuple[Ticket, ...]


def folds(
    days: Sequence[ShipDay], missing: int, today: date, rows: int, parted: bool, open: Collection[date]
) -> Mapping[date, int]:
    """How many orders stay of the days that are folded, on a list of so many `rows`; `open` are unfolded for good.

    `missing` are the rows of the last group; an empty row stands between groups where they are `parted`. Nothing is
    folded while all has room; the first of the later days has what room is left.
    """
    sizes = {day.day: len(day.tickets) for day in days}
    groups = len(sizes) + bool(missing)
    left = rows - sum(sizes.values()) - missing - (parted and groups - 1)
    later = [day for day in sizes if day is not None and day > today and day not in open and sizes[day] > LEAST]
    if left >= 0 or rows <= 0:
        return {}
    left += sum(sizes[day] - LEAST for day in later)
    found = {}
    for day in later:
        more = min(max(left, 0), sizes[day] - LEAST)
        left -= more
        if LEAST + more < sizes[day]:
            found[day] = LEAST + more - 1
    return found
