"""A desk that answers with dues is heard: no domain is left out of the agenda in silence."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import pytest

import workbench
from workbench.session.agenda import always
from workbench.session.desk import Desk
from workbench.session.tables import domain_of, tables
from workbench.session.tables import domains as all_domains


def test_every_desk_that_speaks_the_agenda_is_heard():
    heard = {domain_of(table.name) for table in tables().values() if table.ref is not None} | always()
    for domain in all_domains():
        desk = import_module(f"workbench.session.{domain}.desk").DESK
        if getattr(desk, "dues", Desk.dues) is not Desk.dues:
            assert domain in heard, f"{domain}: no table with ids of its own, and no module `dues` beside the desk"


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
