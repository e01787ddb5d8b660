"""The seller's keys, checked: commands that do not exist, keys no terminal sends, and two commands on one key.

The screens would take all of these silently: an unknown id is ignored, a key that cannot be typed replaces the one that
can, and a key of another command is simply taken from it.
"""

import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping

from workbench.config.forms import Key, shown, unknown
from workbench.config.overlay import Problem, key_text
from workbench.core.saying import Saying, say

#: The keys that have a name, beside characters, which are written as themselves or by their name.
NAMED = frozenset(
    (
        *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete"),
        *("enter", "escape", "tab", "space", "backspace", *(f"f{n}" for n in range(1, 25))),
        *("slash", "backslash", "plus", "minus", "underscore", "at"),
    )
)

#: What a terminal sends in place of these; without the newest protocols nobody can tell them apart.
ALIASED = {
    "ctrl+h": "backspace", "ctrl+m": "enter", "ctrl+i": "tab", "ctrl+left_square_bracket": "escape",
    "ctrl+[": "escape", "ctrl+slash": "ctrl+underscore", "ctrl+/": "ctrl+underscore",
}  # fmt: skip

_MODIFIERS = ("ctrl", "shift", "alt")

#: The keys of a command by default, separated by commas, and the scope in which they hold.
Commands = Mapping[str, tuple[str, str]]


def check_keymap(
    bindings: Mapping[str, Collection[str]],
    commands: Commands,
    together: Collection[Collection[str]] = (),
    problem: Callable[[Key, Saying], Problem] = lambda key, what: Problem("", None, key_text(key), what),
) -> list[Problem]:
    """What is wrong with `bindings` (command id to keys), each mistake once.

    `together` are the sets of scopes that hold at the same time; a scope always holds together with itself. `problem`
    makes the problem of a key of the settings (`Loaded.problem` knows its line).
    """
    found = [
        problem(("keys", "bind", id), what) for id, keys in bindings.items() for what in _mistakes(id, keys, commands)
    ]
    return found + [
        problem(("keys", "bind", id), what) for id, what in _clashes(bindings, commands, [*map(set, together)])
    ]


def _mistakes(id: str, keys: Collection[str], commands: Commands) -> Iterator[Saying]:
    if id not in commands:
        yield unknown(id, commands)
        return
    for key in keys:
        if (what := impossible(key)) is not None:
            yield what


def impossible(key: str) -> Saying | None:
    """Why `key` never arrives as it is written, or None where it does."""
    if key in ALIASED:
        return say('"{key}" arrives as {other} in most terminals. Take another key.', key=key, other=ALIASED[key])
    *modifiers, name = key.split("+") if key not in ("+", "ctrl++") else [key.removesuffix("++"), "plus"][-1:]
    for modifier in modifiers:
        if modifier not in _MODIFIERS:
            return say('"{key}" cannot be typed in a terminal. Use ctrl, or no modifier at all.', key=shown(key))
    if not _is_key(name):
        return unknown(key, NAMED)
    if len(name) == 1 and name.isalpha():
        if "alt" in modifiers:
            return say('"{key}" is typed as a letter where one writes. Use ctrl or a function key.', key=key)
        if "ctrl" in modifiers and name.isupper():
            return say('"{key}" never arrives. Write "{other}".', key=key, other=f"ctrl+shift+{name.lower()}")
        if modifiers == ["shift"]:
            return say('"{key}" never arrives. Write "{other}".', key=key, other=name.upper())
    return None


def _is_key(name: str) -> bool:
    if len(name) == 1:
        return name.isprintable()
    if name in NAMED:
        return True
    try:
        return bool(unicodedata.lookup(name.replace("_", " "))) and name.islower()
    except KeyError:
        return False


def _clashes(
    bindings: Mapping[str, Collection[str]], commands: Commands, together: list[set[str]]
) -> Iterator[tuple[str, Saying]]:
    """Keys that the seller gives to a command while another that holds at the same time has them."""
    in_force = {id: {_plain(key) for key in keys.split(",") if key} for id, (keys, _) in commands.items()}
    in_force |= {id: {_plain(key) for key in keys} for id, keys in bindings.items() if id in commands}
    said: set[tuple[str, str]] = set()
    for id in bindings:
        for other in in_force if id in commands else ():
            scopes = {commands[id][1], commands[other][1]}
            if other == id or (other, id) in said or not (len(scopes) == 1 or any(scopes <= each for each in together)):
                continue
            for key in sorted(in_force[id] & in_force[other]):
                said.add((id, other))
                text = say('"{key}" is the key of "{other}" too. Give one of them another.', key=key, other=other)
                yield id, text


def _plain(key: str) -> str:
    """A key by one name: a character for itself, whatever way it was written."""
    return _NAMES.get(key, key)


_NAMES = {
    "question_mark": "?", "slash": "/", "colon": ":", "plus": "+", "minus": "-", "at": "@", "underscore": "_",
    "left_square_bracket": "[", "right_square_bracket": "]", "less_than_sign": "<", "greater_than_sign": ">",
    "equals_sign": "=", "comma": ",", "full_stop": ".", "backslash": "\\", "asterisk": "*", "number_sign": "#",
    "semicolon": ";", "exclamation_mark": "!", "space": " ",
}  # fmt: skip
