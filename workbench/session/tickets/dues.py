"""The tickets' part of the agenda: the clock of each open ticket's present stage."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from workbench.core.agenda import Due, Memo, Telling
from workbench.core.place import Place
from workbench.core.policy import Policy
from workbench.core.saying import say
from workbench.core.tickets.model import Ticket
from workbench.core.tickets.standing import snoozed
from workbench.later import later
from workbench.output.sentences import if_nothing, too_late
from workbench.output.words import thing, to_do

if TYPE_CHECKING:
    from workbench.core.tickets import moves, ways
else:
    moves = later("workbench.core.tickets.moves")
    ways = later("workbench.core.tickets.ways")

#: The command that acts on a ticket.
ACT = "ticket.act"
ALARMS = (timedelta(hours=24), timedelta(hours=4), timedelta(hours=1))
#: An own goal is nothing to be woken for.
_QUIET = (timedelta(hours=1),)


def dues(tickets: Iterable[Ticket], policy: Policy, now: datetime, until: datetime) -> list[Due]:
    """One for each that is open and due by `until`, or has no deadline. Orders to ship are lines of their days."""
    return [
        due(ticket, policy, now)
        for ticket in tickets
        if ticket.stage != "closed"
        and ticket.kind != "ship"
        and ((at := ticket.deadline.at) is None or at <= until or at <= now)
    ]


def due(ticket: Ticket, policy: Policy, now: datetime) -> Due:
    """The clock of the present stage. A parcel on its way back that is past its look-again time is a question."""
    deadline, stage, parcel = ticket.deadline, ticket.stage, ticket.stage == "in_transit"
    turn = ticket.turn
    # With one more name this call would take three times as long: Python makes a dict of more than fifteen.
    found = Due(
        place=Place("tickets", ticket.id),
        tell=_Tell(ticket, policy),
        step=stage,
        at=deadline.at,
        late_from=deadline.latest,
        kind=deadline.kind,
        turn=turn,
        goal_at=deadline.goal_at if turn == "seller" else None,
        asks="parcel" if parcel else "",
        asks_since=deadline.at if parcel and deadline.at is not None and deadline.at <= now else None,
        opened_at=ticket.opened_at,
        asleep=snoozed(ticket, now),
        case=True,
        sheet=ACT,
        alarms=_QUIET if deadline.kind == "own" else ALARMS,
    )
    return msgspec.structs.replace(found, lapses_at=moves.lapses_at(ticket, policy)) if stage == "appeal" else found


def _told(ticket: Ticket, policy: Policy) -> Telling:
    mine = ticket.turn == "seller" and ticket.deadline.at is not None
    return Telling(
        ref=ticket.ref,
        what=say("Check the parcel") if ticket.stage == "in_transit" else to_do(ticket),
        otherwise=if_nothing(ticket, appealable=policy.appealable(ticket.kind)) if mine else None,
        too_late=too_late(ticket) if mine else None,
        thing=thing(ticket),
        name=ticket.product or "",
        words=ticket.words or "",
        by=ticket.buyer or "",
        reason=ticket.reason or "",
        since=ticket.stage_since,
        money=ticket.money,
        on_timeout=ticket.deadline.on_timeout,
        note=say("Order {id}", id=ticket.order_id) if ticket.order_id else None,
        memo=_memo(ticket),
        ways=lambda now, until: ways.ways(ticket, policy, now, until),
    )


def _memo(ticket: Ticket) -> Memo:
    changed = max((event.at for event in ticket.timeline), default=ticket.stage_since)
    return Memo(changed, sum(event.at < ticket.stage_since for event in ticket.timeline))


class _Tell(msgspec.Struct, frozen=True, gc=False):
    """What is told when it is asked for. No function with its arguments: of ten thousand cases one is made at each
    start, and a record that the garbage collector need not look at costs a third."""

    ticket: Ticket
    policy: Policy

    def __call__(self) -> Telling:
        return _told(self.ticket, self.policy)
