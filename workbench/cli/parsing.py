"""The argument parser: the verbs by name, one of them in full, and the global options before or after it."""

from __future__ import annotations

import argparse
import importlib
import os
import re
import sys
from typing import NoReturn

from workbench import __version__
from workbench.cli.verbs import VERBS, Verb
from workbench.core.saying import Misuse, say
from workbench.core.whole import whole
from workbench.i18n import _, n_, render

#: What argparse itself says is in our catalogue, and it asks us.
argparse._, argparse.ngettext = _, n_  # type: ignore[attr-defined]


def _columns() -> int:
    """How wide the terminal is; 80 where there is none."""
    if said := whole(os.environ.get("COLUMNS", "")):
        return said
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80 if sys.__stdout__ is not None else 80
    except (OSError, ValueError):
        return 80


class Formatter(argparse.HelpFormatter):
    """Help in which a per cent sign is one: `12%` names no place to be filled. It asks for the terminal's width itself:
    each option asks for a formatter, and argparse would load an archiver for it."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)

    def _get_help_string(self, action: argparse.Action) -> str | None:
        return None if action.help is None else re.sub(r"%(?!\()", "%%", action.help)


class Parser(argparse.ArgumentParser):
    """An argument parser that raises `Misuse` instead of printing its own usage message."""

    def __init__(self, *args: object, **options: object) -> None:
        options.setdefault("allow_abbrev", False)
        options.setdefault("formatter_class", Formatter)
        super().__init__(*args, **options)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call, and where the help is."""
        raise Misuse(say("{message}. See {prog} --help.", message=message.rstrip("."), prog=self.prog))


def parser(verb: Verb | None, *, every: bool = False, alone: bool = False) -> Parser:
    """The argument parser with `verb` in full and the others by name; `every`: all of them in full; `alone`: without
    the others, which only help asks for and which take longer than all the rest."""
    root = Parser(prog="workbench", description=_("The terminal workbench of a solo TikTok Shop seller."))
    _globals(root, suppress=False)
    root.add_argument("--version", action="version", version=f"workbench {__version__}")
    verbs = root.add_subparsers(dest="verb", metavar=_("verb"), parser_class=Parser)
    for each in (verb,) if alone and verb is not None else VERBS:
        sub = verbs.add_parser(each.name, help=render(each.help), description=render(each.help))
        if every or each is verb:
            _globals(sub, suppress=True)
            importlib.import_module(each.module).declare(sub)
    return root


def _globals(tree: argparse.ArgumentParser, *, suppress: bool) -> None:
    """The global options, before the verb and after it; after it they must not erase what stood before."""
    options = tree.add_argument_group(_("global options"))
    default = argparse.SUPPRESS if suppress else None
    for name, place, text in (
        ("--data", "DIR", _("the data directory (WORKBENCH_DATA)")),
        ("--config", "FILE", _("the settings file (WORKBENCH_CONFIG)")),
        ("--now", "TIME", _("let the clock stand still there (WORKBENCH_NOW)")),
        ("--lang", "LANG", _("en or zh (WORKBENCH_LANG)")),
    ):
        options.add_argument(name, metavar=place, default=default, help=text)


def subverbs(tree: argparse.ArgumentParser) -> argparse._SubParsersAction[argparse.ArgumentParser]:
    """The place for second words (`ticket add`), one of which must be given."""
    return tree.add_subparsers(dest="subverb", metavar=_("what"), required=True, parser_class=_Sub)


def optional_subverbs(tree: argparse.ArgumentParser) -> argparse._SubParsersAction[argparse.ArgumentParser]:
    """The same where the verb also stands alone (`ledger`, `ledger set`)."""
    return tree.add_subparsers(dest="subverb", metavar=_("what"), parser_class=_Sub)


def second_word(
    words: argparse._SubParsersAction[argparse.ArgumentParser], name: str, help: str, *places: str
) -> argparse.ArgumentParser:
    """One second word that takes these places, in order, and prints JSON on demand."""
    sub = words.add_parser(name, help=help, description=help)
    for place in places:
        sub.add_argument(place.lower(), metavar=place)
    sub.add_argument("--json", action="store_true", help=_("as JSON"))
    return sub


class _Sub(Parser):
    """A second word's parser: the global options stand after it, too."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        _globals(self, suppress=True)


def joined(argv: list[str], tree: argparse.ArgumentParser) -> list[str]:
    """`--filter -kind:cancel` as `--filter=-kind:cancel`: a value may begin with a minus sign."""
    options: dict[str, bool] = {}
    _options(tree, options)
    joined: list[str] = []
    for word in argv:
        waiting = bool(joined) and options.get(joined[-1], False)
        if waiting and word.startswith("-") and word.partition("=")[0] not in options and len(word) > 1:
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined


def _options(tree: argparse.ArgumentParser, found: dict[str, bool]) -> None:
    """Every option string of the parser and those below it, and whether it takes one value."""
    for action in tree._actions:
        for name in action.option_strings:
            found[name] = action.nargs is None
        if isinstance(action, argparse._SubParsersAction):
            for sub in action.choices.values():
                _options(sub, found)
