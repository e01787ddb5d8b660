"""Numbers that nobody can mean, wherever a word is taken: a sentence, never a fault of the program."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import pytest

from tests.cli.inside import call
from workbench.cli.parsing import parser
from workbench.core.whole import whole
from workbench.session.tables import tables

#: More digits than Python takes for a number.
MANY = "9" * 5_000
#: A number whose beginning looks like another.
PADDED = "0000000019" + "9" * 20
GLOBAL = {"data", "config", "now", "lang", "help", "version"}


def parsers(tree: argparse.ArgumentParser, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], list]]:
    """Every call, and the actions that take a word."""
    below = [action for action in tree._actions if isinstance(action, argparse._SubParsersAction)]
    own = [each for each in tree._actions if each not in below and each.dest not in GLOBAL and each.nargs != 0]
    if words and not any(action.required for action in below):
        yield words, own
    for action in below:
        for name, sub in action.choices.items():
            yield from parsers(sub, (*words, name))


CALLS = list(parsers(parser(None, every=True)))


@pytest.mark.parametrize(("words", "actions"), CALLS, ids=[" ".join(words) for words, _ in CALLS])
def test_no_number_is_too_long_for_a_sentence(tmp_path, monkeypatch, words, actions):
    monkeypatch.chdir(tmp_path)  # some take it for the name of a file
    (tmp_path / "settings.toml").write_text("")
    places = [each for each in actions if not each.option_strings and each.nargs not in ("?", "*")]
    options = [each.option_strings[-1] for each in actions if each.option_strings]
    refs = [table.ref for table in tables().values() if table.ref]
    tried = [[ref + "-" + MANY] * len(places) for ref in refs] if places else []
    tried += [[*["1"] * len(places), f"{option}={value}"] for option in options for value in (MANY, PADDED)]
    for more in (*tried, [MANY] * len(places)):
        found = call(tmp_path, *words, *more)
        assert "inside workbench" not in found.told, (words, [word[:30] for word in more])


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("007", 7), ("9" * 15, 10**15 - 1), ("9" * 16, None), (MANY, None), ("", None), ("-1", None),
     ("1.5", None), (" 1", None), ("\u0661", None), ("\u00b2", None), ("1_0", None)],
)  # fmt: skip
def test_a_whole_number(text, number):
    assert whole(text) == number
