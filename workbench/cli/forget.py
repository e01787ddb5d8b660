"""`workbench forget --before DAY`: buyers' names and words out of every file, for good. It asks first."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from datetime import date

from workbench.cli.call import Call
from workbench.core.saying import Misuse, mark, say, say_n
from workbench.i18n import _, n_, render
from workbench.session.tables import answering
from workbench.storage.forgetting import Forgotten


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    text = _("the first day of which everything is kept, such as 2026-01-01")
    parser.add_argument("--before", metavar="DAY", required=True, help=text)
    parser.add_argument("--dry-run", action="store_true", help=_("say what would change, change nothing"))
    parser.add_argument("--yes", action="store_true", help=_("do not ask"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(call: Call) -> int:
    """Count, ask, do it, and say of how many records and copies."""
    day, dry_run, json = _day(call.args.before), call.args.dry_run, call.args.json
    if not (dry_run or call.args.yes or _asks()):
        raise Misuse(say("This cannot be undone. Look with --dry-run what it would take, then say --yes."))
    counts = call.session.safety.to_forget(day)
    if not (dry_run or call.args.yes) and not _agreed(counts, day):
        call.tell(say("Nothing was changed."))
        return 1
    done = None if dry_run else call.session.safety.forget(day)
    counts = counts if done is None else done.records
    call.tell_notices()
    if json:
        return call.json({"counts": dict(counts), "done": done is not None})
    if done is None:
        call.out(_("Buyers' names and words would go from: {what}.").format(what=_listed(counts)))
        call.tell(say("Nothing was changed."))
    else:
        _tell(call, done)
    return 0


def _asks() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def _agreed(counts: Mapping[str, int], day: date) -> bool:
    """The seller's own yes, typed at the terminal; anything else is a no."""
    text = _("Take buyers' names and words of before {day} out of {what}, and out of every backup? Nothing undoes it.")
    print(text.format(day=day.isoformat(), what=_listed(counts)), _("[yes/no] "), file=sys.stderr, end="", flush=True)
    return sys.stdin.readline().strip().casefold() in ("y", "yes", "是")


def _listed(counts: Mapping[str, int]) -> str:
    found = [f"{render(table.word)} {counts[name]}" for name, table in answering().items() if counts.get(name)]
    return _(", ").join(found) or _("nothing")


def _tell(call: Call, done: Forgotten) -> None:
    copies = n_("{n} backup", "{n} backups", done.copies).format(n=done.copies)
    text = _("Buyers' names and words are gone from: {what}; {copies} rewritten.")
    call.out(text.format(what=_listed(done.records), copies=copies))
    if done.actions:
        one, many = mark("{n} action can no longer be undone.", "{n} actions can no longer be undone.")
        call.out(render(say_n(one, many, done.actions)))
    if done.records or done.copies:
        call.tell(say("This cannot be undone. Copies that you made elsewhere still hold them: delete those yourself."))


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        day = date.min
    if not 2000 <= day.year <= 2100:
        raise Misuse(say('"{text}" is not a day. Write it like 2026-01-01.', text=text))
    return day
