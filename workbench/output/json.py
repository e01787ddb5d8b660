"""The JSON of the scripting interface: one document, stable keys, nothing translated but texts.

Times are ISO 8601 with offset in the shop's zone, money is decimal text, absent values are `null`. Control and
bidirectional characters are written as escapes, so that printing the output is harmless.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
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
#: An instant as the encoder writes it with the offset of a zone: as it is, or as text already.
Told = datetime | str | None
#: The first year in which the offset of every zone is of whole minutes.
_WHOLE_MINUTES = 1973


def dumps(document: Document | TicketDocument) -> str:
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


class LineDocument(msgspec.Struct, gc=False):
    """A line of a ticket; what is not known is there, too."""

    sku_id: str | None
    sku: str | None
    product: str | None
    quantity: int | None
    price: str | None


class TicketDocument(msgspec.Struct, gc=False):
    """A ticket as the interface promises it. A record and no table: a queue of thousands takes half as long so."""

    id: str
    kind: str
    stage: str
    turn: str | None
    state: str
    external_id: str | None
    order_id: str | None
    sku: str | None
    product: str | None
    buyer: str | None
    money: Money | None
    reason: str | None
    note: str | None
    opened_at: Told
    stage_since: Told
    due_at: Told
    due_latest: Told
    there: Document | None
    goal_at: Told
    due_kind: str | None
    due_source: str | None
    due_rule: str | None
    assumed: bool
    on_timeout: str | None
    seconds_left: int | None
    snoozed_until: Told
    outcome: str | None
    closed_at: Told
    cancelled_by: str | None
    preorder: bool
    disputable_until: Told
    times_guessed: bool
    tags: tuple[str, ...]
    channel: str | None
    content: str | None
    automatic: bool
    first_answer_at: Told
    rounds: list[Document]
    stars: int | None
    cause: str | None
    offered: str | None
    cost: Money | None
    report_by: Told
    may_ask: Document | None
    market: str
    tracking: str | None
    raw_status: str | None
    lines: list[LineDocument]
    timeline: list[Document]


class Shaper:
    """Turns records into documents, for one instant and the shop's zone."""

    def __init__(self, now: datetime, zone: tzinfo, reviews: Callable[[], ReviewPolicy] = ReviewPolicy) -> None:
        self.now = now
        self.zone = zone
        self._reviews = reviews

    def time(self, moment: datetime | None) -> Told:
        """An instant with the offset of the shop's zone."""
        if moment is None:
            return None
        local = moment.astimezone(self.zone)
        # The encoder writes the same as `iso` in a tenth of the time, but for odd instants, and Z for an offset of 0.
        whole = not local.microsecond and local.year >= _WHOLE_MINUTES
        return local if whole and local.hour != moment.hour and moment.tzinfo is UTC else iso(moment, self.zone)

    def ticket(self, ticket: Ticket) -> TicketDocument:
        """A ticket as the interface promises it."""
        time, now, deadline, there = self.time, self.now, ticket.deadline, ticket.there
        opened_at = time(ticket.opened_at)
        rounds = rounds_of(ticket)
        is_review = ticket.kind == "bad_review"
        # By place: where a call names so many, Python makes a table of them first, which costs as much as all the rest.
        return TicketDocument(
            ticket.ref,
            ticket.kind,
            ticket.stage,
            ticket.turn,
            state(ticket, now),
            ticket.external_id,
            ticket.order_id,
            ticket.sku,
            ticket.product,
            ticket.buyer,
            ticket.money,
            ticket.reason,
            "\n".join(filter(None, (ticket.words, ticket.note))) or None,
            opened_at,
            opened_at if ticket.stage_since == ticket.opened_at else time(ticket.stage_since),
            time(deadline.at),
            time(deadline.latest),
            None if there is None else {"stage": there.stage, "due_at": time(there.due_at)},
            time(goal_at(ticket, now)),
            deadline.kind,
            deadline.source,
            deadline.rule or None,
            deadline.assumed,
            deadline.on_timeout,
            None if deadline.at is None else int((deadline.at - now).total_seconds()),
            time(ticket.snoozed_until) if snoozed(ticket, now) else None,
            ticket.outcome,
            None if ticket.closed_unknown else time(ticket.closed_at),
            ticket.cancelled_by,
            ticket.preorder,
            time(ticket.disputable_until),
            ticket.times_guessed,
            ticket.tags,
            ticket.channel,
            ticket.content,
            ticket.automatic,
            time(next((each.answered_at for each in rounds if each.answered_at), None)) if rounds else None,
            [{"begun_at": time(each.begun_at), "answered_at": time(each.answered_at)} for each in rounds],
            ticket.stars,
            ticket.cause,
            ticket.offered,
            ticket.cost,
            time(report_by(ticket, self._reviews(), self.zone)) if is_review else None,
            self._may_ask() if is_review else None,
            ticket.market,
            ticket.tracking,
            ticket.raw_status,
            [LineDocument(each.sku_id, each.sku, each.product, each.quantity, each.price) for each in ticket.lines],
            [self.event(event) for event in ticket.timeline],
        )

    def _may_ask(self) -> Document:
        """Whether the buyer of a review may be asked to change it, as the market's page says it."""
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
            from workbench.output.reasons import span

            return _("{span} run").format(span=span(rule.within)) if rule else _("time runs")
