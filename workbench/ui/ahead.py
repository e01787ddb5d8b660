"""Type-ahead: what is typed while a sheet or a line is opening reaches it, instead of being lost or running commands.

Keys travel: from the app to the widget in focus and, where that does not want them, back to the app, which looks for a
command. Who types quickly has typed the next key before the first one has opened anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from textual import events
from textual.dom import DOMNode

if TYPE_CHECKING:
    from textual.app import App
    from textual.widget import Widget

#: Seconds after which a line that was announced is no longer waited for.
PATIENCE = 1.0


class Ahead:
    """The keys on their way, and those that wait."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._held = False
        self._kept: list[events.Key | events.Paste] = []
        self._aimed: WeakKeyDictionary[events.Key, DOMNode] = WeakKeyDictionary()

    def open_line(
        self, parent: Widget, entry: Widget, *, before: str | Widget | None = None, after: Widget | None = None
    ) -> None:
        """Put an entry line into `parent`: it takes the focus, and what is typed meanwhile stands in it."""
        self.hold()
        parent.mount(entry, before=before, after=after)
        parent.call_after_refresh(self._opened, entry)

    def _opened(self, entry: Widget) -> None:
        entry.focus()
        entry.call_later(self.release)

    def hold(self) -> None:
        """A line for typing is about to open: keep what is typed until `release`."""
        self._held = True
        self._app.set_timer(PATIENCE, self.release)

    async def release(self) -> None:
        """The line has the focus: type what was kept."""
        self._held = False
        kept, self._kept = self._kept, []
        for event in kept:
            await self._app.on_event(event)

    async def takes(self, event: events.Key | events.Paste) -> bool:
        """Whether the event is taken out of its way: kept, or sent anew to what has the focus by now."""
        if self._waits():
            self._kept.append(_anew(event))
            return True
        if isinstance(event, events.Paste):
            return False
        receiver: DOMNode = self._app.focused or self._app.screen
        if not event.is_forwarded:
            self._aimed[event] = receiver
        elif self._aimed.get(event, receiver) is not receiver:
            await self._app.on_event(_anew(event))
            return True
        return False

    def _waits(self) -> bool:
        return self._held or not getattr(self._app.screen, "ready", True)  # a sheet says whether keys reach it


def _anew(event: events.Key | events.Paste) -> events.Key | events.Paste:
    return events.Paste(event.text) if isinstance(event, events.Paste) else events.Key(event.key, event.character)
