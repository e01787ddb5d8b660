"""Whether a character can be a press of its key, told from when its bytes came.

An escape sequence that is late or torn looks like Esc and some characters. A person presses nothing within 150 ms of
Esc; `[` or `O` up to a second after it begin the rest of a torn sequence, which goes on as long as its bytes follow one
another within 50 ms, or as long as it is not complete and the second is not over. Bytes keep their order: once
something else was pressed, that Esc has no rest any more.
"""

from __future__ import annotations

import re
from math import inf

#: Seconds after the bytes of Esc in which no character counts.
AFTER_ESCAPE = 0.150
#: Seconds after Esc in which the rest of a torn sequence may still come, and between its bytes.
LATE, RUN = 1.0, 0.050
#: What stands before the name of a key whose bytes came at once with those of an Esc.
BESIDE_ESCAPE = "escape+"
#: What begins a torn sequence even when it comes alone, and what does with more behind it.
_BEGINS, _BEGINS_BURST = "[O", "]P_^X"
#: The rest of a sequence, without its Esc, that is not complete.
_OPEN = re.compile(r"\[\[?|\[[ -?]+|\[M.{0,2}|O[0-9;]*|[]P_^X][^\a\\]*", re.DOTALL)


class Doubt:
    """What is known of the last Esc and the last torn sequence; all times in seconds of one monotonic clock."""

    def __init__(self) -> None:
        self._escape = self._torn = -inf
        self._rest = ""
        self._pressed = False

    def escaped(self, at: float) -> None:
        """The bytes of an Esc came."""
        self._escape, self._rest, self._pressed = at, "", False

    def pressed(self) -> None:
        """The bytes of a key came whole: no rest of an earlier Esc comes behind them."""
        self._pressed = True

    def torn(self, at: float) -> None:
        """The bytes of something that was not understood came."""
        self._torn, self._rest = at, ""

    def drops(self, character: str, at: float, burst: bool) -> bool:
        """Whether this character is no press of a key; `burst`: more came together with it."""
        late = at - self._escape <= LATE and not self._pressed
        goes_on = at - self._torn <= RUN or (late and self._rest != "" and _OPEN.fullmatch(self._rest) is not None)
        begins = late and (character in _BEGINS or (burst and character in _BEGINS_BURST))
        self._rest = self._rest if goes_on else ""
        if goes_on or begins:
            self._torn = at
            self._rest += character
            return True
        if at - self._escape <= AFTER_ESCAPE:
            return True
        self.pressed()
        return False
