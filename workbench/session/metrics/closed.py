"""The cases that a figure looks back on, archived ones among them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from workbench.core.tickets.model import Ticket
from workbench.session.base import SessionBase
from workbench.session.records import Records
from workbench.session.tickets.tables import TICKETS


def tickets_since(session: SessionBase, since: datetime) -> list[Ticket]:
    """The live cases, and the archived ones closed from an instant on."""
    at, now = since.astimezone(UTC), session.now().astimezone(UTC)
    months = {f"{at:%Y-%m}", f"{now:%Y-%m}"}
    while at <= now:
        months.add(f"{at:%Y-%m}")
        at += timedelta(days=27)
    return [*session.desk("tickets").all(), *Records(session.store, TICKETS, Ticket).archived(months).values()]
