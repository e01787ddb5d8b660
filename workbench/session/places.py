"""The places of records: where a record of a table is shown, if it is shown anywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from workbench.core.place import Place
from workbench.session.session import Session
from workbench.session.tables import DECISIONS, ISSUES, ROUTINES, TICKETS, VIOLATIONS


def _routine(session: Session, id: int) -> Place:
    return Place("routines", session.routines.named(id))


_PLACES: Mapping[str, Callable[[Session, int], Place]] = {
    TICKETS: lambda _session, id: Place("tickets", id),
    VIOLATIONS: lambda _session, id: Place("violations", id),
    ISSUES: lambda _session, id: Place("issues", id),
    DECISIONS: lambda _session, _id: Place("issues", "week"),
    ROUTINES: _routine,
}


def places(session: Session, touched: Iterable[tuple[str, int]]) -> tuple[Place, ...]:
    """The places of these records of tables, each once; of what is shown nowhere, none."""
    return tuple(dict.fromkeys(_PLACES[table](session, id) for table, id in touched if table in _PLACES))
