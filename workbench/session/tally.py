"""The daily tally as the domains declare it: what archived records add up to by shop day, without reading the archive.

Where the tally that is stored was counted by something else, the answer is None, and whoever asks reads the archive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, tzinfo
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec

from workbench.session.table import StoredTable, TallyOfMonth, TallyRule
from workbench.storage import tally
from workbench.storage.meta import KEPT
from workbench.storage.tally import Count, Counting, TallyHead

if TYPE_CHECKING:
    from workbench.session.base import SessionBase
    from workbench.storage.format import Raw

#: Counters of a shop day, by name.
Counters = Mapping[str, int]


def counting(zone: ZoneInfo) -> Counting:
    """What is counted today, by the days of a zone."""
    from workbench.session.tables import answering

    asked = {name: table for name, table in answering().items() if table.tally is not None}
    counters = sorted(_key(name, each) for name, table in asked.items() if table.tally for each in table.tally.counters)
    rules = {name: _of(table, zone) for name, table in asked.items() if isinstance(table.tally, TallyRule)}
    kept = asked[KEPT]
    assert isinstance(kept.tally, TallyOfMonth)
    return Counting(
        TallyHead(tuple(counters), zone.key), frozenset(rules), lambda name, raw: rules[name](raw),
        _together(kept, zone), kept.tally.reach,
    )  # fmt: skip


def archived(session: SessionBase, table: StoredTable[Any]) -> Mapping[date, Counters] | None:
    """What the archived records of a table, or the orders kept, add up to by shop day, for the last 100 days; None
    where that is not known without reading them."""
    store = session.store
    if not (store.kept_files() if table.name == KEPT else store.archived_months(table.name)):
        return {}
    known, zone = store.table(tally.TALLY), session.zone
    head = tally.head_of(known)
    assert table.tally is not None
    wanted = {_key(table.name, counter) for counter in table.tally.counters}
    if head is None or head.zone != zone.key or not wanted <= {*head.counters}:
        return None
    start = len(_key(table.name, ""))
    try:
        found = tally.days_of(known).items()
    except msgspec.DecodeError:  # somebody else wrote it
        return None
    mine = (
        (day, {k[start:]: n for k, n in counts.items() if k.startswith(_key(table.name, ""))}) for day, counts in found
    )
    return {day: counts for day, counts in mine if counts}


def added(table: StoredTable[Any], records: Iterable[Any], zone: tzinfo) -> dict[date, dict[str, int]]:
    """What these records add up to, counted as archived ones are."""
    days: dict[date, dict[str, int]] = {}
    if isinstance(table.tally, TallyRule):
        for record in records:
            for day, counter, number in table.tally.count(record, zone):
                counts = days.setdefault(day, {})
                counts[counter] = counts.get(counter, 0) + number
    return days


def _of(table: StoredTable[Any], zone: ZoneInfo) -> Callable[[Raw], Iterable[Count]]:
    decoder, rule = msgspec.json.Decoder(table.type), table.tally
    assert isinstance(rule, TallyRule)
    marks = [f'"{field}":'.encode() for field in rule.fields]

    def count(raw: Raw) -> Iterable[Count]:
        if marks:
            text = bytes(raw)
            if not any(mark in text for mark in marks):
                return ()
        try:
            record = decoder.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return ()
        return [(day, _key(table.name, counter), number) for day, counter, number in rule.count(record, zone)]

    return count


def _together(table: StoredTable[Any], zone: ZoneInfo) -> Callable[[Sequence[Raw], date], Iterable[Count]]:
    decoder, rule = msgspec.json.Decoder(table.type), table.tally
    assert isinstance(rule, TallyOfMonth)

    def rows(raws: Sequence[Raw]) -> Iterator[Any]:
        for raw in raws:
            with suppress(msgspec.DecodeError, UnicodeDecodeError):
                yield decoder.decode(raw)

    def count(raws: Sequence[Raw], since: date) -> Iterable[Count]:
        return [(day, _key(table.name, name), number) for day, name, number in rule.count(rows(raws), since, zone)]

    return count


def _key(table: str, counter: str) -> str:
    return f"{table}.{counter}"
