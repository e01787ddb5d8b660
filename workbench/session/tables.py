"""Every table of every domain: what each package of the session declares in its `tables`, found by itself.

Nothing is loaded before it is asked for: a verb that only reads never needs the tables of the other domains.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping, Sequence
from datetime import tzinfo
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from workbench.session.table import Archiving, StoredTable
from workbench.storage import ArchiveRule


@cache
def tables() -> Mapping[str, StoredTable[Any]]:
    """The tables by name, those with ids of their own first, in the order of the domains."""
    found = [table for domain in domains() for table in _declared(domain)]
    _once("name", [table.name for table in found])
    _once("letter", [table.ref for table in found if table.ref is not None])
    return {table.name: table for table in sorted(found, key=lambda table: table.ref is None)}


def _once(what: str, said: Sequence[str]) -> None:
    if twice := sorted({each for each in said if said.count(each) > 1}):
        raise RuntimeError(f"two tables have the {what} {', '.join(twice)}; taken are {', '.join(sorted(set(said)))}")


@cache
def answering() -> Mapping[str, StoredTable[Any]]:
    """The tables, and what a domain keeps beside the data file: whose records are checked, exported, forgotten."""
    beside = [table for domain in domains() for table in getattr(_module(domain), "BESIDE", ())]
    return {**tables(), **{table.name: table for table in beside}}


@cache
def domains() -> Sequence[str]:
    """The domains of the session that have tables."""
    packages = (each.name for each in pkgutil.iter_modules([str(Path(__file__).parent)]) if each.ispkg)
    return tuple(name for name in packages if find_spec(f"{__package__}.{name}.tables") is not None)


def domain_of(table: str) -> str | None:
    """The domain that declares a table; None for one that no domain of this version knows."""
    return _homes().get(table)


@cache
def _homes() -> Mapping[str, str]:
    return {table.name: domain for domain in domains() for table in _declared(domain)}


def archives(zone: tzinfo) -> Sequence[ArchiveRule]:
    """The archive rules of all tables, for a shop in this zone."""
    return tuple(_rule(table.name, table.archive, zone) for table in tables().values() if table.archive is not None)


def _declared(domain: str) -> tuple[StoredTable[Any], ...]:
    declared: tuple[StoredTable[Any], ...] = _module(domain).TABLES
    return declared


def _module(domain: str) -> Any:
    return import_module(f"{__package__}.{domain}.tables")


def _rule(name: str, archive: Archiving[Any], zone: tzinfo) -> ArchiveRule:
    decoder, leaves = msgspec.json.Decoder(archive.shape), archive.leaves
    rule = ArchiveRule(name, lambda raw: archive.moment(decoder.decode(raw)), archive.after)
    if leaves is None:
        return rule
    return msgspec.structs.replace(rule, leaves=lambda raw: leaves(decoder.decode(raw), zone))
