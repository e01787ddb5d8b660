"""`workbench undo`, `redo` and `history`: one stack per data directory, one user action a step."""

from __future__ import annotations

import argparse

from workbench.cli.call import Call
from workbench.i18n import _, render
from workbench.output.cells import clean


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verbs."""
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(call: Call) -> int:
    """Take back, do again, or list."""
    if call.args.verb == "history":
        return _history(call)
    undo = call.args.verb == "undo"
    text = render(call.session.undo() if undo else call.session.redo())
    if call.args.json:
        return call.json({"undone" if undo else "redone": text})
    call.out(clean((_("undone: {text}") if undo else _("redone: {text}")).format(text=text)))
    return 0


def _history(call: Call) -> int:
    entries = call.session.history()
    shaper = call.shaper
    if call.args.json:
        return call.json(
            {
                "actions": [
                    {"at": shaper.time(entry.at), "text": render(entry.text), "undone": entry.undone}
                    for entry in entries
                ]
            }
        )
    from workbench.output.tickets.table import table
    from workbench.output.words import point

    now, zone = call.session.now(), call.session.zone
    rows = [
        (point(entry.at, now, zone), clean(render(entry.text)), _("undone") if entry.undone else "")
        for entry in entries
    ]
    call.out(*table((_("when"), _("action"), ""), rows))
    return 0
