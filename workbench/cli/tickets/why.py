"""`workbench why ID`: the steps from which a deadline was computed, so that anyone can add them up."""

from __future__ import annotations

import argparse
import re

from workbench.cli.call import Call
from workbench.core.deadline import Step
from workbench.core.policy import Rule
from workbench.core.saying import Refusal
from workbench.core.tickets.model import Ticket
from workbench.core.violations.model import Violation
from workbench.i18n import _


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("id", metavar="ID")
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(call: Call) -> int:
    """Print the steps."""
    found = _meant(call)
    return _of_ticket(call, found) if isinstance(found, Ticket) else _of_violation(call, found)


def _meant(call: Call) -> Ticket | Violation:
    """The violation of `V-3`, else the ticket, else the violation of the platform's id."""
    ref, session = call.args.id.strip(), call.session
    if re.fullmatch(r"v-[0-9]+", ref, re.IGNORECASE):
        return session.ledger.find(ref)
    try:
        return session.tickets.find(ref)
    except Refusal:
        found = session.ledger.known(ref)
        if found is None:
            raise
        return found


def _of_violation(call: Call, violation: Violation) -> int:
    """What is due next; for a person also when the points end."""
    desk, now = call.session.ledger, call.session.now()
    if call.args.json:
        from workbench.output.violations.json import why

        return call.json(why(call.shaper, desk.why(violation)))
    from workbench.output.violations.entry import why_lines

    call.out(*why_lines(violation, desk.rules, desk.shop, now))
    return 0


def _of_ticket(call: Call, ticket: Ticket) -> int:
    session = call.session
    if call.args.json:
        return call.json(call.shaper.why(ticket.deadline, session.policy))
    from workbench.output.sentences import headline
    from workbench.output.tickets.table import table

    call.out(f"{ticket.ref}  {headline(ticket, session.now(), session.zone)}")
    rule = session.policy.rule(ticket.deadline.rule)
    rows = [_row(call, step, rule) for step in ticket.deadline.steps]
    if not rows:
        call.out(_("No rule of this market says by when, and nobody stated it."))
        return 0
    call.out(*table((_("at"), _("seconds"), _("what")), rows, frozenset((1,))))
    if rule is not None:
        call.out(_("rule {rule}, source {source}, as of {date}").format(
            rule=rule.id, source=rule.source or _("none"), date=rule.as_of or "?"))  # fmt: skip
    if ticket.deadline.assumed:
        call.out(_("assumed: this market states no figure of its own, so the general one is used"))
    return 0


def _row(call: Call, step: Step, rule: Rule | None) -> tuple[str, str, str]:
    from workbench.output.cells import clean
    from workbench.output.json import step_text
    from workbench.output.words import full_point

    return full_point(step.at, call.session.zone), f"+{step.seconds}", clean(step_text(step, rule))
