"""Routines: lines of Today that are ticked off there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.core.place import Place
from workbench.ui.room import Fact, Glance, Room

if TYPE_CHECKING:
    from workbench.ui.bench import Bench


class Routines(Room):
    """Each with whether it is done."""

    domain = "routines"

    def facts(self, glance: Glance) -> Iterator[Fact]:
        from workbench.ui.routines.facts import routines

        return routines(glance.session.routines.all(), glance.cells, glance.wide)

    def open(self, bench: Bench, place: Place) -> None:
        from workbench.ui.routines.facts import look

        look(bench, str(place.id))

    def tick(self, bench: Bench, place: Place) -> bool:
        from workbench.ui.routines.facts import tick

        tick(bench, str(place.id))
        return True


ROOM = Routines()
