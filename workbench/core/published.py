"""What has to be remembered of a calendar that was given away: sequences that rise, and cancellations.

A calendar program takes a newer version of an entry only where `SEQUENCE` has risen, and takes one away only where it
is told so. So the last version of every entry is remembered until it is long over.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

#: How long a cancellation, and a date that passed, stays in the calendar.
KEEP = timedelta(days=30)


class PublishedDate(msgspec.Struct, frozen=True):
    """One date as the data has it now, under a UID that stays the same as long as the thing does.

    `facts` are what is told about it, in no language: other facts are another version. `stamp` is when the data last
    changed; `floor` the least sequence, for a version that was forgotten may have had a lower one. `passes`: it is
    over once the date is past, without anybody's doing.
    """

    uid: str
    at: datetime
    stamp: datetime
    subject: Any
    facts: tuple[Any, ...]
    floor: int = 0
    passes: bool = False
    all_day: date | None = None

    @property
    def fingerprint(self) -> str:
        """Differs where the content differs."""
        return f"{zlib.crc32(msgspec.json.encode((self.at, self.facts))):08x}"


class Published(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The last version of an entry: `at` is its date, `stamp` when the version came to be; `over` is cancelled."""

    id: int
    uid: str
    at: datetime
    stamp: datetime
    fingerprint: str
    sequence: int = 0
    over: bool = False
    all_day: date | None = None
    #: The name of the data directory in it, so that two shops in one calendar do not overwrite each other; empty of
    #: what was given away before there was one.
    shop: str = ""


def publish(
    memory: Mapping[str, Published], entries: Collection[PublishedDate], now: datetime | None, shop: str = ""
) -> dict[str, Published]:
    """What stands in the calendar once the entries are given away, by UID; equal to `memory` where nothing changed.

    Records that are new have the id 0. What is in the memory and not in the entries is cancelled at `now`; None where
    nothing can be remembered: then the same memory gives the same result at any time. What is long over is forgotten,
    but only together with another change. `shop` is what new UIDs are told apart by; an old one keeps what it has.
    """
    found = {entry.uid: _version(memory.get(entry.uid), entry, shop) for entry in entries}
    for uid, before in memory.items():
        if uid not in found:
            found[uid] = before if before.over else _cancelled(before, now)
    if now is None or found == memory:
        return found
    passing = {entry.uid for entry in entries if entry.passes}
    return {uid: each for uid, each in found.items() if not _long_over(each, uid in passing, now)}


def _version(before: Published | None, entry: PublishedDate, shop: str) -> Published:
    if before is not None and not before.over and before.fingerprint == entry.fingerprint:
        return before
    return Published(
        id=before.id if before else 0,
        uid=entry.uid,
        at=entry.at,
        stamp=entry.stamp,
        fingerprint=entry.fingerprint,
        sequence=max(before.sequence + 1 if before else 0, entry.floor),
        all_day=entry.all_day,
        shop=before.shop if before else shop,
    )


def _cancelled(before: Published, now: datetime | None) -> Published:
    return msgspec.structs.replace(before, over=True, sequence=before.sequence + 1, stamp=now or before.stamp)


def _long_over(each: Published, passes: bool, now: datetime) -> bool:
    return (each.over and each.stamp + KEEP <= now) or (passes and each.at + KEEP <= now)
