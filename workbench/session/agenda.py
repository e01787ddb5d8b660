"""The agenda of a session: the sum of what every desk answers. No domain is named here.

A desk answers `dues(now, until)`. Its package says in `CLOCKED` of which tables' records it speaks, and is asked where
one of these has any, so that no desk is loaded that has nothing to say; one that says nothing there is asked always.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from workbench.core.agenda import Agenda, Due

if TYPE_CHECKING:
    from workbench.session.base import SessionBase

_HERE = os.path.dirname(__file__)
_EVER = datetime.max.replace(tzinfo=UTC)


def agenda(session: SessionBase, until: datetime | None = None) -> Agenda:
    """Everything with a clock as of now; where `until` is given, what is due later may be left out."""
    now = session.now()
    return Agenda(_dues(session, now, until or _EVER), now, session.zone)


def heard(session: SessionBase) -> Iterator[Any]:
    """The desks that have something to say, in the order of their domains."""
    for domain in desks():
        clocked: tuple[str, ...] | None = getattr(import_module(f"{__package__}.{domain}"), "CLOCKED", None)
        if clocked is None or any(session.store.table(name) for name in clocked):
            yield session.desk(domain)


def _dues(session: SessionBase, now: datetime, until: datetime) -> Iterator[Due]:
    for desk in heard(session):
        yield from desk.dues(now, until)


@cache
def desks() -> tuple[str, ...]:
    """The domains with a desk."""
    return _with("desk.py")


@cache
def reckoned() -> tuple[str, ...]:
    """The domains that keep what their rules say, beside each record: those with a module `dues`."""
    return _with("dues.py")


def _with(module: str) -> tuple[str, ...]:
    folders = (each for each in os.scandir(_HERE) if each.is_dir())
    return tuple(sorted(each.name for each in folders if os.path.isfile(os.path.join(each.path, module))))
