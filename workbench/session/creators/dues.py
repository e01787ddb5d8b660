"""Deals as lines of the agenda: what is to be done in each stage, by when, and what happens if nothing is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial

from workbench.core.agenda import Due, Memo, Telling
from workbench.core.creators.clocks import OnTimeout, Running
from workbench.core.creators.model import Deal
from workbench.core.creators.stages import TURN, Stage
from workbench.core.place import Place
from workbench.core.saying import Saying, say
from workbench.core.turns import Turn

#: The command that acts on a deal.
ACT = "creators.act"
_ALARMS = (timedelta(hours=24), timedelta(hours=2))

#: What is to be done in a stage; after the goal of content, he is to be asked.
DO: dict[Stage, Saying] = {
    "candidate": say("Invite"), "invited": say("Ask creator again"), "talking": say("Agree or end"),
    "agreed": say("Set up promotion"), "sample_review": say("Review sample"), "sample_to_send": say("Send sample"),
    "sample_on_way": say("Sample on its way"), "content_due": say("Ask for content"), "posted": say("Start the run"),
    "running": say("Deal ends"), "ended": say("Ended"),
}  # fmt: skip
TO_COME = say("Content to come")
RUNS = say("Runs")
#: What an agreed deal waits for once its promotion is set up.
SAMPLE = say("Settle the sample")

#: What happens if nothing is done.
OTHERWISE: dict[OnTimeout, Saying] = {
    "silence": say("Nobody answers by itself: message again, or ask your account manager."),
    "lapsed": say("If you do nothing, the platform closes the request and the creator sees it as a no."),
    "extended": say("The creator may have taken 7 more days, and you are not told."),
    "unfulfilled": say("If nothing is posted, the platform closes it as not fulfilled; the sample is gone."),
    "ends": say("The deal ends by its dates; write down what came of it."),
    "none": say("Nothing happens by itself."),
}


def dues(deals: Iterable[tuple[Deal, Running, Saying]], now: datetime, until: datetime) -> Iterator[Due]:
    """Every open deal by its clock and with what is to be done, but candidates without a clock: those wait in the list
    of creators."""
    for deal, clock, what in deals:
        if deal.stage == "candidate" and clock.at is None:
            continue
        turn = turn_of(deal, clock, now)
        at = clock.goal_at if turn != "seller" and clock.goal_at is not None else clock.at
        if at is not None and at > until:
            continue
        yield Due(
            place=Place("creators", deal.id), tell=partial(_told, deal, clock, what), step=deal.stage, at=at,
            kind=clock.kind, turn=turn, goal_at=clock.goal_at if turn == "seller" else None,
            opened_at=deal.stage_since, sheet=ACT, alarms=_ALARMS if clock.kind == "platform" else (),
        )  # fmt: skip


def turn_of(deal: Deal, clock: Running, now: datetime) -> Turn | None:
    """Whose turn it is. Content is the creator's until the goal is past; a run is nobody's until its end is known."""
    if deal.stage == "content_due" and clock.goal_at is not None and now < clock.goal_at:
        return "buyer"
    if deal.stage == "running":
        return "seller" if clock.at is not None else "platform"
    return TURN[deal.stage]


def what_of(deal: Deal, clock: Running, now: datetime) -> Saying:
    """What is to be done."""
    if deal.stage == "content_due" and clock.goal_at is not None and now < clock.goal_at:
        return TO_COME
    if deal.stage == "running" and clock.at is None:
        return RUNS
    return DO[deal.stage]


def _told(deal: Deal, clock: Running, what: Saying) -> Telling:
    otherwise = None if clock.on_timeout is None else OTHERWISE[clock.on_timeout]
    return Telling(ref=deal.ref, what=what, thing=deal.handle or deal.ref, otherwise=otherwise, memo=_memo(deal))


def _memo(deal: Deal) -> Memo:
    return Memo(max((entry.at for entry in deal.story), default=deal.stage_since))
