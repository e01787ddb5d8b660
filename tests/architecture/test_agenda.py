"""A desk that answers with dues is heard: no domain is left out of the agenda in silence."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest

import workbench
from workbench.session import Options, open_session
from workbench.session.agenda import desks
from workbench.session.desk import Desk, DomainDesk
from workbench.session.tables import domains as all_domains
from workbench.session.tables import tables


@pytest.mark.parametrize("domain", desks())
def test_every_desk_that_speaks_the_agenda_is_heard(tmp_path, domain):
    """What a package names is a table, and a desk says nothing where none of its tables has a record."""
    clocked = getattr(import_module(f"workbench.session.{domain}"), "CLOCKED", None)
    desk = import_module(f"workbench.session.{domain}.desk").DESK
    speaks = getattr(desk, "dues", Desk.dues) not in (Desk.dues, DomainDesk.dues)
    assert speaks == (clocked != ()), f"{domain}: CLOCKED says what the desk speaks of"
    assert set(clocked or ()) <= tables().keys()
    session = open_session(Options(data=tmp_path, now="2026-11-24T09:00Z"))
    if clocked:
        assert list(session.desk(domain).dues(session.now(), datetime.max.replace(tzinfo=UTC))) == []


READERS = (
    "core/agenda.py", "core/away.py", "core/calendar.py", "core/published.py", "session/agenda.py", "output/away.py",
    "output/calendar.py", "output/notice.py", "ui/today/rows.py", "ui/today/lines.py", "ui/sheets/away.py",
)  # fmt: skip


@pytest.mark.parametrize("reader", READERS)
def test_who_reads_the_agenda_knows_no_domain(reader):
    """Neither its rules nor its desk: what a line says, it says itself."""
    source = (Path(workbench.__file__).parent / reader).read_text(encoding="utf-8")
    modules = [node.module or "" for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)]
    domains_of_core = {path.parent.name for path in (Path(workbench.__file__).parent / "core").glob("*/__init__.py")}
    known = {*domains_of_core, *all_domains()} - {"calendar"}
    wholes = {f"workbench.{layer}.{domain}" for layer in ("core", "session") for domain in known}
    assert [name for name in modules if any(name == whole or name.startswith(f"{whole}.") for whole in wholes)] == []
