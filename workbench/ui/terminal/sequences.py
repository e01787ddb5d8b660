"""What one whole escape sequence means. A sequence never stands for a character: those come as themselves.

Keys by every common way of writing them: xterm, with and without `modifyOtherKeys`, rxvt, the Linux console, `CSI u`
and kitty. A modified key keeps its modifiers in its name (`alt+up`), so that nothing takes it for the plain one.
"""

from __future__ import annotations

import re

from textual import events
from textual.keys import Keys
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

# Textual has no public way to these.
from textual import constants  # isort: skip
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS  # isort: skip
from textual._keyboard_protocol import FUNCTIONAL_KEYS  # isort: skip
from textual._xterm_parser import IS_ITERM, XTermParser  # isort: skip
from textual.keys import _character_to_key  # isort: skip
from textual.messages import InBandWindowResize  # isort: skip

_KEY = re.compile(r"\x1b(?:\[|O)([\d:;]*)([A-Za-z~])")
_RESIZE = re.compile(r"\x1b\[48;(\d+)(?::[\d:]*)?;(\d+)(?::[\d:]*)?;(\d+)(?::[\d:]*)?;(\d+)(?::[\d:]*)?t")
_MODE = re.compile(r"\x1b\[\?(\d+);(\d)\$y")
_LETTERS = {
    "A": "up", "B": "down", "C": "right", "D": "left", "F": "end", "H": "home",
    "P": "f1", "Q": "f2", "R": "f3", "S": "f4",
}  # fmt: skip
#: Modifiers in the order of their bits; the locks above them change no key.
_MODIFIERS = ("shift", "alt", "ctrl", "super", "hyper", "meta")
#: Keys that choose, or write: an escape sequence may only name them with a modifier, under which they do neither.
_WRITING = ("enter", "tab", "backspace", "space")
_RELEASED = "3"


class Sequences:
    """Reads whole sequences; remembers where the mouse was."""

    def __init__(self) -> None:
        self._textual = XTermParser()

    def read(self, sequence: str) -> list[Message] | None:
        """The events of one sequence, none where it is known and means nothing; None where it is not understood."""
        if sequence in ("\x1b[I", "\x1b[O"):
            return [events.AppFocus() if sequence == "\x1b[I" else events.AppBlur()]
        if sequence.startswith("\x1b[<"):
            mouse = self._textual.parse_mouse_code(sequence)
            return [mouse] if mouse is not None else []
        if found := _RESIZE.fullmatch(sequence):
            sizes = [int(size) for size in found.groups()]
            return [self._resized(*sizes)] if all(0 < size < 1 << 16 for size in sizes) else []
        if found := _MODE.fullmatch(sequence):
            return _mode(*found.groups())
        return _keys(sequence)

    def _resized(self, height: int, width: int, pixels_high: int, pixels_wide: int) -> Message:
        event = events.Resize.from_dimensions((width, height), (pixels_wide, pixels_high))
        self._textual.terminal_size, self._textual.terminal_pixel_size = event.size, event.pixel_size
        self._textual.mouse_pixels = True
        return event


def _mode(mode: str, setting: str) -> list[Message]:
    if mode == "2026" and setting != "0":
        return [TerminalSupportsSynchronizedOutput()]
    if mode == "2048" and constants.SMOOTH_SCROLL and not IS_ITERM:
        return [InBandWindowResize.from_setting_parameter(int(setting))]
    return []


def _keys(sequence: str) -> list[Message] | None:
    if (found := _KEY.fullmatch(sequence)) and (key := _named(*found.groups())) is not None:
        return [events.Key(key, None)] if key else []
    known = ANSI_SEQUENCES_KEYS.get(sequence)
    if not isinstance(known, tuple):
        return None
    *before, last = (key.value for key in known)
    if len(last) == 1 or last in _WRITING or last.startswith("<") or before not in ([], [Keys.Escape.value]):
        return None
    return [events.Key(f"alt+{last}" if before else last, None)]


def _named(parameters: str, final: str) -> str | None:
    """The name of the key; empty where nothing was pressed or it would be a character, None where it is none."""
    first, *rest = [part.split(":") for part in parameters.split(";")]
    modifiers, writes = (rest[0] if rest else [""]), False
    if final == "u" or (final == "~" and first[0] == "27" and len(rest) == 2):
        key, writes = _of_code(first[0] if final == "u" else rest[1][0])
    elif final == "~":
        key = FUNCTIONAL_KEYS.get(f"{first[0]}~", "")
    elif final == "Z":
        return "shift+tab"
    else:
        key = _LETTERS.get(final, "") if first[0] in ("", "1") else ""
    if not key:
        return None
    bits = max(int(modifiers[0] or "1") - 1, 0) if len(modifiers[0]) < 5 else 0
    held = sorted(name for bit, name in enumerate(_MODIFIERS) if bits & 1 << bit)
    if modifiers[1:2] == [_RELEASED] or (final == "R" and rest and not held):
        return ""  # let go, or where the cursor is
    if (writes or key in _WRITING) and held in ([], ["shift"]):
        return "shift+tab" if held and key == "tab" else ""
    return "+".join([*held, key])


def _of_code(code: str) -> tuple[str, bool]:
    """(the key of a code point or of a number of the kitty protocol, whether it writes a character)."""
    if not code or len(code) > 7:
        return "", False
    if (named := FUNCTIONAL_KEYS.get(f"{code}u")) is not None:
        return named, len(named) == 1
    if int(code) > 0x10FFFF or 0xD800 <= int(code) < 0xE000:
        return "", False
    return _character_to_key(chr(int(code))), True
