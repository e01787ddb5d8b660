"""The seller's own keys, and keys under a Chinese input method: full-width characters act as their plain forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from workbench.config import Loaded, Problem, Settings
from workbench.config.forms import Key
from workbench.core.saying import Saying, say
from workbench.ui.commands import command, declared, together, written
from workbench.ui.terminal.doubt import BESIDE_ESCAPE

if TYPE_CHECKING:
    from textual.events import Key as Pressed

_PLAIN = {"\u3000": " ", "\u3001": "/", "\u3002": ".", "\u3010": "[", "\u3011": "]", "\u300a": "<", "\u300b": ">"}
_NAMES = {
    " ": "space", "?": "question_mark", "/": "slash", ":": "colon", "+": "plus", "@": "at", "[": "left_square_bracket",
    "]": "right_square_bracket", "<": "less_than_sign", ">": "greater_than_sign", "=": "equals_sign", "-": "minus",
}  # fmt: skip


#: Under these a key is not the plain one.
_MODIFIERS = {"ctrl", "alt", "meta", "super", "hyper"}


def pressed(event: Pressed) -> str:
    """The character of a plain key press; empty where a character only came with another key, or with a modifier."""
    # Here, because the check of the settings asks for the keys and must not load Textual.
    from textual.keys import _character_to_key

    character = event.character or ""
    return character if len(character) == 1 and event.key in (character, _character_to_key(character)) else ""


def plainly(event: Pressed, typing: bool) -> Pressed | None:
    """The key as what it may be taken for; None where that is nothing.

    A key with ctrl, alt or meta has no character. A key that came at once with an Esc is not taken at all: of the two
    only Esc may have been meant, and not where text is typed, for which some terminals send alt in this way.
    """
    from textual.events import Key

    if event.key.startswith(BESIDE_ESCAPE):
        return None if typing else Key("escape", "\x1b")
    if event.character is not None and not _MODIFIERS.isdisjoint(event.key.split("+")[:-1]):
        return Key(event.key, None)
    return event


def plain(character: str | None) -> tuple[str, str] | None:
    """(key, character) of the plain form of a full-width character; None where it has none."""
    if not character or len(character) != 1:
        return None
    found = _PLAIN.get(character)
    if found is None and "\uff01" <= character <= "\uff5e":
        found = chr(ord(character) - 0xFEE0)
    return (_NAMES.get(found, found), found) if found else None


def is_wide(character: str | None) -> bool:
    """Whether the character takes two cells, as one that an input method has made."""
    return bool(character) and len(character or "") == 1 and east_asian_width(character or "") in "WF"


#: What each preset binds otherwise; the seller's own keys go over it.
PRESETS: dict[str, dict[str, tuple[str, ...]]] = {
    "default": {},
    "vim": {
        "app.before": ("h", "left_square_bracket"), "app.after": ("l", "right_square_bracket"),
        "app.log": ("o",), "app.redo": ("ctrl+r", "U"),
        "list.page-down": ("ctrl+f", "ctrl+d", "pagedown"), "list.page-up": ("ctrl+b", "ctrl+u", "pageup"),
        "week.left": ("h", "left"), "week.right": ("l", "right"),
    },
}  # fmt: skip
#: The keys of the screens that came last, and of their second views.
_SCREENS = ("f6", "f7", "f8", "f9")
#: What must stay on the keyboard.
_KEPT = ("app.quit", "app.help", "sheet.leave")


def seller_keys(settings: Settings) -> tuple[dict[str, str], list[Saying]]:
    """The keymap of the settings for Textual, and what is wrong with it; a faulty line keeps its default keys."""
    preset, bound = PRESETS[settings.keys.preset], settings.keys.bind
    problems = _problems(preset, bound)
    faulty: set[str] = set()
    # A line that is not taken leaves its keys where they were, which may be what another line gives to its command.
    more = problems
    while more:
        faulty |= {id for id, _what in more}
        more = _problems(preset, {id: keys for id, keys in bound.items() if id not in faulty})
        problems += more
    own = {id: keys for id, keys in bound.items() if id not in faulty}
    keymap = {id: ",".join(keys) for id, keys in (preset | own).items()}
    return keymap, [_told(id, what) for id, what in problems]


def keymap_problems(loaded: Loaded) -> list[Problem]:
    """What is wrong with the seller's keys, each at its line of the settings file."""
    keys = loaded.settings.keys
    found = _problems(PRESETS[keys.preset], keys.bind)
    return [loaded.problem(("keys", "bind", id), what) for id, what in found]


def _problems(preset: Mapping[str, tuple[str, ...]], bound: Mapping[str, tuple[str, ...]]) -> list[tuple[str, Saying]]:
    """(command, what is wrong) of the seller's keys over the preset's."""
    if not bound:
        return []
    # Here, because hardly anybody has keys of his own and everybody has a first frame.
    from workbench.config.keymap import check_keymap

    commands = declared()
    in_force = commands | {id: (",".join(map(written, keys)), commands[id][1]) for id, keys in preset.items()}
    found: list[tuple[str, Saying]] = []

    def noted(key: Key, what: Saying) -> Problem:
        found.append((str(key[-1]), what))
        return Problem("", None, "", what)

    check_keymap(bound, in_force, together(), noted)
    for id, keys in bound.items():
        if id in commands and (key := next((key for key in keys if key in _SCREENS and key not in _own(id)), None)):
            text = say(
                '"{key}" belongs to the screens: F6 to F8 go to one, F9 to its second view. Take another.', key=key
            )
            found.append((id, text))
    found += [
        (id, say("It would have no key any more, and must have one. Give it another."))
        for id in _KEPT
        if id in bound and not bound[id]
    ]
    return found


def _own(id: str) -> tuple[str, ...]:
    """The keys of the screens that a command has by itself."""
    return ("f9",) if id == "log.week" else command(id).keys


def _told(id: str, what: Saying) -> Saying:
    return say("Keys of {id}: {what}", id=id, what=what)
