"""A desk that answers with dues is heard: no domain is left out of the agenda in silence."""

from __future__ import annotations

from importlib import import_module

from workbench.session.agenda import domains
from workbench.session.desk import Desk
from workbench.session.tables import domains as all_domains


def test_every_desk_that_speaks_the_agenda_is_found():
    speaking = set()
    for domain in all_domains():
        desk = import_module(f"workbench.session.{domain}.desk").DESK
        if getattr(desk, "dues", Desk.dues) is not Desk.dues:
            speaking.add(domain)
    assert speaking == set(domains())
