"""One violation out of two that were changed apart: in doubt more points, and later until they are gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import msgspec

from workbench.core.violations.model import Evidence, Violation


def joined(newer: Violation, older: Violation) -> Violation:
    """What two versions become; `newer` is the one whose history goes on later.

    Timeline, notes and evidence are united, the appeals are those that got further; enforced or dropped on one machine,
    it is so.
    """
    late = max(newer, older, key=lambda each: each.issued_at + timedelta(days=each.issued_day_only))
    further = max(newer, older, key=lambda each: (len(each.appeals), sum(a.result is not None for a in each.appeals)))
    notes: list[str] = []
    for each in (newer, older):
        notes += [line for line in (each.note or "").splitlines() if line not in notes]
    events = [*newer.timeline, *(event for event in older.timeline if event not in newer.timeline)]
    return msgspec.structs.replace(
        newer,
        points=max(newer.points, older.points),
        issued_at=late.issued_at,
        issued_day_only=late.issued_day_only,
        appeals=further.appeals,
        evidence=_united(newer.evidence, older.evidence),
        note="\n".join(notes) or None,
        pending=newer.pending and older.pending,
        timeline=tuple(sorted(events, key=lambda event: event.at)),
        **{name: _either(name, newer, older) for name in _EITHER},
    )


def undecided(newer: Violation, older: Violation) -> Iterator[str]:
    """The fields that are different, and no edit says since when: as the newer one has them."""
    for name in ("platform_id", "reason", "statement", "stated_due"):
        ours, theirs = getattr(newer, name), getattr(older, name)
        if None not in (ours, theirs) and ours != theirs and _named(newer, name) == _named(older, name):
            yield name


def _named(each: Violation, name: str) -> datetime | None:
    edits = (event.at for event in each.timeline if event.what == "edit" and name in (event.text or "").split(", "))
    return max(edits, default=None)


_EITHER = ("platform_id", "reason", "statement", "announced_at", "dropped_at", "stated_due")


def _either(name: str, newer: Violation, older: Violation) -> Any:
    value = getattr(newer, name)
    return getattr(older, name) if value is None else value


def _united(ours: tuple[Evidence, ...], theirs: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Each item once: done where it is done on one machine, with the file it has there."""
    found = {each.item: each for each in theirs}
    for each in ours:
        other = found.get(each.item)
        found[each.item] = other if other is not None and other.done and not each.done else each
    return tuple(found.values())
