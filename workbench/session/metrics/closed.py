"""The cases that a figure looks back on, archived ones among them: each month of the archive is read once a session."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol, cast

from workbench.core.tickets.model import Ticket
from workbench.session.base import SessionBase
from workbench.session.records import Records
from workbench.session.tickets.tables import TICKETS


class Remembers(Protocol):
    """Where the cases of archived months are kept while nothing changes them: by month, with the mark of its file."""

    archived_cases: dict[str, tuple[str, list[Ticket]]]


def tickets_since(session: SessionBase, since: datetime) -> list[Ticket]:
    """The live cases, and the archived ones closed from an instant on."""
    at, now = since.astimezone(UTC), session.now().astimezone(UTC)
    months = {f"{at:%Y-%m}", f"{now:%Y-%m}"}
    while at <= now:
        months.add(f"{at:%Y-%m}")
        at += timedelta(days=27)
    found: list[Ticket] = list(session.desk("tickets").all())
    for month in sorted(months):
        found += _archived(session, month)
    return found


def _archived(session: SessionBase, month: str) -> list[Ticket]:
    mark = session.store.archived_marks(TICKETS).get(month)
    if mark is None:
        return []
    known = cast(Remembers, session.desk("metrics")).archived_cases
    if month not in known or known[month][0] != mark:
        known[month] = mark, list(Records(session.store, TICKETS, Ticket).archived([month]).values())
    return known[month][1]
