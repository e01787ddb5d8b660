"""The agenda of a session: the sum of what every desk answers. No domain is named here.

A desk that has an own `dues(now, until)` is heard where its domain has a record with an id of its own; one that has
clocks without any record (routines, which stand in the settings) has its dues in a module `dues` beside the desk. So no
desk is loaded that has nothing to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.core.agenda import Agenda, Due
from workbench.session.tables import domain_of, tables

if TYPE_CHECKING:
    from workbench.session.base import SessionBase

_HERE = Path(__file__).parent
_EVER = datetime.max.replace(tzinfo=UTC)


def agenda(session: SessionBase, until: datetime | None = None) -> Agenda:
    """Everything with a clock as of now; where `until` is given, what is due later may be left out."""
    now = session.now()
    return Agenda(_dues(session, now, until or _EVER), now, session.zone)


def heard(session: SessionBase) -> Iterator[Any]:
    """The desks that have something to say, in the order of their domains."""
    full = {table.name for table in tables().values() if table.ref is not None and session.store.table(table.name)}
    for domain in sorted({*always(), *(domain_of(name) or "" for name in full)} - {""}):
        yield session.desk(domain)


def _dues(session: SessionBase, now: datetime, until: datetime) -> Iterator[Due]:
    for desk in heard(session):
        yield from desk.dues(now, until)


@cache
def always() -> frozenset[str]:
    """The domains that speak without a record: those with a module `dues`."""
    return frozenset(path.parent.name for path in _HERE.glob("*/dues.py"))
