"""`workbench backup`: a verified copy of this moment, beside the daily ones or in one file wherever one likes."""

from __future__ import annotations

import argparse

from workbench.cli.call import Call
from workbench.config.disk import at_home
from workbench.i18n import _
from workbench.output.cells import clean


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--output", metavar="FILE", help=_("everything in this one file, archives too"))


def run(call: Call) -> int:
    """Print where the copy is."""
    given = call.args.output
    path = call.session.safety.backup(None if given is None else at_home(given))
    call.did()
    call.out(clean(str(path)))
    return 0
