"""`workbench calendar`: deadlines, appeal windows, point drops and routines as iCalendar, for the phone."""

from __future__ import annotations

import argparse
import sys

from workbench.cli.call import Call
from workbench.config.disk import at_home
from workbench.core.saying import say
from workbench.i18n import _


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--output", metavar="FILE", help=_("write it to FILE, which is replaced at once"))


def run(call: Call) -> int:
    """Write the file, or print it byte for byte."""
    desk = call.session.calendar
    if call.args.output is not None:
        path = at_home(call.args.output)
        desk.write(path)
        call.did()
        call.tell(say("The calendar is in {path}.", path=str(path)))
    else:
        text = desk.text()
        sys.stdout.flush()
        sys.stdout.buffer.write(text)  # the line ends of the format, whatever the system's are
        sys.stdout.buffer.flush()
    call.tell_notices()
    return 0
