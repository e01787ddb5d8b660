"""What is to know of a message or a review beside what every case has: whence it came, how long it waits, what may be
asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo

from workbench.core.policy import Policy
from workbench.core.tickets.messages import answer_by
from workbench.core.tickets.model import Ticket
from workbench.core.tickets.reviews import report_by
from workbench.core.tickets.rounds import rounds_of
from workbench.i18n import _, pick
from workbench.output.channels import channel
from workbench.output.words import amount, countdown, due_point, full_due, year_date

#: What is shorter has no number of its own in a countdown.
_MINUTE = timedelta(minutes=1)


def message_facts(ticket: Ticket, policy: Policy, now: datetime, zone: tzinfo) -> Iterator[tuple[str, str]]:
    """(label, text) of each."""
    if ticket.kind == "message":
        yield from _message(ticket, policy, now, zone)
    elif ticket.kind == "bad_review":
        yield from _review(ticket, policy, now, zone)


def _message(ticket: Ticket, policy: Policy, now: datetime, zone: tzinfo) -> Iterator[tuple[str, str]]:
    came = [channel(ticket.channel)] if ticket.channel else []
    came += [f"#{ticket.content}"] if ticket.content else []
    came += [_("a card answered")] if ticket.automatic else []
    if came:
        yield _("Came by"), "   ".join(came)
    rounds = rounds_of(ticket)
    if ticket.stage != "reply" or not rounds or rounds[-1].answered_at is not None:
        return
    begun = rounds[-1].begun_at
    goal, until = ticket.deadline.goal_at, answer_by(policy, begun)
    waited = now - begun
    parts = [_("since just now") if waited < _MINUTE else _("for {time}").format(time=countdown(waited))]
    if goal is not None:
        parts.append(_("goal {point}").format(point=due_point(goal, now, zone)))
    if until is not None:
        parts.append(_("counts as late from {point}").format(point=due_point(until, now, zone)))
    yield _("Waits"), "   ".join(parts)


def _review(ticket: Ticket, policy: Policy, now: datetime, zone: tzinfo) -> Iterator[tuple[str, str]]:
    rules = policy.reviews
    if ticket.stars is not None:
        first = "   " + _("the first rating counts for good") if rules.first_counts else ""
        yield _("Stars"), f"{ticket.stars}{first}"
    may = rules.may_ask
    said = pick(may.text) if may.text else _("Nothing is known: ask nothing.")
    as_of = f" ({year_date(may.as_of)})" if may.as_of else ""
    yield _("May I ask"), said + as_of
    until = report_by(ticket, rules, zone)
    if until is None:
        yield _("Report"), _("no window is known for reporting it")
    elif now < until:
        yield _("Report"), _("until {point}").format(point=full_due(until, zone))
    else:
        yield _("Report"), _("its window is closed")
    if ticket.offered or ticket.cost:
        yield _("Offered"), "   ".join(part for part in (ticket.offered, amount(ticket.cost)) if part)
