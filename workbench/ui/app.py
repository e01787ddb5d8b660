"""The app: wiring only. Screens, themes, keys, and the way in (`run_app`)."""

from __future__ import annotations

import asyncio
import gc
from contextlib import suppress
from datetime import UTC, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import BindingType
from textual.screen import Screen
from textual.widget import Widget

from workbench.core.saying import say
from workbench.i18n import _, render
from workbench.session import Options, Session
from workbench.ui.actions import DEMO, Actions
from workbench.ui.ahead import PATIENCE, Ahead
from workbench.ui.commands import bindings
from workbench.ui.keys import is_wide, plain, seller_keys
from workbench.ui.rooms import panes, views
from workbench.ui.terminal.signals import heeded
from workbench.ui.text import Span
from workbench.ui.theme import DARK
from workbench.ui.zones import own_zone

if TYPE_CHECKING:
    from workbench.ui.moved import OldKeys

#: Wide characters that mean nothing, after which the input method is suspected.
WIDE_BEFORE_HINT = 2


class Workbench(Actions):
    """The screens of one session."""

    DEFAULT_MODE = "today"
    BINDINGS: ClassVar[list[BindingType]] = bindings("app")

    def __init__(self, session: Session, *, own: tzinfo | None = None, theme: str = DARK, way: str = "") -> None:
        super().__init__(session)
        self.keymap, self._told = seller_keys(session.settings)
        self.own_zone = own or own_zone() or UTC
        self._wide = 0
        self.ahead = Ahead(self)
        self.theme = theme if theme in self.available_themes else DARK
        if theme not in self.available_themes:
            text = say('There is no theme "{name}". The palette (ctrl+p) lists them; type theme.', name=theme)
            self._told.append(text)
        self._way = way

    @cached_property
    def _moved(self) -> OldKeys:
        """The keys that had another meaning once."""
        from workbench.ui.moved import OldKeys

        return OldKeys()

    def get_default_screen(self) -> Screen[Any]:
        """The first screen. As one of the modes it would have Textual read all styles twice more before it shows."""
        return next(pane for pane in panes() if pane.id == self.DEFAULT_MODE).make()

    def on_mount(self) -> None:
        self.set_keymap(self.keymap)
        for pane in panes():
            self.add_mode(pane.id, pane.make)
        for view in views():
            if view.make is not None:
                self.add_mode(view.id, view.make)

    def on_ready(self) -> None:
        """What must be known before anything is done: that nothing can be saved, and mistakes in the settings."""
        self.set_timer(1, gc.enable)
        said = [*([self.session.readonly] if self.session.readonly else []), *self.session.notices(), *self._told]
        self.session.store.notices.clear()
        if said and self.frame is not None:
            self.frame.bar.blame(" ".join(render(saying) for saying in said))
        elif self._way == "import":
            self.run_command("app.import")
        self.run_worker(self.session.upkeep, thread=True, group="deed", exit_on_error=False, description="upkeep")

    async def take(self, event: events.Event) -> None:
        """Every key passes here first: full-width characters act as plain ones, a message ends, a fault is answered."""
        if isinstance(event, (events.Key, events.Paste)) and await self.ahead.takes(event):
            return
        if isinstance(event, (events.Key, events.Paste)):
            self.keeper.touched()
        if isinstance(event, events.Key) and not event.is_forwarded:
            if self._answered(event):
                return
            if self.frame is not None and self.screen is self.frame:
                self._moved.heed(event.key, self.frame)
            if not self.typing:
                event = self._plain(event)
            receiver = self.focused
            await super().take(event)
            if receiver is None:
                return
            if getattr(receiver, "in_turn", False):
                await self._done_with(receiver)
            if self.typing and not event.is_printable:
                self.ahead.in_turn(receiver, event)
        else:
            await super().take(event)

    async def _done_with(self, receiver: Widget) -> None:
        """Wait until it has dealt with its key: the next one belongs to what has the focus then."""
        done = asyncio.Event()
        if receiver.call_later(done.set):
            with suppress(TimeoutError):
                await asyncio.wait_for(done.wait(), PATIENCE)

    def _answered(self, event: events.Key) -> bool:
        """Whether the key only answered a fault."""
        frame = self.frame
        if frame is None:
            return False
        if frame.bar.fault is not None and self.screen is frame:
            if event.key in ("enter", "escape"):
                frame.bar.blame(None)
            return True
        frame.bar.quiet()
        return False

    def _plain(self, event: events.Key) -> events.Key:
        found = plain(event.character)
        if found is not None:
            return events.Key(*found)
        self._wide = self._wide + 1 if is_wide(event.character) else 0
        if self._wide >= WIDE_BEFORE_HINT and self.frame is not None:
            hint = _("A Chinese input method is on: switch it with Shift, or use Enter and the digits.")
            self.frame.tell([Span(hint, "soon")])
        return event


def run_app(session: Session, way: str = "") -> int:
    """Open the screens, with the `way` "import" the sheet for files too; the exit status.

    Raises what nobody foresaw, and `Ended` where it was told to end, once the terminal is itself again.
    """
    # Nothing that is read at the start becomes garbage: looking for some would only delay the first frame.
    gc.disable()
    app = Workbench(session, own=session.settings.me.timezone, theme=session.settings.display.theme, way=way)
    if app.shown() == DEMO:
        return _run_demo()
    return app.return_code or 0


def _run_demo() -> int:
    """The same screens on invented data, which are gone afterwards."""
    import tempfile

    from workbench.session.demo import open_demo

    with heeded(), tempfile.TemporaryDirectory(prefix="workbench-demo-") as directory:
        return run_app(open_demo(Options(data=Path(directory))))
