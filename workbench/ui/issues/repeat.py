"""What the key that repeats brings into the line of the Log: the beginnings of the lines logged last."""

from __future__ import annotations

from datetime import timedelta

from workbench.core.issues.model import Issue
from workbench.core.issues.reading import LineReading
from workbench.core.issues.writing import opening
from workbench.i18n import language
from workbench.session.issues.desk import LogDesk


def openings(desk: LogDesk) -> list[str]:
    """Beginnings of lines: the last SKU and type, then the SKU alone, then those before."""
    found: list[str] = []
    for each in _recent(desk)[:20]:
        found += [desk.opening(each), desk.opening(each, with_type=False)]
    return list(dict.fromkeys(found))


def with_type(desk: LogDesk, reading: LineReading) -> str | None:
    """The beginning of the line that was read, which has a SKU and no type, with the type logged last."""
    if reading.sku is None or reading.type is not None:
        return None
    last = next((each for each in _recent(desk) if each.type in desk.types.types), None)
    if last is None or last.type is None:
        return None
    return opening(reading.sku, last.type, types=desk.types, language=language())


def _recent(desk: LogDesk) -> list[Issue]:
    """The lines of today, else of the last day that has some, the newest first."""
    today = desk.today
    tally = desk.tally(today - timedelta(days=7))
    for ago in range(8):
        found = [each for each in tally.issues(today - timedelta(days=ago)) if not each.none]
        if found:
            return sorted(found, key=lambda each: each.id, reverse=True)
    return []
