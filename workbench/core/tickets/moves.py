"""What happens to a ticket: every function takes a ticket and an instant and returns the ticket afterwards.

Nothing is changed in place and nothing is saved here. `Refusal` says why something cannot be done, and what can.
A stage's clock starts at the event's own time; a stated deadline belongs to the stage in which it was stated.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal

import msgspec

from workbench.core.deadline import Deadline
from workbench.core.kinds import KINDS, STAGES, Kind, Outcome, Stage
from workbench.core.policy import Policy
from workbench.core.saying import Misuse, Refusal, say
from workbench.core.tickets.clocks import again, deadline_of, stated
from workbench.core.tickets.model import Reopen, Round, Ticket
from workbench.core.tickets.reviews import review_actions
from workbench.core.tickets.rounds import answered, begun
from workbench.core.tickets.stages import ACTIONS, FIRST_STAGE, Action, fitting, legal
from workbench.core.timeline import Ended, Event, Who

#: A snooze that would outlast the deadline wakes this long before it.
WAKE = timedelta(hours=1)


def changed(ticket: Ticket, **fields: Any) -> Ticket:
    """The ticket with these fields replaced."""
    return msgspec.structs.replace(ticket, **fields)


def actions(ticket: Ticket, policy: Policy, now: datetime | None = None) -> tuple[Action, ...]:
    """What is legal, the usual first; none when closed. With `now` a review is not reported after its window."""
    found = legal(ticket.kind, ticket.stage, appealable=policy.appealable(ticket.kind))
    return found if ticket.kind != "bad_review" else review_actions(ticket, found, policy, now)


def open_ticket(
    policy: Policy, *, id: int, kind: Kind, stage: Stage | None, opened_at: datetime, **fields: Any
) -> Ticket:
    """A new open ticket of `kind` that entered `stage` (the kind's first one where None) at `opened_at`."""
    stage = fitting(kind, stage or FIRST_STAGE[kind])
    largest = fields.get("largest") or fields.get("money")
    deadline = deadline_of(
        policy,
        kind,
        stage,
        opened_at,
        largest,
        fields.get("pending_at"),
        fields.get("shown_at"),
        fields.get("pending_since"),
        fields.get("channel"),
    )
    if kind == "message" and stage == "reply":
        fields.setdefault("rounds", (Round(opened_at),))
    if fields.get("preorder"):
        deadline = Deadline(policy.fingerprint)
    return Ticket(
        id=id, kind=kind, stage=stage, market=policy.market, opened_at=opened_at, stage_since=opened_at,
        deadline=deadline, **fields,
    )  # fmt: skip


def timed(ticket: Ticket, policy: Policy) -> Ticket:
    """The ticket with its deadline computed anew from the policy; a stated one stays."""
    ticket = changed(ticket, stage=fitting(ticket.kind, ticket.stage))
    if ticket.stage == "closed":
        deadline = msgspec.structs.replace(ticket.deadline, policy=policy.fingerprint)
    elif ticket.preorder and ticket.deadline.source != "stated":
        deadline = Deadline(policy.fingerprint)
    elif ticket.deadline.source == "stated":
        deadline = again(ticket.deadline, policy, ticket.kind, ticket.stage, ticket.stage_since, ticket.shown_at)
    else:
        deadline = deadline_of(
            policy,
            ticket.kind,
            ticket.stage,
            ticket.looked_at or ticket.stage_since,
            ticket.largest or ticket.money,
            ticket.pending_at,
            ticket.shown_at,
            ticket.pending_since,
            ticket.channel,
        )
    return changed(ticket, deadline=deadline, market=policy.market)


def enter(ticket: Ticket, stage: Stage, since: datetime, policy: Policy) -> Ticket:
    """The ticket in another open stage, with that stage's clock; snooze and stated deadline stay behind."""
    bare = changed(
        ticket, stage=stage, stage_since=since, deadline=Deadline(policy.fingerprint), snoozed_until=None,
        outcome=None, closed_at=None, closed_by=None, closed_from=None, disputable_until=None, still_open=False,
        pending_at=None, pending_since=None, looked_at=None, there=None,
        missing_at=None, cancelled_by=None, closed_unknown=False, held=False,
    )  # fmt: skip
    return timed(begun(bare, since) if stage == "reply" else bare, policy)


def close(
    ticket: Ticket,
    outcome: Outcome,
    at: datetime,
    policy: Policy,
    by: Literal["seller", "import", "auto"] = "seller",
) -> Ticket:
    """The ticket closed; it remembers the stage it came from, so that reopening gives back its clock."""
    disputable = policy.disputable_days if outcome == "rejected" else None
    return changed(
        ticket, stage="closed", stage_since=at, outcome=outcome, closed_at=at, closed_by=by, snoozed_until=None,
        closed_from=Reopen(ticket.stage, ticket.stage_since, ticket.deadline), still_open=False, there=None,
        held=False, missing_at=None,
        deadline=Deadline(policy.fingerprint),
        disputable_until=None if disputable is None else at + timedelta(days=disputable),
    )  # fmt: skip


def noted(
    ticket: Ticket, at: datetime, who: Who, what: str, text: str | None = None, source: str | None = None,
    ended: Ended | None = None,
) -> Ticket:  # fmt: skip
    """The ticket with one more entry in its timeline."""
    return changed(ticket, timeline=(*ticket.timeline, Event(at, who, what, text, source, ended)))


def leaving(ticket: Ticket, at: datetime) -> Ended | None:
    """The stage that the ticket leaves at the latest at `at`, with its deadline; None if it is not the seller's."""
    if ticket.turn != "seller":
        return None
    deadline = ticket.deadline
    # Of what began at an unknown time no rate can tell.
    return Ended(ticket.stage, at, deadline.over_at, None if deadline.latest else deadline.kind)


def act(
    ticket: Ticket, name: str, arg: str | datetime | None, at: datetime, policy: Policy, kind: str | None = None
) -> Ticket:
    """The ticket after the action `name`. `arg` is the stage of `set` or the instant of `snooze`; `kind` is what `set`
    makes of a request whose kind is not known.

    Raises `Misuse` for an action nobody knows or a missing argument, `Refusal` where it is not legal in this stage.
    """
    if name not in ACTIONS:
        raise Misuse(say('There is no action "{name}". Known: {known}.', name=name, known=", ".join(ACTIONS)))
    ticket = settle(ticket, at, policy)
    found = next((action for action in actions(ticket, policy, at) if action.name == name), None)
    if found is None:
        raise Refusal(_illegal(ticket, name, policy))
    if at < ticket.stage_since:
        raise Refusal(
            say(
                "{ref} has been in its present stage only since a later time; give a time after that.",
                ref=ticket.ref,
            )
        )
    if found.needs == "time":
        if not isinstance(arg, datetime):
            raise Misuse(say("snooze needs a time: until when?"))
        return snooze(ticket, arg, at)
    if found.needs == "stage":
        return _set_stage(ticket, arg, at, policy, kind)
    if arg is not None:
        raise Misuse(say('The action "{name}" takes no argument.', name=name))
    if found.stage == "closed":
        assert found.outcome is not None
        after = close(ticket, found.outcome, at, policy)
        if name == "cannot_ship":
            after = changed(after, cancelled_by="seller")
        return noted(after, at, found.who, name, found.outcome)
    if found.stage == ticket.stage:
        return noted(timed(changed(ticket, looked_at=at), policy), at, found.who, name)
    after = enter(answered(ticket, at) if name == "answer" else ticket, found.stage, at, policy)
    return noted(after, at, found.who, name, ended=leaving(ticket, at))


def _illegal(ticket: Ticket, name: str, policy: Policy) -> Any:
    known = ", ".join(action.name for action in actions(ticket, policy))
    if not known:
        return say("{ref} is closed. Reopen it first.", ref=ticket.ref)
    return say(
        '"{name}" is not possible for {ref} in the stage {stage}. Possible: {known}.',
        name=name, ref=ticket.ref, stage=ticket.stage, known=known,
    )  # fmt: skip


def _set_stage(ticket: Ticket, arg: str | datetime | None, at: datetime, policy: Policy, kind: str | None) -> Ticket:
    """Out of *check* into the stage the seller found in Seller Center.

    The first stage of a kind began with the request itself, so its clock keeps the request's time: the earliest
    reading. Any other stage began when it was seen.
    """
    if arg not in STAGES or arg in ("check", "closed"):
        names = ", ".join(stage for stage in STAGES if stage not in ("check", "closed"))
        raise Misuse(say("set needs a stage, one of: {names}.", names=names))
    stage: Stage = arg  # type: ignore[assignment]
    if kind is not None:
        if kind not in KINDS:
            raise Misuse(say('There is no {what} "{word}". Known: {names}.', what=say("kind"), word=kind,
                             names=", ".join(KINDS)))  # fmt: skip
        ticket = changed(ticket, kind=kind, typed=tuple(dict.fromkeys((*ticket.typed, "kind"))))
    elif ticket.kind == "other" and stage != "todo":
        known = ", ".join(each for each in KINDS if each != "other")
        raise Misuse(
            say("The kind of {ref} is not known. Say which with --kind, one of: {known}.", ref=ticket.ref, known=known)
        )
    since = ticket.stage_since if stage == FIRST_STAGE[ticket.kind] else at
    after = enter(ticket, stage, since, policy)
    return noted(after, at, "seller", "set", after.stage, ended=leaving(ticket, at))


def snooze(ticket: Ticket, until: datetime, at: datetime) -> Ticket:
    """Out of the top of the list until then; it wakes by itself before the deadline, which stays as it is."""
    due = ticket.deadline.at
    if due is not None and until >= due:
        until = due - WAKE
    if until <= at:
        raise Refusal(
            say("{ref} cannot sleep until then: its deadline is too near or the time is past.", ref=ticket.ref)
        )
    return noted(changed(ticket, snoozed_until=until), at, "seller", "snooze")


def state_due(ticket: Ticket, due: datetime | None, at: datetime, policy: Policy, by: str = "you") -> Ticket:
    """The ticket with a stated deadline for its present stage, or (None) back to the rule's."""
    if ticket.stage == "closed":
        raise Refusal(say("{ref} is closed. Reopen it first.", ref=ticket.ref))
    if due is None:
        deadline = Deadline(policy.fingerprint)
    else:
        deadline = stated(policy, due, by, ticket.kind, ticket.stage, ticket.stage_since, ticket.shown_at)
    after = timed(changed(ticket, deadline=deadline, snoozed_until=None), policy)
    return noted(after, at, "seller", "due", None if due is None else due.isoformat())


def reopen(ticket: Ticket, stage: Stage | None, at: datetime, policy: Policy) -> Ticket:
    """The closed ticket open again: in the stage it came from with that stage's clock, for the platform's clock has
    been running all the while; or in another `stage` from `at` on."""
    if ticket.stage != "closed":
        raise Refusal(say("{ref} is open already.", ref=ticket.ref))
    if stage in ("closed", "check"):
        raise Misuse(say('A ticket cannot be reopened into "{stage}".', stage=stage))
    before = ticket.closed_from
    back = before.stage if before else FIRST_STAGE[ticket.kind]
    if stage is None or stage == back:
        after = enter(ticket, back, before.since if before else ticket.opened_at, policy)
        if before and before.deadline.source == "stated":
            after = changed(after, deadline=before.deadline)
    else:
        after = enter(ticket, stage, at, policy)
    return noted(after, at, "seller", "reopened", after.stage)


def by_rule(ticket: Ticket, policy: Policy) -> Deadline:
    """The deadline that the rules alone give for the present stage, whatever was stated."""
    return timed(changed(ticket, deadline=Deadline("")), policy).deadline


def later_than_rule(ticket: Ticket, policy: Policy) -> datetime | None:
    """When the rule's own deadline falls, where the stated one is later; else None."""
    if ticket.deadline.source != "stated":
        return None
    rule = by_rule(ticket, policy).at
    return rule if rule is not None and ticket.deadline.at is not None and rule < ticket.deadline.at else None


def lapses_at(ticket: Ticket, policy: Policy) -> datetime | None:
    """When the right of an appeal stage is gone: at the later of what was stated and what the rule says, for a slip
    must not cost it. None where there is no deadline."""
    due = ticket.deadline.at
    if due is None or ticket.deadline.source != "stated":
        return due
    return max(due, by_rule(ticket, policy).at or due)


def settle(ticket: Ticket, now: datetime, policy: Policy) -> Ticket:
    """What has happened by itself by `now`: a refund appeal whose window has closed is lapsed and stays refunded."""
    if ticket.stage != "appeal":
        return ticket
    due = lapses_at(ticket, policy)
    if due is None or now < due:
        return ticket
    return noted(close(ticket, "refunded", due, policy, "auto"), due, "auto", "lapsed", "refunded")
