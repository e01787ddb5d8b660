"""The daily tally: what a shop day adds up to in the archive and in the orders kept, so that nobody reads those for it.

One record a day for the last 100 days, sparse: counters by name. It is written in the save that archives, takes out
again or keeps orders, never by a transaction. What it counts is declared by the tables; where that, or the zone in
which days are told apart, is another than the one it was written with, it is reckoned anew, once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from workbench.storage.archive import Archive, Moves
from workbench.storage.format import Raw, to_json
from workbench.storage.meta import TALLY

DAYS = 100
#: The number of the head: no shop day has it, each has its ordinal.
HEAD = 1

#: How much of what, on which shop day; the name is that of its table and of the counter.
Count = tuple[date, str, int]
Changes = Mapping[int, Raw | None]


class TallyHead(msgspec.Struct, frozen=True):
    """Which counters the days hold, and the zone of the days."""

    counters: tuple[str, ...]
    zone: str


class TallyDay(msgspec.Struct, frozen=True):
    """What a shop day adds up to; a counter that is left out is 0."""

    day: date
    counts: dict[str, int]


class Counting(msgspec.Struct, frozen=True):
    """What is counted today: `of` is what an archived record of a table counts for, nothing for a damaged one; `kept`
    what the orders kept of a month add up to from a day on, which may be so long after that month as `reach`."""

    head: TallyHead
    tables: frozenset[str]
    of: Callable[[str, Raw], Iterable[Count]]
    kept: Callable[[Sequence[Raw], date], Iterable[Count]] = lambda _rows, _since: ()
    reach: timedelta = timedelta()

    def since(self, now: datetime) -> date:
        """The first day that is kept."""
        return now.astimezone(ZoneInfo(self.head.zone)).date() - timedelta(days=DAYS - 1)

    def counts_orders(self, month: str, since: date) -> bool:
        """Whether orders of a UTC month may count from a day on."""
        return month >= _first_month(since - self.reach)


def head_of(known: Mapping[int, Raw]) -> TallyHead | None:
    """What the days that are stored were counted by."""
    try:
        return msgspec.json.decode(known[HEAD], type=TallyHead)
    except (KeyError, msgspec.DecodeError):
        return None


def days_of(known: Mapping[int, Raw]) -> dict[date, dict[str, int]]:
    """The days that are stored, with their counters."""
    days = (msgspec.json.decode(raw, type=TallyDay) for number, raw in known.items() if number != HEAD)
    return {each.day: each.counts for each in days}


def counted(counting: Counting, tables: Mapping[str, Iterable[Raw]]) -> Counter[tuple[date, str]]:
    """What these archived records add up to."""
    found: Counter[tuple[date, str]] = Counter()
    for name in tables.keys() & counting.tables:
        for raw in tables[name]:
            for day, counter, number in counting.of(name, raw):
                found[day, counter] += number
    return found


class KeptMonth(msgspec.Struct, frozen=True):
    """The orders kept of a month that another file has now: those that counted until then, and those that do now."""

    before: Sequence[Raw]
    after: Sequence[Raw]


def moved(
    counting: Counting, known: Mapping[int, Raw], gone: Mapping[str, Iterable[Raw]], came: Moves,
    kept: Iterable[KeptMonth], since: date,
) -> Changes:  # fmt: skip
    """What changes of the tally that is stored when records leave the archive and come into it, and orders are kept."""
    delta = Counter[tuple[date, str]]()
    for month in kept:
        delta.update(_together(counting, month.after, since))
        delta.subtract(_together(counting, month.before, since))
    for tables in (tables for month, tables in came.items() if month >= _first_month(since)):
        delta.update(counted(counting, {n: [raw for raw in r.values() if raw is not None] for n, r in tables.items()}))
    delta.subtract(counted(counting, gone))
    days: dict[date, Counter[str]] = {}
    stored = days_of(known)
    for (day, counter), number in delta.items():
        if number and day >= since:
            days.setdefault(day, Counter(stored.get(day, {})))[counter] += number
    changes: dict[int, Raw | None] = {day.toordinal(): _day(day, counts) for day, counts in days.items()}
    changes |= {day.toordinal(): None for day in stored if day < since}
    return {number: raw for number, raw in changes.items() if raw is not None or number in known}


def anew(
    counting: Counting, known: Mapping[int, Raw], archive: Archive, orders: Mapping[str, Callable[[], Sequence[Raw]]],
    since: date,
) -> Changes:  # fmt: skip
    """What changes of the tally that is stored where it is reckoned from the archive and the orders kept, by month.
    `Damaged` where one of them is not whole; where there is nothing no tally is needed."""
    wanted: dict[int, Raw | None] = dict.fromkeys(known)
    if archive.manifest or orders:
        found = recounted(counting, archive, orders, since)
        wanted |= {day.toordinal(): _day(day, counts) for day, counts in found.items()}
        wanted[HEAD] = to_json(counting.head)
    return {number: raw for number, raw in wanted.items() if known.get(number) != raw}


def recounted(
    counting: Counting, archive: Archive, orders: Mapping[str, Callable[[], Sequence[Raw]]], since: date
) -> dict[date, dict[str, int]]:
    """What archive and orders add up to, from a day on. Nothing is counted on a later day than it was archived by."""
    sums: Counter[tuple[date, str]] = Counter()
    for month, rows in orders.items():
        if counting.counts_orders(month, since):
            sums.update(_together(counting, rows(), since))
    for month in archive.manifest:
        if month >= _first_month(since):
            tables = archive.read(month)
            sums.update(counted(counting, {name: records.values() for name, records in tables.items()}))
    return by_day(sums, since)


def _together(counting: Counting, rows: Sequence[Raw], since: date) -> Counter[tuple[date, str]]:
    found: Counter[tuple[date, str]] = Counter()
    for day, counter, number in counting.kept(rows, since) if rows else ():
        found[day, counter] += number
    return found


def _first_month(since: date) -> str:
    """The UTC month of the archive before which nothing counts from that day on, whatever the zone."""
    return f"{since - timedelta(days=1):%Y-%m}"


def by_day(sums: Mapping[tuple[date, str], int], since: date) -> dict[date, dict[str, int]]:
    """Counters by day, without those of days before."""
    days: dict[date, dict[str, int]] = {}
    for (day, counter), number in sorted(sums.items()):
        if number > 0 and day >= since:
            days.setdefault(day, {})[counter] = number
    return days


def _day(day: date, counts: Mapping[str, int]) -> Raw | None:
    some = {name: number for name, number in sorted(counts.items()) if number > 0}
    return to_json(TallyDay(day, some)) if some else None


__all__ = [
    "DAYS", "HEAD", "TALLY", "Count", "Counting", "KeptMonth", "TallyDay", "TallyHead", "anew", "by_day", "days_of",
    "head_of", "moved", "recounted",
]  # fmt: skip
