"""`workbench lint [FILE...|-]`: what the dated rules say of texts; status 1 where one is blocked."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from workbench.cli.call import Call
from workbench.config.given import to_read
from workbench.config.lint import linter
from workbench.config.markets import MARKETS
from workbench.core.lint.model import CHANNELS
from workbench.core.saying import Misuse, Refusal, say
from workbench.i18n import _

#: Bytes of a file at most: a text to a buyer is short.
LARGEST = 1_000_000


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("files", metavar="FILE", nargs="*", help=_("a text file; - or none: standard input"))
    parser.add_argument("--channel", metavar="C", default="chat", help=", ".join(CHANNELS))
    parser.add_argument("--market", metavar="M", help=", ".join(MARKETS))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(call: Call) -> int:
    """Print the findings."""
    args, settings = call.args, call.settings().settings
    call.speak(settings)
    market = args.market or settings.shop.market
    for word, known in ((args.channel, CHANNELS), (market, MARKETS)):
        if word not in known:
            raise Misuse(say('There is no "{word}" here. Known: {known}.', word=word, known=", ".join(known)))
    lint = linter(settings.lint)
    texts = [(name, _read(name)) for name in args.files or ["-"]]
    found = [(name, each) for name, text in texts for each in lint.lint(text, args.channel, market)]
    if args.json:
        from workbench.output.replies.json import finding

        call.json({"findings": [finding(each, name) for name, each in found]})
    else:
        from workbench.output.replies.text import finding_lines

        lines = [line for name, each in found for line in finding_lines(each, name if len(texts) > 1 else "")]
        if lines:
            call.out(*lines)
    return 1 if any(each.blocks for _name, each in found) else 0


def _read(name: str) -> str:
    try:
        data = sys.stdin.buffer.read(LARGEST + 1) if name == "-" else _bytes(to_read(name))
    except OSError as error:
        from workbench.storage.errors import reason

        raise Refusal(say("{path} cannot be read ({reason}).", path=name, reason=reason(error))) from error
    if len(data) > LARGEST:
        raise Refusal(say("{path} is too large for a text to a buyer.", path=name))
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").removesuffix("\n")
    except UnicodeDecodeError:
        raise Refusal(say("{path} is not UTF-8. Save it as UTF-8.", path=name)) from None


def _bytes(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(LARGEST + 1)
