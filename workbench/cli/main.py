"""From an argument list to an exit status: find the verb, parse, run, and say every failure in one sentence.

0 done, 1 not possible and nothing changed, 2 the call is wrong, 3 `today --notify` only. No traceback reaches the
user: what nobody foresaw goes to the log file, and one sentence says where that is.
"""

from __future__ import annotations

import argparse
import difflib
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from workbench import __version__, i18n
from workbench.cli.call import Call, language
from workbench.cli.verbs import VERBS, Verb, find
from workbench.core.saying import Misuse, Refusal, Told, say
from workbench.i18n import _, render
from workbench.output.cells import clean


class Parser(argparse.ArgumentParser):
    """An argument parser that raises `Misuse` instead of printing its own usage message."""

    def __init__(self, *args: object, **options: object) -> None:
        options.setdefault("allow_abbrev", False)
        super().__init__(*args, **options)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call, and where the help is."""
        raise Misuse(say("{message}. See {prog} --help.", message=message.rstrip("."), prog=self.prog))


def run(argv: Sequence[str]) -> int:
    """Run one call and return its exit status."""
    try:
        i18n.use(_language(argv))
        return _run(list(argv))
    except Told as told:
        _complain(render(told.saying))
        return 1 if isinstance(told, Refusal) else 2
    except BrokenPipeError:
        # The reader (head, less) has seen enough; a second failure at exit must not show.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - the last net: nobody foresaw it, so it goes to the log
        from workbench.cli.log import record

        text = _("Something went wrong inside workbench ({error}). The details are in {log}.")
        _complain(text.format(error=type(error).__name__, log=record(error)))
        return 1


def _run(argv: list[str]) -> int:
    verb = _verb(argv)
    if verb is None:
        args = parser(None).parse_args(argv)
        from workbench.cli import screens

        return screens.open_or_brief(Call(args))
    # A verb is short and makes no cycles worth looking for; an import of 100,000 rows spends a third of its time on it.
    gc.disable()
    module = importlib.import_module(verb.module)
    tree = parser(verb)
    call = Call(tree.parse_args(_joined(argv, tree)))
    status: int = module.run(call)
    call.finish()
    sys.stdout.flush()
    return status


def parser(verb: Verb | None, *, every: bool = False) -> Parser:
    """The argument parser with `verb` in full and the others by name; `every`: all of them in full."""
    root = Parser(prog="workbench", description=_("The terminal workbench of a solo TikTok Shop seller."))
    _globals(root, suppress=False)
    root.add_argument("--version", action="version", version=f"workbench {__version__}")
    verbs = root.add_subparsers(dest="verb", metavar=_("verb"), parser_class=Parser)
    for each in VERBS:
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


class _Sub(Parser):
    """A second word's parser: the global options stand after it, too."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        _globals(self, suppress=True)


def _verb(argv: Sequence[str]) -> Verb | None:
    """The first word that is neither a global option nor its value."""
    words = iter(argv)
    for word in words:
        if word in ("--data", "--config", "--now", "--lang"):
            next(words, None)
        elif not word.startswith("-"):
            found = find(word)
            if found is None:
                near = difflib.get_close_matches(word, [verb.name for verb in VERBS], 1)
                hint = say(' Did you mean "{near}"?', near=near[0]) if near else say(" See workbench --help.")
                raise Misuse(say('There is no verb "{word}".{hint}', word=word, hint=hint))
            return found
    return None


def _joined(argv: list[str], tree: argparse.ArgumentParser) -> list[str]:
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


def _language(argv: Sequence[str]) -> str:
    """What the call says, else the environment: known before the first sentence is needed."""
    for at, word in enumerate(argv):
        if word == "--lang" and at + 1 < len(argv):
            return language(argv[at + 1])
        if word.startswith("--lang="):
            return language(word.partition("=")[2])
    given = os.environ.get("WORKBENCH_LANG")
    return language(given) if given else i18n.guess()


def _complain(sentence: str) -> None:
    print(f"workbench: {clean(sentence)}", file=sys.stderr)
