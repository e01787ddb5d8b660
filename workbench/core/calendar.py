"""What stands in the calendar file: the dues of the agenda as entries. It knows no domain.

The UID of an entry stays the same as long as the thing does: `T-7.decide`, `V-3.appeal1`, `V-3.expiry`. Little here
depends on the clock: what merely passed stays as it is while the file knows it, so that unchanged data gives the same
file, today and tomorrow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo

import msgspec

from workbench.core.agenda import Due, Memo, Telling
from workbench.core.published import Published, PublishedDate
from workbench.core.time import midnight

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Subject(msgspec.Struct, frozen=True):
    """What an entry is about: a due, and what it says."""

    due: Due
    told: Telling


def entries(
    dues: Iterable[Due], memory: Mapping[str, Published], now: datetime, zone: tzinfo
) -> Iterator[PublishedDate]:
    """The entries of these dues: what is the seller's, what happens by itself, and what is `dated` on another's turn.

    Of what is past and nobody's any more only what the `memory` (by UID) holds.
    """
    for due in dues:
        if not (due.turn == "seller" or due.turn is None or due.dated):
            continue
        if due.at is None and due.all_day is None:
            continue
        told = due.tell()
        uid = f"{told.ref}.{due.step}@workbench" if due.step not in ("", "routine") else f"{told.ref}@workbench"
        before = memory.get(uid)
        if due.turn is None and due.at is not None and due.at <= now and (before is None or before.over):
            continue
        yield _entry(uid, due, told, told.memo or _plain(due), before, zone)


def _plain(due: Due) -> Memo:
    """Of a due that keeps no memory of its own: changed when it began, as far as that is known."""
    return Memo(next(at for at in (due.opened_at, due.at, _EPOCH) if at is not None and at.year > _EPOCH.year - 1))


def _entry(uid: str, due: Due, told: Telling, memo: Memo, before: Published | None, zone: tzinfo) -> PublishedDate:
    day = due.all_day
    if day is not None and memo.never_done and before is not None and not before.over:
        day = _stays(day, before.all_day or before.at.astimezone(zone).date(), due)
    at = due.at if day is None else midnight(day, zone)
    assert at is not None
    facts = (
        told.what, told.otherwise, told.note, told.thing, told.money, due.kind, due.repeats, due.alarms, day,
        begins(due), *(() if due.lasts is None else (due.lasts,)),
    )  # fmt: skip
    return PublishedDate(uid, at, memo.changed_at, Subject(due, told), facts, memo.floor, passes=due.turn is None,
                 all_day=day)  # fmt: skip


def _stays(day: date, had: date, due: Due) -> date:
    """Where an entry stands that was never done: where it stood, if its grid still meets the day."""
    if due.repeats == "weekly":
        return had if had <= day and (day - had) % timedelta(days=7) == timedelta() else day
    if not due.repeats:
        return had if had <= day else day
    months = (day.year - had.year) * 12 + day.month - had.month
    step = 1 if due.repeats == "monthly" else 3
    return had if had <= day and had.day == day.day and months % step == 0 else day


def begins(due: Due) -> bool:
    """Whether the entry begins at its instant: what happens then, or is asked from then on. A deadline ends there, also
    one that is past (it has a kind)."""
    return due.turn != "seller" and not (due.turn is None and due.kind is not None)
