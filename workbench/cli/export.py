"""`workbench export --output DIR`: everything as CSV, one a table, and as one JSON that `import` takes in again."""

from __future__ import annotations

import argparse

from workbench.cli.call import Call
from workbench.config.disk import at_home
from workbench.i18n import _
from workbench.output.cells import clean


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument(
        "--output", metavar="DIR", required=True, help=_("the folder, which is made if it is not there")
    )
    text = _("without buyers' and creators' names, order numbers, notes and words")
    parser.add_argument("--anonymous", action="store_true", help=text)


def run(call: Call) -> int:
    """Print the files; say which records are in none of the tables."""
    written = call.session.safety.export(at_home(call.args.output), anonymous=call.args.anonymous)
    call.did()
    call.tell_notices()
    call.out(*(clean(str(path)) for path in written))
    return 0
