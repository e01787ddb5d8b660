"""Keeping what is typed: every place in which something is typed is looked at after each key, without being told to.

A place is a sheet, or what else says that it is `Drafted`. What is typed there is on disk a moment later, is dropped
once it is saved there, and is offered again when the place is opened the next time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast
from uuid import uuid4
from weakref import WeakKeyDictionary

from textual.dom import DOMNode

if TYPE_CHECKING:
    from typing import Protocol

    from textual.widget import Widget
    from textual.widgets import Input, TextArea

    from workbench.session import Session
    from workbench.storage import Draft

    class Drafted(Protocol):
        """A place in which something is typed."""

        @property
        def place(self) -> str:
            """Which one: the same text is offered in the same place. Empty where nothing is kept."""

        def texts(self) -> Mapping[str, str]:
            """What is typed there now, by the names of its fields."""

    class Keeping(Protocol):
        """What the keeper asks of the app."""

        session: Session
        stuck: bool

        def set_timer(self, delay: float, callback: Callable[[], None]) -> object:
            """Call back later."""

        def run_worker(
            self, work: Callable[[], None], *, group: str, description: str, exit_on_error: bool, thread: bool
        ) -> object:
            """Do it in a thread."""

        def cannot_save(self, on: bool = True) -> None:
            """Nothing can be saved, or (not `on`) something was."""


#: Seconds after a key in which more of them are waited for.
PAUSE = 0.2


def texts_in(screen: Widget) -> dict[str, str]:
    """The texts of all fields in it: lines by the id of their entry, else by their place in order."""
    from textual.widgets import Input

    return {name: field.value if isinstance(field, Input) else field.text for name, field in _fields_in(screen)}


def put_texts(screen: Widget, texts: Mapping[str, str]) -> None:
    """Type these texts again; one whose field is no more is left out."""
    from textual.widgets import Input

    for name, field in _fields_in(screen):
        text = texts.get(name, "")
        if isinstance(field, Input):
            field.value = text
            field.cursor_position = len(text)
        else:
            field.load_text(text)


def _fields_in(screen: Widget) -> list[tuple[str, Input | TextArea]]:
    """The lines and areas in which something can be typed, each with what it is called in a draft."""
    found = cast("list[Input | TextArea]", list(screen.query("Input, TextArea")))
    return [(_name(field) or str(at), field) for at, field in enumerate(found)]


def _name(field: Widget) -> str | None:
    above = field.parent.id if isinstance(field.parent, DOMNode) else None
    return field.id or (above if above != "sheet" else None)


class Keeper:
    """What looks after the places of one app."""

    def __init__(self, bench: Keeping) -> None:
        self._bench = bench
        self._tries: WeakKeyDictionary[Drafted, tuple[str, Mapping[str, str]]] = WeakKeyDictionary()
        self._waits = False
        #: Whether it was a draft that the disk refused, and nothing else.
        self._refused = False

    def begin(self, place: Drafted) -> list[Draft]:
        """It was opened, and this is what stands in it; what was left there before, the newest first."""
        texts = place.texts()
        self._tries[place] = uuid4().hex[:8], texts
        name = place.place
        return [draft for draft in self._bench.session.drafts.of(name) if draft.texts != texts] if name else []

    def adopt(self, place: Drafted, draft: Draft) -> None:
        """What was left there stands in it again: from now on it is this one that is changed or emptied."""
        if place in self._tries:
            self._keep(place)
            self._tries[place] = draft.begun, self._tries[place][1]

    def touched(self) -> None:
        """A key was pressed or something was pasted: look once there is a pause."""
        if self._tries and not self._waits:
            self._waits = True
            self._bench.set_timer(PAUSE, self._look)

    def saved(self, place: Drafted) -> None:
        """What was typed there is saved; what stands there from now on is nothing new."""
        if place.place:
            self._bench.session.drafts.drop(place.place)
            self._tries[place] = uuid4().hex[:8], place.texts()
            self._write()

    def saved_later(self, name: str) -> None:
        """What was kept under the name of a place that is left by now is saved."""
        self._bench.session.drafts.drop(name)
        self._write()

    def over(self, place: Drafted, *, saved: bool) -> None:
        """It is left: what was typed is kept, or was saved there."""
        if saved and place.place:
            self._bench.session.drafts.drop(place.place)
        elif not saved:
            self._keep(place)
        self._tries.pop(place, None)
        self._write()

    def flush(self) -> None:
        """The app ends: put everything on disk now."""
        for place in list(self._tries):
            self._keep(place)
        self._put()

    def _look(self) -> None:
        self._waits = False
        for place in list(self._tries):
            self._keep(place)
        self._write()

    def _keep(self, place: Drafted) -> None:
        if place not in self._tries or not place.place:
            return
        begun, first = self._tries[place]
        texts = place.texts()
        self._bench.session.drafts.keep(place.place, begun, texts if texts != first else {})

    def _write(self) -> None:
        self._bench.run_worker(self._put, thread=True, group="drafts", exit_on_error=False, description="drafts")

    def _put(self) -> None:
        """Where the disk refuses, the deed that saves says so; a draft is tried again with the next key."""
        if self._bench.session.readonly is not None:
            return
        try:
            self._bench.session.drafts.write()
        except OSError:
            self._refused = self._refused or not self._bench.stuck
            self._bench.cannot_save()
        else:
            if self._refused:
                self._refused = False
                self._bench.cannot_save(False)
