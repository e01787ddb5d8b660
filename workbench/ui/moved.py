"""Function keys: an old one tells the new key of its command, once; that of a screen still to come says so."""

from __future__ import annotations

from typing import NamedTuple

from workbench.core.saying import say
from workbench.i18n import _, render
from workbench.ui.commands import command, key_name, keys_of
from workbench.ui.frame import Frame
from workbench.ui.rooms import panes
from workbench.ui.text import Span


class Old(NamedTuple):
    """What a function key did on a pane (on all, where none is named), and the command that has its new key."""

    key: str
    pane: str
    did: str
    now: str


OLD = (
    Old("f6", "log", "log.week", "app.second"),
    Old("f7", "queue", "queue.closed", "queue.closed"),
    Old("f7", "log", "log.form", "log.form"),
    Old("f8", "", "app.history", "app.history"),
    Old("f9", "log", "log.none", "log.none"),
)
#: The screens that have a key from the beginning, also while they are not there.
_TO_COME = {"f6": say("Replies"), "f7": say("Plan"), "f8": say("Creators")}


class OldKeys:
    """What was told already."""

    def __init__(self) -> None:
        self._told: set[Old] = set()

    def heed(self, key: str, frame: Frame) -> None:
        """This key was pressed on a screen."""
        text = self._new_key(key, frame)
        if not text and key in _TO_COME and all(pane.key != key for pane in panes()):
            text = _("There is no screen {name} yet.").format(name=render(_TO_COME[key]))
        if text:
            bench = frame.bench
            if any(pane.key == key and pane.id != frame.pane for pane in panes()):
                bench.carried = text  # the key leads to another screen: it is told there
            else:
                bench.call_later(lambda: (bench.frame or frame).tell([Span(text, "quiet")]))

    def _new_key(self, key: str, frame: Frame) -> str:
        old = next((old for old in OLD if old.key == key and old.pane in ("", frame.pane)), None)
        if old is None or old in self._told:
            return ""
        self._told.add(old)
        new = key_name(next(iter(keys_of(command(old.now), frame.bench.keymap)), ""))
        what = render(command(old.did).word)
        screen = next((render(pane.title) for pane in panes() if pane.key == key), "")
        if not screen:
            return _("{key} is now the key of: {what}.").format(key=new, what=what)
        text = _("{old} opens {screen} now. {key} is now the key of: {what}.")
        return text.format(old=key_name(key), screen=screen, key=new, what=what)
