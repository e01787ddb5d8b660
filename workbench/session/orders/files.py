"""Orders of a file into those kept: by the UTC month of their creation, newer file wins; and the daily tally with them.

An export of one order has all its rows in one month, so that what is counted by month adds up.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta, tzinfo
from typing import TYPE_CHECKING

import msgspec

from workbench.core.orders.model import Kept, newest
from workbench.core.tickets.merge import Effect
from workbench.core.time import midnight
from workbench.intake import FileReading
from workbench.session.orders.tables import DAYS, OrderDay
from workbench.storage.format import to_json

if TYPE_CHECKING:
    from workbench.session.base import SessionBase
    from workbench.storage import Transaction

#: Shop days of which the tally is kept.
TALLIED = timedelta(days=100)
_Key = tuple[str, str]
#: By shop day, what happened ("shipped", ...) and SKU: how many orders.
_Tally = Counter[tuple[date, str, str]]


def take(session: SessionBase, reading: FileReading, tx: Transaction | None) -> Counter[Effect]:
    """Keep the orders of a file. They are counted nowhere: what a seller is told of is what he must do."""
    if tx is not None:
        keep(session, tx, reading.records["orders"])
    return Counter()


def keep(session: SessionBase, tx: Transaction, rows: Iterable[Kept]) -> None:
    """Bring rows into the months to which they belong; a month in which nothing is different stays as it is."""
    months: dict[str, list[Kept]] = {}
    for row in rows:
        months.setdefault(row.month, []).append(row)
    tally: _Tally = Counter()
    since = (session.now() - TALLIED).astimezone(session.zone).date()
    for month, came in months.items():
        before = months_rows(session, month)
        after = _with(before, came)
        if after != before:
            put(tx, month, after.values())
            tally.update(tallied(after.values(), since, session.zone))
            tally.subtract(tallied(before.values(), since, session.zone))
    _count(session, tx, tally, since)


def rebuild(session: SessionBase, tx: Transaction) -> None:
    """The tally anew, from the orders as the transaction leaves them: where they came from elsewhere."""
    since = (session.now() - TALLIED).astimezone(session.zone).date()
    tally: _Tally = Counter()
    decoder = msgspec.json.Decoder(Kept)
    for month in {*session.store.kept_files(), *tx.kept}:
        staged = tx.kept.get(month)
        rows = staged if isinstance(staged, list) else session.store.kept(month)
        tally.update(tallied(map(decoder.decode, rows), since, session.zone))
    for number in tx.numbers(DAYS):
        tx.remove(DAYS, number)
    _count(session, tx, tally, since)


def adds_up(session: SessionBase) -> bool:
    """Whether the tally is what the orders kept add up to, on the days that it must still have."""
    since = (session.now() - TALLIED).astimezone(session.zone).date()
    tally: _Tally = Counter()
    for month in session.store.kept_files():
        tally.update(tallied(months_rows(session, month).values(), since, session.zone))
    days = (msgspec.json.decode(raw, type=OrderDay) for raw in session.store.table(DAYS).values())
    known = {
        (day.day, what, sku): number
        for day in days
        if day.day >= since
        for what, counts in (("shipped", day.shipped), ("delivered", day.delivered), ("refunded", day.refunded))
        for sku, number in counts.items()
    }
    return known == {key: number for key, number in tally.items() if number}


def months_rows(session: SessionBase, month: str) -> dict[_Key, Kept]:
    """The orders kept of a month, by their key."""
    decoder = msgspec.json.Decoder(Kept)
    return {(row.order_id, row.sku_id): row for row in map(decoder.decode, session.store.kept(month))}


def put(tx: Transaction, month: str, rows: Iterable[Kept]) -> None:
    """Have these be all the orders kept of a month."""
    tx.keep(month, [to_json(row) for row in sorted(rows, key=lambda row: (row.created_at, row.order_id, row.sku_id))])


def _with(known: Mapping[_Key, Kept], came: Iterable[Kept]) -> dict[_Key, Kept]:
    after = dict(known)
    for row in came:
        key = row.order_id, row.sku_id
        before = after.get(key)
        after[key] = row if before is None else newest(before, row)
    return after


def tallied(rows: Iterable[Kept], since: date, zone: tzinfo) -> _Tally:
    """What rows add up to by shop day, from `since` on: each order once a SKU and once under ""."""
    begin = midnight(since, zone)
    days = [since + timedelta(days=number) for number in range(TALLIED.days + 3)]
    ends = [midnight(day, zone) for day in days[1:]]
    orders: dict[str, list[Kept]] = {}
    for row in rows:
        orders.setdefault(row.order_id, []).append(row)
    found: _Tally = Counter()
    for mine in orders.values():
        told: set[tuple[date, str, str]] = set()
        for row in mine:
            sku = row.sku or row.sku_id
            if (left := row.left_at) is not None and begin <= left < ends[-1]:
                day = days[bisect_right(ends, left)]
                told.update(((day, "shipped", ""), (day, "shipped", sku)))
                if row.refunded:
                    told.update(((day, "refunded", ""), (day, "refunded", sku)))
            if (there := row.delivered_at) is not None and begin <= there < ends[-1]:
                day = days[bisect_right(ends, there)]
                told.update(((day, "delivered", ""), (day, "delivered", sku)))
        for each in told:
            found[each] = found.get(each, 0) + 1
    return found


def _count(session: SessionBase, tx: Transaction, tally: _Tally, since: date) -> None:
    """Bring the tally's days up to date, and let those go that are too long ago."""
    by_day: dict[date, dict[str, dict[str, int]]] = {}
    for (day, what, sku), number in tally.items():
        if number:
            by_day.setdefault(day, {}).setdefault(what, {})[sku] = number
    for day, counts in by_day.items():
        raw = tx.get(DAYS, day.toordinal())
        known = msgspec.json.decode(raw, type=OrderDay) if raw is not None else OrderDay(id=day.toordinal(), day=day)
        changed = {what: _added(getattr(known, what), more) for what, more in counts.items()}
        after = msgspec.structs.replace(known, **changed)
        if after.shipped or after.delivered:
            tx.put(DAYS, after.id, after)
        elif raw is not None:
            tx.remove(DAYS, after.id)
    if by_day:
        for number in session.store.table(DAYS):
            if number < since.toordinal():
                tx.remove(DAYS, number)


def _added(known: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    added = {sku: known.get(sku, 0) + more.get(sku, 0) for sku in {*known, *more}}
    return {sku: number for sku, number in sorted(added.items()) if number > 0}
