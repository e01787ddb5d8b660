"""The agenda of a session: the sum of what every desk answers. No domain is named here.

A domain joins by a module `dues` beside its `desk`, whose `DESK` then answers `dues(now, until)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.core.agenda import Agenda, Due

if TYPE_CHECKING:
    from workbench.session.session import Session

_HERE = Path(__file__).parent
_EVER = datetime.max.replace(tzinfo=UTC)


def agenda(session: Session, until: datetime | None = None) -> Agenda:
    """Everything with a clock as of now; where `until` is given, what is due later may be left out."""
    now = session.now()
    return Agenda(_dues(session, now, until or _EVER), now, session.zone)


def _dues(session: Session, now: datetime, until: datetime) -> Iterator[Due]:
    for domain in domains():
        yield from session.desk(domain).dues(now, until)


@cache
def domains() -> tuple[str, ...]:
    """The domains that speak the agenda: those with a module of that name, in the order of the alphabet."""
    return tuple(sorted(path.parent.name for path in _HERE.glob("*/dues.py")))
