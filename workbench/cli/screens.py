"""Opening the screens: the bare command, and `demo` on invented data. The only verbs that import the face."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import msgspec

from workbench.cli.call import Call


def declare(parser: argparse.ArgumentParser) -> None:
    """`demo` has no options of its own."""


def run(call: Call) -> int:
    """`workbench demo`: the invented shop in a temporary directory."""
    with tempfile.TemporaryDirectory(prefix="workbench-demo-") as directory:
        from workbench.session.demo import open_demo

        call.session = open_demo(msgspec.structs.replace(call.options, data=Path(directory)))
        return open_or_brief(call)


def open_or_brief(call: Call) -> int:
    """The bare command: the screens, or off a terminal the morning brief."""
    if sys.stdout.isatty() and sys.stdin.isatty():
        return _open(call)
    from workbench.cli.today import print_brief

    print_brief(call, call.session.today())
    return 0


def _open(call: Call) -> int:
    """The screens; before them the three questions, where there is neither a settings file nor any data."""
    from workbench.session.first_start import wanted

    way = ""
    if "session" not in call.__dict__:
        if wanted(call.options):
            from workbench.ui.first_start import LOOK, ask

            found = ask(call.options)
            if found is None:
                return 0
            if found == LOOK:
                return run(call)
            way = found
        call.session = call.opened()
    from workbench.ui.app import run_app

    return run_app(call.session, way)
