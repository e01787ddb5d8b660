"""From an argument list to an exit status: find the verb, parse, run, and say every failure in one sentence.

0 done, 1 not possible and nothing changed, 2 the call is wrong, 3 `today --notify` only. No traceback reaches the
user: what nobody foresaw goes to the log file, and one sentence says where that is.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from types import SimpleNamespace
from typing import TYPE_CHECKING

from workbench import i18n
from workbench.cli.call import Call, language
from workbench.core.saying import Misuse, Refusal, Saying, Told, say
from workbench.i18n import render
from workbench.output.cells import clean

if TYPE_CHECKING:
    from workbench.cli.verbs import Verb

#: What a standard stream answers that is full, broken or closed.
_OUTPUT = (errno.ENOSPC, errno.EPIPE, errno.EBADF, errno.EIO, errno.EDQUOT, errno.EFBIG)


def run(argv: Sequence[str]) -> int:
    """Run one call and return its exit status."""
    _speak_utf8()
    try:
        i18n.use(_language(argv))
        return _run(list(argv))
    except Told as told:
        _complain(render(told.saying))
        return 1 if isinstance(told, Refusal) else 2
    except BrokenPipeError:
        return 0  # the reader (head, less) has seen enough
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - the last net: nobody foresaw it, so it goes to the log
        _complain(render(_why(error, argv)))
        return 1
    finally:
        _mute()


def _why(error: Exception, argv: Sequence[str]) -> Saying:
    """What failed: the output, or something that nobody foresaw and that is in the log now."""
    if isinstance(error, OSError) and error.errno in _OUTPUT:
        # The store tells by itself when it cannot save; this is a standard stream, into a file or closed.
        if error.errno == errno.ENOSPC:
            return say("The output could not be written: the disk is full.")
        return say("The output could not be written ({reason}).", reason=error.strerror or type(error).__name__)
    from workbench.cli.crash import record

    name, log = type(error).__name__, record(error, _given(argv, "--data", "WORKBENCH_DATA"))
    if log is None:
        return say("Something went wrong inside workbench ({error}), and the log cannot be written.", error=name)
    return say("Something went wrong inside workbench ({error}). The details are in {log}.", error=name, log=str(log))


def _speak_utf8() -> None:
    """A pipe gets UTF-8 whatever the platform's habit; a terminal that lacks a character gets a `?` for it."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever called: nobody listens, and no file may get its number
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - for all of the call
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _mute() -> None:
    """No second failure at exit, when Python flushes what nobody takes."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _run(argv: list[str]) -> int:
    verb = _verb(argv)
    if verb is None:
        from workbench.cli import screens

        return screens.open_or_brief(_bare(argv))
    from workbench.cli.parsing import joined, parser

    module = importlib.import_module(verb.module)
    tree = parser(verb, alone=not {"-h", "--help"} & set(argv))
    call = Call(tree.parse_args(joined(argv, tree)))
    try:
        status: int = module.run(call)
        call.finish()
        sys.stdout.flush()
    except Exception as error:
        if not call.committed or (isinstance(error, Told) and not _spoilt(error)):
            raise
        _complain(render(_but(error, argv)))
        status = 0
    return status


def _spoilt(told: Told) -> bool:
    """Whether a record that is to be shown is damaged; what else is refused was refused before it was saved."""
    from workbench.session.records import Spoilt

    return isinstance(told, Spoilt)


def _but(error: Exception, argv: Sequence[str]) -> Saying:
    """It was saved, and what failed afterwards."""
    why = error.saying if isinstance(error, Told) else _why(error, argv)
    return say("It is saved, but cannot be shown. {why}", why=why)


def _bare(argv: list[str]) -> Call:
    """The call without a verb. Without a word it opens the screens, which must not wait for a parser."""
    if not argv:
        return Call(SimpleNamespace())
    from workbench.cli.parsing import parser

    return Call(parser(None).parse_args(argv))


def _verb(argv: Sequence[str]) -> Verb | None:
    """The first word that is neither a global option nor its value."""
    words = iter(argv)
    for word in words:
        if word in ("--data", "--config", "--now", "--lang"):
            next(words, None)
        elif not word.startswith("-"):
            from workbench.cli.verbs import VERBS, find  # the screens open without one

            found = find(word)
            if found is None:
                import difflib  # only a mistake needs it

                near = difflib.get_close_matches(word, [verb.name for verb in VERBS], 1)
                hint = say(' Did you mean "{near}"?', near=near[0]) if near else say(" See workbench --help.")
                raise Misuse(say('There is no verb "{word}".{hint}', word=word, hint=hint))
            return found
    return None


def _language(argv: Sequence[str]) -> str:
    """What the call says, else the environment: known before the first sentence is needed."""
    given = _given(argv, "--lang", "WORKBENCH_LANG")
    return language(given) if given else i18n.guess()


def _given(argv: Sequence[str], option: str, variable: str) -> str | None:
    """The value of a global option, before anything is parsed."""
    for at, word in enumerate(argv):
        if word == option and at + 1 < len(argv):
            return argv[at + 1]
        if word.startswith(f"{option}="):
            return word.partition("=")[2]
    return os.environ.get(variable)


def _complain(sentence: str) -> None:
    with contextlib.suppress(OSError, ValueError):  # there is nobody to tell: the status says it
        print(f"workbench: {clean(sentence)}", file=sys.stderr)
