"""`workbench forget --before DAY`: buyers' names and words out of every file, for good."""

from __future__ import annotations

import argparse
from datetime import date

from workbench.cli.call import Call
from workbench.core.saying import Misuse, mark, say, say_n
from workbench.i18n import _, n_, render
from workbench.session.issues.tables import ISSUES
from workbench.session.tickets.tables import TICKETS


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    text = _("the first day of which everything is kept, such as 2026-01-01")
    parser.add_argument("--before", metavar="DAY", required=True, help=text)


def run(call: Call) -> int:
    """Do it, and say of how many records and copies."""
    done = call.session.safety.forget(_day(call.args.before))
    tickets, issues = (done.records.get(name, 0) for name in (TICKETS, ISSUES))
    text = _("Buyers' names and words are gone from {tickets} and {issues}; {copies} rewritten.").format(
        tickets=n_("{n} ticket", "{n} tickets", tickets).format(n=tickets),
        issues=n_("{n} issue", "{n} issues", issues).format(n=issues),
        copies=n_("{n} backup", "{n} backups", done.copies).format(n=done.copies),
    )
    call.out(text)
    if done.actions:
        one, many = mark("{n} action can no longer be undone.", "{n} actions can no longer be undone.")
        call.out(render(say_n(one, many, done.actions)))
    if tickets or issues or done.copies:
        call.tell(say("This cannot be undone. Copies that you made elsewhere still hold them: delete those yourself."))
    return 0


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        day = date.min
    if not 2000 <= day.year <= 2100:
        raise Misuse(say('"{text}" is not a day. Write it like 2026-01-01.', text=text))
    return day
