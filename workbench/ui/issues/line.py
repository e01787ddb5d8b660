"""The typed text of the Log: keys that mean something here, a completion ahead of the cursor, digits that answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, NamedTuple, Protocol

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.suggester import SuggestionReady

from workbench.output.marks import CURSOR
from workbench.session import Done
from workbench.ui.bench import OnBench
from workbench.ui.commands import action, bindings, keys_of, of
from workbench.ui.keys import plain, pressed
from workbench.ui.text import Span
from workbench.ui.widgets.entry import Entry, Known, Typed


class Holder(Protocol):
    """What the keys of the line do. It is called, not messaged: a message would come behind the keys that wait."""

    def typed(self) -> None: ...
    def answer(self, digit: int) -> bool: ...
    def save(self) -> None: ...
    def complete(self) -> None: ...
    def up(self) -> None: ...
    def down(self) -> None: ...
    def skip(self) -> None: ...
    def keep(self) -> None: ...
    def leave(self) -> None: ...


class Waiting(NamedTuple):
    """A line on its way to the disk: the deed, what was typed, and the case it came from."""

    deed: Callable[[], Done]
    text: str
    ticket: int | None = None


class LogLine(Typed, OnBench):
    """The line. Its keys go to the one that holds it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("line", "logline")

    class Focused(Message):
        """The line has the focus now, or has it no more."""

    def __init__(self, holder: Holder, known: Known, ahead: Callable[[str], str], placeholder: str) -> None:
        super().__init__("", placeholder, known)
        self._holder = holder
        self._ask = ahead
        self._own: dict[str, str] = {}

    def watch_value(self) -> None:
        """Told at once: the next key may be waiting already. The completion depends on the cursor, which moves next."""
        self._holder.typed()
        self.call_later(self.show_ahead)

    def on_focus(self) -> None:
        self.post_message(self.Focused())

    def on_blur(self) -> None:
        self.post_message(self.Focused())

    def show_ahead(self) -> None:
        """Show the marked completion ahead of the cursor."""
        rest = self._ask(self.value)
        self.post_message(SuggestionReady(self.value, self.value + rest if rest else ""))

    def on_mount(self) -> None:
        own = {key: bound.action for key, bound in self._bindings}
        keymap = self.bench.keymap
        for command in of("line", "logline"):
            own = {key: name for key, name in own.items() if name != action(command.id)}
            own.update(dict.fromkeys(keys_of(command, keymap), action(command.id)))
        self._own = own

    async def _on_key(self, event: events.Key) -> None:
        """All keys are dealt with here, in their order: a binding would run behind the characters that wait."""
        found = plain(event.character)
        digit = found[1] if found else pressed(event)
        if digit.isascii() and digit.isdigit() and self._holder.answer(int(digit)):
            event.stop()
            event.prevent_default()
            return
        if not event.is_printable and event.key in self._own:
            event.stop()
            event.prevent_default()
            await self.run_action(self._own[event.key])
            return
        await super()._on_key(event)

    def action_cursor_right(self, select: bool = False) -> None:
        """At the end of the line the right arrow takes the completion, as Tab does."""
        if not select and self.value and self.cursor_at_end and self._ask(self.value):
            self._holder.complete()
        else:
            super().action_cursor_right(select)

    def action_line_complete(self) -> None:
        self._holder.complete()

    def action_logline_save(self) -> None:
        self._holder.save()

    def action_logline_up(self) -> None:
        self._holder.up()

    def action_logline_down(self) -> None:
        self._holder.down()

    def action_logline_leave(self) -> None:
        self._holder.leave()

    def action_line_new(self) -> None:
        self._holder.keep()

    def action_logline_skip(self) -> None:
        """In a line that has text, the key deletes what it deletes everywhere."""
        if self.value:
            self.action_delete_right()
        else:
            self._holder.skip()


class LineEntry(Entry):
    """The prompt, which is lit where the line has the focus, and the line."""

    def __init__(self, line: LogLine) -> None:
        super().__init__([Span(f"{CURSOR} ", "accent_bold")])
        self.typed = line

    def light(self, on: bool) -> None:
        self._prompt.tell([Span(f"{CURSOR} ", "accent_bold") if on else Span("  ")])
