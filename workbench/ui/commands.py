"""The commands of all rooms: how they are found, bound, named and shown. Each is declared in its room, once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from workbench.core.saying import Saying, say
from workbench.i18n import render
from workbench.ui.room import Command, Pane
from workbench.ui.rooms import rooms

if TYPE_CHECKING:
    from textual.binding import BindingType

#: A key that no terminal sends: what has no key yet can still be given one by the seller.
_NO_KEY = "no_key"


@cache
def commands() -> dict[str, Command]:
    """All commands by their id, in the order of the rooms; the way to a pane before the pane's own."""
    found: list[Command] = []
    for room in rooms():
        if room.pane is not None:
            found.append(_going(room.pane))
        found += room.commands
    return {each.id: each for each in found}


def _going(pane: Pane) -> Command:
    """The command that goes to a pane."""
    keys = (pane.key,) if pane.key else ()
    return Command(pane.command, keys, pane.word, pane.help, "app", lambda bench: bench.go_to_pane(pane.id))


@cache
def scopes() -> dict[str, Saying]:
    """The scopes with the titles help gives them."""
    return {scope: title for room in rooms() for scope, title in room.scopes.items()}


@cache
def together() -> tuple[tuple[str, ...], ...]:
    """The sets of scopes whose keys hold at the same time."""
    return tuple(each for room in rooms() for each in room.together)


@cache
def bars() -> dict[str, tuple[str, ...]]:
    """What stands in the bar, by its name; help is kept when the rest is cut."""
    return {name: ids for room in rooms() for name, ids in room.bars.items()}


def command(id: str) -> Command:
    """The command of this id."""
    return commands()[id]


def of(*scopes: str) -> Iterator[Command]:
    """The commands of these scopes, in order."""
    return (each for each in commands().values() if each.scope in scopes)


def action(id: str) -> str:
    """The action that a command runs: `ticket.act` runs `ticket_act`, `queue.view-3` runs `queue_view(3)`."""
    if command(id).run is not None:
        return f"app.command({id!r})"
    if command(id).does:
        return command(id).does
    name, _, argument = id.replace(".", "_").rpartition("-")
    return f"{name}({argument})" if argument.isdigit() else id.replace(".", "_").replace("-", "_")


def bindings(*scopes: str) -> list[BindingType]:
    """The bindings of these scopes, for `BINDINGS`; the bar and the help show them in the language of the moment."""
    # Here, because the check of the settings reads the declarations and must not load Textual.
    from textual.binding import Binding

    return [
        Binding(
            ",".join(found.keys or (_NO_KEY,)),
            action(found.id),
            found.word.text,
            show=False,
            id=found.id,
            tooltip=found.help.text,
        )
        for found in of(*scopes)
    ]


def declared() -> dict[str, tuple[str, str]]:
    """The default keys (separated by commas) and the scope of every command, for the check of the seller's keys."""
    return {found.id: (",".join(map(written, found.keys)), found.scope) for found in commands().values()}


def written(key: str) -> str:
    """A key as the seller may write it; a comma, which parts keys, only by its name."""
    return key if key == "comma" else _NAMES.get(key, key)


def keys_of(found: Command, keymap: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of a command in force: the seller's where he has set some."""
    return tuple(filter(None, keymap[found.id].split(","))) if found.id in keymap else found.keys


_NAMES = {
    "question_mark": "?", "slash": "/", "colon": ":", "plus": "+", "at": "@", "left_square_bracket": "[",
    "right_square_bracket": "]", "equals_sign": "=", "less_than_sign": "<", "greater_than_sign": ">", "minus": "-",
    "comma": ",", "full_stop": ".",
}  # fmt: skip
_SAID: dict[str, Saying] = {
    "enter": say("enter"), "space": say("space"), "escape": say("esc"), "tab": say("tab"), "up": say("up"),
    "down": say("down"), "home": say("home"), "end": say("end"),
    "left": say("left"), "right": say("right"), "delete": say("del"),
    "pageup": say("page up"), "pagedown": say("page down"),
}  # fmt: skip


def key_name(key: str) -> str:
    """A key as people call it: `?`, `enter`, `F1`, 回车."""
    if key in _SAID:
        return render(_SAID[key])
    if len(key) > 1 and key[0] == "f" and key[1:].isdigit():
        return key.upper()
    return _NAMES.get(key, key)


def keys_in_bar(keymap: Mapping[str, str], *ids: str) -> list[tuple[str, str]]:
    """(key, word) of the commands with these ids, as the bar shows them."""
    found = [command(id) for id in ids]
    return [(key_name(next(iter(keys_of(one, keymap)), "")), render(one.word)) for one in found]
