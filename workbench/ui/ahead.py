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
    from textual.timer import Timer
    from textual.widget import Widget

#: Seconds after which a line that was announced is no longer waited for.
PATIENCE = 1.0


class Ahead:
    """The keys on their way, and those that wait."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._held = False
        self._timer: Timer | None = None
        #: The key that has to come up before the next one goes down.
        self._coming: events.Key | None = None
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
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._app.set_timer(PATIENCE, self.release)

    def in_turn(self, receiver: DOMNode, key: events.Key) -> None:
        """A text got a key that it may not want: keep what follows until the key has come up to the app, for it may
        open something, or move the focus, and what follows is meant for that."""
        self.hold()
        self._coming = key
        self._climb(receiver)

    def _climb(self, node: DOMNode) -> None:
        # Behind the key in each queue on its way.
        node.call_later(self._climbed, node)

    async def _climbed(self, node: DOMNode) -> None:
        if node.parent is None:
            await self.release()
        else:
            self._climb(node.parent)

    async def release(self) -> None:
        """The line has the focus: type what was kept. On the app's own turn, as every other key: whoever releases has
        to be free to answer it."""
        if self._timer is not None:
            self._timer.stop()
        self._held = bool(self._kept) and self._app.call_later(self._type)

    async def _type(self) -> None:
        self._held = False
        kept, self._kept = self._kept, []
        for event in kept:
            await self._app.on_event(event)

    async def takes(self, event: events.Key | events.Paste) -> bool:
        """Whether the event is taken out of its way: kept, or sent anew to what has the focus by now."""
        if self._waits() and event is not self._coming:
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
