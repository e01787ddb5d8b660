"""The help of every verb and second word, in both languages."""

from __future__ import annotations

import argparse

import pytest

from workbench import i18n
from workbench.cli.parsing import parser
from workbench.cli.verbs import VERBS


def every(tree):
    yield tree
    for action in tree._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from every(below)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_help_can_be_printed(language):
    i18n.use(language)
    try:
        shown = [tree.format_help() for verb in VERBS for tree in every(parser(verb))]
    finally:
        i18n.use("en")
    assert any("12%" in text for text in shown), "a per cent sign is one"
    assert not any("%%" in text for text in shown)
