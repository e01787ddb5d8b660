"""Characters from the terminal as events. What is not understood is dropped whole, and no wait is without an end.

Textual's own parser gives a sequence that it does not know back as keys. Here a sequence ends where its grammar says,
or is given up; and a character is a key only where it came alone (`doubt`). Enter sent as LF is Enter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING

from textual import constants, events
from textual.message import Message

from workbench.ui.terminal.doubt import AFTER_ESCAPE, BESIDE_ESCAPE, RUN, Doubt

# Textual has no public way to it.
from textual._xterm_parser import XTermParser  # isort: skip

if TYPE_CHECKING:
    from workbench.ui.terminal.sequences import Sequences

ESC, CTRL_C = "\x1b", "\x03"
PASTE, PASTE_END = "\x1b[200~", "\x1b[201~"
#: Seconds of silence after which the rest of a sequence, or the end of a paste, is no longer waited for.
PATIENCE = 1.0
#: Seconds after which the end of a paste that was given up may no longer come.
OVERDUE = 60.0
#: More characters at once than a person types: after a paste without an end they are still the paste.
_AT_ONCE = 3
#: As many characters of a sequence as are kept: none that means something is longer.
_LONGEST = 256
#: Esc and one character that are a key for writing, as terminals without a better name for it send it.
_WITH_ESCAPE = {"\x7f": "ctrl+w", "\b": "ctrl+w", "\t": "shift+tab"}
#: The controls of eight bits that begin a sequence, as Esc and another; with a blank behind what begins a text.
_EIGHT_BIT = {chr(ord(second) + 0x40): f"{ESC}{second}{'' if second in '[O' else ' '}" for second in "OPX[]^_"}
_CONTROL = re.compile(r"\x1b\[\[?[ -?]*")
_MOUSE = re.compile(r"\x1b\[M.{0,2}", re.DOTALL)
_SHIFTED = re.compile(r"\x1bO[0-9;]*")


class Reader:
    """Feed it what comes; `tick` it when `due` is over. `delay`: seconds until Esc alone is Esc."""

    def __init__(
        self, debug: bool = False, *, delay: float | None = None, clock: Callable[[], float] = monotonic
    ) -> None:
        self._delay = constants.ESCAPE_DELAY if delay is None else delay
        self._clock = clock
        self._characters = XTermParser(debug)
        self._doubt = Doubt()
        #: What has come of a sequence, from its Esc on, and when its last byte did.
        self._begun = ""
        self._at = 0.0
        #: What was pasted so far; None outside of a paste.
        self._pasted: list[str] | None = None
        #: (what may begin the mark at the end, since when) of a paste that was given up; None without one.
        self._given_up: tuple[str, float] | None = None
        self._returned = False

    @cached_property
    def _sequences(self) -> Sequences:
        """What sequences mean; the first comes with the first answer of the terminal, not before the first frame."""
        from workbench.ui.terminal.sequences import Sequences

        return Sequences()

    @property
    def due(self) -> float | None:
        """Seconds until a wait is over; None where nothing is awaited."""
        if self._pasted is not None or len(self._begun) > 1:
            return max(self._at + PATIENCE - self._clock(), 0)
        return max(self._at + self._delay - self._clock(), 0) if self._begun else None

    def tick(self) -> Iterator[Message]:
        """What it means that nothing more came."""
        if self.due != 0:
            return
        if self._pasted is not None:
            yield from self._give_up()
        elif (len(self._begun) == 2 and self._begun[1] not in "[O") or self._begun == ESC:
            self._begun = ""
            yield self._escape()
        else:
            self._drop(self._at)

    def feed(self, data: str) -> Iterator[Message]:
        """The events of what came at once."""
        now = self._clock()
        if self._given_up is not None:
            text, data = self._still_pasted(data, now)
            if text:
                yield events.Paste(text)
        elif self._pasted is not None and data == CTRL_C and now - self._at > RUN:
            yield from self._give_up()
        while data:
            if self._pasted is not None:
                pasted, data = self._paste(data, now)
                yield from pasted
                continue
            character, data = data[0], data[1:]
            for taken in _EIGHT_BIT.get(character, character):
                yield from self._take(taken, now, bool(data))

    # characters

    def _take(self, character: str, now: float, burst: bool) -> Iterator[Message]:
        returned, self._returned = self._returned, False
        if len(self._begun) > 1:
            yield from self._go_on(character, now, burst)
        elif self._begun:
            yield from self._behind_escape(character, now, burst)
        elif character == ESC:
            self._begun, self._at = ESC, now
        elif character == "\n" and returned and now - self._at <= RUN:
            pass  # CR LF is one Enter
        elif character == CTRL_C or not self._doubt.drops(character, now, burst):
            self._returned, self._at = character == "\r", now
            yield from self._key(character)

    def _behind_escape(self, character: str, now: float, burst: bool) -> Iterator[Message]:
        came = self._at
        if character in "[O" or (character in "]P_^X" and (burst or now - came <= AFTER_ESCAPE)):
            self._begun, self._at = ESC + character, now
        elif character == ESC:
            yield self._escape()
            self._at = now
        elif AFTER_ESCAPE < now - came <= self._delay + RUN or character == CTRL_C:
            self._begun = ""
            yield self._escape()
            yield from self._take(character, now, burst)
        else:
            self._begun = ""
            self._doubt.escaped(came)
            name = _WITH_ESCAPE.get(character)
            for event in self._key(character):
                yield events.Key(name or BESIDE_ESCAPE + event.key, None)

    def _go_on(self, character: str, now: float, burst: bool) -> Iterator[Message]:
        begun, self._at = self._begun, now
        if character == CTRL_C or (character == ESC and begun[1] in "[O"):
            self._drop(now)
            yield from self._take(character, now, burst)
        elif begun[1] in "[O":
            yield from self._control(begun + character, now, burst)
        elif begun[-1] == ESC and character != "\\":
            self._begun = ESC
            yield from self._behind_escape(character, now, burst)
        elif begun[-1] == ESC or character in "\a\x9c\x18\x1a":
            self._drop(now)  # an answer of the terminal
        else:
            self._begun = begun[:_LONGEST] + character

    def _control(self, sequence: str, now: float, burst: bool) -> Iterator[Message]:
        """A sequence by its grammar: it goes on, is whole, or breaks off."""
        if sequence == PASTE:
            self._begun, self._pasted, self._given_up = "", [], None
        elif any(grammar.fullmatch(sequence) for grammar in (_CONTROL, _MOUSE, _SHIFTED)):
            self._begun = sequence[:_LONGEST]
        elif "\x40" <= sequence[-1] <= "\x7e" or _MOUSE.fullmatch(sequence[:-1]):
            found = self._sequences.read(sequence)
            self._begun = ""
            if found is None:
                self._drop(now)
            for event in found or ():
                if isinstance(event, events.Key):
                    self._doubt.escaped(now) if event.key == "escape" else self._doubt.pressed()
                yield event
        else:
            self._drop(now)
            yield from self._take(sequence[-1], now, burst)

    def _drop(self, now: float) -> None:
        self._begun = ""
        self._doubt.torn(now)

    def _escape(self) -> Message:
        self._doubt.escaped(self._at)
        return events.Key("escape", ESC)

    def _key(self, character: str) -> Iterator[events.Key]:
        if character in "\r\n":
            yield events.Key("enter", "\r")
        elif not "\x80" <= character < "\xa0":
            yield from self._characters._sequence_to_key_events(character)

    # pastes

    def _paste(self, data: str, now: float) -> tuple[list[Message], str]:
        """(the paste where it ends within `data`, what comes behind it)."""
        assert self._pasted is not None
        self._at = now
        tail = "".join(self._pasted[1 - len(PASTE_END) :])[1 - len(PASTE_END) :]
        self._pasted.append(data)
        if PASTE_END not in tail + data:
            return [], ""
        text = "".join(self._pasted)
        end = text.index(PASTE_END, len(text) - len(data) - len(tail))
        self._pasted = None
        return [_pasted(text[:end])], text[end + len(PASTE_END) :]

    def _give_up(self) -> Iterator[Message]:
        """The end of the paste is missing: what came is its text, and the keys work again."""
        text = "".join(self._pasted or ())
        end = next(end for end in range(len(PASTE_END), -1, -1) if text.endswith(PASTE_END[:end]))
        self._pasted, self._given_up = None, (PASTE_END[:end], self._at)
        yield _pasted(text[: len(text) - end])

    def _still_pasted(self, data: str, now: float) -> tuple[str, str]:
        """(what of `data` still belongs to the paste that was given up, what does not)."""
        assert self._given_up is not None
        mark, since = self._given_up
        if now - since > OVERDUE or not data:
            self._given_up = None
            return "", data
        text, end, rest = (mark + data).partition(PASTE_END)
        if end:
            self._given_up = None
            return _pasted(text).text, rest
        if mark and PASTE_END.startswith(mark + data):
            self._given_up = mark + data, since
            return "", ""
        self._given_up = "", since
        return (_pasted(data).text, "") if len(data) > _AT_ONCE and data[0] != ESC else ("", data)


def _pasted(text: str) -> events.Paste:
    return events.Paste(text.replace("\0", ""))
