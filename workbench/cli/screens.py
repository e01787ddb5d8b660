"""Opening the screens: the bare command, and `demo` on invented data. The only verbs that import the face."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from workbench import spare
from workbench.core.saying import Refusal

if TYPE_CHECKING:
    import argparse

    from workbench.cli.call import Call
    from workbench.session import Session


def declare(parser: argparse.ArgumentParser) -> None:
    """`demo` has no options of its own."""


def run(call: Call) -> int:
    """`workbench demo`: the invented shop in a temporary directory."""
    import tempfile

    from workbench.ui.terminal.signals import heeded

    with heeded(), tempfile.TemporaryDirectory(prefix="workbench-demo-") as directory:
        from workbench.session.demo import open_demo

        session = open_demo(msgspec.structs.replace(call.options, data=Path(directory)))
        session.changed = False  # what was invented is nobody's change, and stays nowhere
        call.session = session
        return open_or_brief(call)


def open_or_brief(call: Call) -> int:
    """The bare command: the screens, or off a terminal, or on one that can place no text, the morning brief."""
    if sys.stdout.isatty() and sys.stdin.isatty() and os.environ.get("TERM") != "dumb":
        return _open(call)
    from workbench.cli.today import print_brief

    print_brief(call, call.session.today())
    return 0


def _open(call: Call) -> int:
    """The screens; before them the three questions, where there is neither a settings file nor any data.

    Where the data cannot be opened, a page says why and helps; what it was left with is raised.
    """
    from workbench.session.first_start import wanted

    if "session" in call.__dict__:
        return _run(call.session)
    way = ""
    if wanted(call.options):
        from workbench.ui.outside.first_start import LOOK, ask

        found = ask(call.options)
        if found is None:
            return 0
        if found == LOOK:
            return run(call)
        way = found
    session: Session | None = None
    while True:
        try:
            if session is None:
                session = call.opened()
                session.store.refuse_if_nowhere()
            return _run(session, way)
        except Refusal as refused:
            call.speak(call.settings().settings)
            from workbench.ui.outside.trouble import mend

            session = mend(call.options, refused)


def _run(session: Session, way: str = "") -> int:
    spare.load_textual()
    from workbench.ui.app import run_app

    return run_app(session, way)
