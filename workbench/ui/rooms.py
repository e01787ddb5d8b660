"""The rooms, found by themselves: whatever package of `workbench.ui` has a module `room`."""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module

from workbench.core.place import Place
from workbench.ui.room import Pane, Room, View

_HERE = os.path.dirname(__file__)


@cache
def rooms() -> tuple[Room, ...]:
    """All of them: first what holds everywhere, then in the order of the header, then the rest by their own order."""
    names = sorted(each.name for each in os.scandir(_HERE) if each.is_dir() and _has_room(each.path))
    found: list[Room] = [import_module(f"workbench.ui.{name}.room").ROOM for name in names]
    return tuple(sorted(found, key=lambda room: (room.pane.order if room.pane else room.order, room.domain)))


def _has_room(folder: str) -> bool:
    return any(os.path.isfile(os.path.join(folder, name)) for name in ("room.py", "room.pyc"))


def panes() -> tuple[Pane, ...]:
    """The screens, in the order of the header."""
    return tuple(room.pane for room in rooms() if room.pane is not None)


def views() -> tuple[View, ...]:
    """The second views."""
    return tuple(room.view for room in rooms() if room.view is not None)


def view_of(pane: str) -> View | None:
    """The second view of a pane."""
    return next((view for view in views() if view.of == pane), None)


def room_of(place: Place) -> Room:
    """The room in which a place is."""
    return next(room for room in rooms() if room.domain == place.domain)
