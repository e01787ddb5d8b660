"""`workbench restore FILE`: go back to a backup, or to any data file. What changes is printed; undo takes it back."""

from __future__ import annotations

import argparse
from pathlib import Path

from workbench.cli.call import Call
from workbench.config.disk import exists
from workbench.config.given import to_read
from workbench.core.saying import say
from workbench.i18n import _
from workbench.output.cells import clean
from workbench.session.safety.desk import Restored, go_back


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("file", metavar="FILE", help=_("a backup, by its path or by its name in backups/"))
    parser.add_argument("--dry-run", action="store_true", help=_("say what would change, change nothing"))


def run(call: Call) -> int:
    """Print what comes in, goes and changes, and do it."""
    file, dry_run = _meant(call), call.args.dry_run
    restored = go_back(lambda: call.session, call.data, file, lambda: call.now, dry_run=dry_run)
    if restored.rescued and not dry_run:
        call.did()
    _print(call, restored)
    if dry_run:
        call.tell(say("Nothing was changed."))
    elif restored.kept is not None:
        call.tell(say("The damaged data file is kept as {file}.", file=str(restored.kept)))
    elif restored.differences and not restored.rescued:
        call.tell(say("`workbench undo` brings back the state before."))
    return 0


def _meant(call: Call) -> Path:
    path = to_read(call.args.file)
    named = call.data / "backups" / path
    return named if not exists(path) and path.name == str(path) and exists(named) else path


def _print(call: Call, restored: Restored) -> None:
    if not restored.differences:
        call.out(_("That is the state as it is: nothing changes."))
    for each in restored.differences:
        text = _("{table}: {added} added, {removed} removed, {changed} changed").format(
            table=each.table, added=each.added, removed=each.removed, changed=each.changed
        )
        call.out(clean(text))
