"""The seller's keys: what is wrong with them is told; what is right is left alone."""

import pytest

from workbench.config.keymap import check_keymap, impossible
from workbench.i18n import render

COMMANDS = {
    "app.help": ("f1,question_mark", "app"),
    "app.quit": ("q", "app"),
    "ticket.act": ("enter", "queue"),
    "ticket.why": ("w", "queue"),
    "ledger.why": ("w", "ledger"),
    "list.down": ("down,j", "list"),
}
TOGETHER = [("app", "list", "queue"), ("app", "list", "ledger")]


def check(bindings):
    return [(each.key, render(each.what)) for each in check_keymap(bindings, COMMANDS, TOGETHER)]


@pytest.mark.parametrize(
    "bindings",
    [
        {},
        {"ticket.act": ["space", "x"]},
        {"ticket.why": []},
        {"app.help": ["f1", "?"]},
        {"ticket.why": ["w"]},
        {"ticket.why": ["j"], "list.down": ["down"]},
        {"ticket.why": ["q"], "app.quit": ["Q", "ctrl+q"]},
        {"list.down": ["ㅓ", "shift+down", "ctrl+shift+a", "alt+f4", "ctrl+end", "+", "ctrl++"]},
    ],
)
def test_what_is_right(bindings):
    assert check(bindings) == []


@pytest.mark.parametrize(
    ("bindings", "key", "words"),
    [
        ({"ticket.wyh": ["x"]}, "keys.bind.ticket.wyh", '"ticket.why"'),
        ({"ticket.why": ["ctrl+h"]}, "keys.bind.ticket.why", "backspace"),
        ({"ticket.why": ["ctrl+m"]}, "keys.bind.ticket.why", "enter"),
        ({"ticket.why": ["ctrl+i"]}, "keys.bind.ticket.why", "tab"),
        ({"ticket.why": ["ctrl+slash"]}, "keys.bind.ticket.why", "ctrl+underscore"),
        ({"ticket.why": ["ctrl+/"]}, "keys.bind.ticket.why", "ctrl+underscore"),
        ({"ticket.why": ["entre"]}, "keys.bind.ticket.why", '"enter"'),
        ({"ticket.why": [""]}, "keys.bind.ticket.why", "not known"),
        ({"ticket.why": ["cmd+x"]}, "keys.bind.ticket.why", "ctrl"),
        ({"ticket.why": ["alt+x"]}, "keys.bind.ticket.why", "letter"),
        ({"ticket.why": ["ctrl+A"]}, "keys.bind.ticket.why", '"ctrl+shift+a"'),
        ({"ticket.why": ["shift+a"]}, "keys.bind.ticket.why", '"A"'),
        ({"ticket.why": ["\x1b"]}, "keys.bind.ticket.why", "\\u001b"),
        # a key that another command has by default is silently taken from it
        ({"ticket.why": ["q"]}, "keys.bind.ticket.why", '"app.quit"'),
        ({"ticket.why": ["?"]}, "keys.bind.ticket.why", '"app.help"'),
        ({"ticket.why": ["j"]}, "keys.bind.ticket.why", '"list.down"'),
        ({"ticket.why": ["x"], "ticket.act": ["x"]}, "keys.bind.ticket.why", '"ticket.act"'),
    ],
)
def test_each_mistake_is_told_once(bindings, key, words):
    ((where, told),) = check(bindings)
    assert where == key
    assert words in told
    assert told.isprintable()


def test_commands_that_never_hold_together_may_share_a_key():
    assert check({"ledger.why": ["enter"]}) == []


def test_a_mistake_stands_where_the_key_stands(seller):
    loaded = seller('[keys.bind]\n\n"ticket.why" = ["ctrl+h"]\n')
    (problem,) = check_keymap(loaded.settings.keys.bind, COMMANDS, TOGETHER, loaded.problem)
    assert (problem.file, problem.line) == (loaded.overlay.file, 3)


@pytest.mark.parametrize("key", ["a", "A", "1", "?", "question_mark", "f12", "ctrl+a", "escape", "left_square_bracket"])
def test_keys_that_arrive(key):
    assert impossible(key) is None
