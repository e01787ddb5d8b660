"""What a domain forgets on the screens is found: a place that does not open, a sheet that nobody has.

That each command is done by something, and that no key means two things, stands in `tests/ui/test_commands.py`.
"""

from __future__ import annotations

from workbench.session import Options
from workbench.session.agenda import reckoned
from workbench.session.demo import NOW, open_demo
from workbench.session.tables import domain_of, tables
from workbench.ui.commands import commands
from workbench.ui.room import Room
from workbench.ui.rooms import rooms


def test_whatever_has_a_number_or_a_clock_opens_somewhere():
    """Undo names the places that it touched, the agenda those of its lines: each domain of them has a room."""
    found = {room.domain: room for room in rooms()}
    for domain in {domain_of(table.name) for table in tables().values() if table.ref is not None} | set(reckoned()):
        assert domain in found, f"{domain}: its records have numbers, or it speaks the agenda, and it has no room"
        assert type(found[domain]).open is not Room.open, f"{domain}: its places do not open"


def test_the_lines_of_the_agenda_open_and_ask_by_commands_that_there_are(tmp_path):
    """In the invented shop, which has lines of nearly every domain."""
    lines = open_demo(Options(data=tmp_path, now=NOW)).agenda().all
    domains = {line.place.domain for line in lines}
    assert len(domains) >= 6, domains
    assert domains <= {room.domain for room in rooms() if type(room).open is not Room.open}
    assert {line.sheet for line in lines if line.sheet} <= commands().keys()
