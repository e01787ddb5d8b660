"""The JSON of the scripting interface: one document, stable keys, nothing translated but texts.

Times are ISO 8601 with offset in the shop's zone, money is decimal text, absent values are `null`. Control and
bidirectional characters are written as escapes, so that printing the output is harmless.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Any

import msgspec

from workbench.core.deadline import Deadline, Step
from workbench.core.money import Money
from workbench.core.policy import Policy, ReviewPolicy, Rule
from workbench.core.tickets.model import Ticket
from workbench.core.tickets.reviews import report_by
from workbench.core.tickets.rounds import rounds_of
from workbench.core.tickets.standing import goal_at, snoozed, state
from workbench.core.time import iso
from workbench.core.timeline import Event
from workbench.i18n import _, pick
from workbench.output.cells import HOSTILE

Document = dict[str, Any]


def dumps(document: Document) -> str:
    """The document as JSON text, one line, harmless to print."""
    try:
        return harmless(msgspec.json.encode(document).decode())
    except UnicodeEncodeError:  # the name of a file that is no UTF-8
        import json

        return json.dumps(msgspec.to_builtins(document), separators=(",", ":"))


def harmless(text: str) -> str:
    """JSON text with every control and bidirectional character as an escape; the value stays the same."""
    return text if text.isascii() else re.sub(HOSTILE, _escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


class Shaper:
    """Turns records into documents, for one instant and the shop's zone."""

    def __init__(self, now: datetime, zone: tzinfo, reviews: Callable[[], ReviewPolicy] = ReviewPolicy) -> None:
        self.now = now
        self.zone = zone
        self._reviews = reviews

    def time(self, moment: datetime | None) -> str | None:
        """An instant with the offset of the shop's zone."""
        return None if moment is None else iso(moment, self.zone)

    def ticket(self, ticket: Ticket) -> Document:
        """A ticket as the interface promises it."""
        time = self.time
        return {
            "id": ticket.ref,
            "kind": ticket.kind,
            "stage": ticket.stage,
            "turn": ticket.turn,
            "state": state(ticket, self.now),
            "external_id": ticket.external_id,
            "order_id": ticket.order_id,
            "sku": ticket.sku,
            "product": ticket.product,
            "buyer": ticket.buyer,
            "money": money(ticket.money),
            "reason": ticket.reason,
            "note": "\n".join(filter(None, (ticket.words, ticket.note))) or None,
            "opened_at": time(ticket.opened_at),
            "stage_since": time(ticket.stage_since),
            **self._due(ticket),
            "snoozed_until": time(ticket.snoozed_until) if snoozed(ticket, self.now) else None,
            "outcome": ticket.outcome,
            "closed_at": None if ticket.closed_unknown else time(ticket.closed_at),
            "cancelled_by": ticket.cancelled_by,
            "preorder": ticket.preorder,
            "disputable_until": time(ticket.disputable_until),
            "times_guessed": ticket.times_guessed,
            "tags": ticket.tags,
            **self._message(ticket),
            **self._review(ticket),
            "market": ticket.market,
            "tracking": ticket.tracking,
            "raw_status": ticket.raw_status,
            "lines": [msgspec.structs.asdict(line) for line in ticket.lines],
            "timeline": [self.event(event) for event in ticket.timeline],
        }

    def _due(self, ticket: Ticket) -> Document:
        """By when, here and by the stage that the platform still shows, and why."""
        time, deadline, there = self.time, ticket.deadline, ticket.there
        return {
            "due_at": time(deadline.at),
            "due_latest": time(deadline.latest),
            "there": None if there is None else {"stage": there.stage, "due_at": time(there.due_at)},
            "goal_at": time(goal_at(ticket, self.now)),
            "due_kind": deadline.kind,
            "due_source": deadline.source,
            "due_rule": deadline.rule or None,
            "assumed": deadline.assumed,
            "on_timeout": deadline.on_timeout,
            "seconds_left": None if deadline.at is None else int((deadline.at - self.now).total_seconds()),
        }

    def _message(self, ticket: Ticket) -> Document:
        """Where a message came in, and what was answered when."""
        time, rounds = self.time, rounds_of(ticket)
        return {
            "channel": ticket.channel,
            "content": ticket.content,
            "automatic": ticket.automatic,
            "first_answer_at": time(next((each.answered_at for each in rounds if each.answered_at), None)),
            "rounds": [{"begun_at": time(each.begun_at), "answered_at": time(each.answered_at)} for each in rounds],
        }

    def _review(self, ticket: Ticket) -> Document:
        """A review: its stars, what caused it, what was offered at what cost, what may still be done."""
        return {
            "stars": ticket.stars,
            "cause": ticket.cause,
            "offered": ticket.offered,
            "cost": money(ticket.cost),
            "report_by": None
            if ticket.kind != "bad_review"
            else self.time(report_by(ticket, self._reviews(), self.zone)),
            "may_ask": self._may_ask(ticket),
        }

    def _may_ask(self, ticket: Ticket) -> Document | None:
        """Whether the buyer of a review may be asked to change it, as the market's page says it."""
        if ticket.kind != "bad_review":
            return None
        found = self._reviews().may_ask
        text = pick(found.text) if found.text else _("Nothing is known: ask nothing.")
        return {
            "answer": found.answer,
            "text": text,
            "source": found.source or None,
            "as_of": found.as_of.isoformat() if found.as_of else None,
        }

    def event(self, event: Event) -> Document:
        """One entry of a timeline."""
        return {
            "at": self.time(event.at),
            "who": event.who,
            "what": event.what,
            "text": event.text,
            "source": event.source,
        }

    def why(self, deadline: Deadline, policy: Policy) -> Document:
        """The steps of a deadline, each with the rule and the source behind it."""
        rule = policy.rule(deadline.rule)
        return {
            "due_at": self.time(deadline.at),
            "due_kind": deadline.kind,
            "steps": [self._step(step, rule, deadline.assumed) for step in deadline.steps],
        }

    def _step(self, step: Step, rule: Rule | None, assumed: bool) -> Document:
        return {
            "what": step.what,
            "at": self.time(step.at),
            "seconds": step.seconds,
            "text": step_text(step, rule),
            "rule": rule.id if rule else None,
            "source": (rule.source or None) if rule else (step.name or None),
            "as_of": rule.as_of.isoformat() if rule and rule.as_of else None,
            "assumed": assumed,
        }


def money(value: Money | None) -> Document | None:
    """Decimal text and the currency."""
    return None if value is None else {"amount": str(value.amount), "currency": value.currency}


def step_text(step: Step, rule: Rule | None) -> str:
    """What a step does, in words."""
    match step.what:
        case "start":
            return _("the clock starts")
        case "skip" if step.name == "weekend":
            return _("weekend, not worked")
        case "skip":
            from workbench.output.holidays import holiday  # `why` alone says it

            return _("{holiday}, not worked").format(holiday=holiday(step.name))
        case "stated":
            return _("stated by you") if step.name == "you" else _("stated in {file}").format(file=step.name)
        case "run" if step.name == "floor":
            return _("still pending when the file was made; the file has no time of request")
        case "run":
            from workbench.output.sentences import span

            return _("{span} run").format(span=span(rule.within)) if rule else _("time runs")
